"""The time for one answer of a mock interview: what a user may write for it, and how it is shown."""

from __future__ import annotations

import re

from viva.i18n import tr

LEAST = 30
MOST = 15 * 60
DEFAULT = 3 * 60
"""In seconds, as all limits."""

_WRITTEN = re.compile(r"(?:(?P<minutes>\d{1,4}) ?(?:m|min))? ?(?:(?P<seconds>\d{1,5}) ?(?:s|sec)?)?", re.IGNORECASE)
_CLOCK = re.compile(r"(?P<minutes>\d{1,4}):(?P<seconds>[0-5]\d)")


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
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}m{rest}s" if minutes and rest else f"{minutes}m" if minutes else f"{rest}s"


def clock_face(seconds: float) -> str:
    """Return seconds as `m:ss`, rounded up, so that 0:00 is shown only when nothing is left."""
    whole = max(0, -int(-seconds // 1))
    return f"{whole // 60}:{whole % 60:02d}"
