"""The questions of the notes as rows of a list: in groups under headings, each in one line or in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal, get_args

from textual.content import Content

from viva.i18n import ntr, tr
from viva.text.moments import local_day
from viva.text.normal import bare, normalise
from viva.tui.common.hit_lines import entry_lines, name_of
from viva.tui.common.interface import one_line, padded, widest
from viva.tui.common.paragraphs import BLANK, MUTED, Paragraph, spans
from viva.types import CardState, Entry, Mastery
from viva.wording.sentences import MASTERY_WORDS

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


def list_questions(workspace: Workspace, now: datetime) -> tuple[Row, ...]:
    """Return all questions under their headings, in the order of the notes. Raises NotesError, HistoryError."""
    card_states = {card_state.question_id: card_state for card_state in workspace.card_states()}
    rows: list[Row] = []
    for (_, file, headings), entries in groupby(workspace.entries, _group):
        rows.append(Heading(one_line(" › ".join((file, *headings)))))
        above = normalise(" ".join(headings))
        for entry in entries:
            states = workspace.states(entry, card_states[entry.id], now)
            rows.append(_listed(entry, card_states[entry.id], states, above))
    return tuple(rows)


def _group(entry: Entry) -> tuple[str, str, tuple[str, ...]]:
    return (entry.place.root, entry.place.file, entry.place.headings)


def _listed(entry: Entry, card_state: CardState, states: tuple[Mastery, ...], above: str) -> ListedQuestion:
    own = normalise(" ".join((entry.number or "", entry.question, *entry.tags)))
    return ListedQuestion(entry, card_state, states, f"{own}\n{above}")


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


_COLOURS: dict[Mastery, str] = {
    "new": MUTED,
    "learning": "$text-warning",
    "due": "$text-primary",
    "mastered": "$text-success",
    "unanswered": "$text-error",
    "leech": "$text-error",
    "suspended": MUTED,
}
MASTERY: dict[Mastery, tuple[str, str, str]] = {
    state: (*words, _COLOURS[state]) for state, words in MASTERY_WORDS.items()
}
"""Symbol, word and colour: the colour is never alone in saying it."""


def row_line(row: Row) -> Content:
    """Return a row of the list in one line, however long."""
    if isinstance(row, Heading):
        return Content.styled(row.text, MUTED)
    symbol, word, style = MASTERY[row.mastery]
    name = name_of(row.entry)
    line = (name, MUTED) if row.mastery == "suspended" else name
    cells = widest(tr(each) for _, each, _ in MASTERY.values())
    return Content.assemble(" ", (f"{symbol} {padded(tr(word), cells)}", style), "  ", line)


def listed_lines(listed: ListedQuestion) -> list[Paragraph]:
    """Return a question in full: how well it is known, the answer of the notes, and what is scored of it."""
    entry = listed.entry
    lines = [spans((name_of(entry), "bold")), _card_state(listed), *_advice(listed), *entry_lines(entry)]
    return lines + _points(entry)


def _advice(listed: ListedQuestion) -> list[Paragraph]:
    if "leech" not in listed.states:
        return []
    hint = tr("failed many times: rewrite the note, shorter and clearer, or split it in several questions")
    return [spans((f"! {hint}", "$text-warning"), rest=2)]


def _points(entry: Entry) -> list[Paragraph]:
    """Return what is scored; points that are the lines of the answer are not said again."""
    if not entry.points:
        return []
    count = len(entry.points)
    if [bare(point.text) for point in entry.points] == [bare(line) for line in entry.answer.splitlines() if bare(line)]:
        text = ntr("scored by {number} point: its lines", "scored by {number} points: its lines", count)
        return [BLANK, spans((text, MUTED))]
    return [BLANK, spans((ntr("scored by {number} point", "scored by {number} points", count), MUTED))] + [
        spans((f"{at}. ", MUTED), one_line(point.text), rest=len(f"{at}. "))
        for at, point in enumerate(entry.points, start=1)
    ]


def _card_state(listed: ListedQuestion) -> Paragraph:
    symbol, word, style = MASTERY[listed.mastery]
    card_state = listed.card_state
    parts = [ntr("asked {number} time", "asked {number} times", card_state.reviews)] if card_state.reviews else []
    if card_state.withheld:
        parts.append(tr("the last answer is not judged yet"))
    elif card_state.last_score is not None:
        parts.append(tr("last score {score}", score=card_state.last_score))
    if card_state.due is not None:
        parts.append(tr("due {day}", day=local_day(card_state.due)))
    if card_state.lapses:
        parts.append(ntr("failed {number} time", "failed {number} times", card_state.lapses))
    tags = [" ".join(f"#{one_line(tag)}" for tag in listed.entry.tags)] if listed.entry.tags else []
    rest = "".join(f" · {each}" for each in (*parts, *tags))
    return spans((f"{symbol} {tr(word)}", style), (rest, MUTED), rest=2)
