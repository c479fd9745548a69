"""Markdown tables whose header names a question and an answer: a row is a question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from viva.notes.formats.tables import TableRow, entry_of, role_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viva.notes.raw import RawEntry

_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def parse_pipes(lines: Sequence[str], *, first_line: int = 1) -> list[RawEntry]:
    """Return the questions in tables of `lines`; other tables belong to the text around them.

    Args:
        lines: Lines without their ends.
        first_line: Number of `lines[0]` in the file, from 1.
    """
    found: list[RawEntry] = []
    roles: dict[str, int] = {}
    for row, line in enumerate(lines):
        if row and _RULE.match(line) and "|" in lines[row - 1]:
            named = {role: at for at, cell in enumerate(_cells(lines[row - 1])) if (role := role_of(cell))}
            roles = named if {"question", "answer"} <= named.keys() else {}
        elif roles and "|" in line:
            entry = entry_of(TableRow(tuple(_cells(line)), first_line + row), roles)
            found += [entry] if entry is not None else []
        else:
            roles = {}
    return found


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [_BREAK.sub(" ", cell).replace("\\|", "|").strip() for cell in _BAR.split(inner)]
