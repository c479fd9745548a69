"""Questions in Obsidian's callouts: `> [!question] …` asks, the quoted lines below it answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from viva.notes.raw import RawEntry, answer_of, without_answer_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

_ASKS = re.compile(r"^\s*>\s*\[!(?:question|faq|help)(?:\|[^\]]*)?\][-+]?[ \t]+(?P<text>\S.*)$", re.IGNORECASE)
_QUOTED = re.compile(r"^\s*>")
_QUOTE = re.compile(r"^\s*(?:>[ ]?)+")
_INNER = re.compile(
    r"^\s*\[![\w-]+(?:\|[^\]]*)?\][-+]?[ \t]*(?:(?:answer|solution|答案|解答|回答)(?![^\W_])[ \t]*[:：]?[ \t]*)?",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^\s*(?:```|~~~)")


def parse_callouts(lines: Sequence[str], *, first_line: int = 1) -> list[RawEntry]:
    """Return the questions of callouts in order; one with nothing quoted below it is left to other formats.

    Args:
        lines: Lines without their ends.
        first_line: Number of `lines[0]` in the file, from 1.
    """
    if not any("[!" in line for line in lines):
        return []
    found: list[RawEntry] = []
    fenced = False
    for row, line in enumerate(lines):
        fenced = fenced is not (_FENCE.match(line) is not None)
        mark = None if fenced else _ASKS.match(line)
        if mark is None:
            continue
        stop = row + 1
        while stop < len(lines) and _QUOTED.match(lines[stop]) and not _ASKS.match(lines[stop]):
            stop += 1
        answer, last = answer_of([_unquoted(quoted) for quoted in lines[row + 1 : stop]], 0, stop - row - 1)
        answer = without_answer_mark(answer)
        if last is not None and answer.strip():
            found.append(RawEntry(mark.group("text").strip(), answer, first_line + row, first_line + row + 1 + last))
    return found


def without_callouts(lines: Sequence[str], found: Sequence[RawEntry], *, first_line: int = 1) -> list[str]:
    """Return `lines` with those of the callouts that were found made empty, so that nothing in them is read twice."""
    taken = {row for entry in found for row in range(entry.line - first_line, entry.end_line - first_line + 1)}
    return ["" if row in taken else line for row, line in enumerate(lines)]


def _unquoted(line: str) -> str:
    """Return a quoted line without its quote marks and without the mark of a callout that only folds the answer."""
    return _INNER.sub("", _QUOTE.sub("", line))
