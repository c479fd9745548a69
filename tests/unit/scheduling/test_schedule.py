from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.conftest import make_entry
from viva.scheduling.schedule import Schedule, forecast
from viva.types import CardState, Rating

START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ENTRIES = [make_entry(at, f"What is {at}?", "A number") for at in range(1, 6)]
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


def card_state(at, due, **more):
    return CardState(ENTRIES[at].id, due, 0 if due is None else 1, None, None, **more)


def test_the_longest_overdue_leads_and_what_is_due_now_comes_on_no_later_day():
    card_states = [
        card_state(0, NOW),
        card_state(1, NOW + timedelta(days=1)),
        card_state(2, NOW - timedelta(days=4)),
        card_state(3, None),
        card_state(4, None, suspended=True),
    ]
    found = forecast(ENTRIES, card_states, NOW, 3)
    assert [entry.number for entry, _ in found.due] == [ENTRIES[2].number, ENTRIES[0].number]
    assert (found.new, found.suspended, found.withheld) == (1, 1, 0)
    assert [count for _, count in found.ahead] == [0, 1, 0]
    today = NOW.astimezone().date()
    assert [day for day, _ in found.ahead] == [today + timedelta(days=ahead) for ahead in range(3)]
