"""Where a text holds what is looked for, whatever its case, width and way of writing accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from viva.errors import QueryError
from viva.text.normal import is_cjk
from viva.text.query import parse_query
from viva.text.segment import tokens
from viva.text.terms import terms
from viva.tui.common.paragraphs import Paragraph

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


_SHORT = 2
"""A word of so many letters is marked only where it stands alone, a longer one also where a word begins with it."""


def query_terms(query: str) -> tuple[str, ...]:
    """Return what of a query is marked: phrases, words that carry meaning, and the pairs of Chinese characters in them.

    Chinese is typed without blanks, so that a word of the query is often several words of the notes.
    """
    try:
        asked = parse_query(query)
    except QueryError:
        return ()
    typed = asked.text.split()
    words = [word for word in typed if terms(word)]
    pairs = [token for word in words for token in tokens(word) if terms(token) and (len(token) > 1 or token.isascii())]
    return tuple(dict.fromkeys((*asked.phrases, *words, *pairs))) or tuple(typed)


def match_ranges(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Return start and end of each stretch of `text` that holds what is wanted, in order; stretches that touch are one.

    Case, width and accents do not matter.
    """
    found = sorted((start, end) for each in wanted for start, end in occurrences(text, each) if _fits(text, start, end))
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def highlight_matches(paragraphs: Iterable[Paragraph], wanted: Iterable[str]) -> list[Paragraph]:
    """Return the paragraphs with what is wanted marked in them."""
    wanted = tuple(wanted)
    return [_highlight_in(each, wanted) for each in paragraphs]


def _highlight_in(each: Paragraph, wanted: tuple[str, ...]) -> Paragraph:
    content = each.content
    for start, end in match_ranges(content.plain, wanted):
        content = content.stylize(FOUND, start, end)
    return replace(each, content=content)


def _fits(text: str, start: int, end: int) -> bool:
    """Whether a place is not in the middle of a word: "net" is not in "planet", and "in" is not in "index"."""
    if not _in_word(text[start]):
        return True
    if start and _in_word(text[start - 1]):
        return False
    return end - start > _SHORT or end == len(text) or not _in_word(text[end])


def _in_word(character: str) -> bool:
    return character.isalnum() and not is_cjk(character)
