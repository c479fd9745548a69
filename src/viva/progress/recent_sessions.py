"""The last interviews, a line's worth of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from viva.history.history import History
from viva.interview.redaction import VisibleHistory
from viva.interview.summary import mean_score
from viva.scheduling.weeks import local_day
from viva.types import Entry, Review

_LATEST_FIRST = "SELECT interview_id, question_key FROM reviews WHERE NOT undone ORDER BY answered_at DESC, id DESC"


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
    """Whether it is a mock interview that is not over: nothing is told of how it goes."""


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
    told = VisibleHistory(history, entries)
    keys = set(told.keys.values())
    rows = history.database.rows(_LATEST_FIRST)
    latest = list(dict.fromkeys(row["interview_id"] for row in rows if row["question_key"] in keys))[:most]
    turns = [turn for interview_id in latest for turn in history.turns(interview_id) if turn.key in keys]
    return [told.review(turn.review) for turn in turns]
