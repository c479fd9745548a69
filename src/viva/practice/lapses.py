"""How often a question was failed: rated Again, in turns that were not taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from viva.practice.database import Database

_COUNT = (
    "SELECT question_key, count(*) AS total, sum(answered_at > coalesce(rewritten_at, '')) AS fresh "
    "FROM reviews JOIN questions ON key = question_key WHERE NOT undone AND rating = 1{one} GROUP BY question_key"
)


@dataclass(frozen=True, slots=True)
class Lapses:
    """How often a question was failed."""

    total: int = 0
    fresh: int = 0
    """Of these, since question or answer was last rewritten in the notes; all of them where neither was."""


def lapses(database: Database, *, apart: Iterable[int] = ()) -> dict[int, Lapses]:
    """Return the lapses of the questions that have any, by key, `apart` from those in these interviews."""
    left_out = ", ".join(map(str, apart))
    rows = database.rows(_COUNT.format(one=f" AND interview_id NOT IN ({left_out})"))
    return {int(row["question_key"]): Lapses(row["total"], row["fresh"]) for row in rows}


def lapses_of(database: Database, key: int) -> Lapses:
    """Return the lapses of one question."""
    rows = database.rows(_COUNT.format(one=" AND question_key = ?"), [key])
    return Lapses(rows[0]["total"], rows[0]["fresh"]) if rows else Lapses()
