"""What is opened in the notes: a question or a passage, by its file, its lines and how it begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from viva.types import Entry, Hit


@dataclass(frozen=True, slots=True)
class Spot:
    """Lines of a note, as they were when it was read."""

    file: Path
    line: int
    """The first, from 1."""
    end: int
    """The last."""
    begins: str = ""
    """What stands there, by which it is found again where the file has changed."""


def spot_of(entry: Entry, passage: Hit | None = None) -> Spot:
    """Return where a question stands, or a passage of its answer."""
    file = Path(entry.place.root) / entry.place.file
    if passage is None:
        return Spot(file, entry.line, entry.end_line, entry.question)
    return Spot(file, passage.line, passage.end_line, passage.passage)


def passage_place(entries: Iterable[Entry], passage: Hit | None, asked: Entry) -> Spot:
    """Return where a passage stands; the question that was asked where there is none in the notes any more.

    Args:
        entries: The notes as they are now.
        passage: One of its answer, as it was when that was graded.
        asked: The question.
    """
    if passage is not None:
        for entry in entries:
            if entry.id == passage.question_id:
                return spot_of(entry, passage)
    return spot_of(asked)
