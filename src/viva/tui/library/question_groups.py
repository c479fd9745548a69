"""The questions of the notes as a list: in groups by file and heading, each with how well it is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal, get_args

from viva.i18n import tr
from viva.text.normal import normalise
from viva.tui.common.interface import one_line
from viva.types import CardState, Entry, Mastery

if TYPE_CHECKING:
    from viva.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Heading:
    """A quiet row above the questions of one file and heading."""

    text: str


@dataclass(frozen=True, slots=True)
class ListedQuestion:
    """A question in the list."""

    entry: Entry
    card_state: CardState
    states: tuple[Mastery, ...]
    """All words that fit it, the one that counts first."""
    haystack: str
    """What a filter looks in, normalised."""

    @property
    def mastery(self) -> Mastery:
        """How well it is known, in one word."""
        return self.states[0]


Row = Heading | ListedQuestion
Grouping = Literal["file", "heading", "tag"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)


def listing(workspace: Workspace, now: datetime) -> tuple[Row, ...]:
    """Return all questions under their headings, in the order of the notes. Raises NotesError, HistoryError."""
    card_states = {card_state.question_id: card_state for card_state in workspace.card_states()}
    rows: list[Row] = []
    for (_, file, headings), entries in groupby(workspace.entries, _group):
        rows.append(Heading(one_line(" › ".join((file, *headings)))))
        above = normalise(" ".join(headings))
        for entry in entries:
            held = workspace.states(entry, card_states[entry.id], now)
            rows.append(_listed(entry, card_states[entry.id], held, above))
    return tuple(rows)


def _group(entry: Entry) -> tuple[str, str, tuple[str, ...]]:
    return (entry.place.root, entry.place.file, entry.place.headings)


def _listed(entry: Entry, card_state: CardState, held: tuple[Mastery, ...], above: str) -> ListedQuestion:
    own = normalise(" ".join((entry.number or "", entry.question, *entry.tags)))
    return ListedQuestion(entry, card_state, held, f"{own}\n{above}")


def grouped(rows: Iterable[Row], by: Grouping) -> tuple[Row, ...]:
    """Return the questions of `rows`, which are in the order of the notes, under other headings.

    By heading: those under the same headings in whatever file together, in order of the first. By tag: by its name, a
    question under each of its tags, those without one last.
    """
    if by == "file":
        return tuple(rows)
    groups: dict[str, list[Row]] = {}
    for listed in (row for row in rows if isinstance(row, ListedQuestion)):
        for name in _heading(listed.entry.place.headings) if by == "heading" else _tags(listed.entry.tags):
            groups.setdefault(name, []).append(listed)
    order = sorted(groups, key=lambda name: (not name, normalise(name))) if by == "tag" else list(groups)
    none = tr("without tag") if by == "tag" else tr("without heading")
    return tuple(row for name in order for row in (Heading(name or none), *groups[name]))


@lru_cache(maxsize=1024)  # many questions share them, and a key shows its effect within a frame
def _heading(headings: tuple[str, ...]) -> tuple[str, ...]:
    return (one_line(" › ".join(headings)),)


@lru_cache(maxsize=1024)
def _tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"#{one_line(tag)}" for tag in tags)) or ("",)


def questions(rows: Iterable[Row]) -> list[ListedQuestion]:
    """Return the rows that are questions, each once."""
    return list({row.entry.id: row for row in rows if isinstance(row, ListedQuestion)}.values())
