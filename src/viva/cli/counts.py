"""Counted things, as the reports of several commands name them."""

from __future__ import annotations

from viva.i18n import ntr


def questions(number: int) -> str:
    """Return "1 question", "2 questions"."""
    return ntr("{number} question", "{number} questions", number)


def turns(number: int) -> str:
    """Return "1 turn", "2 turns"."""
    return ntr("{number} turn", "{number} turns", number)


def answers(number: int) -> str:
    """Return "1 answer", "2 answers"."""
    return ntr("{number} answer", "{number} answers", number)


def files(number: int) -> str:
    """Return "1 file", "2 files"."""
    return ntr("{number} file", "{number} files", number)


def texts(number: int) -> str:
    """Return "1 text", "2 texts": pieces that were embedded."""
    return ntr("{number} text", "{number} texts", number)


def verdicts(number: int) -> str:
    """Return "1 verdict", "2 verdicts"."""
    return ntr("{number} verdict", "{number} verdicts", number)
