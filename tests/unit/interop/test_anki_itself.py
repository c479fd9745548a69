"""Anki's own library reads what viva writes, and writes what viva reads."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from anki_desk import Desk
from viva.interop.anki_export import anki_card_states, anki_package
from viva.interop.anki_import import import_anki
from viva.interview.lifecycle import start
from viva.notes.reader import read_notes
from viva.scheduling.schedule import Schedule

LONG_AGO = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path):
    with Desk(tmp_path / "desk") as opened:
        yield opened


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Shanghai", "Pacific/Auckland"])
def zone(request, monkeypatch):
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its time zone for one process")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    time.sleep(1.1)  # Anki looks at the time zone again after a second at the earliest
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("legacy", [False, True])
def test_a_collection_with_reviews_comes_in(desk, tmp_path, history, clock, legacy):
    one = desk.add("What is a hash?", "A number that stands for data.", deck="A::B")
    two = desk.add("Front?", "Back?", kind="Basic (and reversed card)")
    lost = desk.add("Forgotten?", "Yes.")
    desk.review(one, (1, LONG_AGO), (3, LONG_AGO + timedelta(days=1)), (4, LONG_AGO + timedelta(days=9)))
    desk.review(two, (4, LONG_AGO + timedelta(hours=1)))
    desk.review(two, (1, LONG_AGO + timedelta(hours=2)), card=1)
    desk.review(lost, (4, LONG_AGO + timedelta(hours=3)))
    desk.forget(lost)
    desk.suspend(two)
    file = desk.export(tmp_path / "deck.apkg", legacy=legacy)
    entries = read_notes([file]).entries
    came = import_anki(history, entries, file, clock())
    assert (came.reviews, came.questions, came.suspended) == (4, 2, (entries[1].id,))
    assert [each.reviews for each in history.card_states(entries, Schedule())] == [3, 1, 0]
    assert import_anki(history, entries, file, clock()).reviews == 0


def test_due_dates_are_the_same_there(zone, tmp_path, history, entries, grader, clock):
    interview = start(entries, history=history, grader=grader, schedule=Schedule(), clock=clock, seed=1)
    for answer in ("不知道", "让更新方向更平稳；加快收敛", "It shrinks the weights"):
        interview.submit(answer)
        clock.wait(hours=7)
    file = tmp_path / "out.apkg"
    file.write_bytes(anki_package(entries, card_states=anki_card_states(history, entries, Schedule())))
    with Desk(tmp_path / "desk") as desk:
        desk.take(file)
        card_states = {each.question_id: each for each in history.card_states(entries, Schedule())}
        met = [entry for entry in entries if card_states[entry.id].reviews]
        assert len(met) == 3
        for entry in met:
            due = card_states[entry.id].due.astimezone()
            assert desk.due_day(entry.question.replace("'", "''")).date() == due.date(), entry.question
        assert desk.rows("SELECT count(*) FROM cards WHERE type = 0") == [[len(entries) - 3]]
        assert desk.rows("SELECT count(*) FROM revlog") == [[3]]
        assert desk.collection.fix_integrity()[1]


def test_the_memory_is_the_one_that_anki_computes_of_the_reviews(tmp_path, history, entries, grader, clock):
    for _ in range(3):
        parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock}
        start(entries, seed=1, only=[entries[0].id], **parts).submit("让更新方向更平稳")
        clock.wait(days=4)
    file = tmp_path / "out.apkg"
    card_states = anki_card_states(history, entries, Schedule())
    file.write_bytes(anki_package(entries, card_states=card_states))
    with Desk(tmp_path / "desk") as desk:
        desk.take(file)
        ((card, data),) = desk.rows("SELECT id, data FROM cards WHERE type = 2")
        assert data == card_states[entries[0].id].data
        told = desk.collection.card_stats_data(card)
        assert told.memory_state.stability == pytest.approx(told.revlog[0].memory_state.stability, rel=1e-3)
        assert told.memory_state.difficulty == pytest.approx(told.revlog[0].memory_state.difficulty, rel=1e-3)


def test_without_a_schedule_all_is_new(desk, tmp_path, entries):
    file = tmp_path / "out.apkg"
    file.write_bytes(anki_package(entries))
    desk.take(file)
    assert desk.rows("SELECT DISTINCT type, queue FROM cards") == [[0, 0]]
    assert desk.rows("SELECT count(*) FROM revlog") == [[0]]


def test_there_and_back_again(tmp_path, history, entries, clock, desk):
    """Exported by viva, reviewed in Anki, exported there: the reviews are known for the questions they are of."""
    file = tmp_path / "out.apkg"
    file.write_bytes(anki_package(entries))
    desk.take(file)
    ((note,),) = desk.rows(f"SELECT id FROM notes WHERE sfld = '{entries[3].question}'")
    desk.review(note, (3, LONG_AGO), (3, LONG_AGO + timedelta(days=2)))
    came = import_anki(history, entries, desk.export(tmp_path / "back.apkg"), clock())
    assert (came.reviews, came.questions, came.unmatched) == (2, 1, 0)
    assert history.card_states(entries, Schedule())[3].reviews == 2
