"""The questions of the notes as a list: in groups by file and heading, each with how well it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from viva.practice.mastery import Mastery, states
from viva.text.normal import normalise
from viva.tui.literal import one_line
from viva.types import Entry, Standing

if TYPE_CHECKING:
    from viva.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Heading:
    """A quiet row above the questions of one file and heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in the list."""

    entry: Entry
    standing: Standing
    states: tuple[Mastery, ...]
    """All words that fit it, the one that counts first."""
    haystack: str
    """What a filter looks in, normalised."""

    @property
    def mastery(self) -> Mastery:
        """How well it is known, in one word."""
        return self.states[0]


Row = Heading | Listed


def listing(workspace: Workspace, now: datetime) -> tuple[Row, ...]:
    """Return all questions under their headings, in the order of the notes. Raises NotesError, HistoryError."""
    standings = {standing.question_id: standing for standing in workspace.standings()}
    rows: list[Row] = []
    for (_, file, headings), entries in groupby(workspace.entries, _group):
        rows.append(Heading(one_line(" › ".join((file, *headings)))))
        above = normalise(" ".join(headings))
        rows.extend(_listed(entry, standings[entry.id], now, above) for entry in entries)
    return tuple(rows)


def _group(entry: Entry) -> tuple[str, str, tuple[str, ...]]:
    return (entry.place.root, entry.place.file, entry.place.headings)


def _listed(entry: Entry, standing: Standing, now: datetime, above: str) -> Listed:
    own = normalise(" ".join((entry.number or "", entry.question, *entry.tags)))
    return Listed(entry, standing, states(entry, standing, now), f"{own}\n{above}")


def filtered(rows: Iterable[Row], query: str) -> tuple[Row, ...]:
    """Return the questions that hold every word of `query`, in question, heading or tag, under their headings."""
    wanted = normalise(query).split()
    if not wanted:
        return tuple(rows)
    return tuple(_kept(rows, wanted))


def _kept(rows: Iterable[Row], wanted: list[str]) -> Iterator[Row]:
    heading: Heading | None = None
    for row in rows:
        if isinstance(row, Heading):
            heading = row
        elif all(word in row.haystack for word in wanted):
            if heading is not None:
                yield heading
                heading = None
            yield row


def questions(rows: Iterable[Row]) -> list[Listed]:
    """Return the rows that are questions."""
    return [row for row in rows if isinstance(row, Listed)]
