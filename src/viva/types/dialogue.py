"""What a step of an interview led to, as values: the controller makes them, the faces show them.

Every event is about one thing. A face leaves out what it shows in another way: the screen asks in a panel and not in
the talk, and a line that was typed at a prompt stands there already.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from viva.types.interview import Feedback, Question, Report
from viva.types.notes import Entry
from viva.types.search import Hit

BEAT = 5.0
"""Seconds between two times that a face has the used time stored, should the program be killed."""


@dataclass(frozen=True, slots=True)
class AnswerMark:
    """A stretch of an answer."""

    start: int
    end: int
    """Offsets in the text, in characters; never empty."""
    against: bool = False
    """Whether these words contradict a point, or seem to; else they speak for one."""


@dataclass(frozen=True, slots=True)
class InterviewProgress:
    """How an interview is going."""

    asked: int
    """Turns taken: answered, skipped or revealed."""
    total: int
    answered: int
    mean_score: float | None
    """Over answered questions, 0 to 100; None before the first."""
    weak_topics: tuple[str, ...] = ()
    """Topics with a mean below strong, the weakest first, at most three."""


@dataclass(frozen=True, slots=True)
class Said:
    """The interviewer said something."""

    text: str
    follows_up: bool = False
    """Whether it is the follow-up to an answer."""


@dataclass(frozen=True, slots=True)
class Helped:
    """The interviewer listed the commands, one a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question is to be answered now, for the first time or once more."""

    question: Question


@dataclass(frozen=True, slots=True)
class AllAsked:
    """No question is left; the interview goes on until the user ends it."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The user typed something: an answer or a command."""

    text: str
    marks: tuple[AnswerMark, ...] = ()
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
class Timed:
    """How much time there is for an answer of a mock interview, or was used for it; a clock shows that too."""

    text: str


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer was graded."""

    feedback: Feedback
    late: bool = False
    """Whether the notes' answer is shown only now, because a follow-up waited."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The user overrode the verdict."""

    feedback: Feedback


@dataclass(frozen=True, slots=True)
class Rejudged:
    """The user judged a point of an answer: its feedback is shown anew where it stands in the talk."""

    feedback: Feedback


@dataclass(frozen=True, slots=True)
class JudgementStored:
    """The user's own rating, verdict or word on a point is in force."""

    feedback: Feedback
    point: int | None = None
    """Number of the point that was judged, from 1."""


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


Event = (
    Said
    | Helped
    | Asked
    | AllAsked
    | Typed
    | Closed
    | Answered
    | Timed
    | Graded
    | Judged
    | Rejudged
    | JudgementStored
    | Noted
    | Shown
    | SearchedFor
)
Notice = Literal["", "answer first", "already answered"]
"""What is wrong with a key or a line that did nothing; each face has words for it that name its own keys."""


def events_for(feedback: Feedback) -> tuple[Event, ...]:
    """Return the events that show feedback: the grade, and the follow-up that waits."""
    more = feedback.follow_up
    if more is None or not more.waits:
        return (Graded(feedback),)
    return (Graded(feedback), Said(more.question, follows_up=True))


def answered(entry: Entry) -> tuple[Event, ...]:
    """Return the event that shows the notes' answer; nothing where they have none."""
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
    progress: InterviewProgress | None = None
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
    """What is begun and not sent from now on; None leaves it as it is."""
    notice: Notice = ""
    report: Report | None = None
    """Set when the interview is over."""
