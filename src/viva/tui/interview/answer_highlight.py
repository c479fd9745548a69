"""An answer with the words marked that speak for a point of the notes or against one; what it says stays as typed."""

from __future__ import annotations

from collections.abc import Iterable

from viva.interview.answer_highlight import Mark
from viva.tui.common.literal import literal
from viva.tui.common.paragraphs import Paragraph, paragraph

FOR = "underline $text-success"
AGAINST = "bold italic $text-warning"
"""Styles of what speaks for a point and of what contradicts one: told apart without colours too."""


def marked(text: str, marks: Iterable[Mark], style: str = "") -> list[Paragraph]:
    """Return untrusted `text` as `paragraph` does, in `style`, with its marks.

    Args:
        text: As typed.
        marks: Of that text, none over another.
        style: Of what is not marked.
    """
    lines = paragraph(text, style)
    for mark in marks:
        # What is shown for a character may be longer or nothing: places are counted in what is shown.
        start, end = len(literal(text[: mark.start])), len(literal(text[: mark.end]))
        lines = _with_mark(lines, start, end, AGAINST if mark.against else FOR)
    return lines


def _with_mark(lines: Iterable[Paragraph], start: int, end: int, style: str) -> list[Paragraph]:
    """Return the lines with what is from `start` to `end`, counted through them and their breaks, in a style."""
    found, begins = [], 0
    for line in lines:
        size = len(line.content.plain)
        first, last = max(start - begins, 0), min(end - begins, size)
        content = line.content.stylize(style, first, last) if first < last else line.content
        found.append(Paragraph(content, line.first, line.rest))
        begins += size + 1
    return found
