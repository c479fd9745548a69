"""The turns of the past beside today's questions: what they were asked for, and what became of each point."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from viva.history.history import History
from viva.history.records import grade_of, moment, review_of
from viva.history.review_log import Recall, outside_recalls
from viva.interview.redaction import VisibleHistory
from viva.scheduling.schedule import Schedule
from viva.types import Entry, PointResult, Rating, Review

LATEST = 5
"""How many answers to a question, the latest, are looked at point by point."""

_ROWS = "SELECT * FROM reviews WHERE NOT undone ORDER BY answered_at, id"


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One stored turn of a question that is still in the notes."""

    entry_id: str
    """The question's id now; `review.question_id` is that at the time of asking."""
    review: Review
    due: datetime | None = None
    """When the question had come up again by then; None the first time."""
    points: tuple[PointResult, ...] = ()
    """What the grade said of each point; empty without a grade, where it is kept back, and before the latest five."""

    @property
    def was_due(self) -> bool:
        """Whether the question was asked because, or after, it had come up again."""
        return self.due is not None and self.due <= self.review.asked_at


class _Step(NamedTuple):
    """A turn, or a review in another program, which has no number of a turn."""

    at: datetime
    rating: Rating | None
    turn: int | None


def read_review_history(history: History, entries: Sequence[Entry], schedule: Schedule) -> list[PastTurn]:
    """Return the turns of these questions that were not taken back, in order of time. Raises HistoryError."""
    told = VisibleHistory(history, entries)
    names = {key: name for name, key in told.keys.items()}
    rows = [row for row in history.database.rows(_ROWS) if row["question_key"] in names]
    due = _due_times(rows, outside_recalls(history.database), schedule)
    points = _latest_points([row for row in rows if not told.holds_back(review_of(row))])
    return [
        PastTurn(names[row["question_key"]], told.review(review_of(row)), due.get(row["id"]), points.get(row["id"], ()))
        for row in rows
    ]


def _due_times(
    rows: Iterable[sqlite3.Row], outside: Mapping[int, Sequence[Recall]], schedule: Schedule
) -> dict[int, datetime]:
    """Return, by turn, the due time that what came before it had left, in interviews and in other programs."""
    series: dict[int, list[_Step]] = defaultdict(list)
    for row in rows:
        rating = None if row["rating"] is None else Rating(row["rating"])
        series[row["question_key"]].append(_Step(moment(row["answered_at"]), rating, row["id"]))
    found: dict[int, datetime] = {}
    for key, turns in series.items():
        steps = [*turns, *(_Step(recall.at, recall.rating, None) for recall in outside.get(key, ()))]
        steps.sort(key=lambda step: step.at)
        rated = [(step.rating, step.at) for step in steps if step.rating is not None]
        dues = iter(schedule.due_times(key, rated)) if len(steps) > 1 else iter(())
        due = None
        for step in steps:
            if due is not None and step.turn is not None:
                found[step.turn] = due
            due = due if step.rating is None else next(dues, None)
    return found


def _latest_points(rows: Sequence[sqlite3.Row]) -> Mapping[int, tuple[PointResult, ...]]:
    seen: Counter[int] = Counter()
    found: dict[int, tuple[PointResult, ...]] = {}
    for row in reversed(rows):
        if row["grade"] and seen[row["question_key"]] < LATEST:
            seen[row["question_key"]] += 1
            found[row["id"]] = grade_of(row["grade"]).points
    return found
