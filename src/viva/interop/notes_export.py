"""The questions of the notes as a file for other programs: a table, or a JSON object a line; viva reads both back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from viva.history.records import stamp
from viva.notes.formats import parse
from viva.notes.formats.markdown.tags import tags_in
from viva.notes.formats.markdown.verbatim import written
from viva.notes.formats.tables import COLUMNS, guarded
from viva.scheduling.mastery import mastery
from viva.types import CardState, Entry

_DEEPEST = 6
"""Levels of headings there are."""
_LONGEST = 5
"""Digits of the longest number that is read as one."""
_AFTER = ("", "# 1. Is this read too?", "", "It is.")
"""Lines put after a question to test it: an answer may swallow what comes after it."""
_NO_TAG = re.compile(r"[^\w/-]+")


def notes_csv(entries: Iterable[Entry], card_states: Mapping[str, CardState], now: datetime) -> str:
    """Return a table as RFC 4180 has it, with a header.

    What a spreadsheet would run as a formula gets an apostrophe in front, which viva takes away again.

    Args:
        entries: The questions, in order.
        card_states: Where they stand in the schedule, by id.
        now: The time, aware: it decides what is due.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(entries, card_states, now):
        cells = {**row, "tags": " ".join(_words(row["tags"])), "headings": " / ".join(_words(row["headings"], "\x20"))}
        writer.writerow([guarded(cell) if isinstance(cell := cells[name], str) else cell for name in COLUMNS])
    return file.getvalue()


def notes_json(entries: Iterable[Entry], card_states: Mapping[str, CardState], now: datetime) -> str:
    """Return a JSON object a line; for the arguments see `notes_csv`."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(entries, card_states, now))


def _words(texts: object, blank: str = "_") -> list[str]:
    return [blank.join(text.split()) for text in texts] if isinstance(texts, (list, tuple)) else []


def _rows(entries: Iterable[Entry], card_states: Mapping[str, CardState], now: datetime) -> Iterator[dict[str, object]]:
    for entry in entries:
        card_state = card_states.get(entry.id)
        yield {
            "question": entry.question,
            "answer": entry.answer,
            "tags": list(entry.tags),
            "number": entry.number,
            "headings": list(entry.place.headings),
            "file": entry.file,
            "line": entry.line,
            "state": mastery(entry, card_state, now),
            "due": stamp(card_state.due) if card_state and card_state.due else None,
            "reviews": card_state.reviews if card_state else 0,
            "last_score": card_state.last_score if card_state else None,
        }


def notes_markdown(entries: Sequence[Entry]) -> str:
    """Return the questions in order, numbered, under the headings that they have in the notes.

    A question is a heading with its answer below; without an answer, or where Markdown would read that otherwise, it
    stands between comments (`notes.formats.verbatim`).
    """
    several = len({(entry.place.root, entry.place.file) for entry in entries}) > 1
    lines: list[str] = []
    path: tuple[str, ...] = ()
    for count, entry in enumerate(entries, start=1):
        own = (*((entry.file,) if several else ()), *entry.place.headings)
        lines += _headings(path, own)
        path = own
        lines += _question(entry, min(len(own) + 1, _DEEPEST), count)
    return "\n".join(lines)


def _headings(before: tuple[str, ...], path: tuple[str, ...]) -> Iterator[str]:
    """Yield the headings that lead from one place of the notes to the next."""
    shared = next((at for at, (old, new) in enumerate(zip(before, path, strict=False)) if old != new), len(path))
    for at in range(min(shared, len(before)), min(len(path), _DEEPEST - 1)):
        yield from (f"{'#' * (at + 1)} {_heading(path[at])}", "")


def _heading(text: str) -> str:
    """Return the line of a heading; one that would read as a tag gets a full-width sign."""
    return " ".join((text.replace("#", "\uff03") if tags_in(text) else text).split()) or "-"


def _question(entry: Entry, level: int, count: int) -> list[str]:
    number = entry.number if entry.number and _is_number(entry.number) else str(count)
    tags = list(dict.fromkeys(tag for each in entry.tags if (tag := _tag(each))))
    if entry.answer:
        asked = " ".join([entry.question, *(f"#{tag}" for tag in tags)])
        plain = [f"{'#' * level} {number}. {asked}", ""]
        plain += [*entry.answer.split("\n"), ""]
        if _comes_back([*plain, *_AFTER], entry):
            return plain
    return [*written(entry.question, entry.answer, number, tags), ""]


def _comes_back(lines: Sequence[str], entry: Entry) -> bool:
    found = parse("\n".join(lines), ".md").entries
    return [(each.question, each.answer, each.headings) for each in found] == [
        (entry.question, entry.answer, ()),
        ("Is this read too?", "It is.", ()),
    ]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST


def _tag(tag: str) -> str:
    """Return a tag as Markdown can hold it; a part within another is set off by a slash."""
    return _NO_TAG.sub("_", tag.replace("::", "/")).strip("_/-")
