"""Passages of the notes as paragraphs: what they say, and where."""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content

from viva.i18n import tr
from viva.tui.common.highlight import highlight_matches, match_ranges
from viva.tui.common.interface import from_home, literal, one_line
from viva.tui.common.paragraphs import BLANK, MUTED, Paragraph, paragraph, spans
from viva.types import Entry, Hit, Near

BEFORE = 12
"""Characters that are shown before a match in the line of a result."""
_BAR = 2
"""Cells for the bar beside a passage."""


def place_of(hit: Hit | Entry | Near) -> str:
    """Return `file:line`."""
    return f"{one_line(from_home(hit.file))}:{hit.line}"


def name_of(hit: Hit | Entry | Near) -> str:
    """Return the question with the number it has in the notes."""
    number = f"{hit.number}. " if hit.number else ""
    return number + one_line(hit.question)


def passage_lines(hit: Hit, lead: str, indent: int = 0, *, asked: str = "", key: str = "") -> list[Paragraph]:
    """Return a passage under what it is and where it stands; its question is named unless that was `asked` (an id).

    The `key` that opens it in the editor is told beside its place, where there is one.
    """
    line = " · " + tr("{key} opens it", key=key) if key else ""
    lines = [spans((lead, MUTED), (place_of(hit), "$text-secondary"), (line, MUTED), first=indent, rest=indent + 2)]
    if hit.question_id != asked and one_line(hit.question) != one_line(hit.passage):
        lines.append(spans((name_of(hit), MUTED), first=indent + 2))
    return lines + paragraph(hit.passage.strip(), "", indent + 2)


def result_line(hit: Hit, wanted: tuple[str, ...]) -> Content:
    """Return a search result in one line: the question; where it holds nothing wanted, what does in the passage too."""
    name = spans(name_of(hit))
    if match_ranges(name.content.plain, wanted):
        return highlight_matches([name], wanted)[0].content
    found = _first_match(hit.passage, wanted)
    if not found:
        return name.content
    return name.content + Content("  ") + highlight_matches([spans((found, MUTED))], wanted)[0].content


def _first_match(passage: str, wanted: tuple[str, ...]) -> str:
    """Return the first line that holds something wanted, from shortly before it; nothing where there is none."""
    for line in map(one_line, passage.split("\n")):
        if found := match_ranges(line, wanted):
            at = found[0][0]
            return line if at <= BEFORE else "…" + line[at - BEFORE :][_word_at(line, at - BEFORE, at) :]
    return ""


def _word_at(line: str, start: int, end: int) -> int:
    """Return how many characters after `start` a word begins, before `end` at the latest."""
    if not line[start - 1].isascii() or line[start - 1].isspace():
        return 0
    blank = line.find(" ", start, end)
    return (blank if blank >= 0 else end - 1) + 1 - start


def preview_lines(hit: Hit, entry: Entry | None, wanted: tuple[str, ...] = ()) -> list[Paragraph]:
    """Return a search result in full: the question, then the answer with a bar beside the passage that was found.

    What is `wanted` is marked, see `highlight.query_terms`. Where the passage is all there is, it has no bar.
    """
    end = f"-{hit.end_line}" if hit.end_line > hit.line else ""
    lines = highlight_matches([spans((name_of(hit), "bold"))], wanted)
    lines += [spans((place_of(hit) + end, "$text-secondary")), BLANK]
    return lines + highlight_matches(_answer_lines(hit.passage, entry.answer if entry else ""), wanted)


def _answer_lines(passage: str, answer: str) -> list[Paragraph]:
    passage, answer = literal(passage).strip(), literal(answer).strip()
    start = answer.find(passage)
    if passage == answer or not answer:
        return paragraph(passage)
    if start < 0:  # it is the question that was found
        return paragraph(answer)
    lines, at = [], 0
    for line in answer.split("\n"):
        lines.append(_quoted(line, start - at, start + len(passage) - at))
        at += len(line) + 1
    return lines


def _quoted(line: str, start: int, end: int) -> Paragraph:
    """Return a line of which the characters from `start` to `end`, which may lie outside, are the passage."""
    start, end = max(start, 0), min(max(end, 0), len(line))
    [shape] = paragraph(line, "", _BAR)
    if start >= end:
        return replace(shape, content=Content.styled(line, MUTED))
    parts = ((line[:start], MUTED), line[start:end], (line[end:], MUTED))
    return replace(shape, content=Content.assemble(*parts), barred=True)


def entry_lines(entry: Entry, indent: int = 0) -> list[Paragraph]:
    """Return the answer the notes give to a question, with its place."""
    lead = spans((place_of(entry), "$text-secondary"), first=indent)
    if not entry.answered:
        return [lead, spans((tr("the notes do not answer this question"), "italic"), first=indent)]
    return [lead, *paragraph(entry.answer.strip(), "", indent)]
