"""Which lines of an answer are prose, and which are code, tables, formulas or mere furniture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
"""A line that opens or closes a block of code; its group is the mark."""
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$")
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_FURNITURE = re.compile(
    r"^\s*(?:[-*_=~#>·.]\s*)+$|^\s*!\[[^\]]*\]\([^)]*\)\s*$|^\s*!\[\[[^\]]*\]\]\s*$|^\s*</?\w+[^>]*>\s*$"
)
_FENCED = re.compile(r"^\s*(?:`{3,}|~{3,})", re.MULTILINE)
_DISPLAYED = re.compile(
    r"(?:(?P<lead>[:：])[ \t]*\n\s*|^[ \t]*)"
    r"(?:\$\$(?P<dollars>.*?)\$\$|\\\[(?P<brackets>.*?)\\\])[ \t]*[,.，。]?[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_PRIVATE = 0x100000
"""The first of many characters that no text uses; `points.lines` uses others."""
_COMMENT = re.compile(r"<!--.*?-->|%%.*?%%", re.DOTALL)


def prose_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines, with those of fenced code, tables, display formulas and rules made empty."""
    text = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), "\n".join(lines))
    kept: list[str] = []
    fence: str | None = None
    formula: str | None = None
    rows = text.split("\n")
    for index, line in enumerate(rows):
        mark = FENCE.match(line)
        if formula is None and mark and (fence is None or mark.group(1).startswith(fence)):
            fence = mark.group(1)[:3] if fence is None else None
            kept.append("")
        elif fence is not None:
            kept.append("")
        elif formula is not None:
            formula = None if formula in line else formula
            kept.append("")
        elif opened := _formula_start(line):
            formula = opened if _unclosed(line, opened) else None
            kept.append("")
        elif _in_table(rows, index) or _FURNITURE.match(line):
            kept.append("")
        else:
            kept.append(line)
    return kept


def with_formulas(answer: str, *, announced: bool) -> tuple[str, dict[int, str]]:
    """Return an answer with its display formulas as lines of one private character each, and what these stand for.

    Args:
        answer: The answer; formulas within code are left alone.
        announced: Whether to take only those that a line ending in a colon announces; it goes before them.
    """
    found: dict[int, str] = {}
    if _FENCED.search(answer):
        return answer, found

    def put(formula: re.Match[str]) -> str:
        inner = " ".join((formula["dollars"] or formula["brackets"] or "").split())
        if not inner or (announced and not formula["lead"]):
            return formula[0]
        found[_PRIVATE + len(found)] = inner
        return f"{formula['lead'] or ''}{' ' if formula['lead'] else chr(10)}{chr(_PRIVATE + len(found) - 1)}\n"

    return _DISPLAYED.sub(put, answer), found


def _formula_start(line: str) -> str | None:
    text = line.strip()
    if text.startswith("$$"):
        return "$$"
    if text.startswith("\\["):
        return "\\]"
    return None


def _unclosed(line: str, close: str) -> bool:
    return close not in line.strip()[2:]


def _in_table(rows: Sequence[str], index: int) -> bool:
    if _TABLE_ROW.match(rows[index]) or _TABLE_RULE.match(rows[index]):
        return True
    if "|" not in rows[index]:
        return False
    near = rows[max(0, index - 1) : index + 2]
    return any(_TABLE_RULE.match(row) for row in near)
