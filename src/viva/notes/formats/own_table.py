"""viva's own table of questions, as `viva export --notes --format csv` writes it: cells are taken as they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from viva.notes.raw import RawEntry

if TYPE_CHECKING:
    from viva.notes.formats.tables import Row

COLUMNS = ("question", "answer", "tags", "number", "headings", "file", "line", "state", "due", "reviews", "last_score")
_OURS = 5
"""Columns at the beginning that are read back, and by which the table is known."""
_RISKY = re.compile(r"^'*[=+\-@\t\r]")
"""What a spreadsheet runs as a formula, guarded by apostrophes or not."""


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: one that might be gets an apostrophe in front."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what was `guarded`."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


def recognises(header: Sequence[str]) -> bool:
    """Whether the first row of a table is viva's own."""
    return tuple(header[:_OURS]) == COLUMNS[:_OURS]


def entry_of(row: Row) -> RawEntry | None:
    """Return the question of a row, None when it asks nothing."""
    question, answer, tags, number, *_ = (unguarded(cell) for cell in (*row.cells, "", "", "", "")[:4])
    if not question.strip():
        return None
    line = row.span(0)[0]
    end = max(line, row.span(1)[1]) if answer else line
    return RawEntry(question, answer, line, end, number or None, tags=tuple(tags.split()))
