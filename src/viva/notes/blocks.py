"""Which lines of an answer are prose, and which are code, tables, formulas or mere furniture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$")
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_FURNITURE = re.compile(
    r"^\s*(?:[-*_=~#>·.]\s*)+$|^\s*!\[[^\]]*\]\([^)]*\)\s*$|^\s*!\[\[[^\]]*\]\]\s*$|^\s*</?\w+[^>]*>\s*$"
)
_COMMENT = re.compile(r"<!--.*?-->|%%.*?%%", re.DOTALL)


def prose_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines, with those of fenced code, tables, display formulas and rules made empty."""
    text = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), "\n".join(lines))
    kept: list[str] = []
    fence: str | None = None
    formula: str | None = None
    rows = text.split("\n")
    for index, line in enumerate(rows):
        mark = _FENCE.match(line)
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
