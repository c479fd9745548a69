"""Questions that the person set aside: stored beside the question, so that they stay so when it moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from viva.practice.database import Database
from viva.practice.records import stamp

_DECIDE = "UPDATE questions SET suspended = ?, decided_at = ? WHERE key = ? AND suspended != ?"
_DECIDE_FIRST = "UPDATE questions SET suspended = 1, decided_at = ? WHERE key = ? AND decided_at IS NULL"


def decide(database: Database, keys: Iterable[int], now: datetime, *, suspended: bool) -> int:
    """Suspend questions, or let them be asked again; return how many were not so already."""
    with database.transaction() as connection:
        rows = [(int(suspended), stamp(now), key, int(suspended)) for key in set(keys)]
        return sum(connection.execute(_DECIDE, row).rowcount for row in rows)


def suspend_undecided(database: Database, keys: Iterable[int], now: datetime) -> list[int]:
    """Suspend those questions of which the person never decided here whether they are; return them."""
    with database.transaction() as connection:
        rows = [(stamp(now), key) for key in dict.fromkeys(keys)]
        return [row[1] for row in rows if connection.execute(_DECIDE_FIRST, row).rowcount]


def suspended_keys(database: Database) -> set[int]:
    """Return the questions that are suspended, of all notes."""
    return {int(row["key"]) for row in database.rows("SELECT key FROM questions WHERE suspended")}
