"""Tables of questions: CSV and TSV, with a header in English or Chinese or none, and Markdown's, with one."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from viva.i18n import tr
from viva.notes.raw import Parsed, RawEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_ROLES = {
    "question": {
        "question",
        "questions",
        "q",
        "front",
        "prompt",
        "term",
        "问题",
        "题目",
        "问",
        "题",
        "正面",
        "題目",
        "問題",
        "术语",
    },
    "answer": {
        "answer",
        "answers",
        "a",
        "back",
        "reference",
        "definition",
        "答案",
        "回答",
        "答",
        "背面",
        "参考答案",
        "解答",
        "定义",
    },
    "tags": {"tags", "tag", "topic", "category", "标签", "标记", "主题", "分类", "標籤"},
    "number": {"number", "no", "no.", "#", "id", "nr", "index", "序号", "编号", "题号", "序號"},
}
_DELIMITERS = ("\t", ",", ";", "，", "|")
_MOST_BROKEN_ROWS = 100
_FIELD_LIMIT = 1 << 27


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with the place of its cells."""

    cells: tuple[str, ...]
    line: int
    """Line of its first cell, from 1."""

    def span(self, column: int) -> tuple[int, int]:
        """Return the first and last line that hold text of a cell; a quoted cell can have several lines."""
        before = sum(cell.count("\n") for cell in self.cells[:column])
        cell = self.cells[column]
        lead = len(cell) - len(cell.lstrip())
        first = self.line + before + cell[:lead].count("\n")
        return first, first + cell.strip().count("\n")


def role_of(header: str) -> str | None:
    """Return what a column or key holds by its name: question, answer, tags, number; else None."""
    name = unicodedata.normalize("NFKC", header).strip().casefold()
    return next((role for role, names in _ROLES.items() if name in names), None)


