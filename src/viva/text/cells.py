"""How many columns of a terminal a text takes, and lines that fit into so many."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_OPENING = "“‘（《"
_CLOSING = "”’）》，。、：；？！…"
"""Punctuation that clings to what follows it, and to what stands before it."""


def cells(text: str) -> int:
    """Return the columns that a line takes: two for a wide character, none for one that joins the one before."""
    return sum(0 if unicodedata.combining(each) else 2 if _wide(each) else 1 for each in text)


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return `text` filled with blanks to `width` columns, at its end, or before it for `right`."""
    blanks = " " * (width - cells(text))
    return blanks + text if right else text + blanks


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` as lines of at most `width` columns; words stay whole, Chinese breaks anywhere."""
    lines, line = [], ""
    for unit in _units(text):
        if line and cells((line + unit).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += unit if line or not unit.isspace() else ""
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _units(text: str) -> Iterator[str]:
    """Yield what must stay together: blanks, a word, or a wide character, with the punctuation that clings to it."""
    unit = ""
    for each in text:
        if unit and _may_break(unit[-1], each):
            yield unit
            unit = ""
        unit += each
    if unit:
        yield unit


def _may_break(before: str, after: str) -> bool:
    if before.isspace() or after.isspace():
        return before.isspace() != after.isspace()
    return after not in _CLOSING and before not in _OPENING and (_wide(before) or _wide(after))


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
