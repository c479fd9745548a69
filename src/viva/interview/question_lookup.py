"""Which question a user means by its id, its number or a few of its words."""

from __future__ import annotations

from collections.abc import Sequence

from viva.errors import QueryError
from viva.i18n import tr
from viva.text.normal import bare, normalise
from viva.types import Entry

_NAMED = 5
"""Ids that an error names."""


def by_name(entries: Sequence[Entry], name: str) -> Entry:
    """Return the question with this id, or with this written number.

    Raises:
        QueryError: There is none, or several have that number.
    """
    for entry in entries:
        if entry.id == name:
            return entry
    numbered = [entry for entry in entries if entry.number == name]
    if len(numbered) > 1:
        ids, count = _ids(numbered), len(numbered)
        raise QueryError(
            tr("the number {name} is used {count} times: name one of {ids}", name=name, count=count, ids=ids)
        )
    if not numbered:
        raise QueryError(tr("no question {name!r} in the notes: `viva questions` lists the ids", name=name))
    return numbered[0]


def by_name_or_words(entries: Sequence[Entry], name: str) -> Entry:
    """Return the question that `by_name` returns, else the one that `by_words` does. Raises QueryError."""
    named = any(name in (entry.id, entry.number) for entry in entries)
    entry = None if named else by_words(entries, name)
    return entry or by_name(entries, name)


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
        ids, count = _ids(found), len(found)
        raise QueryError(tr('"{text}" fits {count} questions: name one of {ids}', text=text, count=count, ids=ids))
    return found[0] if found else None


def _ids(entries: Sequence[Entry]) -> str:
    return ", ".join(entry.id for entry in entries[:_NAMED])


def _holds(question: str, text: str, wanted: str) -> bool:
    """A text in ASCII is found from the beginning of a word on, so that "art" is not found in "start"."""
    if not text.isascii():
        return wanted in bare(question)
    return f" {_spaced(text)}" in f" {_spaced(question)}"


def _spaced(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in normalise(text)).split())
