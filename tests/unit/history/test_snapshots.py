"""Which backups stay, whenever they were made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from viva.history.snapshots import DAILY_KEPT, MONTHLY_KEPT, is_backup_due, times_to_keep

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
TIMES = st.lists(
    st.integers(0, 3 * 366 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)), max_size=80, unique=True
)


@given(TIMES)
def test_the_newest_stays_and_never_too_many(made):
    stay = times_to_keep(made)
    assert stay <= set(made)
    assert len(stay) <= DAILY_KEPT + MONTHLY_KEPT
    assert not made or max(made) in stay


@given(TIMES)
def test_a_second_look_deletes_nothing_more(made):
    assert times_to_keep(times_to_keep(made)) == times_to_keep(made)


@given(TIMES)
def test_the_last_days_keep_one_each_and_a_month_is_not_lost_at_once(made):
    stay = times_to_keep(made)
    assert {each.date() for each in stay} >= set(sorted({each.date() for each in made})[-DAILY_KEPT:])
    months = {(each.year, each.month) for each in made}
    assert len({(each.year, each.month) for each in stay}) >= min(len(months), MONTHLY_KEPT)


@given(st.integers(1, 1500))
def test_day_after_day_for_years(days):
    made: set[datetime] = set()
    for day in range(days):
        made = times_to_keep({*made, START + timedelta(days=day)})
    newest = sorted(made, reverse=True)
    assert newest[:DAILY_KEPT] == [START + timedelta(days=days - 1 - back) for back in range(min(days, DAILY_KEPT))]
    assert len(made) == len(newest) <= DAILY_KEPT + MONTHLY_KEPT
    months = [(each.year, each.month) for each in newest[DAILY_KEPT:]]
    assert len(months) == len(set(months))
    if days > 400:
        assert len(months) == MONTHLY_KEPT


@given(TIMES, st.integers(0, 3 * 366 * 24).map(lambda hours: START + timedelta(hours=hours)))
def test_once_made_none_is_due_for_a_day(made, now):
    assert not is_backup_due([*made, now], now)
    assert is_backup_due([], now)
    assert is_backup_due([now], now + timedelta(days=1))
    assert not is_backup_due([now], now + timedelta(hours=23))


def test_a_clock_that_ran_ahead_stops_nothing():
    assert is_backup_due([START + timedelta(days=900)], START)


def test_days_are_those_of_utc():
    late = datetime(2026, 1, 2, 1, tzinfo=timezone(timedelta(hours=8)))  # the first of January in UTC
    assert times_to_keep([START, late]) == {late}
