"""The questions of the notes as a file for other programs: a table, or a JSON object a line; viva reads both back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from viva.notes.formats.own_table import COLUMNS, guarded
from viva.practice.mastery import mastery
from viva.practice.records import stamp
from viva.types import Entry, Standing


def notes_csv(entries: Iterable[Entry], standings: Mapping[str, Standing], now: datetime) -> str:
    """Return a table as RFC 4180 has it, with a header.

    What a spreadsheet would run as a formula gets an apostrophe in front, which viva takes away again.

    Args:
        entries: The questions, in order.
        standings: Where they stand in the schedule, by id.
        now: The time, aware: it decides what is due.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(entries, standings, now):
        cells = {**row, "tags": " ".join(_words(row["tags"])), "headings": " / ".join(_words(row["headings"], "\x20"))}
        writer.writerow([guarded(cell) if isinstance(cell := cells[name], str) else cell for name in COLUMNS])
    return file.getvalue()


def notes_json(entries: Iterable[Entry], standings: Mapping[str, Standing], now: datetime) -> str:
    """Return a JSON object a line; for the arguments see `notes_csv`."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(entries, standings, now))


def _words(texts: object, blank: str = "_") -> list[str]:
    return [blank.join(text.split()) for text in texts] if isinstance(texts, (list, tuple)) else []


def _rows(entries: Iterable[Entry], standings: Mapping[str, Standing], now: datetime) -> Iterator[dict[str, object]]:
    for entry in entries:
        standing = standings.get(entry.id)
        yield {
            "question": entry.question,
            "answer": entry.answer,
            "tags": list(entry.tags),
            "number": entry.number,
            "headings": list(entry.place.headings),
            "file": entry.file,
            "line": entry.line,
            "state": mastery(entry, standing, now),
            "due": stamp(standing.due) if standing and standing.due else None,
            "reviews": standing.reviews if standing else 0,
            "last_score": standing.last_score if standing else None,
        }
