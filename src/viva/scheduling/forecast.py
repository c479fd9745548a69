"""What is due now, and what comes up in the next days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from viva.scheduling.weeks import days_between, local_day
from viva.types import Entry, Standing


@dataclass(frozen=True, slots=True)
class Coming:
    """What there is to practise; days are those of the person's own time zone."""

    now: datetime
    """The moment of which it is true, aware."""
    due: tuple[tuple[Entry, Standing], ...]
    """Questions that were asked before and are due, the longest overdue first."""
    new: int
    """Questions never asked, but for suspended ones."""
    suspended: int
    withheld: int
    """Questions of the mock interview that waits, of which nothing is told yet."""
    ahead: tuple[tuple[date, int], ...]
    """How many questions come due on each of the next days, from today on; none of those that are due now."""


def coming(entries: Sequence[Entry], standings: Sequence[Standing], now: datetime, days: int) -> Coming:
    """Return what is due at `now` and on so many days from today on; `standings` are those of the entries, in order."""
    due = [pair for pair in zip(entries, standings, strict=True) if pair[1].is_due(now)]
    return Coming(
        now=now,
        due=tuple(sorted(due, key=lambda pair: pair[1].due or now)),
        new=sum(standing.is_new for standing in standings),
        suspended=sum(standing.suspended for standing in standings),
        withheld=sum(standing.withheld for standing in standings),
        ahead=_ahead(standings, now, days),
    )


def _ahead(standings: Sequence[Standing], now: datetime, days: int) -> tuple[tuple[date, int], ...]:
    today = local_day(now)
    counts = Counter(local_day(each.due) for each in standings if each.due is not None and each.due > now)
    return tuple((day, counts[day]) for day in days_between(today, today + timedelta(days=days - 1)))
