"""What happens in an interview, and what it leaves in the history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from viva.types.common import Language, Mode
from viva.types.grading import Grade, Rating, Verdict
from viva.types.notes import Entry
from viva.types.search import Near

Outcome = Literal["answered", "skipped", "revealed"]
Mastery = Literal["new", "learning", "due", "mastered", "unanswered", "leech", "suspended"]
"""How well a question is known; see `scheduling.mastery`."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is asked in an interview."""

    entry: Entry
    position: int
    """From 1."""
    total: int
    language: Language


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The one question that is asked after an answer, about what it left out."""

    question: str
    answer: str | None = None
    """What was typed to it; empty when nothing was; None while it waits."""
    first_score: int | None = None
    """The score before it, 0 to 100, when its answer was graded together with the first; else None."""

    @property
    def waits(self) -> bool:
        """Whether it was neither answered nor declined."""
        return self.answer is None


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that a face needs to show after an answer."""

    question: Question
    answer: str
    """The first answer, without that to the follow-up."""
    grade: Grade
    """Of all that was answered."""
    proposed: Rating
    """The rating that the grade suggests."""
    rating: Rating
    """The rating in force: the proposed one until the user says otherwise."""
    due: datetime
    """When the question comes up again, aware, UTC."""
    review_id: int
    nearer: Near | None = None
    """Set when the answer fits another entry clearly better than the one asked."""
    overridden: bool = False
    """Whether the verdict is the user's own."""
    rated: bool = False
    """Whether the rating is the user's own."""
    leech: bool = False
    """Whether this failure is one at which the user should hear that the note had better be rewritten."""
    hints: int = 0
    """Hints taken before the answer."""
    follow_up: FollowUp | None = None

    @property
    def waits(self) -> bool:
        """Whether a follow-up waits for an answer, so that what it asks for is not shown yet."""
        return self.follow_up is not None and self.follow_up.waits

    @property
    def unjudged(self) -> bool:
        """Whether viva is unsure what the answer is worth, and the user has not said it yet."""
        return self.grade.verdict == "unsure" and not (self.overridden or self.rated)

    @property
    def gain(self) -> int | None:
        """What the answer to the follow-up added to the score; None when none was given."""
        first = self.follow_up.first_score if self.follow_up else None
        return None if first is None else self.grade.score - first


@dataclass(frozen=True, slots=True)
class Review:
    """One stored turn of an interview."""

    id: int
    interview_id: int
    question_id: str
    """The id at the time of asking; the history follows the question when it moves."""
    question: str
    answer: str
    outcome: Outcome
    score: int | None
    """0 to 100, or None for a skipped question."""
    verdict: Verdict | None
    proposed: Rating | None
    rating: Rating | None
    asked_at: datetime
    answered_at: datetime
    seconds: float
    hints: int = 0
    overridden: bool = False
    follow_up: FollowUp | None = None
    overtime: bool = False
    """Whether it took longer than a mock interview allows."""
    withheld: bool = False
    """Whether it was answered in a mock interview that is not over: score, verdict and rating are kept back."""

    @property
    def left_open(self) -> bool:
        """Whether it is worth another turn; an answer to a question that the notes do not answer is not."""
        return self.outcome != "answered" or self.verdict in {"weak", "partial"}


@dataclass(frozen=True, slots=True)
class CardState:
    """Where one question stands in the schedule."""

    question_id: str
    due: datetime | None
    """None for a question never asked, while it is suspended, and while `withheld`."""
    reviews: int
    last_score: int | None
    retrievability: float | None
    """Chance of remembering now by FSRS, 0 to 1; None for a question never asked."""
    last_outside: Rating | None = None
    """The last rating, where that was given in another program (Anki), which knows no score."""
    suspended: bool = False
    """Whether the user set it aside: it is neither asked nor due."""
    lapses: int = 0
    """Times it was rated Again."""
    fresh_lapses: int = 0
    """Of these, since question or answer was last rewritten in the notes."""
    withheld: bool = False
    """Whether the result of its last answer is withheld: scores and lapses are as before it, without a due time."""

    @property
    def is_new(self) -> bool:
        """Whether it comes up for the first time."""
        return self.due is None and not self.suspended and not self.withheld

    def is_due(self, now: datetime) -> bool:
        """Whether it was asked before, and its time has come again at `now` (aware)."""
        return self.due is not None and self.due <= now


@dataclass(frozen=True, slots=True)
class Report:
    """How an interview went."""

    interview_id: int
    started_at: datetime
    finished_at: datetime
    asked: int
    answered: int
    skipped: int
    revealed: int
    mean_score: float | None
    """Over answered questions, 0 to 100; None when none was answered."""
    reviews: tuple[Review, ...]
    topics: tuple[tuple[str, float, int], ...] = ()
    """(topic, mean score, answered) of each topic."""
    weakest: tuple[Review, ...] = field(default=())
    """Up to five answered questions with the lowest scores, lowest first."""
    limit: int | None = None
    """Seconds for an answer in a mock interview; None in practice."""
    overall_score: float | None = None
    """Of a mock interview, 0 to 100: over all that was asked and can be judged; what was skipped counts 0."""

    @property
    def mode(self) -> Mode:
        """Whether this was practice or a mock interview."""
        return "practice" if self.limit is None else "mock"
