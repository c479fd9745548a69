"""The user's own verdicts in the history, on answers and on single points: what counts, and what is forgotten."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from viva.errors import HistoryError
from viva.history.database import Database
from viva.history.judgement import NO_ANSWER
from viva.history.leniency import LATEST, Habit, Marking, habit
from viva.history.overrides import PointVerdict, Precedent, letters
from viva.history.records import grade_of, graded_text, moment, stamp
from viva.i18n import tr
from viva.types import Importance, PointWord, Verdict

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
class GivenVerdict:
    """A verdict of the user's own that counts for other answers."""

    review_id: int
    question: str
    """At the time of asking."""
    answer: str
    """With what was said to the follow-up, where the verdict is on both."""
    verdict: Verdict
    grader_score: int | None
    """The grader's own score; None where it is not known, or tells nothing of how the user marks."""
    answered_at: datetime


def given_verdicts(database: Database) -> list[GivenVerdict]:
    """Return the verdicts that the user gave and that count for other answers, the latest first."""
    rows = database.rows(
        "SELECT id, question, answer, follow_up_answer, first_score, verdict, grader_score, answered_at FROM reviews "
        "WHERE overridden AND counts AND NOT undone ORDER BY answered_at DESC, id DESC"
    )
    return [
        GivenVerdict(
            review_id=row["id"],
            question=row["question"],
            answer=graded_text(row),
            verdict=row["verdict"],
            grader_score=row["grader_score"],
            answered_at=moment(row["answered_at"]),
        )
        for row in rows
    ]


def precedents_of(database: Database, key: int) -> list[Precedent]:
    """Return the answers to a question whose verdict the user gave, the latest first.

    What was typed in place of an answer is none, though an older viva let it be accepted.
    """
    rows = database.rows(
        "SELECT answer, follow_up_answer, first_score, verdict, grade FROM reviews "
        "WHERE question_key = ? AND overridden AND counts AND NOT undone "
        "ORDER BY answered_at DESC, id DESC",
        [key],
    )
    return [Precedent(graded_text(row), row["verdict"]) for row in rows if not _is_no_answer(row)]


def _is_no_answer(row: sqlite3.Row) -> bool:
    return bool(row["grade"]) and not NO_ANSWER.isdisjoint(grade_of(row["grade"]).flags)


def habit_of(database: Database) -> Habit:
    """Return how the user marks, by their latest answers to whatever notes."""
    rows = database.rows(
        "SELECT grader_score, verdict, overridden FROM reviews WHERE grader_score IS NOT NULL AND counts "
        "AND NOT undone ORDER BY answered_at DESC, id DESC LIMIT ?",
        [LATEST],
    )
    return habit([Marking(row["grader_score"], row["verdict"], bool(row["overridden"])) for row in rows])


@dataclass(frozen=True, slots=True)
class GivenOnPoint:
    """A word of the user's own on a point that counts for other answers."""

    review_id: int
    """Of the answer at which it was given."""
    question: str
    """At the time of asking."""
    point: str
    """As it read then."""
    word: PointWord
    words: str
    """Of the answer, by which the point was judged; empty where the word is an importance."""
    given_at: datetime


class PointHistory:
    """The user's verdicts on points, stored with the answer at which they were given, and undone with it."""

    def __init__(self, database: Database) -> None:
        """Take the database of the history that is open."""
        self._database = database

    def verdicts(self, key: int) -> list[PointVerdict]:
        """Return what counts of answers to a question having met its points or not, the latest first."""
        rows = self._database.rows(
            "SELECT given.point, given.verdict, given.words, answer, follow_up_answer, first_score "
            f"{_COUNTING} AND given.verdict IS NOT NULL AND question_key = ? {_LATEST_FIRST}",
            [key],
        )
        return [PointVerdict(row["point"], row["verdict"], row["words"], graded_text(row)) for row in rows]

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
                review_id=row["review_id"],
                question=row["question"],
                point=row["point"],
                word=row["word"],
                words=row["words"],
                given_at=moment(row["given_at"]),
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
        """Store a word on a point of an answer, in place of an earlier word on it."""
        columns = (given.word, None) if given.judges else (None, given.word)
        connection.execute(_NOTE, (given.point, *columns, given.words, stamp(now), review_id))

    def forget(self, connection: sqlite3.Connection, review_id: int | None) -> None:
        """Let the words given at an answer, or all, count no longer."""
        connection.execute(
            "UPDATE point_verdicts SET counts = 0 WHERE ?1 IS NULL "
            "OR review_uid = (SELECT uid FROM reviews WHERE id = ?1)",
            (review_id,),
        )


def forget(database: Database, review_id: int | None = None) -> int:
    """Let what the user said of an answer and its points, or of all of them, count for nothing but its own turn.

    Returns:
        How many verdicts, on answers and on points, counted until now.

    Raises:
        HistoryError: No verdict that counts has this id.
    """
    points = PointHistory(database)
    counting = [given.review_id for given in given_verdicts(database)]
    counting += [given.review_id for given in points.given()]
    forgotten = [number for number in counting if review_id in (None, number)]
    if review_id is not None and not forgotten:
        raise HistoryError(
            tr(
                "none of your verdicts has the number {number}: `viva verdicts` lists those that count",
                number=review_id,
            )
        )
    with database.transaction() as connection:
        connection.execute("UPDATE reviews SET counts = 0 WHERE ?1 IS NULL OR id = ?1", (review_id,))
        points.forget(connection, review_id)
    return len(forgotten)
