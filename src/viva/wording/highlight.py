"""Where in an answer the words stand that speak for a point of the notes, or against one.

A grade quotes these words as typed; here they are found again, so that a face can mark them where they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from viva.text.normal import joined
from viva.types import Feedback, PointResult, Status
from viva.types.dialogue import AnswerMark
from viva.wording.passages import without_aims

_LEFT_OUT = re.compile(r"…+|\.{3,}")
"""What joins the pieces of a quotation that leaves something out."""
_AGAINST: tuple[Status, ...] = ("differs", "contradicted")


def quoted(point: PointResult) -> tuple[str, str]:
    """Return the words of an answer that were matched with a point, and besides them those that speak against it."""
    evidence, against = point.evidence.strip(), point.against.strip()
    return (
        (against or evidence, "")
        if point.status in _AGAINST and (not evidence or evidence == against)
        else (evidence, against)
    )


def marks(text: str, points: Iterable[PointResult]) -> tuple[AnswerMark, ...]:
    """Return what `points` quote of `text`, in its order, none over another; what is against one goes before the rest.

    Words that are not found are left out: a grade may be that of another wording.
    """
    marked = [0] * len(text)
    for point in points:
        matched, but = quoted(point)
        against = not but and point.status in _AGAINST
        for start, end in _places(text, matched):
            marked[start:end] = [max(kind, 1 + against) for kind in marked[start:end]]
        for start, end in _places(text, but):
            marked[start:end] = [2] * (end - start)
    found, at = [], 0
    for kind, run in groupby(marked):
        end = at + sum(1 for _ in run)
        found += [AnswerMark(at, end, kind == 2)] if kind else []
        at = end
    return tuple(found)


def within(found: Iterable[AnswerMark], start: int, end: int) -> tuple[AnswerMark, ...]:
    """Return the marks of the part of a text from `start` to `end`, with offsets in that part."""
    cut = ((max(mark.start, start), min(mark.end, end), mark.against) for mark in found)
    return tuple(AnswerMark(first - start, last - start, against) for first, last, against in cut if first < last)


def answer_marks(feedback: Feedback) -> tuple[tuple[AnswerMark, ...], tuple[AnswerMark, ...]]:
    """Return the marks of an answer, and those of what was answered to its follow-up.

    The two were graded as one text, so that a quotation may run from one into the other. While the follow-up waits,
    only what was covered is marked.
    """
    grade = without_aims(feedback.grade) if feedback.waits else feedback.grade
    answer, more = feedback.answer, (feedback.follow_up.answer if feedback.follow_up else None) or ""
    whole = joined(answer, more)
    found = marks(whole, grade.points)
    begins = len(whole) - len(more) if more.strip() else len(whole)
    first = within(found, 0, len(answer)) if answer.strip() else ()
    return first, within(found, begins, len(whole))


def _places(text: str, quoted: str) -> Iterator[tuple[int, int]]:
    quoted = quoted.strip()
    if (whole := _place(text, quoted, 0)) is not None:
        yield whole
        return
    at = 0
    for piece in _LEFT_OUT.split(quoted):
        if (found := _place(text, piece.strip(), at)) is not None:
            yield found
            at = found[1]


def _place(text: str, quoted: str, at: int) -> tuple[int, int] | None:
    """Return where a quotation stands from `at` on: rather as a clause of its own than within another."""
    if not quoted:
        return None
    starts = list(_occurrences(text, quoted, at))
    alone = (start for start in starts if _is_clause(text, start, start + len(quoted)))
    start = next(alone, next(iter(starts), None))
    return None if start is None else (start, start + len(quoted))


def _occurrences(text: str, quoted: str, at: int) -> Iterator[int]:
    found = text.find(quoted, at)
    while found >= 0:
        yield found
        found = text.find(quoted, found + len(quoted))


def _is_clause(text: str, start: int, end: int) -> bool:
    """Whether nothing but blanks stands between these offsets and the punctuation or line ends around them."""
    return not (_next_to(text, range(start - 1, -1, -1)) or _next_to(text, range(end, len(text))))


def _next_to(text: str, outwards: Sequence[int]) -> bool:
    beside = next((text[index] for index in outwards if text[index] not in " \t"), "")
    return beside.isalnum()
