"""What is made of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, Protocol

from viva.types.notes import Entry, Importance
from viva.types.search import Hit, Near

Status = Literal["covered", "partial", "missed", "differs", "contradicted"]
"""What an answer says of a point. "differs": it seems to say something else, but that is not sure enough to be called a
contradiction."""
Verdict = Literal["strong", "partial", "weak", "unsure"]
PointWord = Literal["covered", "missed", "essential", "normal", "extra"]
"""What a user can say of a point: that an answer met it or did not, or its importance."""


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
    credit: float = 0.0
    """How far the point is covered, 0 to 1."""
    denied: float = 0.0
    """How sure it is that the answer says something that cannot be true together with the point, 0 to 1."""
    importance: Importance = "normal"
    base: float = 1.0
    """What the point weighs before its importance and the other points are looked at."""
    judged: bool = False
    """Whether the status is the user's own word."""


@dataclass(frozen=True, slots=True)
class Grade:
    """What a fair human marker would say."""

    score: int
    """0 to 100, calibrated."""
    verdict: Verdict
    points: tuple[PointResult, ...]
    passage: Hit | None
    """What the notes say to the question that was asked; None where the answer was held against something else."""
    flags: tuple[str, ...] = ()
    """Of: empty, dont-know, echo, gibberish, keywords, copied, off-topic, no-reference, other-entry, brief, which are
    `grading.grader`'s; accepted-before and judged-before (`history.overrides`) and adapted
    (`history.leniency`), which are the user's own."""
    near: tuple[Near, ...] = ()
    """At most two other entries that are clearly near the answer; the first is nearer than the one asked where the
    flag other-entry says so."""
    whole: float | None = None
    """The mark, 0 to 1, that the reader gives the answer beside all points at once; None where it read nothing."""


class Rating(IntEnum):
    """How well it was remembered, as FSRS and Anki count it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Marker(Protocol):
    """What an interview needs of `grading.grader.Grader`."""

    def grade(self, entry: Entry, answer: str) -> Grade:
        """Return what a fair marker would say."""

    def rescored(self, grade: Grade) -> Grade:
        """Return a grade whose points the user judged or weighed anew, with the score that follows from them."""
