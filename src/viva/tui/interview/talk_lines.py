"""The talk as paragraphs: who says what, and what is shown between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from viva.i18n import N_, tr
from viva.tui.common.hit_lines import entry_lines, passage_lines
from viva.tui.common.interface import padded
from viva.tui.common.paragraphs import BLANK, MUTED, Paragraph, paragraph, spans
from viva.tui.interview.grade_lines import feedback_lines, kept_reference_lines, marked, reference_lines
from viva.types.dialogue import (
    AllAsked,
    Answered,
    Asked,
    Closed,
    Event,
    Graded,
    Helped,
    Judged,
    JudgementStored,
    Noted,
    Rejudged,
    Said,
    SearchedFor,
    Shown,
    Timed,
    Typed,
)

Speaker = Literal["viva", "you"]
_YOU = N_("you")
SHOWN_BESIDE = (Asked, AllAsked, JudgementStored, Timed)
"""Events that are no part of the talk: the panel asks, the bars show the judgement, the title line has the clock."""
GUTTER = 6
"""Cells for the name of the speaker."""

_STYLES: dict[Speaker, str] = {"viva": "bold $text-primary", "you": "bold $text-secondary"}


def talk_lines(events: Sequence[Event], *, short: bool = False) -> list[Paragraph]:
    """Return the paragraphs of several events, with an empty line between them and `short` or long bars."""
    return _apart(_event_paragraphs(event, short=short) for event in events)


def _apart(parts: Iterable[list[Paragraph]]) -> list[Paragraph]:
    """Return parts that are not empty with an empty line between them."""
    return [line for at, lines in enumerate(filter(None, parts)) for line in ([BLANK] if at else []) + lines]


def _event_paragraphs(event: Event, *, short: bool) -> list[Paragraph]:  # noqa: PLR0911  # one case an event
    match event:
        case Said(text) | Helped(text):
            return _speech("viva", paragraph(text))
        case Typed(text, marks):
            return _speech("you", marked(text, marks))
        case Closed(question):
            return _indented(paragraph(question.entry.question.strip(), "bold"))
        case Answered(entry):
            return _indented(reference_lines(entry))
        case Graded(feedback, late):
            notes = kept_reference_lines(feedback) if late else []
            return _indented(_apart((notes, feedback_lines(feedback, short=short))))
        case Judged(feedback) | Rejudged(feedback):
            return _indented(feedback_lines(feedback, short=short)[:1])
        case Noted(text):
            return _indented(paragraph(text, MUTED))
        case Shown(entry):
            return _indented(entry_lines(entry))
        case SearchedFor(hits):
            return _apart(_indented(passage_lines(hit, f"{hit.rank}. ")) for hit in hits)
        case _:
            return []


def _speech(speaker: Speaker, lines: Sequence[Paragraph]) -> list[Paragraph]:
    first, *others = lines
    label = spans((padded(tr(_YOU) if speaker == "you" else speaker, GUTTER), _STYLES[speaker])).content
    return [Paragraph(label + first.content, 0, GUTTER), *_indented(others)]


def _indented(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    return [Paragraph(each.content, each.first + GUTTER, each.rest + GUTTER) for each in paragraphs]
