"""Which question a person means by a few of its words."""

from __future__ import annotations

from collections.abc import Sequence

from viva.errors import QueryError
from viva.i18n import tr
from viva.text.normal import bare, normalise
from viva.types import Entry

_NAMED = 5
"""Ids that an error names."""


def by_words(entries: Sequence[Entry], text: str) -> Entry | None:
    """Return the one question whose text is, or holds, `text`, whatever its case, width and punctuation; None for none.

    Raises:
        QueryError: Several questions hold it.
    """
    wanted = bare(text)
    if not wanted:
        return None
    held = [entry for entry in entries if _holds(entry.question, text, wanted)]
    found = [entry for entry in held if bare(entry.question) == wanted] or held
    if len(found) > 1:
        ids = ", ".join(entry.id for entry in found[:_NAMED])
        raise QueryError(tr('"{text}" fits {count} questions: name one of {ids}', text=text, count=len(found), ids=ids))
    return found[0] if found else None


def _holds(question: str, text: str, wanted: str) -> bool:
    """A text in ASCII is found from the beginning of a word on, so that "art" is not found in "start"."""
    if not text.isascii():
        return wanted in bare(question)
    return f" {_spaced(text)}" in f" {_spaced(question)}"


def _spaced(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in normalise(text)).split())
