"""What Anki's database holds: notes with their decks and kinds, and the reviews of their cards.

Decks and note types stand as JSON in one row or, in Anki's newest form, in tables of their own.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import BinaryIO

from viva.i18n import ntr, tr
from viva.notes.formats.anki.fields import CLOZE, both_sides, html_text
from viva.notes.formats.anki.package import MAX_COLLECTION, PackageError, opened
from viva.notes.raw import Parsed, RawEntry

LONGEST = 100_000
"""Characters of a note; more is a picture or a book in a field, and nothing to answer."""
MAX_WITH_REVIEWS = 256 * 1024 * 1024
"""Bytes the database may have, unpacked: the reviews of many years, which notes alone never come to."""
_OCCLUSION = "image-occlusion:"
_NEEDED = {"col", "notes", "cards"}
_DECK_OF_CARD = "SELECT nid, CASE WHEN odid THEN odid ELSE did END FROM cards ORDER BY nid, ord, id"
_NOTES = "SELECT id, CAST(guid AS TEXT), mid, CAST(tags AS TEXT), CAST(flds AS TEXT) FROM notes ORDER BY id"
_QUEUE_OF_CARD = "SELECT nid, id, queue FROM cards ORDER BY nid, ord, id"
_CLOZE_TYPE = 1
_KIND_FIELD = 1
"""Field of a note type's settings."""
_NEWEST_TABLES = {"decks", "notetypes"}
_DECK_PARTS = "\x1f"
"""Parts the names of decks in the newest form."""
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


@dataclass(frozen=True, slots=True)
class _Collection:
    """What holds for all notes of a package."""

    decks: dict[int, tuple[str, ...]]
    """Note to the path of the deck that its first card is in."""
    clozes: dict[int, bool]
    """Note type to whether it is one for clozes."""


def parse_package(data: bytes, *, max_bytes: int = MAX_COLLECTION) -> Parsed:
    """Return the notes of a package in the order they were made, one question each.

    There are no lines in a package: `line` is the running number of the note, from 1. The label is Anki's own lasting
    name of the note (its guid), so that the history outlives another export.

    Raises:
        PackageError: It is damaged or too large.
    """
    with opened(BytesIO(data), max_bytes) as connection:
        return _parsed(connection, max_bytes)


def _parsed(connection: sqlite3.Connection, max_bytes: int) -> Parsed:
    entries = [entry for _, entry in entries_of(connection, max_bytes) if entry is not None]
    ((count,),) = connection.execute("SELECT count(*) FROM notes")
    return Parsed(tuple(entries), left_out=_left_out(count - len(entries)))


def _left_out(count: int) -> str | None:
    if not count:
        return None
    return ntr(
        "{number} note holds no text to ask (only pictures or sounds, or far too much of it).",
        "{number} notes hold no text to ask (only pictures or sounds, or far too much of it).",
        count,
    )


def entries_of(connection: sqlite3.Connection, max_bytes: int) -> Iterator[tuple[int, RawEntry | None]]:
    """Yield the id of each note with its question, None where nothing is left to ask. Raises PackageError."""
    collection = _collection(connection)
    read = 0
    for count, row in enumerate(connection.execute(_NOTES), start=1):
        read += sum(len(cell) for cell in row if isinstance(cell, str))
        if read > max_bytes:
            raise PackageError(tr("its notes hold too much text; export a smaller deck"))
        yield row[0], _entry(row, count, collection)


def _collection(connection: sqlite3.Connection) -> _Collection:
    tables = tables_of(connection)
    decks = {key: tuple(_headings(path)) for key, path in decks_of(connection, tables).items()}
    first: dict[int, tuple[str, ...]] = {}
    for note, deck in connection.execute(_DECK_OF_CARD):
        first.setdefault(note, decks.get(deck, ()))
    return _Collection(first, clozes_of(connection, tables))


