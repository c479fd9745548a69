"""One answer of a past interview as paragraphs: question, time, answer, and what was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from viva.i18n import tr
from viva.interview.answer_highlight import Mark, answer_marks, within
from viva.interview.time_limit import clock_face
from viva.tui.common.hit_lines import entry_lines
from viva.tui.common.interface import NARROW
from viva.tui.common.paragraphs import BLANK, MUTED, Paragraph, paragraph, spans
from viva.tui.interview.answer_highlight import marked
from viva.tui.interview.grade_lines import feedback_lines, kept_reference_lines
from viva.tui.interview.question_panel import where
from viva.types import Review

if TYPE_CHECKING:
    from viva.interview.review import TurnReview


def review_paragraphs(seen: TurnReview, width: int) -> list[Paragraph]:
    """Return all there is to tell of a turn on a screen of `width` cells."""
    narrow = width < NARROW
    lines = [
        spans((where(seen.question, short=narrow), MUTED)),
        *paragraph(seen.question.entry.question.strip(), "bold"),
    ]
    lines.append(spans(*timing(seen.review, seen.limit)))
    first, more = answer_marks(seen.feedback) if seen.feedback is not None else ((), ())
    if seen.review.answer.strip():
        lines += [BLANK, *_typed(seen.review.answer, first)]
    if (asked := seen.review.follow_up) is not None:
        lines += [BLANK, *paragraph(asked.question, "bold")]
        lines += _typed(asked.answer, more) if asked.answer and asked.answer.strip() else []
    if seen.feedback is not None:
        notes = kept_reference_lines(seen.feedback)
        return [*lines, BLANK, *notes, *([BLANK] if notes else []), *feedback_lines(seen.feedback, short=narrow)]
    happened = tr("skipped") if seen.review.outcome == "skipped" else tr("the answer was shown")
    return [*lines, BLANK, spans((happened, "bold")), *entry_lines(seen.question.entry)]


def _typed(text: str, marks: Sequence[Mark]) -> list[Paragraph]:
    """Return an answer without the blanks around it, with its marks."""
    start = len(text) - len(text.lstrip())
    return marked(text.strip(), within(marks, start, len(text.rstrip())), "$text-secondary")


def timing(review: Review, limit: int | None) -> list[tuple[str, str]]:
    """Return the time that an answer took, in styled pieces; against the limit where it was a mock interview.

    A follow-up has a time of its own, so that the two together are not measured against the limit.
    """
    used = clock_face(round(review.seconds))
    if limit is None:
        told = used
    elif review.follow_up is not None:
        told = tr("{used} with the follow-up", used=used)
    else:
        told = tr("{used} of {limit}", used=used, limit=clock_face(limit))
    return [(told, MUTED), *([(" · ", MUTED), (tr("! over time"), "$text-warning")] if review.overtime else [])]
