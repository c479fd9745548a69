"""The values that flow between the stages.

All are frozen. Only stores (the index, the history) hold state. Nothing here
imports a library that is slow to load, so that `import viva` stays instant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Literal, Protocol, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Language = Literal["zh", "en"]
Status = Literal["covered", "partial", "missed", "contradicted"]
Verdict = Literal["strong", "partial", "weak", "unsure"]
TextKind = Literal["query", "passage"]
ChunkKind = Literal["question", "passage"]
Order = Literal["random", "due", "weak", "unanswered"]
"""Which questions an interview asks, and which first; see `practice.selection.plan`."""
Mode = Literal["practice", "mock"]
"""Practice tells after each answer how it was; a mock interview has a time limit and tells nothing until the end."""
Outcome = Literal["answered", "skipped", "revealed"]

Notify = Callable[[str], None]
"""Receives one line of talk for the person (a rebuilt index, a slow download); a `Doing` while work goes on."""


class Doing(str):
    """A line of talk about work that goes on, which also knows how it reads when the work is over."""

    __slots__ = ("done",)
    done: str

    def __new__(cls, line: str, done: str) -> Self:
        """Return `line` with `done`, the same in the past."""
        doing = super().__new__(cls, line)
        doing.done = done
        return doing


Progress = Callable[[int, int], None]
"""Receives how many pieces of some long work are done, and how many there are."""

Clock = Callable[[], datetime]
"""Returns the current time, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question lives; it survives a corrected typo in the question's text."""

    root: str
    """Absolute POSIX path of the notes folder (the parent, when one file was given)."""
    file: str
    """POSIX path relative to `root`."""
    headings: tuple[str, ...]
    """Headings above the question, outermost first."""
    label: str
    """The number as written, else `q3` for the third question of its section; `~2` marks a repeat."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a full answer says: a list item, else a sentence or clause of the reference."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A question of the notes with its answer, as read."""

    id: str
    """Readable and unique within a workspace, made from `place`: `dl.zh.txt#46~2`, `ml.md#CNN/q3`."""
    place: Place
    number: str | None
    """The number written in the notes, in ASCII digits, or None."""
    question: str
    answer: str
    """The whole answer as written, without its common indentation; empty when there is none."""
    points: tuple[Point, ...]
    """What is scored: without code blocks, tables and display formulas."""
    file: str
    """The file as the person would name it from the current folder."""
    line: int
    """First line of the question, from 1."""
    end_line: int
    """Last line of the answer that holds text, from 1; equals `line` when there is no answer."""
    tags: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether the notes answer this question."""
        return bool(self.answer.strip())


@dataclass(frozen=True, slots=True)
class Source:
    """A file of notes that was read."""

    path: str
    """Absolute path."""
    file: str
    """The file as the person would name it from the current folder."""
    encoding: str
    guessed: bool
    """True when the encoding is charset-normalizer's guess and not certain."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something `viva check` reports about the notes."""

    kind: Literal[
        "no-answer", "repeated-number", "near-duplicate", "unreadable", "guessed-encoding", "left-out", "no-questions"
    ]
    file: str
    line: int | None
    message: str
    other: str | None = None
    """For pairs: `file:line` of the other one."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an entry that is embedded and searched as a whole."""

    entry_id: str
    kind: ChunkKind
    text: str
    file: str
    line: int
    end_line: int


class Encoder(Protocol):
    """Turns text into unit vectors, so that an inner product is a cosine."""

    @property
    def model_id(self) -> str:
        """Name and content hash; another value means another index."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str], kind: TextKind = "passage") -> NDArray[np.float32]:
        """Return float32 unit vectors of shape (len(texts), dimension); a text without known tokens gives zeros."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result; the fields are those of the command-line contract."""

    rank: int
    """From 1."""
    score: float
    """Higher is better and never rises with rank; see `retrieval.searcher` for its range."""
    question_id: str
    number: str | None
    question: str
    passage: str
    file: str
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Near:
    """An entry of the notes that is near an answer, by its name and place alone."""

    question_id: str
    number: str | None
    question: str
    file: str
    line: int
    """Of the passage that is closest to the answer."""


@dataclass(frozen=True, slots=True)
class PointResult:
    """What the answer says about one point of the reference."""

    text: str
    status: Status
    similarity: float
    """Cosine between the point and its evidence, -1 to 1; 0 without evidence."""
    evidence: str
    """The words of the answer that were matched, as typed; empty when none were."""
    weight: float = 1.0
    """Share of the grade, 0 to 1; the weights of a grade add up to 1."""
    against: str = ""
    """The words of the answer that say the opposite, as typed, where other words speak for the point."""


@dataclass(frozen=True, slots=True)
class Grade:
    """What a fair human marker would say."""

    score: int
    """0 to 100, calibrated."""
    verdict: Verdict
    points: tuple[PointResult, ...]
    passage: Hit | None
    """The passage of all notes that is closest to the answer."""
    flags: tuple[str, ...] = ()
    """Of: empty, dont-know, echo, gibberish, keywords, copied, off-topic, no-reference, other-entry, which are
    `practice.grader`'s; accepted-before and judged-before (`practice.precedents`) and adapted
    (`practice.leniency`), which are the person's own."""
    near: tuple[Near, ...] = ()
    """At most two further entries that are clearly near the answer, the nearest first; see `practice.feedback`."""


class Rating(IntEnum):
    """How well it was remembered, as FSRS and Anki count it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


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
    """All that a face needs to tell after an answer."""

    question: Question
    answer: str
    """The first answer, without that to the follow-up."""
    grade: Grade
    """Of all that was answered."""
    proposed: Rating
    """The rating that the grade suggests."""
    rating: Rating
    """The rating in force: the proposed one until the person says otherwise."""
    due: datetime
    """When the question comes up again, aware, UTC."""
    review_id: int
    nearer: Hit | None = None
    """Set when the answer fits another entry clearly better than the one asked."""
    overridden: bool = False
    leech: bool = False
    """Whether this failure is one to tell the person at that the note should be rewritten."""
    hints: int = 0
    """Hints taken before the answer."""
    follow_up: FollowUp | None = None

    @property
    def waits(self) -> bool:
        """Whether a follow-up waits for an answer: what it asks for is better not told yet."""
        return self.follow_up is not None and self.follow_up.waits

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


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one question stands in the schedule."""

    question_id: str
    due: datetime | None
    """None for a question never asked, and while it is suspended."""
    reviews: int
    last_score: int | None
    retrievability: float | None
    """Chance of remembering now by FSRS, 0 to 1; None for a question never asked."""
    last_outside: Rating | None = None
    """The last rating, where that was given in another program (Anki), which knows no score."""
    suspended: bool = False
    """Whether the person set it aside: it is neither asked nor due."""
    lapses: int = 0
    """Times it was rated Again."""
    fresh_lapses: int = 0
    """Of these, since question or answer was last rewritten in the notes."""


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
