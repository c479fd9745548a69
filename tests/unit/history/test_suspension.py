"""Suspended questions are never asked and never due; leeches are told of; resuming leaves no trace."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.conftest import Ticking, make_entry
from viva.errors import InterviewError, QueryError
from viva.history.history import History
from viva.interop.transfer import export_json, import_json
from viva.interview.lifecycle import resume, start
from viva.interview.question_lookup import by_words
from viva.interview.selection import plan, replan
from viva.progress.review_history import read_review_history
from viva.progress.stats import statistics
from viva.progress.trends import course, topic_scores
from viva.scheduling.mastery import Lapses, becomes_leech, is_leech, states
from viva.scheduling.schedule import Schedule
from viva.types import Grade

SCHEDULE = Schedule()


class Scored:
    """Grades by the number that is typed."""

    def grade(self, entry, answer):
        score = int(answer)
        return Grade(score, "strong" if score >= 75 else "weak", (), None)


@pytest.fixture
def parts(history, clock):
    return {"history": history, "grader": Scored(), "schedule": SCHEDULE, "clock": clock}


def key_of(history, entries, entry):
    return history.reconcile(entries)[entry.id]


def fail(entry, entries, parts, times):
    for _ in range(times):
        interview = start(entries, seed=1, only=[entry.id], **parts)
        feedback = interview.submit("0")
        interview.finish()
    return feedback


# Laws

ENTRIES = [make_entry(i, f"What is {word}?", "x; y", heading=f"H{i % 2}") for i, word in enumerate("abcdef")]
IDS = [entry.id for entry in ENTRIES]


@settings(max_examples=25, deadline=None)
@given(
    aside=st.sets(st.sampled_from(IDS)),
    seed=st.integers(0, 99),
    topic=st.sampled_from([None, "H0", "H1"]),
    order=st.sampled_from(["random", "due", "weak", "unanswered"]),
)
def test_a_suspended_question_is_never_planned(aside, seed, topic, order):
    with tempfile.TemporaryDirectory() as folder, History(Path(folder) / "h.db", Ticking()) as history:
        card_states = {each.question_id: each for each in history.card_states(ENTRIES, SCHEDULE)}
    now = datetime(2026, 3, 1, tzinfo=UTC)
    asked = {"seed": seed, "count": None, "topic": topic, "order": order, "now": now, "suspended": aside}
    try:
        planned = {entry.id for entry in plan(ENTRIES, card_states, **asked)}
    except InterviewError:
        return
    assert planned
    assert not planned & aside
    keys = dict(enumerate(ENTRIES))
    gone = {key for key, entry in keys.items() if entry.id in aside}
    try:
        assert not gone & set(replan(keys, [0, 1, 2], 1, topic, seed, gone))
    except InterviewError:
        assert {entry.id for entry in ENTRIES[1:] if topic in (None, *entry.place.headings)} <= aside | {IDS[0]}


@settings(max_examples=10, deadline=None)
@given(aside=st.sets(st.integers(0, 5)), scores=st.lists(st.integers(0, 100), max_size=4))
def test_suspending_and_resuming_changes_nothing(aside, scores):
    with tempfile.TemporaryDirectory() as folder, History(Path(folder) / "h.db", clock := Ticking()) as history:
        parts = {"history": history, "grader": Scored(), "schedule": SCHEDULE, "clock": clock}
        interview = start(ENTRIES, seed=3, **parts)
        for score in scores:
            interview.submit(str(score))

        def picture():
            return (
                [replace(each, retrievability=None) for each in history.card_states(ENTRIES, SCHEDULE)],
                statistics(history, ENTRIES, SCHEDULE, lambda: clock.now),
                resume(ENTRIES, **parts).current,
            )

        before = picture()
        keys = list(history.reconcile(ENTRIES).values())
        chosen = [keys[at] for at in aside]
        assert history.suspend(chosen) == len(aside)
        assert history.suspend(chosen) == 0
        assert {each.question_id for each in history.card_states(ENTRIES, SCHEDULE) if each.suspended} == {
            IDS[at] for at in aside
        }
        assert history.resume(chosen) == len(aside)
        assert picture() == before


# What is counted


def test_neither_due_nor_new_nor_forecast(history, entries, parts, clock):
    interview = start(entries, seed=1, count=2, **parts)
    hard = interview.current.entry
    interview.submit("10")
    interview.submit("100")
    interview.finish()
    later = clock.now + timedelta(days=400)
    history.suspend([key_of(history, entries, hard)])
    card_state = next(each for each in history.card_states(entries, SCHEDULE) if each.question_id == hard.id)
    assert (card_state.due, card_state.suspended, card_state.reviews, card_state.last_score) == (None, True, 1, 10)
    assert states(hard, card_state, later) == ("suspended",)
    stats = statistics(history, entries, SCHEDULE, lambda: later)
    assert (stats.due_now, stats.new, stats.suspended, stats.hardest) == (1, 4, 1, ())
    card_states = history.card_states(entries, SCHEDULE)
    figures = course(read_review_history(history, entries, SCHEDULE), card_states, entries, later)
    assert sum(count for _, count in figures.forecast) == 1
    assert all(topic.mean_score in (None, 100) for topic in topic_scores(entries, card_states))


def test_all_suspended_is_told(history, entries, parts):
    history.suspend(history.reconcile(entries).values())
    with pytest.raises(InterviewError, match="viva resume"):
        start(entries, seed=1, **parts)


# In an interview


def test_suspending_moves_on_and_undo_takes_it_back(history, entries, parts):
    interview = start(entries, seed=1, **parts)
    first = interview.current
    interview.save_draft("half an ans")
    assert interview.suspend() == first.entry
    assert interview.current.position == 2
    assert history.suspended() == {key_of(history, entries, first.entry)}
    assert interview.progress().asked == 1
    assert resume(entries, **parts).undo() == first
    assert history.suspended() == set()
    assert resume(entries, **parts).draft == "half an ans"


def test_what_is_suspended_elsewhere_is_dropped_from_what_is_left(history, entries, parts):
    interview = start(entries, seed=1, **parts)
    plan_of = [entry for _ in entries if (entry := interview.skip())]
    interview.undo()
    for _ in entries[1:]:
        interview.undo()
    third = plan_of[2]
    interview.submit("50")
    history.suspend([key_of(history, entries, third)])
    assert interview.present().entry == plan_of[1]
    interview.submit("50")
    assert interview.present().entry == plan_of[3]
    assert (interview.current.position, interview.current.total) == (3, 5)
    assert resume(entries, **parts).current == interview.current


def test_an_unfinished_answer_keeps_its_question(history, entries, parts):
    interview = start(entries, seed=1, **parts)
    interview.save_draft("typed")
    now = interview.current
    history.suspend([key_of(history, entries, now.entry)])
    assert interview.present() == now
    assert (resume(entries, **parts).current, resume(entries, **parts).draft) == (now, "typed")
    interview.save_draft("")
    assert resume(entries, **parts).current.entry != now.entry


# Leeches


@pytest.mark.parametrize(
    ("lapses", "leech", "told"),
    [
        (Lapses(7, 7), False, False),
        (Lapses(8, 8), True, True),
        (Lapses(9, 9), True, False),
        (Lapses(12, 12), True, True),
        (Lapses(8, 3), False, False),
        (Lapses(12, 4), True, True),
        (Lapses(20, 0), False, False),
    ],
)
def test_the_rule_of_leeches(lapses, leech, told):
    assert (is_leech(lapses), becomes_leech(lapses)) == (leech, told)


def test_the_eighth_failure_makes_a_leech_and_rewriting_the_note_gives_four_more_chances(history, entries, parts):
    entry = entries[0]
    assert not fail(entry, entries, parts, 7).leech
    assert fail(entry, entries, parts, 1).leech
    assert statistics(history, entries, SCHEDULE, parts["clock"]).leeches == 1
    assert "leech" in states(entry, history.card_states(entries, SCHEDULE)[0], parts["clock"].now)
    rewritten = [replace(entry, answer="说得更短"), *entries[1:]]
    card_state = history.card_states(rewritten, SCHEDULE)[0]
    assert (card_state.lapses, card_state.fresh_lapses) == (8, 0)
    assert states(entry, card_state, parts["clock"].now)[0] == "learning"
    assert not fail(rewritten[0], rewritten, parts, 3).leech
    assert fail(rewritten[0], rewritten, parts, 1).leech


def test_moving_a_note_is_no_rewriting(history, entries, parts):
    fail(entries[0], entries, parts, 8)
    moved = [replace(entries[0], place=replace(entries[0].place, label="9"), question=entries[0].question + "？")]
    card_state = history.card_states([*moved, *entries[1:]], SCHEDULE)[0]
    assert (card_state.lapses, card_state.fresh_lapses) == (8, 8)


# Out and in again


@pytest.fixture
def other(tmp_path, clock):
    with History(tmp_path / "other.db", clock) as opened:
        yield opened


def test_the_later_decision_wins_in_both_directions(history, other, entries, clock):
    keys = history.reconcile(entries)
    history.suspend([keys[entries[0].id]])
    import_json(other, export_json(history, clock()))
    assert [each.suspended for each in other.card_states(entries, SCHEDULE)][:2] == [True, False]
    other.resume([other.reconcile(entries)[entries[0].id]])
    import_json(other, export_json(history, clock()))
    assert other.suspended() == set()
    import_json(history, export_json(other, clock()))
    assert history.suspended() == set()


def test_an_export_of_an_older_viva_suspends_nothing(history, other, entries, clock):
    history.reconcile(entries)
    values = json.loads(export_json(history, clock()))
    for row in values["questions"]:
        del row["suspended"], row["decided_at"], row["rewritten_at"]
    import_json(other, json.dumps(values))
    other.suspend(other.reconcile(entries).values())
    import_json(other, json.dumps(values))
    assert len(other.suspended()) == len(entries)


# Naming


def test_words_of_one_question_name_it(entries):
    assert by_words(entries, "WEIGHT  decay") == entries[1]
    assert by_words(entries, "位置编码") == entries[5]
    assert by_words(entries, "ｗｅｉｇｈｔ decay") == entries[1]
    assert by_words(entries, "eight") is None
    assert by_words(entries, "?!") is None
    with pytest.raises(QueryError, match="fits 2 questions"):
        by_words(entries, "wh")


# Notes that are read again in the middle of an interview


def test_the_question_on_the_screen_stays_and_others_that_vanished_are_not_asked(history, entries, parts):
    interview = start(entries, seed=1, **parts)
    first = interview.present().entry
    left = [entry for entry in entries if entry != first][:2]
    interview.renew(left)
    assert interview.current.entry == first
    interview.submit("50")
    interview.renew(left)
    assert interview.present().entry in left
    assert interview.current.total == 3


def test_a_question_that_was_not_shown_yet_does_not_stay(history, entries, parts):
    interview = start(entries, seed=1, **parts)
    first = interview.present().entry
    interview.submit("50")
    following = interview.current.entry
    interview.renew([entry for entry in entries if entry != following])
    assert interview.present().entry not in (first, following)


def test_a_rewritten_question_is_asked_as_it_reads_now(history, entries, parts):
    interview = start(entries, seed=1, **parts)
    shown = interview.present()
    rewritten = [replace(entry, answer="别的；内容") if entry == shown.entry else entry for entry in entries]
    interview.renew(rewritten)
    assert interview.current.entry.answer == "别的；内容"
