"""Questions that the person set aside: stored beside the question, so that they stay so when it moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from viva.practice.database import Database
from viva.practice.records import stamp

_DECIDE = "UPDATE questions SET suspended = ?, decided_at = ? WHERE key = ? AND suspended != ?"


def decide(database: Database, keys: Iterable[int], now: datetime, *, suspended: bool) -> int:
    """Suspend questions, or let them be asked again; return how many were not so already."""
    with database.transaction() as connection:
        rows = [(int(suspended), stamp(now), key, int(suspended)) for key in set(keys)]
        return sum(connection.execute(_DECIDE, row).rowcount for row in rows)


def suspended_keys(database: Database) -> set[int]:
    """Return the questions that are suspended, of all notes."""
    return {int(row["key"]) for row in database.rows("SELECT key FROM questions WHERE suspended")}
