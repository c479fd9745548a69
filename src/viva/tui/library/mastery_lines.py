"""How well a question is known, as symbol, word and colour; and a question of the list in full."""

from __future__ import annotations

from textual.content import Content

from viva.i18n import ntr, tr
from viva.text.moments import local_day
from viva.text.normal import bare
from viva.tui.common.hit_lines import entry_lines, name_of
from viva.tui.common.interface import one_line, padded, widest
from viva.tui.common.paragraphs import BLANK, MUTED, Paragraph, spans
from viva.tui.library.question_groups import Heading, ListedQuestion, Row
from viva.types import Entry, Mastery
from viva.wording.sentences import MASTERY_WORDS

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
