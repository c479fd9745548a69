"""Leniency: how much kinder or stricter than the grader a user marks, learned from the verdicts that they changed.

One number, bounded, and drawn towards 0 while little is known: a user who corrects one odd grade has not asked for
all others to move.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from viva.grading.calibration import verdict_of
from viva.history.judgement import NO_ANSWER, band_of
from viva.i18n import ntr, tr
from viva.types import Grade, Verdict

MOST = 10
"""The furthest that a score is moved, in points."""
ENOUGH = 5
"""Changed verdicts from which on anything is moved."""
LATEST = 200
"""How many of the latest answers are looked at: people change."""
_PRIOR = 5
"""Answers of agreement that everybody starts with."""
_MISTAKEN = 25
"""A change by more points than this tells of a mistake of the grader as well; the rest of it is no leniency."""
_TEACHES_NOTHING = NO_ANSWER | {"no-reference", "accepted-before", "judged-before"}


@dataclass(frozen=True, slots=True)
class Marking:
    """An answer with the mark of the grader and the verdict of the user."""

    score: int
    """The grader's own score, 0 to 100."""
    verdict: Verdict
    """The verdict in force: changed by the user, or seen and left."""
    changed: bool


@dataclass(frozen=True, slots=True)
class Habit:
    """How a user marks."""

    points: int
    """Points by which a score in the middle of the scale is moved, `-MOST` to `MOST`."""
    changed: int
    """Verdicts that the user changed."""
    judged: int
    """Answers looked at, those included."""

    @property
    def manner(self) -> str:
        """Return how the user marks, and what follows from it for grades."""
        if self.changed < ENOUGH:
            return tr("viva's own; it follows you from {number} changed verdicts on", number=ENOUGH)
        if not self.points:
            return tr("you mark about as viva does")
        way = tr("you mark kinder than viva") if self.points > 0 else tr("you mark stricter than viva")
        points = f"{self.points:+d}"
        return tr("{how}: grades in the middle move by {points}", how=way, points=points)

    @property
    def learned(self) -> str:
        """Return from what that was learned."""
        if not self.changed:
            return tr("none yet")
        return ntr(
            "{number} verdict of the last {judged} changed",
            "{number} verdicts of the last {judged} changed",
            self.changed,
            judged=self.judged,
        )


def habit(markings: Sequence[Marking]) -> Habit:
    """Return how the user marks: the mean distance from the grader's score to the band of the user's verdict.

    Drawn towards 0 as if five more answers had been agreed upon (a posterior mean under a normal prior), and 0 before
    five verdicts were changed.
    """
    decided = [marking for marking in markings if marking.verdict != "unsure"]
    changed = sum(marking.changed for marking in decided)
    if changed < ENOUGH:
        return Habit(0, changed, len(decided))
    mean = sum(_distance(marking) for marking in decided) / (len(decided) + _PRIOR)
    return Habit(round(max(-MOST, min(MOST, mean))), changed, len(decided))


def _distance(marking: Marking) -> int:
    band = band_of(marking.verdict)
    nearest = min(max(marking.score, band[0]), band[-1])
    return max(-_MISTAKEN, min(_MISTAKEN, nearest - marking.score))


def adapted(grade: Grade, points: int) -> Grade:
    """Return the grade as the user would mark it; the flag `adapted` where that changes the verdict.

    A score in the middle moves by `points`, others by less, 0 and 100 stay: a better answer never gets the lower score.
    """
    if not points or not teaches(grade):
        return grade
    score = grade.score + round(points * grade.score * (100 - grade.score) / 2500)
    verdict = verdict_of(score, unsure=grade.verdict == "unsure")
    flags = grade.flags if verdict == grade.verdict else (*grade.flags, "adapted")
    return replace(grade, score=score, verdict=verdict, flags=flags)


def teaches(grade: Grade) -> bool:
    """Whether a verdict on this grade would say how strictly the user marks."""
    return not _TEACHES_NOTHING.intersection(grade.flags)
