"""Which words of a query stand in a text as they were typed, so that a result shows why it was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from viva.errors import QueryError
from viva.retrieval.query import parse_query
from viva.semantics.terms import terms
from viva.text.normal import is_cjk
from viva.text.tokens import tokens
from viva.tui.finding import FOUND, occurrences
from viva.tui.paragraphs import Paragraph

_SHORT = 2
"""A word of so many letters is marked only where it stands alone, a longer one also where a word begins with it."""


def sought(query: str) -> tuple[str, ...]:
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


def marks(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
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


def with_marks(paragraphs: Iterable[Paragraph], wanted: Iterable[str]) -> list[Paragraph]:
    """Return the paragraphs with what is wanted marked in them."""
    wanted = tuple(wanted)
    return [_marked(each, wanted) for each in paragraphs]


def _marked(each: Paragraph, wanted: tuple[str, ...]) -> Paragraph:
    content = each.content
    for start, end in marks(content.plain, wanted):
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
