"""A backup back into the history's place: checked first, the present state set aside, then replaced in one step."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from viva.errors import HistoryError, VivaError
from viva.files import atomic_write, draft_beside, put_in_place
from viva.history.backup.archive import Contents, unpack
from viva.history.database import error_line, is_error, migrations
from viva.history.records import moment
from viva.history.snapshots import SIDES, Kind, connected, damage, turns
from viva.i18n import tr
from viva.reasons import why

if TYPE_CHECKING:
    from viva.history.backup.backup import Backups

_SQLITE = b"SQLite format 3\x00"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class CheckedBackup:
    """What a backup holds."""

    made_at: datetime
    """Aware, in UTC; of a bare copy, when its last turn was given or the file was written."""
    turns: int
    settings: bytes | None
    """The settings file that came along."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    made_at: datetime
    turns_before: int | None
    """None where the history was damaged."""
    turns_after: int
    kept: Path | None
    """Where the history as it was before lies; None when there was none."""
    settings: Path | None
    """The settings file, where it was restored too."""
    settings_kept: Path | None
    """Where the settings as they were before lie."""


def look(file: Path, history: Path) -> CheckedBackup:
    """Return what a backup holds, having checked all of it; nothing changes. Raises HistoryError."""
    with _unpacked(file, history) as (found, _):
        return found


def restore(file: Path, backups: Backups, *, settings: bool) -> Restored:
    """Put a backup in the history's place and keep what was there; with `settings`, those of the backup too.

    Raises:
        HistoryError: the backup cannot be used, the history is in use, or something cannot be written; the history is
            then as it was.
    """
    history = backups.history.resolve()  # a link stays one
    with _unpacked(file, history) as (found, draft), _translate_errors(history), ExitStack() as stack:
        if settings:
            stack.enter_context(_settings_appearing(file, found, backups))
        before = _turns_when_alone(history)
        kept = _set_aside(backups, damaged=before is None)
        settings_kept = _set_settings_aside(backups) if settings else None
        _turns_when_alone(history)  # nobody came while it was copied, and all is in the one file
        _replace(draft, history)
    placed = backups.settings if settings else None
    return Restored(found.made_at, before, found.turns, kept, placed, settings_kept)


@contextmanager
def _translate_errors(history: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise HistoryError(error_line(error, history)) from error
    except OSError as error:
        raise HistoryError(
            tr(
                "cannot restore: {reason} ({path}); check the free space and the permissions there, and "
                "that no other viva is open",
                reason=why(error),
                path=error.filename or history,
            )
        ) from error


@contextmanager
def _unpacked(file: Path, history: Path) -> Iterator[tuple[CheckedBackup, Path]]:
    """Yield what a backup holds and its history as a checked draft beside the real one. Raises HistoryError."""
    draft = draft_beside(history)
    try:
        with _translate_errors(history):
            history.parent.mkdir(parents=True, exist_ok=True)
        contents = _draft(file, draft)
        count, last = _examine(draft, file)
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        made_at = contents.made_at if contents else last or written
        yield CheckedBackup(made_at, count, contents.settings if contents else None), draft
    finally:
        for suffix in ("", *SIDES):
            with contextlib.suppress(OSError):
                draft.with_name(draft.name + suffix).unlink()


def _draft(file: Path, draft: Path) -> Contents | None:
    try:
        with file.open("rb") as opened:
            head = opened.read(len(_SQLITE))
        if head.startswith(_ZIP):
            return unpack(file, draft)
        if head != _SQLITE:
            raise HistoryError(
                tr(
                    "{file} is neither what `viva backup` writes nor a copy of a history: `viva backup "
                    "--list` names those",
                    file=file,
                )
            )
        for suffix in ("", "-wal"):  # the latter only beside a copy that somebody made by hand
            part = file.with_name(file.name + suffix)
            if part.exists():
                shutil.copyfile(part, draft.with_name(draft.name + suffix))
    except OSError as error:
        raise HistoryError(tr("cannot read {file} ({reason}): check the path", file=file, reason=why(error))) from error
    return None


def _examine(draft: Path, file: Path) -> tuple[int, datetime | None]:
    """Return how many turns the draft holds and when the last was given. Raises HistoryError, which names `file`."""
    try:
        with connected(draft) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()  # all of it into the one file
            if damage(connection, thorough=True):
                raise HistoryError(_damaged(file, tr("SQLite finds errors in it")))
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > len(migrations()):
                raise HistoryError(tr("{file} was written by a newer viva: upgrade viva and try again", file=file))
            if not version:
                raise HistoryError(tr("{file} is no history of viva: `viva backup --list` names those", file=file))
            last = connection.execute("SELECT max(answered_at) FROM reviews").fetchone()[0]
            return turns(connection), moment(last) if last else None
    except (sqlite3.Error, ValueError) as error:
        raise HistoryError(_damaged(file, why(error))) from error


def _damaged(file: Path, reason: str) -> str:
    return tr(
        "{file} is damaged ({reason}); nothing was changed: `viva backup --list` names other backups",
        file=file,
        reason=reason,
    )


def _turns_when_alone(history: Path) -> int | None:
    """Return how many turns the present history holds, 0 when there is none and None when it is damaged.

    All of it then stands in the one file. Raises HistoryError when another viva has it open: what that one still
    writes would be lost.
    """
    if not history.exists():
        return 0
    try:
        with connected(history) as connection:
            # Refused by SQLite while any other connection is open.
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            if mode == "wal":
                raise HistoryError(_in_use(history))
            return None if damage(connection) else turns(connection)
    except sqlite3.Error as error:
        if is_error(error, "SQLITE_BUSY", "SQLITE_LOCKED"):
            raise HistoryError(_in_use(history)) from error
        if is_error(error, "SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR"):
            return None
        raise


def _in_use(history: Path) -> str:
    return tr(
        "another viva has the history {history} open: close it and restore again; nothing was changed", history=history
    )


def _set_aside(backups: Backups, *, damaged: bool) -> Path | None:
    if not backups.history.exists():
        return None
    return backups.keep_damaged() if damaged else backups.keep(Kind.BEFORE_RESTORE)


def _set_settings_aside(backups: Backups) -> Path | None:
    if not backups.settings.is_file():
        return None
    kept = backups.folder / f"settings-{backups.clock().astimezone(UTC):%Y%m%dT%H%M%S.%fZ}.toml"
    backups.folder.mkdir(parents=True, exist_ok=True)
    with atomic_write(kept) as draft:
        shutil.copyfile(backups.settings, draft)
    return kept


@contextmanager
def _settings_appearing(file: Path, found: CheckedBackup, backups: Backups) -> Iterator[None]:
    """Have the settings of the backup take their place once the history has. Raises HistoryError, OSError."""
    if found.settings is None:
        raise HistoryError(tr("{file} holds no settings; nothing was changed: leave out --settings", file=file))
    backups.settings.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(backups.settings.resolve()) as draft:
        draft.write_bytes(found.settings)
        try:
            backups.check_settings(draft)
        except VivaError as error:
            raise HistoryError(
                tr(
                    "the settings in {file} cannot be used ({error}); nothing was changed: leave out --settings",
                    file=file,
                    error=error,
                )
            ) from error
        yield


def _replace(draft: Path, history: Path) -> None:
    """Move the draft into place, synced; what SQLite left beside the old file goes first, for it would be read in."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    for suffix in SIDES:
        history.with_name(history.name + suffix).unlink(missing_ok=True)
    put_in_place(draft, history)
