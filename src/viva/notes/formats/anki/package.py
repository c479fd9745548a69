"""Anki's packages (`.apkg`, `.colpkg`): a zip that holds the notes as an SQLite database.

A package comes from anywhere, a shared deck for one: its members are taken by name and never extracted by their path,
no more of them is read than the limits below allow, and the database is only read, within limits of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from viva.i18n import ntr, tr
from viva.notes.formats.anki.cloze import CLOZE, both_sides
from viva.notes.formats.anki.html import html_text
from viva.notes.formats.anki.tables import clozes_of, decks_of
from viva.notes.raw import Parsed, RawEntry
from viva.reasons import why

if TYPE_CHECKING:
    import sqlite3
    from zipfile import ZipFile, ZipInfo


MAX_COLLECTION = 64 * 1024 * 1024
"""Bytes the database may have, unpacked, and bytes of text that are read from it."""
LONGEST = 100_000
"""Characters of a note; more is a picture or a book in a field, and nothing to answer."""
_NEWEST, _MEMBERS = "collection.anki21b", ("collection.anki21", "collection.anki2")
"""The newest form is compressed with zstd. Beside it, or beside `anki21`, `anki2` holds one note: "please update"."""
_STEP, _STEPS = 100_000, 5_000
"""A damaged or malicious database may ask for endless work: so many instructions are run, so many times."""
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
        PackageError: It is damaged or too large.
    """
    with opened(BytesIO(data), max_bytes) as connection:
        return _parsed(connection, max_bytes)


@contextmanager
def opened(package: BinaryIO, max_bytes: int = MAX_COLLECTION) -> Iterator[sqlite3.Connection]:
    """Open the database of a package to be read, within the limits above; what SQLite raises within is damage too.

    Raises:
        PackageError: It is damaged, too large, or none of Anki's.
    """
    import sqlite3
    import tempfile

    database = _database(package, max_bytes)
    try:
        with tempfile.TemporaryDirectory(prefix="viva-", ignore_cleanup_errors=True) as folder:
            file = Path(folder) / "collection.db"
            file.write_bytes(database)
            connection = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
            try:
                _restrict(connection, max_bytes)
                yield connection
            finally:
                connection.close()
    except (sqlite3.Error, OverflowError) as error:
        raise PackageError(
            tr("its database is damaged ({error}); export it from Anki again", error=why(error))
        ) from error
    except OSError as error:
        raise PackageError(tr("no room to unpack it ({reason}); free some space", reason=why(error))) from error


def _database(package: BinaryIO, max_bytes: int) -> bytes:
    """Return the database of a package, unpacked."""
    import struct
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(package) as archive:
            return _member(archive, max_bytes)
    except PackageError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError,
            ValueError) as error:  # fmt: skip
        raise PackageError(
            tr("it is damaged or no Anki package ({reason}); export it from Anki again", reason=why(error))
        ) from error


def _member(archive: ZipFile, max_bytes: int) -> bytes:
    names = set(archive.namelist())
    found = [name for name in (_NEWEST, *_MEMBERS) if name in names]
    if not found:
        raise PackageError(tr("there is no collection of Anki in it; export it from Anki again"))
    content = _content(archive, archive.getinfo(found[0]), max_bytes)
    if found[0] == _NEWEST and len(content) <= max_bytes:
        from viva.notes.formats.anki.zstd import unpacked

        content = unpacked(content, max_bytes)
    if len(content) > max_bytes:  # the directory of a zip, and the head of a frame, may say less than there is
        size = f"{max_bytes / (1 << 20):.3g} MiB"
        raise PackageError(tr("its collection has more than {size}; export a smaller deck", size=size))
    return content


def _content(archive: ZipFile, member: ZipInfo, max_bytes: int) -> bytes:
    """Return a member, of a longer one a byte more than `max_bytes`."""
    if member.compress_type not in {0, 8}:  # stored and deflated, as Anki writes them
        raise PackageError(tr("it is compressed in an unknown way; export it from Anki again"))
    with archive.open(member) as stream:
        return stream.read(max_bytes + 1)


def tables_of(connection: sqlite3.Connection) -> set[str]:
    """Return the tables of a collection. Raises PackageError when it is none of Anki's."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= _NEEDED:
        raise PackageError(tr("its database is none of Anki's; export it from Anki again"))
    return tables


def _parsed(connection: sqlite3.Connection, max_bytes: int) -> Parsed:
    entries = [entry for _, entry in entries_of(connection, max_bytes) if entry is not None]
    ((count,),) = connection.execute("SELECT count(*) FROM notes")
    return Parsed(tuple(entries), left_out=_left_out(count - len(entries)))


def entries_of(connection: sqlite3.Connection, max_bytes: int) -> Iterator[tuple[int, RawEntry | None]]:
    """Yield the id of each note with its question, None where nothing is left to ask. Raises PackageError."""
    collection = _collection(connection)
    read = 0
    for count, row in enumerate(connection.execute(_NOTES), start=1):
        read += sum(len(cell) for cell in row if isinstance(cell, str))
        if read > max_bytes:
            raise PackageError(tr("its notes hold too much text; export a smaller deck"))
        yield row[0], _entry(row, count, collection)


def _restrict(connection: sqlite3.Connection, max_bytes: int) -> None:
    import sqlite3

    left = _STEPS

    def tired() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.create_collation("unicase", _without_case)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max_bytes)
    connection.set_progress_handler(tired, _STEP)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def _without_case(one: str, other: str) -> int:
    """Compare as the newest form has its names compared, nearly; an order that is asked for but unknown is an error."""
    return (one.casefold() > other.casefold()) - (one.casefold() < other.casefold())


def _collection(connection: sqlite3.Connection) -> _Collection:
    tables = tables_of(connection)
    decks = {key: tuple(_headings(path)) for key, path in decks_of(connection, tables).items()}
    first: dict[int, tuple[str, ...]] = {}
    for note, deck in connection.execute(_CARDS):
        first.setdefault(note, decks.get(deck, ()))
    return _Collection(first, clozes_of(connection, tables))


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


def _left_out(count: int) -> str | None:
    if not count:
        return None
    return ntr(
        "{number} note holds no text to ask (only pictures or sounds, or far too much of it).",
        "{number} notes hold no text to ask (only pictures or sounds, or far too much of it).",
        count,
    )
