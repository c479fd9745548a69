"""What the notes hold: questions with their answers, where they stand, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question lives; it survives a corrected typo in the question's text."""

    root: str
    """Absolute POSIX path of the notes folder (the parent, when one file was given)."""
    file: str
    """POSIX path relative to `root`."""
    headings: tuple[str, ...]
    """Headings above the question, outermost first."""
    label: str
    """The number as written, else `q3` for the third question of its section; `~2` marks a repeat."""


Importance = Literal["essential", "normal", "extra"]
"""How much a point matters: an answer without an essential one is no good one, an extra is welcome and never missed."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a full answer says: a list item, else a sentence or clause of the reference."""

    text: str
    importance: Importance = "normal"
    """As the user marks it, in the notes or in the feedback."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question of the notes with its answer, as read."""

    id: str
    """Readable and unique within a workspace, made from `place`: `dl.zh.txt#46~2`, `ml.md#CNN/q3`."""
    place: Place
    number: str | None
    """The number written in the notes, in ASCII digits, or None."""
    question: str
    answer: str
    """The whole answer as written, without its common indentation; empty when there is none."""
    points: tuple[Point, ...]
    """What is scored: without code blocks, tables and display formulas."""
    file: str
    """The file as the user would name it from the current folder."""
    line: int
    """First line of the question, from 1."""
    end_line: int
    """Last line of the answer that holds text, from 1; equals `line` when there is no answer."""
    tags: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether the notes answer this question."""
        return bool(self.answer.strip())


@dataclass(frozen=True, slots=True)
class Source:
    """A file of notes that was read."""

    path: str
    """Absolute path."""
    file: str
    """The file as the user would name it from the current folder."""
    encoding: str
    guessed: bool
    """True when the encoding is charset-normalizer's guess and not certain."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something `viva check` reports about the notes."""

    kind: Literal[
        "no-answer", "repeated-number", "near-duplicate", "unreadable", "guessed-encoding", "left-out", "no-questions"
    ]
    file: str
    line: int | None
    message: str
    other: str | None = None
    """For pairs: `file:line` of the other one."""


ChunkKind = Literal["question", "passage"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an entry that is embedded and searched as a whole."""

    entry_id: str
    kind: ChunkKind
    text: str
    file: str
    line: int
    end_line: int
