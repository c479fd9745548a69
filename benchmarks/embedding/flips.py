"""Statements of the sample notes with one word turned round, beside the same statement with that word said otherwise.

Both differ from the reference in the same place, so that shared letters help neither: the question is whether a synonym
lies nearer than an opposite. `opposites.tsv` holds a word, another way to say it, and its opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from viva.notes.reader import read_notes

WORDS = Path(__file__).resolve().parent / "opposites.tsv"
_LETTERS = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Flip:
    """A reference, the same in other words, and its reverse."""

    reference: str
    true: str
    false: str

    @property
    def chinese(self) -> bool:
        """Whether the statement is Chinese."""
        return any("一" <= character <= "龥" for character in self.reference)


@lru_cache
def exchanged(words: Path = WORDS) -> tuple[tuple[str, str, str], ...]:
    """Return the rows of the list: a word, another way to say it, its opposite."""
    rows = (line.split("\t") for line in words.read_text(encoding="utf-8").splitlines())
    return tuple((word, same, other) for word, same, other in rows)


def flips(notes: Path, words: Path = WORDS) -> list[Flip]:
    """Return every statement that holds a word of the list, once for each such word, in the order of the notes."""
    statements = [point.text for entry in read_notes([notes]).entries for point in entry.points]
    return [
        flip
        for text in statements
        for word, same, other in exchanged(words)
        for flip in _turned(text, word, same, other)
    ]


def _turned(text: str, word: str, same: str, other: str) -> Iterator[Flip]:
    edge = r"\b" if _LETTERS.match(word) else ""
    found = re.search(f"{edge}{re.escape(word)}{edge}", text)
    if found is not None and len(text) > len(word) + 2:
        before, after = text[: found.start()], text[found.end() :]
        yield Flip(text, before + same + after, before + other + after)