def rows_of(
    lines: Sequence[str], delimiter: str, first_line: int = 1, *, bad: list[tuple[int, str]] | None = None
) -> Iterator[TableRow]:
    """Yield the rows of a table that is quoted as CSV quotes; rows without text are left out.

    A row whose quotes do not pair up ends with its line, and is noted in `bad`: a forgotten quote would take
    everything after it into one cell.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    start = broken = 0
    while start < len(lines):
        # A new reader after each broken row; a sound table needs one. A table of broken rows is read line by line,
        # because each may be found broken at the end of the file only.
        reader = csv.reader(_ended(lines, start, one_row=broken >= _MOST_BROKEN_ROWS), delimiter=delimiter, strict=True)
        base = start
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield TableRow(tuple(cells), first_line + start)
                start = base + reader.line_num
        except csv.Error:
            cells = _single(lines[start], delimiter)
            if any(cell.strip() for cell in cells):
                yield TableRow(tuple(cells), first_line + start)
            if bad is not None:
                bad.append(
                    (first_line + start, tr("The quotes of this row do not pair up; its line was read by itself."))
                )
            start, broken = start + 1, broken + 1


def _ended(lines: Sequence[str], start: int, *, one_row: bool) -> Iterator[str]:
    stop = start + 1 if one_row else len(lines)
    return (lines[row] + "\n" for row in range(start, stop))


def _single(line: str, delimiter: str) -> list[str]:
    """Return the cells of one line whose quotes cannot be trusted: as they are in a table of tabs."""
    return line.split("\t") if delimiter == "\t" else next(csv.reader([line], delimiter=delimiter), [])


def recognises(lines: Sequence[str]) -> bool:
    """Whether lines of any suffix are a table: parted by tabs throughout, or under a header that names both columns."""
    filled = [line for line in lines[:200] if line.strip()]
    if len(filled) < 2:
        return False
    delimiter = _delimiter(lines, "")
    header = next(rows_of(filled[:1], delimiter), None)
    if header is not None and {"question", "answer"} <= {role_of(cell) for cell in header.cells}:
        return True
    inner = [line for line in filled if "\t" in line.strip() and not line.startswith("\t")]
    counts = {line.count("\t") for line in inner}
    return len(inner) == len(filled) and len(counts) == 1


def parse_table(lines: Sequence[str], suffix: str) -> Parsed:
    """Return the questions of a table; without a known header the first two columns are question and answer."""
    bad: list[tuple[int, str]] = []
    rows = list(rows_of(lines, _delimiter(lines, suffix), bad=bad))
    if not rows:
        return Parsed()
    if is_own_table(rows[0].cells):
        own = (own_entry_of(row) for row in rows[1:])
        return Parsed(tuple(entry for entry in own if entry is not None), tuple(bad))
    roles = _roles(rows[0].cells)
    named = bool(roles)
    if named:
        rows = rows[1:]
    else:
        roles = {"question": 0, "answer": 1}
    found = (entry_of(row, roles, named=named) for row in rows)
    return Parsed(tuple(entry for entry in found if entry is not None), tuple(bad))


def entry_of(row: TableRow, roles: dict[str, int], *, named: bool = False) -> RawEntry | None:
    """Return the question of a row, or None when the row asks nothing.

    Numbers alone (`7 * 8`) ask where a header names the column of the questions; elsewhere they are data.
    """
    column = roles["question"]
    question = _cell(row, column)
    if not any(character.isalpha() or (named and character.isdigit()) for character in question):
        return None
    answer = "\n".join(part.rstrip() for part in _cell(row, roles.get("answer", -1)).split("\n"))
    line = row.span(column)[0]
    end = max(line, row.span(roles["answer"])[1]) if answer else line
    number = unicodedata.normalize("NFKC", _cell(row, roles.get("number", -1))) or None
    tags = tags_of(_cell(row, roles.get("tags", -1)))
    return RawEntry(" ".join(question.split("\n")), answer, line, end, number, tags=tags)


def tags_of(text: str) -> tuple[str, ...]:
    """Return the tags of a cell, parted by blanks, commas or semicolons."""
    for mark in ",，;；、|":
        text = text.replace(mark, " ")
    return tuple(dict.fromkeys(tag.lstrip("#") for tag in text.split() if tag.lstrip("#")))


def _cell(row: TableRow, column: int) -> str:
    return row.cells[column].strip() if 0 <= column < len(row.cells) else ""


def _roles(header: Sequence[str]) -> dict[str, int]:
    roles: dict[str, int] = {}
    for column, cell in enumerate(header):
        role = role_of(cell)
        if role is not None:
            roles.setdefault(role, column)
    if "question" not in roles:
        return {}
    if "answer" not in roles and len(header) > roles["question"] + 1:
        free = [column for column in range(len(header)) if column not in roles.values()]
        roles["answer"] = next((column for column in free if column > roles["question"]), -1)
    return {role: column for role, column in roles.items() if column >= 0}


def _delimiter(lines: Sequence[str], suffix: str) -> str:
    """Return the delimiter that parts the first rows most evenly; ties go to tab, then comma."""
    if suffix in {".tsv", ".tab"} and any("\t" in line for line in lines):
        return "\t"
    sample = [line for line in lines if line.strip()][:20]
    header = {mark: len(sample[0].split(mark)) if sample else 0 for mark in _DELIMITERS}
    named = [mark for mark in _DELIMITERS if sample and _roles([cell.strip('" ') for cell in sample[0].split(mark)])]
    if named:
        return max(named, key=lambda mark: header[mark])
    shares = {mark: sum(mark in line for line in sample) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: shares[mark])
    return best if shares[best] else ","


# Markdown's tables

_RULE_BELOW_HEADER = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def parse_markdown_tables(lines: Sequence[str], *, first_line: int = 1) -> list[RawEntry]:
    """Return the questions in tables of `lines`; other tables belong to the text around them.

    Args:
        lines: Lines without their ends.
        first_line: Number of `lines[0]` in the file, from 1.
    """
    found: list[RawEntry] = []
    roles: dict[str, int] = {}
    for row, line in enumerate(lines):
        if row and _RULE_BELOW_HEADER.match(line) and "|" in lines[row - 1]:
            named = {role: at for at, cell in enumerate(_markdown_cells(lines[row - 1])) if (role := role_of(cell))}
            roles = named if {"question", "answer"} <= named.keys() else {}
        elif roles and "|" in line:
            entry = entry_of(TableRow(tuple(_markdown_cells(line)), first_line + row), roles)
            found += [entry] if entry is not None else []
        else:
            roles = {}
    return found


def _markdown_cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [_BREAK.sub(" ", cell).replace("\\|", "|").strip() for cell in _BAR.split(inner)]


# viva's own table, which reads back

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


def is_own_table(header: Sequence[str]) -> bool:
    """Whether the first row of a table is viva's own."""
    return tuple(header[:_OURS]) == COLUMNS[:_OURS]


def own_entry_of(row: TableRow) -> RawEntry | None:
    """Return the question of a row, None when it asks nothing."""
    question, answer, tags, number, *_ = (unguarded(cell) for cell in (*row.cells, "", "", "", "")[:4])
    if not question.strip():
        return None
    line = row.span(0)[0]
    end = max(line, row.span(1)[1]) if answer else line
    return RawEntry(question, answer, line, end, number or None, tags=tuple(tags.split()))
