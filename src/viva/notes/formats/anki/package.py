"""Anki's packages (`.apkg`, `.colpkg`): a zip that holds the notes as an SQLite database.

A package comes from anywhere, a shared deck for one: its members are taken by name and never extracted by their path,
no more of them is read than the limits below allow, and the database is only read, within limits of its own.
What it holds is read by `collection`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from viva.i18n import tr
from viva.reasons import why

if TYPE_CHECKING:
    import sqlite3
    from zipfile import ZipFile, ZipInfo


MAX_COLLECTION = 64 * 1024 * 1024
"""Bytes the database may have, unpacked, and bytes of text that are read from it."""
_NEWEST, _MEMBERS = "collection.anki21b", ("collection.anki21", "collection.anki2")
"""The newest form is compressed with zstd. Beside it, or beside `anki21`, `anki2` holds one note: "please update"."""
_STEP, _STEPS = 100_000, 5_000
"""A damaged or malicious database may ask for endless work: so many instructions are run, so many times."""


class PackageError(ValueError):
    """A package that cannot be read; its text says why and what to do, without an end mark."""


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


def _restrict(connection: sqlite3.Connection, max_bytes: int) -> None:
    import sqlite3

    steps_left = _STEPS

    def is_over() -> bool:
        nonlocal steps_left
        steps_left -= 1
        return steps_left < 0

    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.create_collation("unicase", _without_case)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max_bytes)
    connection.set_progress_handler(is_over, _STEP)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def _without_case(one: str, other: str) -> int:
    """Compare as the newest form has its names compared, nearly; an order that is asked for but unknown is an error."""
    return (one.casefold() > other.casefold()) - (one.casefold() < other.casefold())
