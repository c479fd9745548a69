"""Where Anki's database holds its decks and note types: as JSON in one row, or, in its newest form, in tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping

_CLOZE_TYPE = 1
_KIND = 1
"""Field of a note type's settings."""
_TABLES = {"decks", "notetypes"}
_PARTS = "\x1f"
"""Parts the names of decks in the newest form."""


def decks_of(connection: sqlite3.Connection, tables: set[str]) -> dict[int, tuple[str, ...]]:
    """Return the path of each deck as it is named, by the deck's id; `tables` are those of the database."""
    if tables >= _TABLES:
        rows = connection.execute("SELECT id, CAST(name AS TEXT) FROM decks")
        return {key: tuple(name.split(_PARTS)) for key, name in rows if isinstance(name, str)}
    named = {key: deck.get("name") for key, deck in _by_id(connection, "decks").items()}
    return {key: tuple(name.split("::")) for key, name in named.items() if isinstance(name, str)}


def clozes_of(connection: sqlite3.Connection, tables: set[str]) -> dict[int, bool]:
    """Return whether each note type is one for clozes, by its id; `tables` are those of the database."""
    if tables >= _TABLES:
        rows = connection.execute("SELECT id, CAST(config AS BLOB) FROM notetypes")
        return {key: number(config or b"", _KIND) == _CLOZE_TYPE for key, config in rows}
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


_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_SIZES = {_FIXED64: 8, _FIXED32: 4}
_LONGEST = 10
"""Bytes of a number."""


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
    for count, byte in enumerate(message[at : at + _LONGEST]):
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return value, at + count + 1
    return value, len(message)
