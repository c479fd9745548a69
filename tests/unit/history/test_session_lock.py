"""Two windows and one interview: the second is told, and nothing of it outlives the first, however that ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

from viva.errors import InterviewError
from viva.history import session_lock as lock
from viva.history.history import History
from viva.history.session_lock import SUFFIX, InterviewLock
from viva.interview.lifecycle import start
from viva.interview.redaction import VisibleHistory
from viva.scheduling.schedule import Schedule

HOLD = """
import sys
from pathlib import Path
from viva.history.session_lock import InterviewLock
window = InterviewLock(Path(sys.argv[1]))
window.take(7)
print("taken", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    return tmp_path / "history.db"


def files(place):
    return list(place.with_name(place.name + SUFFIX).iterdir())


def test_a_second_window_is_told_and_can_have_it_when_it_is_left(place):
    first, second = InterviewLock(place), InterviewLock(place)
    first.take(7)
    first.take(7)
    with pytest.raises(InterviewError, match="open in another window: go on with it there, or start a new one here"):
        second.take(7)
    second.take(8)
    first.leave(8)
    assert (first.is_open(7), second.is_open(7), first.is_open(9)) == (True, True, False)
    first.leave(7)
    second.take(7)
    assert (first.is_open(7), first.is_open(8)) == (True, False)
    second.leave()
    assert files(place) == []


def test_a_window_that_is_killed_leaves_no_lock(place, monkeypatch):
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with held:
        assert held.stdout.readline() == "taken\n"
        other = InterviewLock(place)
        assert other.is_open(7)
        with pytest.raises(InterviewError):
            other.take(7)
        held.kill()
        held.wait()
    assert not other.is_open(7)
    monkeypatch.setattr(lock, "PATIENCE", 5.0)  # a system may take a moment to give a dead process's locks back
    other.take(7)
    other.leave()
    assert files(place) == []


def test_it_waits_for_a_window_that_is_just_being_closed(place, monkeypatch):
    import threading

    monkeypatch.setattr(lock, "PATIENCE", 10.0)
    first, second = InterviewLock(place), InterviewLock(place)
    first.take(7)
    leaving = threading.Timer(0.1, first.leave)
    leaving.start()
    second.take(7)
    leaving.join()
    assert second.is_open(7)
    second.leave()


def test_without_locks_there_is_nothing_to_tell(place):
    place.with_name(place.name + SUFFIX).write_text("no folder", encoding="utf-8")
    first, second = InterviewLock(place), InterviewLock(place)
    first.take(7)
    second.take(7)
    assert not second.is_open(7)


def test_a_mock_that_is_open_in_another_window_is_not_told_although_a_new_one_was_begun(
    place, entries, grader, clock, history
):
    rest = {"grader": grader, "schedule": Schedule(), "clock": clock, "seed": 7}
    mock = start(entries, history=history, limit=120, **rest)
    mock.hand_in("x")
    with History(place, clock) as other:
        start(entries, history=other, **rest)
        assert VisibleHistory(other, entries).withheld == {mock.id}
        mock.leave()
        assert not VisibleHistory(other, entries).withheld


def test_closing_the_history_leaves_it(place, entries, grader, clock):
    with History(place, clock) as history:
        start(entries, history=history, grader=grader, schedule=Schedule(), clock=clock, seed=7)
        assert files(place)
    assert files(place) == []
