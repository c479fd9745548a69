"""The user's own word on one point: whether an answer met it, and how much it matters.

What they said of a point with certain words of an answer counts when the same words are said again. A point is known
again by its letters: one whose text changes in the notes is another point, of which nothing was said yet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from viva.errors import InterviewError
from viva.history.judgement import NO_ANSWER, refuse_no_answer
from viva.history.overrides import is_same
from viva.i18n import ntr, tr
from viva.text.normal import bare, fits, normalise
from viva.text.segment import clauses
from viva.text.tokens import tokens
from viva.text.typos import same_but_for_slips
from viva.types import Entry, Grade, Importance, PointResult

Word = Literal["covered", "missed", "essential", "normal", "extra"]
"""What can be said of a point: that an answer met it or did not, or its importance."""

_JUDGING: tuple[Word, ...] = ("covered", "missed")
_NO_POINT_MET = frozenset(("off-topic", "copied"))
"""Flags that are wrong once a point is held to be met."""
_SHORT_CHINESE, _SHORT_ENGLISH = 3, 1
"""Characters or words that are too few to be known again in a longer answer: a name may stand there for anything."""
_LEFT_OUT = re.compile(r"…+|\.{3,}")
"""What joins the pieces of a quotation that leaves something out."""
_AROUND = " \t\n,，、;；:：。.…"


@dataclass(frozen=True, slots=True)
class PointVerdict:
    """The user's word on a point, given at one answer to its question."""

    point: str
    """Its text, as it read then."""
    word: Word
    words: str = ""
    """The words of the answer that were judged: those that viva had matched, else all of it; none for an importance."""
    answer: str = ""
    """The whole answer."""

    @property
    def judges(self) -> bool:
        """Whether it is about an answer, and not about the point itself."""
        return self.word in _JUDGING


def letters(point: str) -> str:
    """Return what a point is known again by: its letters and digits, or its signs where it has no others."""
    return bare(point) or normalise(point)


def weighted(entry: Entry, importances: Mapping[str, Importance]) -> Entry:
    """Return the entry with the importance that the user gave its points, which goes before that in the notes.

    Args:
        entry: a question as it is in the notes.
        importances: by the `letters` of a point.
    """
    if not importances:
        return entry
    points = (
        replace(point, importance=importances.get(letters(point.text), point.importance)) for point in entry.points
    )
    return replace(entry, points=tuple(points))


def given_on(grade: Grade, number: int, word: Word, answer: str) -> PointVerdict:
    """Return the user's word on a point of a grade as a value.

    Args:
        grade: what was made of the answer.
        number: of the point, from 1, in the order of the grade.
        word: what they say of it.
        answer: all that was graded.

    Raises:
        InterviewError: There is no such point, or the answer is none, which cannot be accepted.
    """
    if not 1 <= number <= len(grade.points):
        raise InterviewError(_no_such(number, len(grade.points)))
    if word == "covered":
        refuse_no_answer(grade)
    point = grade.points[number - 1]
    said = answer if fits(point.evidence, _SHORT_CHINESE, _SHORT_ENGLISH) else point.evidence
    return PointVerdict(point.text, word, said if word in _JUDGING else "", answer)


def with_verdict(grade: Grade, verdict: PointVerdict) -> Grade:
    """Return the grade with the user's word on its point; the score is for `Marker.rescored` to follow."""
    known = letters(verdict.point)
    points = (_point_with_verdict(point, verdict) if letters(point.text) == known else point for point in grade.points)
    return _with(grade, tuple(points))


def remembered(grade: Grade, answer: str, verdicts: Sequence[PointVerdict]) -> Grade:
    """Return the grade with what the user said of its points at earlier answers, where that fits this one.

    The same grade where nothing does; else the score is for `Marker.rescored` to follow.

    Args:
        grade: what the grader says by itself.
        answer: what was answered now.
        verdicts: on points of this question, the latest first.
    """
    if not verdicts or NO_ANSWER.intersection(grade.flags):
        return grade
    points = tuple(_remembered(point, answer, verdicts) for point in grade.points)
    return grade if points == grade.points else _with(grade, points)


def _no_such(number: int, total: int) -> str:
    if not total:
        return tr("the notes have no points for this question: judge the whole answer, with /right or /wrong")
    return ntr(
        "there is no point {point}: this question has {number} point",
        "there is no point {point}: this question has {number} points",
        total,
        point=number,
    )


def _with(grade: Grade, points: tuple[PointResult, ...]) -> Grade:
    met = any(point.judged and point.status == "covered" for point in points)
    flags = tuple(flag for flag in grade.flags if not (met and flag in _NO_POINT_MET))
    return replace(grade, points=points, flags=flags)


def _point_with_verdict(point: PointResult, verdict: PointVerdict) -> PointResult:
    if not verdict.judges:
        return replace(point, importance=cast("Importance", verdict.word))
    quoted = verdict.words if verdict.words != verdict.answer else ""
    return _judged(point, verdict.word, point.evidence or quoted)


def _judged(point: PointResult, word: Word, evidence: str) -> PointResult:
    if word == "covered":
        return replace(point, status="covered", evidence=evidence, against="", credit=1.0, denied=0.0, judged=True)
    return replace(point, status="missed", similarity=0.0, evidence="", against="", credit=0.0, denied=0.0, judged=True)


def _remembered(point: PointResult, answer: str, verdicts: Sequence[PointVerdict]) -> PointResult:
    known = letters(point.text)
    for one in verdicts:
        if letters(one.point) != known:
            continue
        if is_same(one.answer, answer):
            return _judged(point, one.word, point.evidence)
        if one.word == "missed" and is_same(one.words, point.evidence):
            return _judged(point, "missed", "")
        if one.word == "covered" and (found := said_again(one.words, answer)):
            return _judged(point, "covered", found)
    return point


def said_again(words: str, answer: str) -> str:
    """Return the clauses of a longer answer that say these words again, slips aside, as typed; empty where none do.

    A clause that holds more than the words may turn them round, and does not say them again.
    """
    pieces = [piece for piece in _LEFT_OUT.split(words) if tokens(piece)]
    if fits(words, _SHORT_CHINESE, _SHORT_ENGLISH) or not pieces:
        return ""
    said = clauses(answer)
    found = [_stretch(piece, said) for piece in pieces]
    return " … ".join(dict.fromkeys(found)) if all(found) else ""


def _stretch(piece: str, said: Sequence[str]) -> str:
    wanted = tokens(piece)
    there = [(token, at) for at, clause in enumerate(said) for token in tokens(clause)]
    for start in range(len(there) - len(wanted) + 1):
        run = there[start : start + len(wanted)]
        if _is_same_run(wanted, [token for token, _ in run]):
            stretch = "".join(said[run[0][1] : run[-1][1] + 1]).strip(_AROUND)
            if len(tokens(stretch)) == len(wanted):
                return stretch
    return ""


def _is_same_run(wanted: Sequence[str], run: Sequence[str]) -> bool:
    alike = all(one == other or one[0] == other[0] for one, other in zip(wanted, run, strict=True))
    return alike and same_but_for_slips(" ".join(wanted), " ".join(run))
