"""Where an editor opens for an answer: at the closest passage of the notes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from viva.types import Entry, Hit


def passage_place(entries: Iterable[Entry], passage: Hit | None, asked: Entry) -> tuple[Path, int]:
    """Return file and line of a passage; of the question that was asked where there is none in the notes any more.

    Args:
        entries: The notes as they are now.
        passage: The closest to the answer, as it was when that was graded.
        asked: The question.
    """
    if passage is not None:
        for entry in entries:
            if entry.id == passage.question_id:
                return Path(entry.place.root) / entry.place.file, passage.line
    return Path(asked.place.root) / asked.place.file, asked.line
