"""The SQLite file under the history: opened, migrated, locked; what SQLite raises becomes one line for the user."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from viva.errors import HistoryError
from viva.history.snapshots import way_back
from viva.i18n import tr
from viva.reasons import why

BUSY_SECONDS = 10.0
"""How long to wait for another viva that is writing."""
LEAST_ROOM = 256 * 1024
"""Bytes that SQLite needs for a moment of writing."""


def migrations() -> list[str]:
    """Return the migrations in order; the database's `user_version` counts those that were applied."""
    folder = resources.files("viva.history") / "migrations"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return [file.read_text(encoding="utf-8") for file in files]


class Database:
    """One connection, usable from any thread, one transaction at a time."""

    def __init__(
        self, path: Path, busy_seconds: float = BUSY_SECONDS, before_upgrade: Callable[[], None] | None = None
    ) -> None:
        """Open or create the file; `before_upgrade` is called before an older one is changed. Raises HistoryError."""
        self.path = path
        self._before_upgrade = before_upgrade
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HistoryError(
                tr(
                    "cannot make the history's folder {folder} ({reason}): set VIVA_HOME to a folder that "
                    "you can write to",
                    folder=path.parent,
                    reason=why(error),
                )
            ) from error
        with self._translate_errors():
            self._connection = sqlite3.connect(
                path, timeout=busy_seconds, isolation_level=None, check_same_thread=False
            )
        try:
            with self._translate_errors():
                self._prepare(busy_seconds)
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the connection; closing twice is allowed."""
        with self._lock:
            self._connection.close()

    def rows(self, sql: str, values: Iterable[object] = ()) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        with self._lock, self._translate_errors():
            return self._connection.execute(sql, tuple(values)).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all or nothing; inside another transaction, be a part of it."""
        with self._lock, self._translate_errors():
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _prepare(self, busy_seconds: float) -> None:
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._refuse_newer()
        self._use_wal(busy_seconds)
        # FULL: a power cut must not take back an answer whose feedback was shown.
        self._connection.execute("PRAGMA synchronous = FULL")
        if self._version() < len(migrations()):
            self._migrate()

    def _use_wal(self, busy_seconds: float) -> None:
        """Switch to WAL; SQLite does not always wait for a second opener here, so wait ourselves."""
        give_up = time.monotonic() + busy_seconds
        switched = self._connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        while not switched:
            try:
                # A file system without shared memory keeps the older journal, which is as safe, only slower.
                self._connection.execute("PRAGMA journal_mode = WAL").fetchone()
                switched = True
            except sqlite3.OperationalError as error:
                if not is_error(error, "SQLITE_BUSY", "SQLITE_LOCKED") or time.monotonic() > give_up:
                    raise
                time.sleep(0.02)

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _refuse_newer(self) -> None:
        if self._version() > len(migrations()):
            raise HistoryError(
                tr(
                    "the history {path} was written by a newer viva: upgrade viva, or set VIVA_HOME to another folder",
                    path=self.path,
                )
            )

    def _migrate(self) -> None:
        with self.transaction() as connection:
            # Another process may have migrated while we waited for the lock.
            if self._before_upgrade and 0 < self._version() < len(migrations()):
                self._before_upgrade()
            for version, script in list(enumerate(migrations(), start=1))[self._version() :]:
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version}")

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise HistoryError(error_line(error, self.path)) from error


def insert_row(connection: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    """Add a row, given as its columns, and return its id; the names of table and columns are viva's own."""
    marks = ", ".join("?" * len(row))
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608 - our own names
    return int(connection.execute(sql, tuple(row.values())).lastrowid or 0)


def update_row(connection: sqlite3.Connection, table: str, row_id: int, columns: Mapping[str, object]) -> None:
    """Set columns of the row with an id; the names of table and columns are viva's own."""
    assignments = ", ".join(f"{name} = ?" for name in columns)
    sql = f"UPDATE {table} SET {assignments} WHERE id = ?"  # noqa: S608 - our own names
    connection.execute(sql, (*columns.values(), row_id))


def _statements(script: str) -> Iterator[str]:
    """Split a script; `executescript` would commit the transaction that makes a migration all or nothing."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if line.split("--")[0].strip() and sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def _is_full(path: Path) -> bool:
    """Whether the disk has no room for what SQLite writes beside a history, of which it only says that it failed."""
    try:
        return shutil.disk_usage(path.parent).free < LEAST_ROOM
    except OSError:
        return False


def is_error(error: sqlite3.Error, *names: str) -> bool:
    """Whether SQLite gave one of these codes, or an extended one of them."""
    # Attributes of Python 3.11, absent on errors that sqlite3 itself raises.
    name = getattr(error, "sqlite_errorname", "") or ""
    return any(name == wanted or name.startswith(wanted + "_") for wanted in names)


def error_line(error: sqlite3.Error, path: Path) -> str:
    """Say what SQLite could not do with the history, and what helps."""
    if is_error(error, "SQLITE_BUSY", "SQLITE_LOCKED"):
        return tr("the history {path} is in use by another viva: close it, or try again in a moment", path=path)
    if is_error(error, "SQLITE_NOTADB", "SQLITE_CORRUPT"):
        return tr(
            "the history {path} is damaged and was left as it is: {way}, or rename it (for example "
            "to {name}.damaged) to start a new one",
            path=path,
            way=way_back(path),
            name=path.name,
        )
    if is_error(error, "SQLITE_FULL") or (is_error(error, "SQLITE_CANTOPEN", "SQLITE_IOERR") and _is_full(path)):
        return tr("no room left on the disk of the history {path}: free some space and try again", path=path)
    if is_error(error, "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR"):
        return tr(
            "cannot write the history {path} ({error}): check the permissions of the file and its "
            "folder, or set VIVA_HOME to another folder",
            path=path,
            error=why(error),
        )
    return tr(
        "the history {path} could not be used ({error}): close viva and try again, or restore a backup",
        path=path,
        error=why(error),
    )
