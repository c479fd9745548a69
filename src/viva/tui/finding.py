"""Where a text holds what is looked for, whatever its case, width and way of writing accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from viva.tui.paragraphs import Paragraph

FOUND = "underline $text-warning"
CURRENT = "bold reverse"
"""Styles of what was found, and of the one place that is looked at: seen without colours too."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in paragraphs."""

    paragraph: int
    start: int
    end: int
    """Offsets in the text of the paragraph."""


def spots(paragraphs: Iterable[Paragraph], query: str) -> list[Spot]:
    """Return where paragraphs hold `query`, in order, none within another."""
    return [
        Spot(at, start, end)
        for at, each in enumerate(paragraphs)
        for start, end in occurrences(each.content.plain, query)
    ]


def occurrences(text: str, query: str) -> list[tuple[int, int]]:
    """Return start and end of each place where `text` holds `query`; none for a blank query."""
    wanted = " ".join(_folded(query).split())
    if not wanted:
        return []
    folded, origins = _with_origins(text)
    found, at = [], folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        found.append((origins[at], origins[end - 1] + 1))
        at = folded.find(wanted, end)
    return found


def highlighted(paragraphs: Sequence[Paragraph], found: Iterable[Spot], current: Spot | None) -> tuple[Paragraph, ...]:
    """Return the paragraphs with what was found marked."""
    marked = list(paragraphs)
    for spot in found:
        each = marked[spot.paragraph]
        style = CURRENT if spot == current else FOUND
        marked[spot.paragraph] = replace(each, content=each.content.stylize(style, spot.start, spot.end))
    return tuple(marked)


def _folded(text: str) -> str:
    """Return a text in the one form in which texts are compared; a character may become several, or none."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(" " if character.isspace() else character for character in folded)


def _with_origins(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters the index of that it comes from."""
    if text.isascii():
        return _folded(text), list(range(len(text)))
    pieces = [_folded(character) for character in text]
    return "".join(pieces), [at for at, piece in enumerate(pieces) for _ in piece]
