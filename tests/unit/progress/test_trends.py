"""The figures over weeks: made of turns with fixed times, and read from a history of real interviews."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.interview.lifecycle import start
from viva.progress.review_history import PastTurn, last_turns, read_review_history, recent_sessions
from viva.progress.trends import course
from viva.scheduling.schedule import Schedule
from viva.types import CardState, Place, Point, PointResult, Rating, Review
from viva.types import Entry as Question

NOW = datetime(2026, 4, 2, 10, 0, tzinfo=UTC)
"""A Thursday."""
FULL = "让更新方向更平稳；加快收敛"


class Berlin(tzinfo):
    """Summer time from 29 March 2026, 01:00 UTC, on: no time zone data is needed to test a change of clocks."""

    CHANGE = datetime(2026, 3, 29, 1, 0)  # noqa: DTZ001

    def fromutc(self, moment):
        return moment + (timedelta(hours=2) if moment.replace(tzinfo=None) >= self.CHANGE else timedelta(hours=1))

    def utcoffset(self, moment):
        summer = moment is not None and moment.replace(tzinfo=None) >= self.CHANGE + timedelta(hours=2)
        return timedelta(hours=2 if summer else 1)

    def dst(self, moment):
        return self.utcoffset(moment) - timedelta(hours=1)


def entry(name, *points, topic="Nets", answer="a"):
    place = Place("/n", "n.md", (topic,), name)
    return Question(name, place, name, f"what is {name}", answer, tuple(map(Point, points)), "n.md", 1, 2)


def past(when, score=80, name="a", *, due=None, outcome="answered", verdict="strong", points=(), overridden=False):
    results = tuple(PointResult(text, status, 0.0, "") for text, status in points)
    review = Review(
        1, 1, name, f"what is {name}", "x", outcome, score, verdict, None, Rating.GOOD, when, when, 1.0, 0, overridden
    )
    return PastTurn(name, review, due, results)


def card_state(name, due=None, *, reviews=1, last_score=None):
    return CardState(name, due, reviews, last_score, None)


def figures(turns, card_states=(), entries=(), now=NOW, zone=UTC):
    return course(turns, card_states, entries, now, zone)


def test_nothing_yet():
    found = figures([], [card_state("a", reviews=0)], [entry("a", "x")])
    assert [(week.answers, week.mean_score, week.recall) for week in found.weeks] == [(0, None, None)] * 12
    assert (found.weeks[0].start, found.weeks[-1].start) == (date(2026, 1, 12), date(2026, 3, 30))
    assert found.turns_per_day[0] == (date(2025, 10, 6), 0)
    assert found.turns_per_day[-1] == (date(2026, 4, 2), 0)
    assert len(found.turns_per_day) == 25 * 7 + 4
    assert [count for _, count in found.forecast] == [0] * 14
    assert [(topic.asked, topic.mean_score, topic.strong) for topic in found.topics] == [(0, None, None)]
    assert found.hardest_points == ()


def test_one_answer():
    found = figures([past(NOW - timedelta(days=4), 60)], [card_state("a", NOW, last_score=60)], [entry("a", "x")])
    assert [week.mean_score for week in found.weeks[-2:]] == [60, None]
    assert dict(found.turns_per_day)[date(2026, 3, 29)] == 1
    assert found.forecast[0] == (date(2026, 4, 2), 1)
    assert (found.topics[0].asked, found.topics[0].mean_score, found.topics[0].strong) == (1, 60, 0)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 27, 23, 30, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
    ],
)
def test_days_are_local_across_a_change_of_clocks(moment, day):
    found = figures([past(moment)], [card_state("a", moment)], now=moment, zone=Berlin())
    assert (day, 1) in found.turns_per_day
    assert found.forecast[0] == (day, 1)
    assert len({day for day, _ in found.turns_per_day}) == len(found.turns_per_day)
    assert found.weeks[-1].answers == 1


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system has one zone for all programs")
def test_without_a_zone_days_are_those_of_this_system(monkeypatch):
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    try:
        moments = [datetime(2026, 3, 28, 22, 30, tzinfo=UTC), datetime(2026, 3, 29, 22, 30, tzinfo=UTC)]
        found = figures([past(moment) for moment in moments], zone=None)
        assert [day.day for day, count in found.turns_per_day if count] == [28, 30]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_week_begins_on_monday_local_time():
    sunday = datetime(2026, 3, 29, 21, 59, tzinfo=UTC)
    found = figures([past(sunday, 10), past(sunday + timedelta(minutes=1), 90)], zone=Berlin())
    assert [week.mean_score for week in found.weeks[-2:]] == [10, 90]


def test_recall_counts_only_what_was_due():
    early, late = NOW - timedelta(days=1), NOW + timedelta(days=1)
    found = figures([
        past(NOW, 90, due=early),
        past(NOW, 74, due=early),
        past(NOW, 0, due=early, outcome="revealed", verdict="weak"),
        past(NOW, 75, due=NOW),
        past(NOW, 95, due=late),
        past(NOW, 95),
        past(NOW, None, due=early, outcome="skipped", verdict=None),
        past(NOW, 20, due=early, verdict="unsure"),
    ])  # fmt: skip
    assert (found.weeks[-1].due, found.weeks[-1].recall, found.weeks[-1].answers) == (4, 0.5, 5)


def test_the_forecast_takes_what_is_overdue_for_today():
    due = [NOW - timedelta(days=40), NOW + timedelta(hours=1), NOW + timedelta(days=13), NOW + timedelta(days=14), None]
    found = figures([], [card_state(str(at), when) for at, when in enumerate(due)])
    assert [(day.day, count) for day, count in found.forecast if count] == [(2, 2), (15, 1)]


def test_topics_with_most_questions_first():
    entries = [entry(f"n{at}", topic=f"T{at // 2:02}") for at in range(30)]
    entries += [entry("open", topic="T03", answer=""), entry("more", topic="T03")]
    card_states = [card_state("n6", last_score=80), card_state("n7", last_score=40), card_state("open", last_score=50)]
    card_states.append(card_state("more", reviews=0))
    topics = figures([], card_states, entries).topics
    assert len(topics) == 12
    assert (topics[0].topic, topics[0].questions, topics[0].asked, topics[0].mean_score) == ("T03", 4, 3, 60)
    assert topics[0].strong == pytest.approx(1 / 3)


def test_the_hardest_points():
    entries = [entry("a", "one", "two", "gone well"), entry("b", "other")]
    fates = [("missed", "contradicted"), ("partial", "missed"), ("covered", "missed")]
    turns = [
        past(NOW, points=[("one", one), ("two", two), ("gone well", "covered"), ("not in the notes", "missed")])
        for one, two in fates
    ]
    turns.append(past(NOW, name="a", points=[("one", "missed"), ("two", "missed")], overridden=True))
    turns.append(past(NOW, name="b", points=[("other", "missed")], verdict="unsure"))
    hard = figures(turns, entries=entries).hardest_points
    assert [
        (point.point, point.answers, point.partial, point.missed, point.differs, point.contradicted) for point in hard
    ] == [("two", 4, 0, 2, 0, 1), ("one", 4, 1, 1, 0, 0)]
    assert hard[0].question == "what is a"


def test_what_differs_is_half_a_failure():
    entries = [entry("a", "one", "two", "three")]
    turns = [past(NOW, points=[("one", "differs"), ("two", "missed"), ("three", "differs")])] * 2
    hard = figures(turns, entries=entries).hardest_points
    assert [(point.point, point.differs, point.failures) for point in hard] == [
        ("two", 0, 2),
        ("one", 2, 1),
        ("three", 2, 1),
    ]


def test_only_the_latest_answers_and_ten_points():
    entries = [entry("a", *map(str, range(20)))]
    turns = [past(NOW, points=[(str(at), "missed") for at in range(20)])] * 7
    hard = figures(turns, entries=entries).hardest_points
    assert len(hard) == 10
    assert {point.missed for point in hard} == {5}


MOMENTS = st.datetimes(datetime(2025, 6, 1), datetime(2026, 4, 2, 10), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.one_of(st.just(Berlin()), st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))))
TURNS = st.lists(st.builds(past, MOMENTS, st.integers(0, 100), due=st.none() | MOMENTS))
DUES = st.lists(st.none() | st.datetimes(datetime(2025, 6, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001


@given(TURNS, DUES, ZONES)
def test_counts_add_up(turns, dues, zone):
    found = figures(turns, [card_state(str(at), due) for at, due in enumerate(dues)], zone=zone)
    days = Counter(turn.review.answered_at.astimezone(zone).date() for turn in turns)
    per_day = dict(found.turns_per_day)
    assert sum(per_day.values()) == sum(count for day, count in days.items() if day in per_day)
    for week in found.weeks:
        assert week.answers == sum(per_day.get(week.start + timedelta(days=on), 0) for on in range(7))
        assert week.due <= week.answers
        assert (week.mean_score is None) == (week.answers == 0)
        assert week.recall is None or 0 <= week.recall <= 1
    last = found.forecast[-1][0]
    assert sum(count for _, count in found.forecast) == sum(
        due is not None and due.astimezone(zone).date() <= last for due in dues
    )


def test_from_a_history_of_interviews(history, entries, grader, clock):
    def one(text):
        parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock}
        interview = start(entries, seed=1, topic="动量", count=1, **parts)
        interview.submit(text)

    one(FULL)
    clock.wait(hours=2)
    one("让更新方向更平稳")
    clock.wait(days=60)
    one("不知道")
    schedule = Schedule()
    turns = read_review_history(history, entries, schedule)
    assert [turn.was_due for turn in turns] == [False, False, True]
    found = course(turns, history.card_states(entries, schedule), entries, clock(), UTC)
    assert (found.weeks[-1].due, found.weeks[-1].recall) == (1, 0)
    assert [(hard.point, hard.missed, hard.answers) for hard in found.hardest_points] == [
        ("加快收敛", 2, 3),
        ("让更新方向更平稳", 1, 3),
    ]
    optimizers = next(topic for topic in found.topics if topic.topic == "Optimizers")
    assert (optimizers.questions, optimizers.asked, optimizers.mean_score, optimizers.strong) == (3, 1, 0, 0)
    assert sorted(turn.id for turn in last_turns(history, entries, 2)) == [2, 3]
    last = recent_sessions(last_turns(history, entries, 2), 2, UTC)
    assert (len(last), last[0].answered, last[0].mean_score) == (2, 1, 0)
    assert [each.day for each in recent_sessions(history.reviews(entries), 3, UTC)] == [
        date(2026, 4, 30), date(2026, 3, 1), date(2026, 3, 1),
    ]  # fmt: skip
