"""What became of the questions when the notes were read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viva.history.identity import known, match
from viva.types import Entry


@dataclass(frozen=True, slots=True)
class NotesChanges:
    """How many questions came, went, or read differently; all 0 where only places or problems changed."""

    more: int = 0
    fewer: int = 0
    changed: int = 0
    """With other words, answer or tags than before."""


def notes_changes(before: Sequence[Entry], after: Sequence[Entry]) -> NotesChanges:
    """Compare two readings of the same notes; a question is followed through typos and moves as in the history."""
    was = [known(index, entry) for index, entry in enumerate(before)]
    found = match([known(index, entry) for index, entry in enumerate(after)], was, lambda _path: True)
    changed = sum(_words(after[new]) != _words(before[old]) for new, old in found.items())
    return NotesChanges(len(after) - len(found), len(before) - len(found), changed)


def _words(entry: Entry) -> tuple[object, ...]:
    return (entry.question, entry.answer, entry.points, entry.tags)
