"""What the schedule is folded from: rated turns of interviews, and reviews made in another program."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from viva.history.database import Database, insert_row
from viva.history.records import moment, stamp
from viva.types import Rating

_TO_MILLISECONDS = 23
"""Characters of a stamp up to its milliseconds; other programs know a review's time no better."""


@dataclass(frozen=True, slots=True)
class Recall:
    """One rated recall of a question, successful or not: an entry of the review log."""

    rating: Rating
    at: datetime
    """Aware, UTC."""
    seconds: float


def recalls_of(database: Database, key: int) -> list[Recall]:
    """Return all of a question, in order of time."""
    return _all(database, "WHERE question_key = ? ", (key,)).get(key, [])


def all_recalls(database: Database) -> Mapping[int, list[Recall]]:
    """Return all there are, by the question's key, in order of time."""
    return _all(database, "", ())


def outside_recalls(database: Database) -> Mapping[int, list[Recall]]:
    """Return those made in another program, by the question's key, in order of time."""
    return _all(database, "WHERE outside ", ())


def _all(database: Database, where: str, values: tuple[int, ...]) -> dict[int, list[Recall]]:
    found: dict[int, list[Recall]] = defaultdict(list)
    query = f"SELECT * FROM recalls {where}ORDER BY recalled_at, id"  # noqa: S608 - our own words
    for row in database.rows(query, values):
        recall = Recall(Rating(row["rating"]), moment(row["recalled_at"]), row["seconds"])
        found[row["question_key"]].append(recall)
    return found


def last_outside(database: Database) -> Mapping[int, Rating]:
    """Return the rating of each question's last recall, where that was made in another program, by key."""
    last: dict[int, Rating | None] = {}
    for row in database.rows("SELECT question_key, rating, outside FROM recalls ORDER BY recalled_at, id"):
        last[row["question_key"]] = Rating(row["rating"]) if row["outside"] else None
    return {key: rating for key, rating in last.items() if rating is not None}


def add_outside(database: Database, recalls: Iterable[tuple[int, Recall]], source: str) -> list[int]:
    """Store what was recalled in the program `source`, each with its question's key; return the key of each new one.

    What the history has of the same question at the same millisecond is the same review: an earlier import, or a turn
    of viva that was exported, answered or taken back since.
    """
    with database.transaction() as connection:
        known = _known(connection)
        added = []
        for key, recall in recalls:
            at = stamp(recall.at)
            if (key, at[:_TO_MILLISECONDS]) in known:
                continue
            known.add((key, at[:_TO_MILLISECONDS]))
            row = {"question_key": key, "reviewed_at": at, "rating": int(recall.rating), "seconds": recall.seconds}
            insert_row(connection, "outside_reviews", {**row, "source": source})
            added.append(key)
        # Cards are folded again when they are next asked for.
        connection.executemany("DELETE FROM cards WHERE question_key = ?", [(key,) for key in set(added)])
    return added


def _known(connection: sqlite3.Connection) -> set[tuple[int, str]]:
    rows = connection.execute(
        "SELECT question_key, answered_at AS at FROM reviews UNION ALL "
        "SELECT question_key, reviewed_at FROM outside_reviews"
    )
    return {(row["question_key"], row["at"][:_TO_MILLISECONDS]) for row in rows}
