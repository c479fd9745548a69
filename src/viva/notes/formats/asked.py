"""Questions without number or heading: lines that ask, with what follows as the answer; and 一、二、三、 as numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from viva.notes.blocks import FENCE
from viva.notes.markers import indent_of
from viva.notes.raw import RawEntry, answer_of, without_answer_mark
from viva.text.normal import length

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMERAL = re.compile(
    r"^\s*(?:第)?(?P<number>[一二三四五六七八九十]{1,3})(?:[、.．:：]|题[:：、.\s])\s*(?P<text>\S.*)$"
)
_BULLET = re.compile(r"^\s*(?:[-*+•]|#{1,6})\s+(?=\S)")
_BOLD = re.compile(r"^\s*(?:[-*+•]\s+)?(?P<mark>\*\*|__)(?P<text>[^*_].*?)(?P=mark)\s*[:：]?\s*$")
_DIGITS = {character: value for value, character in enumerate("一二三四五六七八九", start=1)}
_LONGEST = 60
"""A longer line that ends in a question mark is a paragraph that happens to ask."""


def parse_asked(lines: Sequence[str], *, first_line: int = 1) -> list[RawEntry]:
    """Return the questions of text in which questions stand on lines of their own, from its first line on.

    Args:
        lines: Lines without their ends.
        first_line: Number of `lines[0]` in the file, from 1.
    """
    heads = _numerals(lines) or _asking(lines)
    filled = next((row for row, line in enumerate(lines) if line.strip()), None)
    if not heads or filled is None or (heads[0][0] != filled and len(heads) < 2):
        return []
    entries: list[RawEntry] = []
    stops = [*(row for row, _, _ in heads[1:]), len(lines)]
    for (row, question, number), stop in zip(heads, stops, strict=True):
        answer, last = answer_of(lines, row + 1, stop)
        answer = without_answer_mark(answer)
        end = row if last is None or not answer else last
        entries.append(RawEntry(question, answer, first_line + row, first_line + end, number))
    return entries


def _numerals(lines: Sequence[str]) -> list[tuple[int, str, str | None]]:
    """Return the lines numbered 一、二、三、 in order, when they go up by one and most of them ask or are answered."""
    heads: list[tuple[int, str, str | None]] = []
    for row, line in enumerate(lines):
        found = _NUMERAL.match(line)
        if found and indent_of(line) <= 1 and _value(found.group("number")) == len(heads) + 1:
            heads.append((row, found.group("text").strip(), str(len(heads) + 1)))
    asking = sum(text.endswith(("?", "？")) for _, text, _ in heads)
    return heads if len(heads) > 1 and asking * 2 >= len(heads) else []


def _value(numeral: str) -> int:
    tens, mark, ones = numeral.rpartition("十")
    if not mark:
        return _DIGITS.get(numeral, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def _asking(lines: Sequence[str]) -> list[tuple[int, str, str | None]]:
    heads: list[tuple[int, str, str | None]] = []
    fenced, blank = False, True
    for row, line in enumerate(lines):
        if FENCE.match(line):
            fenced = not fenced
        bullet = _BULLET.match(line) is not None
        question = _question(line) if not fenced and indent_of(line) <= 1 and (blank or bullet) else None
        if question:
            heads.append((row, question, None))
        blank = not line.strip()
    return heads


def _question(line: str) -> str | None:
    bold = _BOLD.match(line)
    text = bold.group("text").strip() if bold else _BULLET.sub("", line).strip()
    asks = text.endswith(("?", "？")) and length(text) <= _LONGEST
    return text if asks else None
