"""When the next backup is due and which ones stay: rules over times alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

APART = timedelta(days=1)
"""How old the newest backup may become before another is made."""
DAYS = 7
"""So many days with a backup keep theirs."""
MONTHS = 12
"""So many months before those days keep one."""


def due(made: Iterable[datetime], now: datetime) -> bool:
    """Whether another backup is to be made; one from a clock that ran ahead does not put it off for long."""
    return all(abs(now - each) >= APART for each in made)


def kept(made: Iterable[datetime]) -> set[datetime]:
    """Return the times whose backups stay, at most `DAYS` + `MONTHS`.

    Those are the newest of each of the last days that have one, and of what is older the newest of each month. Days
    and months without a backup take no place: after a pause nothing vanishes at once.
    """
    in_order = sorted(each.astimezone(UTC) for each in made)
    by_day: dict[date, datetime] = {each.date(): each for each in in_order}
    days = list(by_day.values())
    by_month: dict[tuple[int, int], datetime] = {(each.year, each.month): each for each in days[:-DAYS]}
    return {*days[-DAYS:], *list(by_month.values())[-MONTHS:]}
