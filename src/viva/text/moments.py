"""Moments, days and weeks of a user's own calendar, lengths of time, and the time for an answer as a user writes it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo

from viva.i18n import tr
from viva.text.english import counted
from viva.types import Language

LEAST = 30
MOST = 15 * 60
DEFAULT = 3 * 60
"""In seconds, as all limits."""

_WRITTEN = re.compile(r"(?:(?P<minutes>\d{1,4}) ?(?:m|min))? ?(?:(?P<seconds>\d{1,5}) ?(?:s|sec)?)?", re.IGNORECASE)
_CLOCK = re.compile(r"(?P<minutes>\d{1,4}):(?P<seconds>[0-5]\d)")


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


def duration(seconds: float, language: Language) -> str:
    """Return a length of time in words, in seconds, minutes or hours."""
    whole = round(seconds)
    hours, minutes, rest_seconds = whole // 3600, whole % 3600 // 60, whole % 60
    parts = [(hours, "小时", "hour"), (minutes, "分钟" if hours or not rest_seconds else "分", "minute")]
    if not hours:
        parts.append((rest_seconds, "秒", "second"))
    shown = [(count, zh, en) for count, zh, en in parts if count] or [(0, "秒", "second")]
    if language == "zh":
        return " ".join(f"{count} {zh}" for count, zh, _ in shown)
    return " ".join(counted(count, en) for count, _, en in shown)


def read_limit(text: str) -> int:
    """Return the seconds of a limit as a user writes it: `90`, `90s`, `3m`, `2m30s` or `2:30`.

    Raises:
        ValueError: It is none, or out of range; the message says what would be one.
    """
    written = text.strip()
    found = _CLOCK.fullmatch(written) or (_WRITTEN.fullmatch(written) if written.isascii() else None)
    if not written or found is None:
        raise ValueError(tr("{text} is no time: write 90s, 3m or 2m30s", text=repr(text)))
    return checked(int(found["minutes"] or 0) * 60 + int(found["seconds"] or 0))


def checked(seconds: int) -> int:
    """Return a limit that is in range. Raises ValueError with a message for the user."""
    if not LEAST <= seconds <= MOST:
        raise ValueError(
            tr("the time for an answer must be from 30s to 15m, not {given}", given=written_limit(seconds))
        )
    return seconds


def written_limit(seconds: int) -> str:
    """Return a limit as `read_limit` reads it: `90s` is `1m30s`."""
    minutes, left = divmod(seconds, 60)
    return f"{minutes}m{left}s" if minutes and left else f"{minutes}m" if minutes else f"{left}s"


def clock_face(seconds: float) -> str:
    """Return seconds as `m:ss`, rounded up, so that 0:00 is shown only when nothing is left."""
    whole = max(0, -int(-seconds // 1))
    return f"{whole // 60}:{whole % 60:02d}"
