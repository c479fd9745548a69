"""Blocks that fold: callouts, and `<details>` with its summary."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from viva.notes.blocks import FENCE
from viva.notes.markers import mark_of
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
        fenced = fenced is not (FENCE.match(line) is not None)
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


_OPEN = re.compile(r"<details\b[^>]*>", re.IGNORECASE)
_CLOSE = re.compile(r"</details\s*>", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary\b[^>]*>(?P<text>.*?)</summary\s*>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"</?[a-zA-Z][^>]*>")
_MARKUP_ONLY = re.compile(r"^\s*(?:</?(?:p|div|br|blockquote|ul|ol)\s*/?>\s*)+$", re.IGNORECASE)
_GENERIC = re.compile(
    r"^\W*(?:(?:点击|点此|单击)?(?:查看|展开|显示)?(?:参考)?(?:答案|解答|解析|回答)?|(?:show|see|view|click|reveal|the|for|to)?\s*"
    r"(?:show|see|view|reveal|the|for)?\s*(?:the\s+)?(?:answers?|solution|spoiler))\W*$",
    re.IGNORECASE,
)


def parse_details(lines: Sequence[str], *, first_line: int = 1) -> list[RawEntry]:
    """Return the folded questions; where the summary only says "Answer", the line above the fold is the question."""
    found: list[RawEntry] = []
    row = 0
    while row < len(lines):
        if not _OPEN.search(lines[row]):
            row += 1
            continue
        stop = _end(lines, row)
        entry = _entry(lines, row, stop, first_line)
        if entry is not None:
            found.append(entry)
        row = stop + 1
    return found


def _end(lines: Sequence[str], start: int) -> int:
    """Return the row of the tag that closes the fold opened at `start`; the last row when none does."""
    depth = 0
    for row in range(start, len(lines)):
        depth += len(_OPEN.findall(lines[row])) - len(_CLOSE.findall(lines[row]))
        if depth <= 0:
            return row
    return len(lines) - 1


def _entry(lines: Sequence[str], start: int, stop: int, first_line: int) -> RawEntry | None:
    block = "\n".join(lines[start : stop + 1])
    summary = _SUMMARY.search(block)
    if summary is None:
        return None
    question = " ".join(_TAGS.sub("", summary.group("text")).split())
    line = start + block[: summary.start("text")].count("\n")
    inner = block[summary.end() :]
    close = list(_CLOSE.finditer(inner))
    inner = inner[: close[-1].start()] if close else inner
    rows = ["" if _MARKUP_ONLY.match(row) else row for row in inner.split("\n")]
    if _GENERIC.match(question):
        line = next((row for row in range(start - 1, -1, -1) if lines[row].strip()), -1)
        if line < 0 or lines[line].lstrip().startswith("</"):
            return None
        question = lines[line].strip().strip("*_ ")
    mark = mark_of(question)
    number = mark.number if mark and not mark.weak and mark.style != "bare" else None
    question = mark.text if mark and number else question
    answer, last = answer_of(rows, 0, len(rows))
    if not question:
        return None
    first_row = start + block[: summary.end()].count("\n")
    end = line if last is None else first_row + last
    return RawEntry(question, answer, first_line + line, first_line + end, number)
