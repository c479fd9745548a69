"""What is due now, and what comes up in the next days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from viva.scheduling.weeks import days_between, local_day
from viva.types import CardState, Entry


@dataclass(frozen=True, slots=True)
class Forecast:
    """What there is to practise; days are those of the user's own time zone."""

    now: datetime
    """The moment of which it is true, aware."""
    due: tuple[tuple[Entry, CardState], ...]
    """Questions that were asked before and are due, the longest overdue first."""
    new: int
    """Questions never asked, but for suspended ones."""
    suspended: int
    withheld: int
    """Questions of the mock interview that waits, of which nothing is told yet."""
    ahead: tuple[tuple[date, int], ...]
    """How many questions come due on each of the next days, from today on; none of those that are due now."""


def forecast(entries: Sequence[Entry], card_states: Sequence[CardState], now: datetime, days: int) -> Forecast:
    """Return what is due at `now` and on so many days from today on; the card states are in the order of entries."""
    due = [pair for pair in zip(entries, card_states, strict=True) if pair[1].is_due(now)]
    return Forecast(
        now=now,
        due=tuple(sorted(due, key=lambda pair: pair[1].due or now)),
        new=sum(card_state.is_new for card_state in card_states),
        suspended=sum(card_state.suspended for card_state in card_states),
        withheld=sum(card_state.withheld for card_state in card_states),
        ahead=_ahead(card_states, now, days),
    )


def _ahead(card_states: Sequence[CardState], now: datetime, days: int) -> tuple[tuple[date, int], ...]:
    today = local_day(now)
    counts = Counter(local_day(each.due) for each in card_states if each.due is not None and each.due > now)
    return tuple((day, counts[day]) for day in days_between(today, today + timedelta(days=days - 1)))
