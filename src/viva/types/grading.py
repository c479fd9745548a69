"""What is made of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from viva.types.search import Hit, Near

Status = Literal["covered", "partial", "missed", "contradicted"]
Verdict = Literal["strong", "partial", "weak", "unsure"]


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
