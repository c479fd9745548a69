from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from viva.scheduling.schedule import Schedule
from viva.types import Rating

START = datetime(2026, 1, 1, tzinfo=UTC)
SERIES = st.lists(
    st.tuples(st.sampled_from(list(Rating)), st.integers(0, 400).map(lambda days: START + timedelta(days=days))),
    max_size=8,
)


@given(SERIES)
def test_folding_is_deterministic_and_a_day_is_the_least(series):
    one, other = Schedule().fold(3, series), Schedule().fold(3, list(series))
    assert one == other
    if one is None:
        assert not series
    else:
        assert one.due >= max(when for _, when in series) + timedelta(days=1)
        assert one.due.utcoffset() == timedelta(0)


@given(SERIES, st.randoms())
def test_an_import_may_come_in_any_order_of_distinct_times(series, rng):
    distinct = list({when: (rating, when) for rating, when in series}.values())
    shuffled = distinct[:]
    rng.shuffle(shuffled)
    assert Schedule().fold(1, shuffled) == Schedule().fold(1, distinct)


@given(SERIES)
def test_a_better_rating_never_comes_up_sooner(series):
    when = START + timedelta(days=500)
    due = [Schedule().fold(1, [*series, (rating, when)]).due for rating in Rating]
    assert due == sorted(due)


def test_retrievability_falls_from_one_and_is_the_goal_when_due():
    schedule = Schedule(0.9)
    state = schedule.fold(1, [(Rating.GOOD, START), (Rating.GOOD, START + timedelta(days=3))])
    assert schedule.retrievability(state.json, START + timedelta(days=3)) == 1
    assert abs(schedule.retrievability(state.json, state.due) - 0.9) < 0.03
    assert schedule.retrievability(state.json, state.due + timedelta(days=200)) < 0.85


def test_a_higher_goal_comes_up_sooner():
    series = [(Rating.GOOD, START), (Rating.GOOD, START + timedelta(days=3))]
    assert Schedule(0.97).fold(1, series).due < Schedule(0.9).fold(1, series).due < Schedule(0.8).fold(1, series).due
