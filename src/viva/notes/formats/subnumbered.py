"""Questions numbered by chapter: `1.1 …`, `1.2 …`, `2.1 …`, below lines such as `1 Basics` that only group them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from viva.notes.markers import heading_of, indent_of, looks_like_question, mark_of
from viva.notes.raw import RawEntry, answer_of, without_answer_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = re.compile(
    r"^\s*(?P<major>[0-9０-９]{1,3})[.．\-](?P<minor>[0-9０-９]{1,3})[.．、)）]?"
    r"(?:[ \t\u3000]+|(?=[\u3400-\u9fff]))(?P<text>[^\W\d].*)$"
)
_LEAST = 2

_Head = tuple[int, int, int, str]
"""Row, chapter, number in it, text."""


def parse_subnumbered(lines: Sequence[str], *, first_line: int = 1) -> list[RawEntry]:
    """Return the questions of a text whose numbers go 1.1, 1.2, 2.1; empty when they do not, or do not mostly ask.

    Args:
        lines: Lines without their ends.
        first_line: Number of `lines[0]` in the file, from 1.
    """
    heads = _heads(lines)
    asking = sum(looks_like_question(text) for *_, text in heads)
    if len(heads) < _LEAST or asking * 2 <= len(heads):
        return []
    chapters = {row: chapter for row in range(len(lines)) if (chapter := _chapter(lines, row, heads)) is not None}
    if any(looks_like_question(chapter) for chapter in chapters.values()):
        return []  # "1. How …?" asks; what is below it as 1.1, 1.2 answers
    stops = sorted([*(row for row, *_ in heads), *chapters, len(lines)])
    entries: list[RawEntry] = []
    for row, major, minor, text in heads:
        answer, last = answer_of(lines, row + 1, next(stop for stop in stops if stop > row))
        answer = without_answer_mark(answer)
        above = [chapters[i] for i in chapters if i < row]
        end = row if last is None or not answer else last
        number = f"{major}.{minor}"
        entries.append(RawEntry(text, answer, first_line + row, first_line + end, number, tuple(above[-1:])))
    return entries


def _heads(lines: Sequence[str]) -> list[_Head]:
    """Return the numbered lines in order; nothing when a number does not follow from the one before."""
    heads: list[_Head] = []
    for row, line in enumerate(lines):
        found = _MARK.match(line)
        if found is None or indent_of(line) > 1:
            continue
        major, minor = (int(unicodedata.normalize("NFKC", found.group(name))) for name in ("major", "minor"))
        if heads and not _follows(heads[-1], major, minor):
            return []
        heads.append((row, major, minor, found.group("text").strip()))
    return heads if heads and heads[0][2] <= 1 else []


def _follows(before: _Head, major: int, minor: int) -> bool:
    same = major == before[1] and 0 <= minor - before[2] <= _LEAST
    return same or (major == before[1] + 1 and minor <= 1)


def _chapter(lines: Sequence[str], row: int, heads: Sequence[_Head]) -> str | None:
    """Return the title when line `row` is the last line of text above the first question of a chapter and names it."""
    following = next((head for head in heads if head[0] > row), None)
    if following is None or following[2] > 1 or any(lines[i].strip() for i in range(row + 1, following[0])):
        return None
    heading = heading_of(lines[row])
    if heading is not None:
        return heading[1]
    mark = mark_of(lines[row])
    return mark.text if mark is not None and not mark.weak and mark.value == following[1] else None
