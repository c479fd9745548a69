"""The copies of a history: known by the names of their files, made by SQLite, and kept by rules over their times."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from viva.i18n import tr

FOLDER = "backups"
STAMP = "%Y%m%dT%H%M%S.%fZ"
NAME = re.compile(r"history-(?P<stamp>\d{8}T\d{6}\.\d{6}Z)(?:-(?P<kind>before-upgrade|before-restore|damaged))?\.db")
WAIT_SECONDS = 0.25
"""How long to wait for another viva that is writing: an interview must not stand still for a backup."""
SIDES = ("-wal", "-shm", "-journal")
"""Suffixes of what SQLite may leave beside a file; it would be read into whatever file takes that file's place."""
INTERVAL = timedelta(days=1)
"""How old the newest backup may become before another is made."""
DAILY_KEPT = 7
"""Days with a backup whose newest copy is kept."""
MONTHLY_KEPT = 12
"""Months before those days of which the newest copy is kept."""


class Kind(StrEnum):
    """Why a copy was made."""

    DAILY = "daily"
    BEFORE_UPGRADE = "before-upgrade"
    BEFORE_RESTORE = "before-restore"
    DAMAGED = "damaged"
    """The bytes of a history that could not be read, set aside before a restore."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that viva made."""

    path: Path
    made_at: datetime
    """Aware, in UTC; the file's name tells it."""
    kind: Kind


def backups_of(history: Path) -> list[Backup]:
    """Return the copies of a history, newest first; none when their folder is missing or unreadable."""
    try:
        names = [path.name for path in (history.parent / FOLDER).iterdir()]
    except OSError:
        return []
    found = [backup_at(history.parent / FOLDER, match) for match in map(NAME.fullmatch, names) if match]
    return sorted((each for each in found if each), key=lambda each: each.made_at, reverse=True)


def backup_at(folder: Path, match: re.Match[str]) -> Backup | None:
    """Return the copy whose file has a name that matched, or None where the name tells no time."""
    try:
        made_at = datetime.strptime(match["stamp"], STAMP).replace(tzinfo=UTC)
    except ValueError:  # no such day: not one of ours
        return None
    return Backup(folder / match[0], made_at, Kind(match["kind"] or Kind.DAILY))


def latest(history: Path) -> Backup | None:
    """Return the newest copy that viva made by itself; not one that a restore set aside."""
    made = (each for each in backups_of(history) if each.kind in (Kind.DAILY, Kind.BEFORE_UPGRADE))
    return next(made, None)


def way_back(history: Path) -> str:
    """Say what helps against a damaged history, as the end of a line."""
    newest = latest(history)
    if newest is None:
        return tr("put a backup in its place")
    return tr(
        "`viva restore --latest` puts the backup of {when:%Y-%m-%d %H:%M} in its place",
        when=newest.made_at.astimezone(),
    )


def is_backup_due(made: Iterable[datetime], now: datetime) -> bool:
    """Whether another backup is to be made; one from a clock that ran ahead does not put it off for long."""
    return all(abs(now - each) >= INTERVAL for each in made)


def times_to_keep(made: Iterable[datetime]) -> set[datetime]:
    """Return the times whose backups stay, at most `DAILY_KEPT` + `MONTHLY_KEPT`.

    Those are the newest of each of the last days that have one, and of what is older the newest of each month. Days
    and months without a backup take no place: after a pause nothing vanishes at once.
    """
    in_order = sorted(each.astimezone(UTC) for each in made)
    by_day: dict[date, datetime] = {each.date(): each for each in in_order}
    days = list(by_day.values())
    by_month: dict[tuple[int, int], datetime] = {(each.year, each.month): each for each in days[:-DAILY_KEPT]}
    return {*days[-DAILY_KEPT:], *list(by_month.values())[-MONTHLY_KEPT:]}


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

    Nothing is synced here: the copy is synced once, when it is put in its place.

    Raises:
        sqlite3.Error: the source is damaged or stays locked, or the disk is full.
        OSError: the target exists, or cannot be made.
    """
    target.touch(exist_ok=False)  # says better than SQLite why it cannot be
    with connected(source) as original, connected(target) as duplicate:
        duplicate.execute("PRAGMA synchronous = OFF")
        original.backup(duplicate, progress=_not_stuck)
        duplicate.execute("PRAGMA journal_mode = DELETE").fetchone()


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
