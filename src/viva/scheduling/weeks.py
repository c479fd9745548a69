"""Minutes, days and weeks of a user's own calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo


def minute(moment: datetime) -> str:
    """Return an aware moment to the minute, in the zone of this system."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def local_day(moment: datetime, zone: tzinfo | None = None) -> date:
    """Return the day of an aware moment in `zone`, by default that of this system."""
    return moment.astimezone(zone).date()


def monday(day: date) -> date:
    """Return the first day of the week of `day`."""
    return day - timedelta(days=day.weekday())


def last_weeks(today: date, count: int) -> list[date]:
    """Return the Mondays of the last `count` weeks, oldest first, the week of `today` among them."""
    return [monday(today) - timedelta(weeks=back) for back in range(count - 1, -1, -1)]


def days_between(first: date, last: date) -> list[date]:
    """Return all days from `first` to `last`, both among them."""
    return [first + timedelta(days=on) for on in range((last - first).days + 1)]
