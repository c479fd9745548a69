"""What a stored grade shows of the notes: the passage of the entry that was asked, and the entries near the answer."""

from __future__ import annotations

from dataclasses import replace

from viva.text.normal import language_of
from viva.types import Entry, Grade, Hit, Near

MOST_NEAR = 2
"""Entries that are named beside the one that was asked."""


def own_passage(entry: Entry, grade: Grade) -> Hit | None:
    """Return the passage of the entry that was asked; older grades may have that of another entry instead."""
    return grade.passage if grade.passage is not None and _is_of(entry, grade.passage) else None


def reference(entry: Entry, grade: Grade) -> Entry | None:
    """Return the entry with the answer that is shown: that of the notes now, else what the grade kept of it."""
    if entry.answered:
        return entry
    hit = own_passage(entry, grade)
    return None if hit is None else replace(entry, answer=hit.passage, file=hit.file, line=hit.line)


def nearer_entry(entry: Entry, grade: Grade) -> Near | None:
    """Return the other entry that the answer fits clearly better than the one asked, if there is one."""
    return next(iter(_others(entry, grade)), None) if "other-entry" in grade.flags else None


def also_near(entry: Entry, grade: Grade) -> tuple[Near, ...]:
    """Return the further entries that are near the answer, those in the language of the question first."""
    others = _others(entry, grade)[1 if "other-entry" in grade.flags else 0 :]
    asked = language_of(entry.question)
    return tuple(sorted(others, key=lambda near: language_of(near.question) != asked)[:MOST_NEAR])


def _others(entry: Entry, grade: Grade) -> list[Near]:
    """Return the other entries that a grade names, the nearest first; an older grade has that as its passage."""
    named = [] if grade.passage is None else [Near.of(grade.passage)]
    return [near for near in (*named, *grade.near) if not _is_of(entry, near)]


def _is_of(entry: Entry, found: Hit | Near) -> bool:
    """Whether something found is the entry's own, by its id or, where that changed since, by its question."""
    return found.question_id == entry.id or found.question.split() == entry.question.split()


def without_aims(grade: Grade) -> Grade:
    """Return a grade that tells only what was covered, as it is shown while its follow-up waits for an answer."""
    return replace(
        grade, points=tuple(point for point in grade.points if point.status == "covered"), passage=None, near=()
    )
