"""The turns of the past beside today's questions: what they were asked for, and what became of each point."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from viva.practice.history import History
from viva.practice.records import grade_of, moment, review_of
from viva.practice.schedule import Schedule
from viva.types import Entry, PointResult, Rating, Review

LATEST = 5
"""How many answers to a question, the latest, are looked at point by point."""

_ROWS = "SELECT * FROM reviews WHERE NOT undone ORDER BY answered_at, id"


@dataclass(frozen=True, slots=True)
class Past:
    """One stored turn of a question that is still in the notes."""

    entry_id: str
    """The question's id now; `review.question_id` is that at the time of asking."""
    review: Review
    due: datetime | None = None
    """When the question had come up again by then; None the first time."""
    points: tuple[PointResult, ...] = ()
    """What the grade said of each point; empty without a grade, and for answers before the latest five."""

    @property
    def was_due(self) -> bool:
        """Whether the question was asked because, or after, it had come up again."""
        return self.due is not None and self.due <= self.review.asked_at


def read_past(history: History, entries: Sequence[Entry], schedule: Schedule) -> list[Past]:
    """Return the turns of these questions that were not taken back, in order of time. Raises HistoryError."""
    names = {key: name for name, key in history.reconcile(entries).items()}
    rows = [row for row in history.database.rows(_ROWS) if row["question_key"] in names]
    due = _due_times(rows, schedule)
    points = _latest_points(rows)
    return [
        Past(names[row["question_key"]], review_of(row), due.get(row["id"]), points.get(row["id"], ())) for row in rows
    ]


def _due_times(rows: Iterable[sqlite3.Row], schedule: Schedule) -> dict[int, datetime]:
    """Return, by turn, the due time that the turns before it had left."""
    series: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        series[row["question_key"]].append(row)
    found: dict[int, datetime] = {}
    for key, turns in series.items():
        rated = [(Rating(row["rating"]), moment(row["answered_at"])) for row in turns if row["rating"] is not None]
        dues = iter(schedule.due_times(key, rated)) if len(turns) > 1 else iter(())
        due = None
        for row in turns:
            if due is not None:
                found[row["id"]] = due
            due = due if row["rating"] is None else next(dues, None)
    return found


def _latest_points(rows: Sequence[sqlite3.Row]) -> Mapping[int, tuple[PointResult, ...]]:
    seen: Counter[int] = Counter()
    found: dict[int, tuple[PointResult, ...]] = {}
    for row in reversed(rows):
        if row["grade"] and seen[row["question_key"]] < LATEST:
            seen[row["question_key"]] += 1
            found[row["id"]] = grade_of(row["grade"]).points
    return found
