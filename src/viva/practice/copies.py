"""The copies of a history that are there: known by the names of their files, whoever made them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from viva.i18n import tr

FOLDER = "backups"
STAMP = "%Y%m%dT%H%M%S.%fZ"
NAME = re.compile(r"history-(?P<stamp>\d{8}T\d{6}\.\d{6}Z)(?:-(?P<kind>before-upgrade|before-restore|damaged))?\.db")


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
