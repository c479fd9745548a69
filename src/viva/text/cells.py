"""How many columns of a terminal a text takes, and lines that fit into so many."""

from __future__ import annotations

import re
import unicodedata

_WIDE = "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]"
_UNIT = re.compile(rf"\s+|(?:[“‘（《]*(?:{_WIDE}|[^\s{_WIDE[1:-1]}“‘（《]+)[，。、：；？！”’）》…]*)|\S")
"""Blanks, or what must stay together: a word or a wide character with the punctuation that clings to it."""


def cells(text: str) -> int:
    """Return the columns that a line takes: two for a wide character, none for one that joins the one before."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text
    )


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return `text` filled with blanks to `width` columns, at its end, or before it for `right`."""
    blanks = " " * (width - cells(text))
    return blanks + text if right else text + blanks


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` as lines of at most `width` columns; words stay whole, Chinese breaks anywhere."""
    lines, line = [], ""
    for unit in _UNIT.findall(text):
        if line and cells((line + unit).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += unit if line or not unit.isspace() else ""
    return [*lines, line.rstrip()] if line.strip() or not lines else lines
