"""Copies of the history that viva makes by itself: one a day and one before each upgrade, in `backups/` beside it."""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from viva.errors import HistoryError
from viva.files import atomic_write
from viva.history.snapshots import (
    FOLDER,
    NAME,
    SIDES,
    STAMP,
    Backup,
    Kind,
    backup_at,
    backups_of,
    connected,
    copy,
    damage,
    is_backup_due,
    latest,
    times_to_keep,
    turns,
    way_back,
)
from viva.i18n import tr
from viva.reasons import why
from viva.types import Clock, Notify

if TYPE_CHECKING:
    from viva.history.backup.restore import CheckedBackup, Restored

OTHERS = 10
"""Copies made for a reason (an upgrade, a restore) that are kept; the daily ones are counted apart."""
CUT_SHORT = timedelta(days=7)
"""Age from which on a draft belongs to a copy that was cut short, even on a machine that slept."""

_DRAFT = re.compile(rf"\.{NAME.pattern}\.[0-9a-f]+(?:-\w+)?")


@dataclass(frozen=True, slots=True)
class ListedBackup:
    """A copy as it is listed."""

    file: Path
    made_at: datetime
    kind: str
    bytes: int
    turns: int | None
    """None when the copy cannot be read."""


class Backups:
    """The copies of one history; a failure while viva makes them by itself is reported once and stops nothing."""

    def __init__(
        self,
        history: Path,
        settings: Path,
        clock: Clock,
        notify: Notify,
        check_settings: Callable[[Path], object],
    ) -> None:
        """Take the files; nothing is touched yet.

        Args:
            history: The history's file.
            settings: The settings file that goes along in a backup that the user asks for; it need not exist.
            clock: Returns the time.
            notify: Receives the line about a copy that could not be made.
            check_settings: Reads a settings file and raises VivaError when it cannot be used.
        """
        self.history = history
        self.settings = settings
        self.check_settings = check_settings
        self.folder = history.parent / FOLDER
        self.clock = clock
        self._notify = notify
        self._notified = False

    # By itself

    def keep_daily(self) -> None:
        """Copy the history when its newest copy is a day old, and delete those whose time is over."""
        if not is_backup_due((each.made_at for each in backups_of(self.history)), self.clock()):
            return
        with self._notify_once():
            with connected(self.history) as connection:
                if not turns(connection):
                    return
            self.keep(Kind.DAILY)
            self._rotate()

    def keep_before_upgrade(self) -> None:
        """Copy the history as an older viva left it."""
        with self._notify_once():
            self.keep(Kind.BEFORE_UPGRADE)

    @contextlib.contextmanager
    def _notify_once(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error, HistoryError) as error:
            if not self._notified:
                self._notified = True
                self._notify(self._failure(error))

    def _failure(self, error: Exception) -> str:
        if isinstance(error, HistoryError):
            return str(error)
        return tr(
            "the history was not backed up to {folder} ({reason}): check the free space there and the permissions",
            folder=self.folder,
            reason=why(error),
        )

    def _rotate(self) -> None:
        made = backups_of(self.history)
        daily = [each for each in made if each.kind is Kind.DAILY]
        stay = times_to_keep(each.made_at for each in daily)
        for each in daily:
            if each.made_at not in stay:
                each.path.unlink(missing_ok=True)
        for each in [each for each in made if each.kind is not Kind.DAILY][OTHERS:]:
            for suffix in ("", *SIDES):
                each.path.with_name(each.path.name + suffix).unlink(missing_ok=True)
        self._sweep()

    def _sweep(self) -> None:
        """Delete drafts of copies that were cut short."""
        for path in self.folder.iterdir():
            match = _DRAFT.fullmatch(path.name)
            draft = match and backup_at(self.folder, match)
            if draft and self.clock() - draft.made_at > CUT_SHORT:
                path.unlink(missing_ok=True)

    # When asked

    def keep(self, kind: Kind) -> Path:
        """Copy the history as it is now and return the copy's path.

        Raises:
            OSError: The folder cannot be written to.
            sqlite3.Error: The history cannot be read, or the disk is full.
            HistoryError: The history is damaged: no copy of it may push out a sound one.
        """
        path = self._free(kind)
        with atomic_write(path) as draft:
            self.copy_to(draft)
        return path

    def make(self) -> Path:
        """Copy the history now, as one of the daily copies, and return the copy's path.

        Raises:
            HistoryError: It cannot be copied, or holds no answers: an empty copy must not push out today's.
        """
        try:
            with connected(self.history) as connection:
                if not turns(connection):
                    raise HistoryError(tr("there are no answers to back up yet"))
            path = self.keep(Kind.DAILY)
            self._rotate()
        except (OSError, sqlite3.Error) as error:
            raise HistoryError(self._failure(error)) from error
        return path

    def copy_to(self, path: Path) -> None:
        """Copy the history to a new file. Raises OSError, sqlite3.Error, HistoryError; see `keep`."""
        copy(self.history, path)
        with connected(path) as connection:
            wrong = damage(connection)
        if wrong:
            raise HistoryError(
                tr(
                    "the history {path} is damaged ({wrong}): {way}",
                    path=self.history,
                    wrong=wrong,
                    way=way_back(self.history),
                )
            )

    def keep_damaged(self) -> Path:
        """Copy the bytes of a history that SQLite cannot read, and return the copy's path. Raises OSError."""
        path = self._free(Kind.DAMAGED)
        real = self.history.resolve()  # where a link leads is where SQLite keeps its other files
        for suffix in ("", *SIDES):
            part = real.with_name(real.name + suffix)
            if part.exists():
                with atomic_write(path.with_name(path.name + suffix)) as draft:
                    shutil.copyfile(part, draft)
        return path

    def _free(self, kind: Kind) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        made_at = self.clock().astimezone(UTC)
        ending = ".db" if kind is Kind.DAILY else f"-{kind}.db"
        while (path := self.folder / f"history-{made_at.strftime(STAMP)}{ending}").exists():
            made_at += timedelta(microseconds=1)
        return path

    def made(self) -> list[Backup]:
        """Return the copies, newest first, without opening them."""
        return backups_of(self.history)

    def listed(self) -> list[ListedBackup]:
        """Return the copies with their size and number of turns, newest first."""
        return [
            ListedBackup(each.path, each.made_at, each.kind.value, each.path.stat().st_size, _turns_in(each))
            for each in backups_of(self.history)
        ]

    def latest(self) -> Path:
        """Return the newest copy that viva made by itself. Raises HistoryError when there is none."""
        newest = self.newest()
        if newest is None:
            raise HistoryError(
                tr("there is no automatic backup in {folder} yet: name a file to restore", folder=self.folder)
            )
        return newest.path

    def default_name(self) -> str:
        """Return a name for a backup made now."""
        from viva.history.backup.archive import default_name

        return default_name(self.clock())

    def way_back(self) -> str:
        """Say what helps against a damaged history, as the end of a line."""
        return way_back(self.history)

    def newest(self) -> Backup | None:
        """Return the newest copy that viva made by itself, if there is one."""
        return latest(self.history)

    def write(self, to: Path, viva_version: str, *, replace: bool) -> None:
        """Write history and settings to one file; see `history.backup.archive`. Raises HistoryError."""
        from viva.history.backup.archive import save

        save(
            to,
            history=self.history,
            settings=self.settings,
            copy_to=self.copy_to,
            made_at=self.clock(),
            viva_version=viva_version,
            replace=replace,
        )

    def look(self, file: Path) -> CheckedBackup:
        """Return what a backup holds, having checked it. Raises HistoryError."""
        from viva.history.backup.restore import look

        return look(file, self.history)

    def restore(self, file: Path, *, settings: bool = False) -> Restored:
        """Put a backup in the history's place, which must be closed; see `backup.restore`. Raises HistoryError."""
        from viva.history.backup.restore import restore

        return restore(file, self, settings=settings)


def _turns_in(backup: Backup) -> int | None:
    if backup.kind is Kind.DAMAGED:
        return None  # not even to be opened: SQLite would try to mend it
    try:
        with connected(backup.path) as connection:
            return turns(connection)
    except sqlite3.Error:
        return None
