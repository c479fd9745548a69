"""Overrides: what the user once said of an answer, or of a point of it, counts when the same is said again.

An answer that they accepted is another way to put the reference: a new one is graded against it too. An answer that
they turned down, or held to be half right, is known again by its letters and gets the same verdict.

What they said of a point with certain words of an answer counts when the same words are said again, and how much a
point matters counts for every answer. A point is known again by its letters: one whose text changes in the notes is
another point, of which nothing was said yet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from viva.errors import InterviewError
from viva.grading.calibration import verdict_of
from viva.history.judgement import NO_ANSWER, moved, refuse_no_answer
from viva.i18n import ntr, tr
from viva.notes.entries import other_wording
from viva.text.normal import bare, fits, normalise
from viva.text.segment import clauses, tokens
from viva.text.typos import same_but_for_slips
from viva.types import Entry, Grade, Importance, Marker, PointResult, PointWord, Verdict

_JUDGING: tuple[PointWord, ...] = ("covered", "missed")
_NO_POINT_MET = frozenset(("off-topic", "copied"))
"""Flags that are wrong once a point is held to be met."""
_SHORT_CHINESE, _SHORT_ENGLISH = 3, 1
"""Characters or words that are too few to be known again in a longer answer: a name may stand there for anything."""
_LEFT_OUT = re.compile(r"…+|\.{3,}")
"""What joins the pieces of a quotation that leaves something out."""
_EDGES = " \t\n,，、;；:：。.…"
OWN_FLAGS = frozenset(("accepted-before", "judged-before", "adapted"))
"""Flags of what is made of a grade because of what the user said of others."""
_LATEST = 20
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
    latest = precedents[:_LATEST]
    for precedent in latest:
        if is_same(precedent.answer, answer):
            flag = "accepted-before" if precedent.verdict == "strong" else "judged-before"
            return _flagged(moved(grade, precedent.verdict), flag)
    accepted = [precedent.answer for precedent in latest if precedent.verdict == "strong" and bare(precedent.answer)]
    grades = (marker.grade(other_wording(entry, reference), answer) for reference in accepted)
    best = max(grades, key=lambda other: other.score, default=grade)
    if best.score <= grade.score or best.verdict == "unsure":
        return grade
    return _flagged(replace(grade, score=best.score, verdict=verdict_of(best.score)), "accepted-before")


def is_same(before: str, now: str) -> bool:
    """Whether two texts are the same but for punctuation and slips: nothing that could turn them round."""
    first, second = bare(before), bare(now)
    return bool(first) and (first == second or same_but_for_slips(before, now))


def _flagged(grade: Grade, flag: str) -> Grade:
    others = tuple(other for other in grade.flags if other != "no-reference")  # now there is something to compare with
    return replace(grade, flags=(*others, flag))


@dataclass(frozen=True, slots=True)
class PointVerdict:
    """The user's word on a point, given at one answer to its question."""

    point: str
    """Its text, as it read then."""
    word: PointWord
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


def given_on(grade: Grade, number: int, word: PointWord, answer: str) -> PointVerdict:
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
    words = answer if fits(point.evidence, _SHORT_CHINESE, _SHORT_ENGLISH) else point.evidence
    return PointVerdict(point.text, word, words if word in _JUDGING else "", answer)


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


def _judged(point: PointResult, word: PointWord, evidence: str) -> PointResult:
    if word == "covered":
        return replace(point, status="covered", evidence=evidence, against="", credit=1.0, denied=0.0, judged=True)
    return replace(point, status="missed", similarity=0.0, evidence="", against="", credit=0.0, denied=0.0, judged=True)


def _remembered(point: PointResult, answer: str, verdicts: Sequence[PointVerdict]) -> PointResult:
    known = letters(point.text)
    for verdict in verdicts:
        if letters(verdict.point) != known:
            continue
        if is_same(verdict.answer, answer):
            return _judged(point, verdict.word, point.evidence)
        if verdict.word == "missed" and is_same(verdict.words, point.evidence):
            return _judged(point, "missed", "")
        if verdict.word == "covered" and (repeated := clauses_restating(verdict.words, answer)):
            return _judged(point, "covered", repeated)
    return point


def clauses_restating(words: str, answer: str) -> str:
    """Return the clauses of a longer answer that say these words again, slips aside, as typed; empty where none do.

    A clause that holds more than the words may turn them round, and does not say them again.
    """
    pieces = [piece for piece in _LEFT_OUT.split(words) if tokens(piece)]
    if fits(words, _SHORT_CHINESE, _SHORT_ENGLISH) or not pieces:
        return ""
    answer_clauses = clauses(answer)
    stretches = [_stretch(piece, answer_clauses) for piece in pieces]
    return " … ".join(dict.fromkeys(stretches)) if all(stretches) else ""


def _stretch(piece: str, answer_clauses: Sequence[str]) -> str:
    """Return the clauses whose tokens are those of the piece and no others; empty where there are none."""
    wanted = tokens(piece)
    indexed = [(token, at) for at, clause in enumerate(answer_clauses) for token in tokens(clause)]
    for start in range(len(indexed) - len(wanted) + 1):
        run = indexed[start : start + len(wanted)]
        if _is_same_run(wanted, [token for token, _ in run]):
            stretch = "".join(answer_clauses[run[0][1] : run[-1][1] + 1]).strip(_EDGES)
            if len(tokens(stretch)) == len(wanted):
                return stretch
    return ""


def _is_same_run(wanted: Sequence[str], run: Sequence[str]) -> bool:
    alike = all(one == other or one[0] == other[0] for one, other in zip(wanted, run, strict=True))
    return alike and same_but_for_slips(" ".join(wanted), " ".join(run))
