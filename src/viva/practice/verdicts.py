"""The person's own verdicts in the history: what they gave, what counts, and what is forgotten."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from viva.errors import HistoryError
from viva.i18n import tr
from viva.practice.database import Database
from viva.practice.leniency import LATEST, Habit, Marking, habit
from viva.practice.precedents import Precedent
from viva.practice.records import joined, moment
from viva.types import Verdict


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """A verdict of the person's own that counts for other answers."""

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
    """Return the verdicts that the person gave and that count for other answers, the latest first."""
    rows = database.rows(
        "SELECT id, question, answer, follow_up_answer, first_score, verdict, grader_score, answered_at FROM reviews "
        "WHERE overridden AND counts AND NOT undone ORDER BY answered_at DESC, id DESC"
    )
    return [
        GivenVerdict(
            row["id"], row["question"], _said(row), row["verdict"], row["grader_score"], moment(row["answered_at"])
        )
        for row in rows
    ]


def precedents_of(database: Database, key: int) -> list[Precedent]:
    """Return the answers to a question whose verdict the person gave, the latest first."""
    rows = database.rows(
        "SELECT answer, follow_up_answer, first_score, verdict FROM reviews "
        "WHERE question_key = ? AND overridden AND counts AND NOT undone "
        "ORDER BY answered_at DESC, id DESC",
        [key],
    )
    return [Precedent(_said(row), row["verdict"]) for row in rows]


def _said(row: sqlite3.Row) -> str:
    return joined(row["answer"], None if row["first_score"] is None else row["follow_up_answer"])


def habit_of(database: Database) -> Habit:
    """Return how the person marks, by their latest answers to whatever notes."""
    rows = database.rows(
        "SELECT grader_score, verdict, overridden FROM reviews WHERE grader_score IS NOT NULL AND counts "
        "AND NOT undone ORDER BY answered_at DESC, id DESC LIMIT ?",
        [LATEST],
    )
    return habit([Marking(row["grader_score"], row["verdict"], bool(row["overridden"])) for row in rows])


def forget(database: Database, review_id: int | None = None) -> int:
    """Let a verdict, or all of them, count for nothing but its own turn; return how many of them counted.

    Raises:
        HistoryError: No verdict that counts has this id.
    """
    wanted = [one for one in given_verdicts(database) if review_id in (None, one.review_id)]
    if review_id is not None and not wanted:
        raise HistoryError(
            tr(
                "none of your verdicts has the number {number}: `viva verdicts` lists those that count",
                number=review_id,
            )
        )
    with database.transaction() as connection:
        connection.execute("UPDATE reviews SET counts = 0 WHERE ?1 IS NULL OR id = ?1", (review_id,))
    return len(wanted)
