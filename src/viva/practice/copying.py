"""The SQLite file of a history beside the connection that is in use: copied in one piece, examined, counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from viva.i18n import tr

WAIT_SECONDS = 0.25
"""How long to wait for another viva that is writing: an interview must not stand still for a backup."""
SIDES = ("-wal", "-shm", "-journal")
"""What SQLite may leave beside a file; it would be read into whatever file takes that file's place."""


@contextmanager
def connected(path: Path, wait: float = WAIT_SECONDS) -> Iterator[sqlite3.Connection]:
    """Open the file, which SQLite makes when it is missing, and close it again. Raises sqlite3.Error."""
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def copy(source: Path, target: Path) -> None:
    """Copy a history, even one that is being written to, to a new file that needs no other beside it.

    Nothing is synced: whoever puts the copy in its place does so once.

    Raises:
        sqlite3.Error: the source is damaged or stays locked, or the disk is full.
        OSError: the target exists, or cannot be made.
    """
    target.touch(exist_ok=False)  # says better than SQLite why it cannot be
    with connected(source) as there, connected(target) as here:
        here.execute("PRAGMA synchronous = OFF")
        there.backup(here, progress=_not_stuck)
        here.execute("PRAGMA journal_mode = DELETE").fetchone()


def _not_stuck(status: int, _remaining: int, _total: int) -> None:
    """End a copy that waits for a lock: `backup` would try again for ever."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError(tr("it is locked"))


def damage(connection: sqlite3.Connection, *, thorough: bool = False) -> str | None:
    """Return what is wrong with the file, None when it is sound. Raises sqlite3.Error when it cannot be read at all."""
    check = "integrity_check" if thorough else "quick_check"
    found = str(connection.execute(f"PRAGMA {check}(1)").fetchone()[0])
    return None if found == "ok" else " ".join(found.split())


def turns(connection: sqlite3.Connection) -> int:
    """Return how many turns count, 0 for a file that never was a history. Raises sqlite3.Error."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'reviews'").fetchone():
        return 0
    return int(connection.execute("SELECT count(*) FROM reviews WHERE NOT undone").fetchone()[0])


def is_error(error: sqlite3.Error, *names: str) -> bool:
    """Whether SQLite gave one of these codes, or an extended one of them."""
    # Attributes of Python 3.11, absent on errors that sqlite3 itself raises.
    name = getattr(error, "sqlite_errorname", "") or ""
    return any(name == wanted or name.startswith(wanted + "_") for wanted in names)
