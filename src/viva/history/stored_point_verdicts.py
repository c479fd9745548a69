"""The user's words on single points in the history: what they gave, what counts, and what is forgotten."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from viva.history.database import Database
from viva.history.point_verdicts import PointVerdict, Word, letters
from viva.history.records import moment, said_in, stamp
from viva.types import Importance

_COUNTING = (
    "FROM point_verdicts AS given JOIN reviews ON reviews.uid = given.review_uid "
    "WHERE given.counts AND NOT reviews.undone"
)
_LATEST_FIRST = "ORDER BY given.given_at DESC, given.id DESC"
_NOTE = (
    "INSERT INTO point_verdicts (review_uid, point, verdict, importance, words, given_at) "
    "SELECT uid, ?, ?, ?, ?, ? FROM reviews WHERE id = ? "
    "ON CONFLICT (review_uid, point, verdict IS NULL) DO UPDATE SET "
    "verdict = excluded.verdict, importance = excluded.importance, words = excluded.words, "
    "given_at = excluded.given_at, counts = 1"
)


@dataclass(frozen=True, slots=True)
class GivenOnPoint:
    """A word of the user's own on a point that counts for other answers."""

    review_id: int
    """Of the answer at which it was given."""
    question: str
    """At the time of asking."""
    point: str
    """As it read then."""
    word: Word
    words: str
    """Of the answer, by which the point was judged; empty where the word is an importance."""
    given_at: datetime


class PointHistory:
    """What was said of points, by the answer at which it was said; taken back with that."""

    def __init__(self, database: Database) -> None:
        """Look into the history that is open."""
        self._database = database

    def verdicts(self, key: int) -> list[PointVerdict]:
        """Return what counts of answers to a question having met its points or not, the latest first."""
        rows = self._database.rows(
            "SELECT given.point, given.verdict, given.words, answer, follow_up_answer, first_score "
            f"{_COUNTING} AND given.verdict IS NOT NULL AND question_key = ? {_LATEST_FIRST}",
            [key],
        )
        return [PointVerdict(row["point"], row["verdict"], row["words"], said_in(row)) for row in rows]

    def importances(self, key: int) -> dict[str, Importance]:
        """Return how much points of a question matter to the user, by the `letters` of the point."""
        rows = self._database.rows(
            f"SELECT point, importance {_COUNTING} AND importance IS NOT NULL AND question_key = ? {_LATEST_FIRST}",
            [key],
        )
        return {letters(row["point"]): row["importance"] for row in reversed(rows)}

    def given(self) -> list[GivenOnPoint]:
        """Return all that counts, the latest first."""
        rows = self._database.rows(
            "SELECT reviews.id AS review_id, question, point, coalesce(given.verdict, importance) AS word, words, "
            f"given_at {_COUNTING} {_LATEST_FIRST}"
        )
        return [
            GivenOnPoint(
                row["review_id"], row["question"], row["point"], row["word"], row["words"], moment(row["given_at"])
            )
            for row in rows
        ]

    def words(self, review_id: int, point: str) -> str:
        """Return the words by which a point of an answer was judged before; empty where it was not."""
        rows = self._database.rows(
            "SELECT words FROM point_verdicts AS given JOIN reviews ON uid = review_uid "
            "WHERE reviews.id = ? AND point = ? AND given.verdict IS NOT NULL",
            [review_id, point],
        )
        return rows[0]["words"] if rows else ""

    def note(self, connection: sqlite3.Connection, review_id: int, given: PointVerdict, now: datetime) -> None:
        """Store a word on a point of an answer, in place of what was said of that before."""
        said = (given.word, None) if given.judges else (None, given.word)
        connection.execute(_NOTE, (given.point, *said, given.words, stamp(now), review_id))

    def forget(self, connection: sqlite3.Connection, review_id: int | None) -> None:
        """Let what was said at an answer, or all, count no longer."""
        connection.execute(
            "UPDATE point_verdicts SET counts = 0 WHERE ?1 IS NULL "
            "OR review_uid = (SELECT uid FROM reviews WHERE id = ?1)",
            (review_id,),
        )
