"""A time that stands still and a chance that falls the same way, so that screens are the same each time."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2026, 4, 2, 12, 0, tzinfo=UTC)
"""A Thursday, noon: the same day in most time zones."""


class Then(datetime):
    """The time at which all happens."""

    @classmethod
    def now(cls, tz=None):
        return NOW.astimezone(tz)


class Dice:
    """Chance that gives the same interviews each time."""

    def randrange(self, stop: int) -> int:
        """Return 2, whatever was asked for."""
        return 2
