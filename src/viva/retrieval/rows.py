"""Which texts of the notes are embedded: of each entry its question, its passages, and both together."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from viva.types import Entry

RowKind = Literal["question", "passage", "whole"]


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One embedded text. Its vector has the same place in the vector store."""

    entry: int
    """Place of the entry in the notes, from 0."""
    kind: RowKind
    text: str
    """What is shown; empty for a whole entry, whose text is in the notes."""
    first: int
    """First line of the text, counted from the entry's first line."""
    last: int
    key: str
    """Hash of the embedded text: rows with the same key have the same vector."""


@dataclass(frozen=True, slots=True)
class ChunkDiff:
    """Entries cut into rows."""

    table: Table
    texts: dict[int, str]
    """The text to embed of each row that was cut anew, by its place."""
    kept: dict[int, int]
    """Entries that were taken over, with their place in the old table; no old one is taken twice."""


@dataclass(frozen=True)
class Table:
    """The rows, all of an entry side by side, in the order of the notes."""

    rows: tuple[IndexRow, ...]

    @classmethod
    def of(cls, entries: Sequence[Entry], old: Table | None = None) -> ChunkDiff:
        """Cut the entries into rows; what `old` holds of an entry with the same text is taken over."""
        known = old.known() if old is not None else {}
        rows: list[IndexRow] = []
        texts: dict[int, str] = {}
        kept: dict[int, int] = {}
        for number, entry in enumerate(entries):
            place = known.pop(_identity(entry), None) if known else None
            if old is not None and place is not None:
                kept[number] = place
                rows.extend(row if row.entry == number else replace(row, entry=number) for row in old.span(place))
                continue
            for row, text in _rows(number, entry):
                texts[len(rows)] = text
                rows.append(row)
        return ChunkDiff(cls(tuple(rows)), texts, kept)

    def span(self, entry: int) -> tuple[IndexRow, ...]:
        """Return the rows of an entry."""
        return self.rows[self.starts[entry] : self.starts[entry + 1]]

    def known(self) -> dict[tuple[str, str, int], int]:
        """Return the entries by what tells them apart; of equal ones the last."""
        bounds = self.starts.tolist()
        found: dict[tuple[str, str, int], int] = {}
        for place, (start, end) in enumerate(itertools.pairwise(bounds)):
            first, last = self.rows[start], self.rows[end - 1]
            found[first.key, last.key, last.last] = place
        return found

    def write(self, path: Path) -> None:
        """Write to a file. Raises OSError."""
        rows = [[row.entry, row.kind, row.text, row.first, row.last, row.key] for row in self.rows]
        path.write_text(json.dumps(rows, separators=(",", ":")), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Table:
        """Read what `write` wrote. Raises ValueError or TypeError when it is damaged."""
        return cls(tuple(IndexRow(*row) for row in json.loads(path.read_text(encoding="utf-8"))))

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        """The entry of each row."""
        return np.array([row.entry for row in self.rows], dtype=np.int64)

    @cached_property
    def passages(self) -> NDArray[np.bool_]:
        """Whether each row is a passage."""
        return np.array([row.kind == "passage" for row in self.rows], dtype=np.bool_)

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The first row of each entry, and the number of rows at the end."""
        entries = self.rows[-1].entry + 1 if self.rows else 0
        return np.searchsorted(self.owners, np.arange(entries + 1))

    def of_entry(self, entry: int) -> range:
        """Return the places of an entry's rows."""
        return range(int(self.starts[entry]), int(self.starts[entry + 1]))


def _rows(number: int, entry: Entry) -> Iterator[tuple[IndexRow, str]]:
    """Return the rows of one entry with the texts to embed: the question first, the whole entry last."""
    from viva.notes.chunker import chunk

    for c in chunk(entry):
        yield IndexRow(number, c.kind, c.text, c.line - entry.line, c.end_line - entry.line, _key(c.text)), c.text
    if entry.answered:
        text = _whole(entry)
        yield IndexRow(number, "whole", "", 0, entry.end_line - entry.line, _key(text)), text


def _whole(entry: Entry) -> str:
    return f"{entry.question}\n{entry.answer}"


def _identity(entry: Entry) -> tuple[str, str, int]:
    """Return what `Table.known` knows an entry by: all that its rows depend on."""
    return (
        _key(entry.question),
        _key(_whole(entry)) if entry.answered else _key(entry.question),
        entry.end_line - entry.line,
    )


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
