"""Passages of the notes as paragraphs: what they say, and where."""

from __future__ import annotations

from viva.i18n import tr
from viva.tui.literal import one_line
from viva.tui.paragraphs import BLANK, MUTED, Paragraph, paragraph, spans
from viva.types import Entry, Hit, Near


def place_of(hit: Hit | Entry | Near) -> str:
    """Return `file:line`, as editors understand it."""
    return f"{one_line(hit.file)}:{hit.line}"


def name_of(hit: Hit | Entry | Near) -> str:
    """Return the question with the number it has in the notes."""
    number = f"{hit.number}. " if hit.number else ""
    return number + one_line(hit.question)


def passage_lines(hit: Hit, lead: str, indent: int = 0, *, asked: str = "", key: str = "") -> list[Paragraph]:
    """Return a passage under what it is and where it stands; its question is named unless that was `asked` (an id).

    The `key` that opens it in the editor is told beside its place, where there is one.
    """
    told = " · " + tr("{key} opens it", key=key) if key else ""
    lines = [spans((lead, MUTED), (place_of(hit), "$text-secondary"), (told, MUTED), first=indent, rest=indent + 2)]
    if hit.question_id != asked and one_line(hit.question) != one_line(hit.passage):
        lines.append(spans((name_of(hit), MUTED), first=indent + 2))
    return lines + paragraph(hit.passage.strip(), "", indent + 2)


def preview_lines(hit: Hit, entry: Entry | None) -> list[Paragraph]:
    """Return a search result in full: the question, the matched passage, then the whole answer."""
    end = f"-{hit.end_line}" if hit.end_line > hit.line else ""
    lines = [
        spans((name_of(hit), "bold")),
        spans((place_of(hit) + end, "$text-secondary")),
        BLANK,
        *paragraph(hit.passage.strip()),
    ]
    if entry is not None and entry.answer.strip() and entry.answer.strip() != hit.passage.strip():
        lines += [BLANK, spans((tr("The whole answer"), MUTED)), *paragraph(entry.answer.strip())]
    return lines


def entry_lines(entry: Entry, indent: int = 0) -> list[Paragraph]:
    """Return the answer the notes give to a question, with its place."""
    lead = spans((place_of(entry), "$text-secondary"), first=indent)
    if not entry.answered:
        return [lead, spans((tr("the notes do not answer this question"), "italic"), first=indent)]
    return [lead, *paragraph(entry.answer.strip(), "", indent)]