def tables_of(connection: sqlite3.Connection) -> set[str]:
    """Return the tables of a collection. Raises PackageError when it is none of Anki's."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= _NEEDED:
        raise PackageError(tr("its database is none of Anki's; export it from Anki again"))
    return tables


def _headings(path: tuple[str, ...]) -> Iterator[str]:
    for part in path:
        if heading := " ".join(_plain(part).split()):
            yield heading


def _entry(row: tuple[object, ...], number: int, collection: _Collection) -> RawEntry | None:
    """Return the question of a note; None when nothing is left to ask, or far too much."""
    note, guid, kind, tags, fields = row
    if not isinstance(note, int) or not isinstance(fields, str) or len(fields) > LONGEST:
        return None
    texts = [_plain(html_text(part)) for part in fields.split("\x1f")]
    known = collection.clozes.get(kind) if isinstance(kind, int) else None
    is_cloze = CLOZE.search(texts[0]) is not None if known is None else known
    if is_cloze and _OCCLUSION in texts[0]:
        return None
    question, shown = both_sides(texts[0]) if is_cloze else (texts[0], "")
    if not any(character.isalnum() for character in question):
        return None
    answer = "\n".join(text for text in (shown, *texts[1:]) if text)
    return RawEntry(
        " ".join(question.split()),
        answer,
        number,
        number,
        headings=collection.decks.get(note, ()),
        tags=tuple(dict.fromkeys(_plain(str(tags or "")).split())),
        label="".join(_plain(str(guid or "")).split()) or None,
    )


def _plain(text: str) -> str:
    """Return `text` as other formats would hold it: without zero bytes and halves of surrogate pairs."""
    return text.replace("\0", "").replace("\r", " ").encode("utf-8", "replace").decode("utf-8")


# decks and note types


def decks_of(connection: sqlite3.Connection, tables: set[str]) -> dict[int, tuple[str, ...]]:
    """Return the path of each deck as it is named, by the deck's id; `tables` are those of the database."""
    if tables >= _NEWEST_TABLES:
        rows = connection.execute("SELECT id, CAST(name AS TEXT) FROM decks")
        return {key: tuple(name.split(_DECK_PARTS)) for key, name in rows if isinstance(name, str)}
    named = {key: deck.get("name") for key, deck in _by_id(connection, "decks").items()}
    return {key: tuple(name.split("::")) for key, name in named.items() if isinstance(name, str)}


def clozes_of(connection: sqlite3.Connection, tables: set[str]) -> dict[int, bool]:
    """Return whether each note type is one for clozes, by its id; `tables` are those of the database."""
    if tables >= _NEWEST_TABLES:
        rows = connection.execute("SELECT id, CAST(config AS BLOB) FROM notetypes")
        return {key: number(config or b"", _KIND_FIELD) == _CLOZE_TYPE for key, config in rows}
    return {key: kind.get("type") == _CLOZE_TYPE for key, kind in _by_id(connection, "models").items()}


def _by_id(connection: sqlite3.Connection, column: str) -> Mapping[int, dict[str, object]]:
    """Return the objects of a column that holds them as JSON, by their ids; what has another form is passed over."""
    cell, *_ = connection.execute(f"SELECT {column} FROM col").fetchone() or ("",)  # noqa: S608 - our own names
    try:
        value = json.loads(cell) if isinstance(cell, str) else None
    except (ValueError, RecursionError):
        value = None
    return dict(_objects(value))


def _objects(value: object) -> Iterator[tuple[int, dict[str, object]]]:
    for key, item in value.items() if isinstance(value, dict) else ():
        if isinstance(item, dict) and key.isascii() and key.isdecimal() and len(key) < 20:
            yield int(key), item


# numbers in the newest form's settings, which are messages of protobuf

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_SIZES = {_FIXED64: 8, _FIXED32: 4}
_LONGEST_NUMBER = 10
"""In bytes."""


def number(message: bytes, field: int) -> int:
    """Return the whole number in a field of `message`: the last one, 0 where there is none or the rest is damaged."""
    found = at = 0
    while at < len(message):
        key, at = _varint(message, at)
        name, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            found = value if name == field else found
        elif kind == _BYTES:
            size, at = _varint(message, at)
            at += size
        elif kind in _SIZES:
            at += _SIZES[kind]
        else:
            break
    return found


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count, byte in enumerate(message[at : at + _LONGEST_NUMBER]):
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return value, at + count + 1
    return value, len(message)


# reviews


def read_reviews(package: BinaryIO, max_bytes: int = MAX_WITH_REVIEWS) -> list[AnkiNote]:
    """Return the notes of a package that ask something, in the order they were made.

    Raises:
        PackageError: It is damaged or too large.
    """
    with opened(package, max_bytes) as connection:
        first: dict[int, tuple[int, bool]] = {}
        for note, card, queue in connection.execute(_QUEUE_OF_CARD):
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
