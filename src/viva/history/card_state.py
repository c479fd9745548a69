"""Where each question stands: its card, how often it was asked and failed, its last score, whether it is suspended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from viva.history.database import Database
from viva.history.records import moment, stamp
from viva.history.review_log import last_outside
from viva.scheduling.mastery import Lapses
from viva.scheduling.schedule import Schedule
from viva.types import CardState, Entry

_TURNS = (
    "SELECT question_key, count(*) AS turns FROM (SELECT question_key FROM reviews "
    "WHERE NOT undone AND outcome != 'skipped' UNION ALL SELECT question_key FROM outside_reviews) "
    "GROUP BY question_key"
)
_DECIDE = "UPDATE questions SET suspended = ?, decided_at = ? WHERE key = ? AND suspended != ?"
_DECIDE_FIRST = "UPDATE questions SET suspended = 1, decided_at = ? WHERE key = ? AND decided_at IS NULL"
_SCORES = "SELECT question_key, score FROM reviews WHERE NOT undone AND score IS NOT NULL ORDER BY answered_at, id"
_COUNT = (
    "SELECT question_key, count(*) AS total, sum(answered_at > coalesce(rewritten_at, '')) AS fresh "
    "FROM reviews JOIN questions ON key = question_key WHERE NOT undone AND rating = 1{one} GROUP BY question_key"
)


def card_states_of(
    database: Database, entries: Sequence[Entry], keys: Mapping[str, int], schedule: Schedule, now: datetime
) -> list[CardState]:
    """Return where each question stands, in the order given; `keys` are by entry id, the cards folded already."""
    cards = {row["question_key"]: row for row in database.rows("SELECT * FROM cards")}
    counts = {row["question_key"]: row["turns"] for row in database.rows(_TURNS)}
    scores = {row["question_key"]: row["score"] for row in database.rows(_SCORES)}
    outside = last_outside(database)
    failed, suspended = lapses(database), suspended_keys(database)
    return [
        CardState(
            question_id=entry.id,
            due=moment(cards[key]["due"]) if key in cards and key not in suspended else None,
            reviews=counts.get(key, 0),
            last_score=scores.get(key),
            retrievability=schedule.retrievability(cards[key]["state"], now) if key in cards else None,
            last_outside=outside.get(key),
            suspended=key in suspended,
            lapses=failed.get(key, Lapses()).total,
            fresh_lapses=failed.get(key, Lapses()).fresh,
        )
        for entry, key in ((entry, keys[entry.id]) for entry in entries)
    ]


def lapses(database: Database, *, apart: Iterable[int] = ()) -> dict[int, Lapses]:
    """Return the lapses of the questions that have any, by key, `apart` from those in these interviews."""
    left_out = ", ".join(map(str, apart))
    rows = database.rows(_COUNT.format(one=f" AND interview_id NOT IN ({left_out})"))
    return {int(row["question_key"]): Lapses(row["total"], row["fresh"]) for row in rows}


def lapses_of(database: Database, key: int) -> Lapses:
    """Return the lapses of one question."""
    rows = database.rows(_COUNT.format(one=" AND question_key = ?"), [key])
    return Lapses(rows[0]["total"], rows[0]["fresh"]) if rows else Lapses()


def decide(database: Database, keys: Iterable[int], now: datetime, *, suspended: bool) -> int:
    """Suspend questions, or let them be asked again; return how many were not so already."""
    with database.transaction() as connection:
        rows = [(int(suspended), stamp(now), key, int(suspended)) for key in set(keys)]
        return sum(connection.execute(_DECIDE, row).rowcount for row in rows)


def suspend_undecided(database: Database, keys: Iterable[int], now: datetime) -> list[int]:
    """Suspend those questions of which the user never decided here whether they are; return them."""
    with database.transaction() as connection:
        rows = [(stamp(now), key) for key in dict.fromkeys(keys)]
        return [row[1] for row in rows if connection.execute(_DECIDE_FIRST, row).rowcount]


def suspended_keys(database: Database) -> set[int]:
    """Return the questions that are suspended, of all notes."""
    return {int(row["key"]) for row in database.rows("SELECT key FROM questions WHERE suspended")}
