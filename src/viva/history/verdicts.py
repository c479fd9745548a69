"""The user's own verdicts in the history: what they gave, what counts, and what is forgotten."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from viva.errors import HistoryError
from viva.history.database import Database
from viva.history.judgement import NO_ANSWER
from viva.history.leniency import LATEST, Habit, Marking, habit
from viva.history.overrides import Precedent
from viva.history.records import grade_of, moment, said_in
from viva.history.stored_point_verdicts import PointHistory
from viva.i18n import tr
from viva.types import Verdict


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
    """What the grader had said; None where that is not known, or tells nothing."""
    answered_at: datetime


def given_verdicts(database: Database) -> list[GivenVerdict]:
    """Return the verdicts that the user gave and that count for other answers, the latest first."""
    rows = database.rows(
        "SELECT id, question, answer, follow_up_answer, first_score, verdict, grader_score, answered_at FROM reviews "
        "WHERE overridden AND counts AND NOT undone ORDER BY answered_at DESC, id DESC"
    )
    return [
        GivenVerdict(
            row["id"], row["question"], said_in(row), row["verdict"], row["grader_score"], moment(row["answered_at"])
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
    return [Precedent(said_in(row), row["verdict"]) for row in rows if not _is_no_answer(row)]


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


def forget(database: Database, review_id: int | None = None) -> int:
    """Let what the user said of an answer and its points, or of all of them, count for nothing but its own turn.

    Returns:
        How many verdicts, on answers and on points, counted until now.

    Raises:
        HistoryError: No verdict that counts has this id.
    """
    points = PointHistory(database)
    said = [one.review_id for one in given_verdicts(database)] + [one.review_id for one in points.given()]
    wanted = [number for number in said if review_id in (None, number)]
    if review_id is not None and not wanted:
        raise HistoryError(
            tr(
                "none of your verdicts has the number {number}: `viva verdicts` lists those that count",
                number=review_id,
            )
        )
    with database.transaction() as connection:
        connection.execute("UPDATE reviews SET counts = 0 WHERE ?1 IS NULL OR id = ?1", (review_id,))
        points.forget(connection, review_id)
    return len(wanted)
