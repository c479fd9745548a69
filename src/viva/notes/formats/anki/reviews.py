"""What Anki remembers of a package's notes: when each was reviewed, how it was rated, and what is suspended."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from viva.notes.formats.anki.package import entries_of, opened, tables_of
from viva.notes.raw import RawEntry

MAX_COLLECTION = 256 * 1024 * 1024
"""Bytes the database may have, unpacked: the reviews of many years, which notes alone never come to."""
_CARDS = "SELECT nid, id, queue FROM cards ORDER BY nid, ord, id"
_REVIEWS = "SELECT cid, id, ease, time, type, factor FROM revlog ORDER BY id"
_SUSPENDED = -1
_BY_SCHEDULE = {0, 1, 2}
"""Types of reviews: learning, review, relearning. Others are looks into a filtered deck and changes by hand."""
_BY_HAND = 4
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AnkiReview:
    """One review that counted for Anki's schedule."""

    at: datetime
    """Aware, UTC, to the millisecond."""
    rating: int
    """1 (again) to 4 (easy)."""
    seconds: float


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note with what became of its first card, the one that asks as viva does; its other cards are passed over."""

    entry: RawEntry
    reviews: tuple[AnkiReview, ...]
    """In order of time, those since it was last forgotten on purpose."""
    suspended: bool


def read_reviews(package: BinaryIO, max_bytes: int = MAX_COLLECTION) -> list[AnkiNote]:
    """Return the notes of a package that ask something, in the order they were made.

    Raises:
        anki_package.PackageError: It is damaged or too large.
    """
    with opened(package, max_bytes) as connection:
        first: dict[int, tuple[int, bool]] = {}
        for note, card, queue in connection.execute(_CARDS):
            first.setdefault(note, (card, queue == _SUSPENDED))
        reviews = _reviews(connection)
        return [
            AnkiNote(entry, tuple(reviews.get(card, ())), suspended)
            for note, entry in entries_of(connection, max_bytes)
            for card, suspended in [first.get(note, (0, False))]
            if entry is not None
        ]


def _reviews(connection: sqlite3.Connection) -> dict[int, list[AnkiReview]]:
    """Return the reviews of each card by its id; a package without a schedule has none."""
    found: dict[int, list[AnkiReview]] = defaultdict(list)
    if "revlog" not in tables_of(connection):
        return found
    for card, at, ease, time, kind, factor in connection.execute(_REVIEWS):
        if kind == _BY_HAND and not factor:
            found.pop(card, None)  # Anki's "Forget": the card begins anew
        elif kind in _BY_SCHEDULE and ease in {1, 2, 3, 4}:
            found[card] += _review(at, int(ease), time)
    return found


def _review(at: object, rating: int, time: object) -> Iterator[AnkiReview]:
    """Yield the review unless its numbers are none."""
    if isinstance(at, int) and isinstance(time, int):
        with suppress(OverflowError):
            yield AnkiReview(_EPOCH + timedelta(milliseconds=at), rating, max(0, time) / 1000)
