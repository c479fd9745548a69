"""What happens in an interview, as values: a session makes them, the transcript shows them."""

from __future__ import annotations

from dataclasses import dataclass

from viva.interview.answer_highlight import Mark
from viva.interview.summary import Progress
from viva.types import Entry, Feedback, Hit, Question, Report


@dataclass(frozen=True, slots=True)
class Said:
    """The interviewer said something."""

    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The user said something: an answer or a command."""

    text: str
    marks: tuple[Mark, ...] = ()
    """What in an answer speaks for the notes or against them, once it is graded."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A question is no longer the one to answer, and becomes part of the talk."""

    question: Question


@dataclass(frozen=True, slots=True)
class Answered:
    """What the notes answer is shown beside the answer of the user."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer was graded."""

    feedback: Feedback
    late: bool = False
    """Whether what the notes answer is told only now: a follow-up waited."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The user overrode the verdict."""

    feedback: Feedback


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A point of an answer was judged: its feedback, where it stands in the talk, is told anew."""

    feedback: Feedback


@dataclass(frozen=True, slots=True)
class Noted:
    """Something happened that is worth a quiet line."""

    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The notes' own answer is shown."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class SearchedFor:
    """Passages were searched for in the middle of the talk."""

    hits: tuple[Hit, ...]


Event = Said | Typed | Closed | Answered | Graded | Judged | Rejudged | Noted | Shown | SearchedFor


def events_for(feedback: Feedback) -> tuple[Event, ...]:
    """Return how feedback is told: the grade, and the follow-up that waits."""
    more = feedback.follow_up
    return (Graded(feedback), Said(more.question)) if more is not None and more.waits else (Graded(feedback),)


def answered(entry: Entry) -> tuple[Event, ...]:
    """Return how the answer of the notes is told; nothing where they have none."""
    return (Answered(entry),) if entry.answered else ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to do now; at most one of question, feedback and doubt."""

    question: Question | None = None
    """To be answered."""
    feedback: Feedback | None = None
    """To be judged, before the next question."""
    doubt: str = ""
    """To be answered by yes or no."""
    progress: Progress | None = None
    """How far the interview is."""
    more: str = ""
    """The follow-up to be answered where its feedback is withheld, in a mock interview."""
    left: float | None = None
    """Seconds left for what is asked in a mock interview; None stops the clock."""
    used: float | None = None
    """Seconds that the question has been there, in practice; None shows no time."""

    @property
    def follows_up(self) -> bool:
        """Whether a follow-up is to be answered."""
        return bool(self.more) or (self.feedback is not None and self.feedback.waits)

    @property
    def is_judged(self) -> bool:
        """Whether an answer is there to be rated, and nothing more is asked about it."""
        return self.feedback is not None and not self.follows_up

    @property
    def takes_answer(self) -> bool:
        """Whether what is typed is an answer, to the question or to a follow-up."""
        return self.question is not None or self.follows_up


@dataclass(frozen=True, slots=True)
class Reply:
    """What a step led to."""

    scene: Scene
    events: tuple[Event, ...] = ()
    draft: str | None = None
    """What the answer box holds from now on; None leaves it as it is."""
    notice: str = ""
    """A line about the user's last key, which is no part of the talk, as it is noted for translation."""
    report: Report | None = None
    """Set when the interview is over."""
