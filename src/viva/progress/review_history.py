"""The turns of the past, question by question and interview by interview, as far as the user may see them."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from viva.history.history import History
from viva.history.records import grade_of, moment, review_of
from viva.history.review_log import Recall, outside_recalls
from viva.interview.redaction import VisibleHistory
from viva.interview.summary import mean_score
from viva.scheduling.schedule import Schedule
from viva.text.moments import local_day
from viva.types import Entry, PointResult, Rating, Review

LATEST = 5
"""How many answers to a question, the latest, are looked at point by point."""

_OLDEST_FIRST = "SELECT * FROM reviews WHERE NOT undone ORDER BY answered_at, id"

_LATEST_FIRST = "SELECT interview_id, question_key FROM reviews WHERE NOT undone ORDER BY answered_at DESC, id DESC"


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
    visible = VisibleHistory(history, entries)
    names = {key: name for name, key in visible.keys.items()}
    rows = [row for row in history.database.rows(_OLDEST_FIRST) if row["question_key"] in names]
    due = _due_times(rows, outside_recalls(history.database), schedule)
    points = _latest_points([row for row in rows if not visible.holds_back(review_of(row))])
    return [
        PastTurn(
            names[row["question_key"]], visible.review(review_of(row)), due.get(row["id"]), points.get(row["id"], ())
        )
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
    due_by_turn: dict[int, datetime] = {}
    for key, turns in series.items():
        steps = [*turns, *(_Step(recall.at, recall.rating, None) for recall in outside.get(key, ()))]
        steps.sort(key=lambda step: step.at)
        rated = [(step.rating, step.at) for step in steps if step.rating is not None]
        dues = iter(schedule.due_times(key, rated)) if len(steps) > 1 else iter(())
        due = None
        for step in steps:
            if due is not None and step.turn is not None:
                due_by_turn[step.turn] = due
            due = due if step.rating is None else next(dues, None)
    return due_by_turn


def _latest_points(rows: Sequence[sqlite3.Row]) -> Mapping[int, tuple[PointResult, ...]]:
    seen: Counter[int] = Counter()
    found: dict[int, tuple[PointResult, ...]] = {}
    for row in reversed(rows):
        if row["grade"] and seen[row["question_key"]] < LATEST:
            seen[row["question_key"]] += 1
            found[row["id"]] = grade_of(row["grade"]).points
    return found


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One interview, or as much of it as was on these notes."""

    interview_id: int
    day: date
    """That of its last turn, by the user's own calendar."""
    asked: int
    answered: int
    mean_score: float | None
    """Over answers that could be judged, 0 to 100; None too for a mock interview that is not over."""
    withheld: bool = False
    """Whether it is a mock interview that is not over: how it goes is not shown yet."""


def recent_sessions(reviews: Iterable[Review], most: int, zone: tzinfo | None = None) -> tuple[SessionSummary, ...]:
    """Return the last interviews of these turns, at most `most`, the latest first."""
    grouped: dict[int, list[Review]] = defaultdict(list)
    for review in reviews:
        grouped[review.interview_id].append(review)
    latest = sorted(grouped.items(), key=lambda item: max(turn.answered_at for turn in item[1]), reverse=True)
    return tuple(
        SessionSummary(
            interview_id=interview_id,
            day=local_day(max(turn.answered_at for turn in turns), zone),
            asked=len(turns),
            answered=sum(turn.outcome == "answered" for turn in turns),
            mean_score=mean_score(turns),
            withheld=any(turn.withheld for turn in turns),
        )
        for interview_id, turns in latest[:most]
    )


def last_turns(history: History, entries: Sequence[Entry], most: int) -> list[Review]:
    """Return the turns on these questions of the last interviews, at most `most`; quick in a long history.

    Raises:
        HistoryError: The history cannot be used.
    """
    visible = VisibleHistory(history, entries)
    keys = set(visible.keys.values())
    rows = history.database.rows(_LATEST_FIRST)
    latest = list(dict.fromkeys(row["interview_id"] for row in rows if row["question_key"] in keys))[:most]
    turns = [turn for interview_id in latest for turn in history.turns(interview_id) if turn.key in keys]
    return [visible.review(turn.review) for turn in turns]
