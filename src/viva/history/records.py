"""The values that the history stores, converted to and from rows of its tables."""

from __future__ import annotations

import json
import sqlite3
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from viva.text.normal import joined
from viva.types import Entry, FollowUp, Grade, Hit, Near, Outcome, PointResult, Rating, Review, Status


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of an interview, about to be stored."""

    key: int
    entry: Entry
    position: int
    """Index in the plan, from 0."""
    answer: str
    outcome: Outcome
    grade: Grade | None
    proposed: Rating | None
    rating: Rating | None
    hints: int
    asked_at: datetime
    answered_at: datetime
    grader_score: int | None = None
    """The grader's own score, where it tells of how the user marks."""
    follow_up: str | None = None
    """The follow-up question that is asked after it."""
    seconds: float | None = None
    """Time used, where it is not simply that from asking to answering."""
    overtime: bool = False
    """Whether that is more than a mock interview allows."""

    @property
    def seconds_used(self) -> float:
        """Seconds that the question took."""
        return max(0.0, (self.answered_at - self.asked_at).total_seconds()) if self.seconds is None else self.seconds


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of a turn's follow-up, about to be stored."""

    answer: str
    """As typed; empty when there is none."""
    seconds: float
    """Time spent on it."""
    overtime: bool = False
    """Whether that is more than a mock interview allows."""
    merged: Merged | None = None
    """The turn's new judgement; None when the follow-up was declined, which changes none."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The judgement of two answers as one."""

    grade: Grade
    proposed: Rating
    rating: Rating
    first_score: int
    grader_score: int | None


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn as stored, with what is needed to show and change it again."""

    review: Review
    key: int
    position: int
    grade: Grade | None
    rated: bool
    """Whether the rating is the user's own."""
    grader_score: int | None = None
    """The grader's own score, 0 to 100, before the user's verdict or habit; None where it is not known."""

    @property
    def graded_text(self) -> str:
        """What was graded: the answer, with that to the follow-up where the two were graded as one."""
        asked = self.review.follow_up
        return joined(self.review.answer, asked.answer if asked and asked.first_score is not None else None)


@dataclass(frozen=True, slots=True)
class StoredInterview:
    """An interview as stored."""

    id: int
    plan: tuple[int, ...]
    """Keys of questions, in order."""
    position: int
    seed: int
    topic: str | None
    mode: str
    started_at: datetime
    finished_at: datetime | None
    draft: str
    hints: int
    limit: int | None = None
    """Seconds for an answer in a mock interview; None in practice."""
    spent: float = 0.0
    """Seconds already used on the current question of a mock interview, while the program ran."""


@dataclass(frozen=True, slots=True)
class Vanished:
    """A question of the history that is no longer in the notes."""

    question: str
    file: str
    label: str
    vanished_at: datetime
    reviews: int


def storable(text: str) -> str:
    """Return typed text without lone surrogates, which a terminal in another encoding gives and SQLite refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")


def stamp(moment: datetime) -> str:
    """Return a moment as UTC ISO text; equal length, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """Return the moment of a stamp, aware, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


_CREDIT: dict[Status, float] = {"covered": 1.0, "partial": 0.5}
"""Credit of a point by its status, for grades stored before the credit was."""


def grade_json(grade: Grade) -> str:
    """Return all of a grade as JSON, without what it has not."""
    values = asdict(grade)
    if not grade.near:
        del values["near"]
    if grade.whole is None:
        del values["whole"]
    return json.dumps(values, ensure_ascii=False)


def grade_of(text: str) -> Grade:
    """Return the grade of its JSON. Raises ValueError, KeyError or TypeError when it is none."""
    values: dict[str, Any] = json.loads(text)
    passage = values.get("passage")
    return Grade(
        score=int(values["score"]),
        verdict=values["verdict"],
        points=tuple(_point(point) for point in values["points"]),
        passage=Hit(**passage) if passage else None,
        flags=tuple(values.get("flags", ())),
        whole=values.get("whole"),
        near=tuple(Near(**one) for one in values.get("near", ())),
    )


def review_row(interview_id: int, turn: Turn) -> dict[str, object]:
    """Return a turn as the columns of a new row of `reviews`."""
    grade, revealed = turn.grade, turn.outcome == "revealed"
    return {
        "uid": uuid.uuid4().hex,
        "interview_id": interview_id,
        "question_key": turn.key,
        "entry_id": turn.entry.id,
        "question": turn.entry.question,
        "position": turn.position,
        "answer": turn.answer,
        "outcome": turn.outcome,
        "score": grade.score if grade else (0 if revealed else None),
        "verdict": grade.verdict if grade else ("weak" if revealed else None),
        "grade": grade_json(grade) if grade else None,
        "proposed": turn.proposed,
        "rating": turn.rating,
        "hints": turn.hints,
        "asked_at": stamp(turn.asked_at),
        "answered_at": stamp(turn.answered_at),
        "seconds": turn.seconds_used,
        "grader_score": turn.grader_score,
        "follow_up": turn.follow_up,
        "overtime": turn.overtime,
    }


def graded_text(row: sqlite3.Row) -> str:
    """Return what was graded in a row of `reviews`; see `StoredTurn.graded_text`."""
    return joined(row["answer"], None if row["first_score"] is None else row["follow_up_answer"])


def review_of(row: sqlite3.Row) -> Review:
    """Return a row of `reviews` as a value."""
    return Review(
        id=row["id"],
        interview_id=row["interview_id"],
        question_id=row["entry_id"],
        question=row["question"],
        answer=row["answer"],
        outcome=row["outcome"],
        score=row["score"],
        verdict=row["verdict"],
        proposed=_rating(row["proposed"]),
        rating=_rating(row["rating"]),
        asked_at=moment(row["asked_at"]),
        answered_at=moment(row["answered_at"]),
        seconds=row["seconds"],
        hints=row["hints"],
        overridden=bool(row["overridden"]),
        overtime=bool(row["overtime"]),
        follow_up=_follow_up(row),
    )


def turn_of(row: sqlite3.Row) -> StoredTurn:
    """Return a row of `reviews` with its grade."""
    return StoredTurn(
        review=review_of(row),
        key=row["question_key"],
        position=row["position"],
        grade=grade_of(row["grade"]) if row["grade"] else None,
        rated=bool(row["rated"]),
        grader_score=row["grader_score"],
    )


def interview_of(row: sqlite3.Row) -> StoredInterview:
    """Return a row of `interviews` as a value."""
    return StoredInterview(
        id=row["id"],
        plan=tuple(json.loads(row["plan"])),
        position=row["position"],
        seed=row["seed"],
        topic=row["topic"],
        mode=row["mode"],
        started_at=moment(row["started_at"]),
        finished_at=moment(row["finished_at"]) if row["finished_at"] else None,
        draft=row["draft"],
        hints=row["hints"],
        limit=row["answer_limit"],
        spent=row["spent"],
    )


def _follow_up(row: sqlite3.Row) -> FollowUp | None:
    if row["follow_up"] is None:
        return None
    return FollowUp(row["follow_up"], row["follow_up_answer"], row["first_score"])


def _point(values: dict[str, Any]) -> PointResult:
    """Return a point, also that of an older viva, which knew no more than its status and its weight."""
    status = values["status"]
    known = {"credit": _CREDIT.get(status, 0.0), "denied": float(status == "contradicted")}
    return PointResult(**({**known, "base": values.get("weight", 1.0)} | values))


def _rating(value: int | None) -> Rating | None:
    return None if value is None else Rating(value)
