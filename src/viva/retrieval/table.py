"""Which texts of the notes are embedded: of each entry its question, its passages, and both together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from viva.types import Entry

RowKind = Literal["question", "passage", "whole"]


@dataclass(frozen=True, slots=True)
class Row:
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


@dataclass(frozen=True)
class Table:
    """The rows, all of an entry side by side, in the order of the notes."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> tuple[Table, list[str]]:
        """Cut the entries into rows, and return the texts to embed beside them."""
        from viva.notes.chunker import chunk

        rows: list[Row] = []
        texts: list[str] = []
        for number, entry in enumerate(entries):
            for c in chunk(entry):
                texts.append(c.text)
                rows.append(Row(number, c.kind, c.text, c.line - entry.line, c.end_line - entry.line, _key(c.text)))
            if entry.answered:
                texts.append(f"{entry.question}\n{entry.answer}")
                rows.append(Row(number, "whole", "", 0, entry.end_line - entry.line, _key(texts[-1])))
        return cls(tuple(rows)), texts

    def write(self, path: Path) -> None:
        """Write to a file. Raises OSError."""
        rows = [[row.entry, row.kind, row.text, row.first, row.last, row.key] for row in self.rows]
        path.write_text(json.dumps(rows, separators=(",", ":")), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Table:
        """Read what `write` wrote. Raises ValueError or TypeError when it is damaged."""
        return cls(tuple(Row(*row) for row in json.loads(path.read_text(encoding="utf-8"))))

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


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
