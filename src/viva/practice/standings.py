"""Where each question stands: its card, how often it was asked and failed, its last score, whether it is suspended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from viva.practice.database import Database
from viva.practice.lapses import Lapses, lapses
from viva.practice.recalls import last_outside
from viva.practice.records import moment
from viva.practice.schedule import Schedule
from viva.practice.suspension import suspended_keys
from viva.types import Entry, Standing

_TURNS = (
    "SELECT question_key, count(*) AS turns FROM (SELECT question_key FROM reviews "
    "WHERE NOT undone AND outcome != 'skipped' UNION ALL SELECT question_key FROM outside_reviews) "
    "GROUP BY question_key"
)
_SCORES = "SELECT question_key, score FROM reviews WHERE NOT undone AND score IS NOT NULL ORDER BY answered_at, id"


def standings_of(
    database: Database, entries: Sequence[Entry], keys: Mapping[str, int], schedule: Schedule, now: datetime
) -> list[Standing]:
    """Return where each question stands, in the order given; `keys` are by entry id, the cards folded already."""
    cards = {row["question_key"]: row for row in database.rows("SELECT * FROM cards")}
    counts = {row["question_key"]: row["turns"] for row in database.rows(_TURNS)}
    scores = {row["question_key"]: row["score"] for row in database.rows(_SCORES)}
    outside = last_outside(database)
    failed, suspended = lapses(database), suspended_keys(database)
    return [
        Standing(
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
