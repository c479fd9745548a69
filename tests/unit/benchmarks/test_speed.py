"""The measuring of speed: percentiles, limits, made-up notes, and a key pressed in a pseudo-terminal."""

from __future__ import annotations

import os
import sys

import pytest

pytest.importorskip("fcntl", reason="there are no pseudo-terminals")

from benchmarks.speed.limits import latency_limits
from benchmarks.speed.many_notes import notes
from benchmarks.speed.percentiles import percentiles
from benchmarks.speed.terminal import Terminal
from viva.notes.reader import read_notes

ECHO = """
import sys, termios, time, tty
tty.setraw(sys.stdin.fileno())
print("ready", end="", flush=True)
while (key := sys.stdin.read(1)) != "q":
    print(key, end="", flush=True)
    time.sleep(0.05)
    print("!", end="", flush=True)
"""


def test_percentiles():
    assert percentiles([3.0, 1.0, 2.0]) == {"p50_ms": 2.0, "p95_ms": 3.0, "calls": 3}


def test_a_key_has_a_frame_and_feedback_a_tenth_of_a_second():
    row = {"p50_ms": 20.0, "p95_ms": 50.0, "calls": 9}
    found = latency_limits({"search": row, "feedback": row}, {"down": row, "down, all of it": row})
    assert [(limit.name.split(":")[0], limit.holds) for limit in found] == [("feedback", True), ("down", False)]


def test_made_up_notes_are_read_as_so_many_questions(tmp_path):
    path = tmp_path / "many.md"
    path.write_text(notes(120), encoding="utf-8")
    entries = read_notes([path]).entries
    assert len(entries) == 120
    assert [entry.place.headings for entry in entries[::50]] == [("Chapter 1",), ("Chapter 2",), ("Chapter 3",)]
    assert all(entry.points and entry.tags for entry in entries)


def test_a_key_is_timed_to_the_first_and_to_the_last_of_its_effect(tmp_path):
    with Terminal([sys.executable, "-c", ECHO], os.environ, tmp_path) as terminal:
        assert terminal.says("ready") > terminal.started
        shown = terminal.press("a")
        assert 0 < shown.first < shown.whole
        assert shown.whole >= 50
        assert terminal.press_until("b", "b!") >= 50
        terminal.settle()
        assert terminal.leave("q") < 5
