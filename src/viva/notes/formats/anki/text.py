"""Anki's text export: header lines such as `#separator:tab`, then one note a row, often in HTML, often with clozes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from viva.notes.formats.anki.fields import html_text
from viva.notes.formats.tables import TableRow, role_of, rows_of, tags_of
from viva.notes.raw import Parsed, RawEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADER = re.compile(
    r"^#(separator|html|tags column|tags|columns|notetype column|notetype|deck column|deck|guid column):(.*)$",
    re.IGNORECASE,
)
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}
_CLOZE = re.compile(r"\{\{c(\d+)::(.*?)(?:::((?:(?!\}\}).)*))?\}\}", re.DOTALL)


def recognises(lines: Sequence[str]) -> bool:
    """Whether the file starts with one of Anki's header lines."""
    return bool(lines) and _HEADER.match(lines[0]) is not None


def parse_anki(lines: Sequence[str]) -> Parsed:
    """Return the notes of an export: first field asks, second answers; a cloze note asks once for each number."""
    header, start = _header(lines)
    name = header.get("separator", "tab").strip()
    delimiter = _SEPARATORS.get(name.casefold(), name[:1] or "\t")
    html = header.get("html", "true").strip().casefold() == "true"
    roles = _fields(header, delimiter)
    common = tags_of(header.get("tags", ""))
    entries: list[RawEntry] = []
    bad: list[tuple[int, str]] = []
    for row in rows_of(lines[start:], delimiter, start + 1, bad=bad):
        entries.extend(_entries(row, roles, html=html, common=common))
    return Parsed(tuple(entries), tuple(bad))


def _header(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    header: dict[str, str] = {}
    for index, line in enumerate(lines):
        found = _HEADER.match(line)
        if found is None:
            return header, index
        header[found.group(1).casefold()] = found.group(2)
    return header, len(lines)


def _fields(header: dict[str, str], delimiter: str) -> dict[str, int]:
    """Return the columns of question, answer and tags; columns of deck, note type and guid are passed over."""
    special = {int(value) - 1 for key, value in header.items() if key.endswith(" column") and value.strip().isdecimal()}
    free = [column for column in range(len(special) + 2) if column not in special]
    roles = {"question": free[0], "answer": free[1]}
    if header.get("tags column", "").strip().isdecimal():
        roles["tags"] = int(header["tags column"]) - 1
    for column, title in enumerate(header.get("columns", "").split(delimiter)):
        role = role_of(title)
        if role in {"question", "answer", "tags"} and column not in special:
            roles[role] = column
    return roles


def _entries(row: TableRow, roles: dict[str, int], *, html: bool, common: tuple[str, ...]) -> list[RawEntry]:
    def cell(role: str) -> str:
        column = roles.get(role, -1)
        return row.cells[column] if 0 <= column < len(row.cells) else ""

    front, back = (html_text(cell(role)) if html else cell(role).strip() for role in ("question", "answer"))
    tags = tuple(dict.fromkeys([*common, *tags_of(cell("tags"))]))
    if not front:
        return []
    line = row.span(roles["question"])[0]
    numbers = list(dict.fromkeys(found.group(1) for found in _CLOZE.finditer(front)))
    if numbers:
        end = row.span(roles["question"])[1]
        return [RawEntry(*_cloze(front, number), line, end, tags=tags) for number in numbers]
    end = max(line, row.span(roles["answer"])[1]) if back else line
    return [RawEntry(" ".join(front.split("\n")), back, line, end, tags=tags)]


def _cloze(text: str, number: str) -> tuple[str, str]:
    """Return question and answer of one cloze: its words are left blank, those of other numbers are shown."""
    hidden: list[str] = []

    def shown(found: re.Match[str]) -> str:
        if found.group(1) != number:
            return found.group(2)
        hidden.append(found.group(2).strip())
        return f"____（{found.group(3)}）" if found.group(3) else "____"

    question = _CLOZE.sub(shown, text)
    return " ".join(question.split("\n")), "\n".join(hidden)
