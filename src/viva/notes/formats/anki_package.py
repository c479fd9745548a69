"""Anki's packages (`.apkg`, `.colpkg`): a zip that holds the notes as an SQLite database.

A package comes from anywhere, a shared deck for one: its members are taken by name and never extracted by their path,
no more of them is read than the limits below allow, and the database is only read, within limits of its own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from viva.i18n import ntr, reason_of, tr
from viva.notes.formats.clozes import CLOZE, both_sides
from viva.notes.formats.html_text import html_text
from viva.notes.raw import Parsed, RawEntry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from zipfile import ZipFile

MAX_COLLECTION = 64 * 1024 * 1024
"""Bytes the database may have, unpacked, and bytes of text that are read from it."""
LONGEST = 100_000
"""Characters of a note; more is a picture or a book in a field, and nothing to answer."""
_NEWEST, _MEMBERS = "collection.anki21b", ("collection.anki21", "collection.anki2")
"""The newest form is compressed with zstd. Beside `anki21`, or the newest, `anki2` holds one note: "please update"."""
_STEP, _STEPS = 100_000, 5_000
"""A damaged or malicious database may ask for endless work: so many instructions are run, so many times."""
_CLOZE_TYPE = 1
_OCCLUSION = "image-occlusion:"
_NEEDED = {"col", "notes", "cards"}
_CARDS = "SELECT nid, CASE WHEN odid THEN odid ELSE did END FROM cards ORDER BY nid, ord, id"
_NOTES = "SELECT id, CAST(guid AS TEXT), mid, CAST(tags AS TEXT), CAST(flds AS TEXT) FROM notes ORDER BY id"


class PackageError(ValueError):
    """A package that cannot be read; its text says why and what to do, without an end mark."""


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
        PackageError: It is damaged, too large, or of the newest form.
    """
    import sqlite3
    import tempfile

    database = _database(data, max_bytes)
    try:
        with tempfile.TemporaryDirectory(prefix="viva-", ignore_cleanup_errors=True) as folder:
            file = Path(folder) / "collection.db"
            file.write_bytes(database)
            connection = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
            try:
                return _parsed(connection, max_bytes)
            finally:
                connection.close()
    except (sqlite3.Error, OverflowError) as error:
        raise PackageError(tr("its database is damaged ({error}); export it from Anki again", error=error)) from error
    except OSError as error:
        raise PackageError(tr("no room to unpack it ({reason}); free some space", reason=reason_of(error))) from error


def _database(data: bytes, max_bytes: int) -> bytes:
    """Return the database of a package, unpacked."""
    import io
    import struct
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _member(archive, max_bytes)
    except PackageError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError,
            ValueError) as error:  # fmt: skip
        reason = str(error) or type(error).__name__
        raise PackageError(
            tr("it is damaged or no Anki package ({reason}); export it from Anki again", reason=reason)
        ) from error


def _member(archive: ZipFile, max_bytes: int) -> bytes:
    names = set(archive.namelist())
    found = [name for name in _MEMBERS if name in names]
    if _NEWEST in names and _MEMBERS[0] not in found:
        raise PackageError(
            tr('export it in Anki with "Support older Anki versions" ticked; this form needs Anki itself')
        )
    if not found:
        raise PackageError(tr("there is no collection of Anki in it; export it from Anki again"))
    member = archive.getinfo(found[0])
    if member.compress_type not in {0, 8}:  # stored and deflated, as Anki writes them
        raise PackageError(tr("it is compressed in an unknown way; export it from Anki again"))
    with archive.open(member) as stream:
        content = stream.read(max_bytes + 1)
    if len(content) > max_bytes:  # the directory of a zip may say less than there is
        raise PackageError(
            tr("its collection has more than {size:.3g} MiB; export a smaller deck", size=max_bytes / (1 << 20))
        )
    return content


def _parsed(connection: sqlite3.Connection, max_bytes: int) -> Parsed:
    _restrict(connection, max_bytes)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= _NEEDED:
        raise PackageError(tr("its database is none of Anki's; export it from Anki again"))
    collection = _collection(connection)
    entries: list[RawEntry] = []
    count = read = 0
    for count, row in enumerate(connection.execute(_NOTES), start=1):
        read += sum(len(cell) for cell in row if isinstance(cell, str))
        if read > max_bytes:
            raise PackageError(tr("its notes hold too much text; export a smaller deck"))
        entry = _entry(row, count, collection)
        if entry is not None:
            entries.append(entry)
    return Parsed(tuple(entries), left_out=_left_out(count - len(entries)))


def _restrict(connection: sqlite3.Connection, max_bytes: int) -> None:
    import sqlite3

    left = _STEPS

    def tired() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max_bytes)
    connection.set_progress_handler(tired, _STEP)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def _collection(connection: sqlite3.Connection) -> _Collection:
    row = connection.execute("SELECT models, decks FROM col").fetchone() or ("", "")
    types, decks = (_by_id(cell) for cell in row)
    names = {key: tuple(part for part in _path(deck.get("name")) if part) for key, deck in decks.items()}
    first: dict[int, tuple[str, ...]] = {}
    for note, deck in connection.execute(_CARDS):
        first.setdefault(note, names.get(deck, ()))
    return _Collection(first, {key: kind.get("type") == _CLOZE_TYPE for key, kind in types.items()})


def _by_id(cell: object) -> dict[int, dict[str, object]]:
    """Return the objects of a column that holds them as JSON, by their ids; what has another form is passed over."""
    try:
        value = json.loads(cell) if isinstance(cell, str) else None
    except (ValueError, RecursionError):
        value = None
    items = value.items() if isinstance(value, dict) else ()
    return {int(key): item for key, item in items if _is_id(key) and isinstance(item, dict)}


def _is_id(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) < 20


def _path(name: object) -> Iterator[str]:
    for part in name.split("::") if isinstance(name, str) else ():
        yield " ".join(_plain(part).split())


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


def _left_out(count: int) -> str | None:
    if not count:
        return None
    return ntr(
        "{number} note holds no text to ask (only pictures or sounds, or far too much of it).",
        "{number} notes hold no text to ask (only pictures or sounds, or far too much of it).",
        count,
    )
