"""Precedents: what the user once said of an answer counts when the same is said again.

An answer that they accepted is another way to put the reference: a new one is graded against it too. An answer that
they turned down, or held to be half right, is known again by its letters and gets the same verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from viva.grading.calibration import verdict_of
from viva.history.judgement import NO_ANSWER, moved
from viva.notes.entries import other_wording
from viva.text.normal import bare
from viva.text.typos import same_but_for_slips
from viva.types import Entry, Grade, Marker, Verdict

OWN_FLAGS = frozenset(("accepted-before", "judged-before", "adapted"))
"""Flags of what is made of a grade because of what the user said of others."""
_KEPT = 20
"""How many of the latest precedents of a question are looked at."""


@dataclass(frozen=True, slots=True)
class Precedent:
    """An answer whose verdict the user gave."""

    answer: str
    verdict: Verdict


def follow(grade: Grade, entry: Entry, answer: str, precedents: Sequence[Precedent], marker: Marker) -> Grade:
    """Return the grade as the precedents of the question would have it.

    Args:
        grade: what the grader says by itself.
        entry: the question.
        answer: what was answered to it now.
        precedents: of this question, the latest first.
        marker: grades the answer against an accepted one.

    Returns:
        The same grade, or one with the flag `accepted-before` or `judged-before`.
    """
    if NO_ANSWER.intersection(grade.flags):
        return grade  # whatever was once said of it, it answers nothing
    latest = precedents[:_KEPT]
    for one in latest:
        if is_same(one.answer, answer):
            return _flagged(
                moved(grade, one.verdict), "accepted-before" if one.verdict == "strong" else "judged-before"
            )
    accepted = [one for one in latest if one.verdict == "strong" and bare(one.answer)]
    best = max((_against(marker, entry, one, answer) for one in accepted), key=lambda other: other.score, default=grade)
    if best.score <= grade.score or best.verdict == "unsure":
        return grade
    return _flagged(replace(grade, score=best.score, verdict=verdict_of(best.score)), "accepted-before")


def _against(marker: Marker, entry: Entry, accepted: Precedent, answer: str) -> Grade:
    return marker.grade(other_wording(entry, accepted.answer), answer)


def is_same(before: str, now: str) -> bool:
    """Whether two texts are the same but for punctuation and slips: nothing that could turn them round."""
    first, second = bare(before), bare(now)
    return bool(first) and (first == second or same_but_for_slips(before, now))


def _flagged(grade: Grade, flag: str) -> Grade:
    kept = tuple(one for one in grade.flags if one != "no-reference")  # now there is something to compare with
    return replace(grade, flags=(*kept, flag))
