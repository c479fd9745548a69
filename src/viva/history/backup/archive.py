"""The backup that a user asks for: one zip with the history, the settings, and a manifest to check them by.

A zip comes from anywhere: members are taken by name only, never extracted by their path, and no more of them is read
than the manifest and the limits below allow.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from viva.errors import HistoryError
from viva.files import atomic_write, draft_beside
from viva.history.database import error_line
from viva.history.records import moment, stamp
from viva.i18n import tr
from viva.reasons import why

FORMAT = "viva-backup"
VERSION = 1
MANIFEST, HISTORY, SETTINGS = "manifest.json", "history.db", "settings.toml"
LIMITS = {MANIFEST: 64 * 1024, HISTORY: 4 * 1024**3, SETTINGS: 1024 * 1024}
"""Bytes that a member may have, unpacked."""

_PIECE = 1024 * 1024
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError,
               TypeError, AttributeError, RecursionError)  # fmt: skip
"""What `zipfile` and a manifest of the wrong shape raise."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a zip held, checked against its manifest."""

    made_at: datetime
    """Aware, in UTC."""
    settings: bytes | None


def default_name(now: datetime) -> str:
    """Return a name for a backup made now, by the user's own calendar."""
    return f"viva-backup-{now.astimezone():%Y-%m-%d}.zip"


def save(  # each by name
    to: Path,
    *,
    history: Path,
    settings: Path,
    copy_to: Callable[[Path], None],
    made_at: datetime,
    viva_version: str,
    replace: bool,
) -> None:
    """Write the history as it is now and the settings file, if there is one, to a zip that appears when it is whole.

    Args:
        to: The zip.
        history: The history's file.
        settings: The settings file.
        copy_to: Copies the history, which may be in use, to a file.
        made_at: The time now, aware.
        viva_version: Is noted in the manifest.
        replace: Whether a file that exists may be replaced.

    Raises:
        HistoryError: the file exists and is not to be replaced, or something cannot be read or written.
    """
    if to.exists() and not replace:
        raise HistoryError(tr("{to} exists: choose another --output, or add --force to replace it", to=to))
    snapshot = draft_beside(history)
    try:
        copy_to(snapshot)
        with atomic_write(to) as draft:
            _write(draft, snapshot, _settings(settings), stamp(made_at), viva_version)
    except sqlite3.Error as error:
        raise HistoryError(error_line(error, history)) from error
    except OSError as error:
        raise HistoryError(
            tr("cannot write {to} ({reason}): choose another --output", to=to, reason=why(error))
        ) from error
    finally:
        with contextlib.suppress(OSError):
            snapshot.unlink()


def _settings(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _write(draft: Path, history: Path, settings: bytes | None, made_at: str, viva_version: str) -> None:
    """Write the members, always in this order."""
    with history.open("rb") as file:
        files = {HISTORY: {"bytes": history.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}}
    if settings is not None:
        files[SETTINGS] = {"bytes": len(settings), "sha256": hashlib.sha256(settings).hexdigest()}
    manifest = {"format": FORMAT, "version": VERSION, "viva": viva_version, "made_at": made_at, "files": files}
    with zipfile.ZipFile(draft, "x", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_member(MANIFEST, made_at), json.dumps(manifest, indent=2) + "\n")
        with history.open("rb") as file, archive.open(_member(HISTORY, made_at), "w", force_zip64=True) as member:
            while piece := file.read(_PIECE):
                member.write(piece)
        if settings is not None:
            archive.writestr(_member(SETTINGS, made_at), settings)


def _member(name: str, made_at: str) -> zipfile.ZipInfo:
    when = max(moment(made_at), datetime(1980, 1, 1, tzinfo=UTC))  # a zip knows no earlier time
    member = zipfile.ZipInfo(name, when.timetuple()[:6])
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16  # answers are private
    return member


def unpack(file: Path, history: Path) -> Contents:
    """Write the history of a zip to `history` and return what else it held, all of it checked.

    Raises:
        HistoryError: it is no backup, of a newer viva, or damaged.
        OSError: the zip cannot be read, or `history` not written.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _check_names(archive)
            manifest = json.loads(_read(archive, MANIFEST))
            _check_version(manifest, file)
            made_at, files = moment(manifest["made_at"]), manifest["files"]
            _copy(archive, history, files[HISTORY])
            has_settings = SETTINGS in files
            return Contents(made_at, _checked_settings(archive, files[SETTINGS]) if has_settings else None)
    except _UNREADABLE as error:
        raise HistoryError(
            tr(
                "{file} is damaged or no backup of viva ({reason}); nothing was changed: choose another",
                file=file,
                reason=why(error),
            )
        ) from error


def _check_names(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if len(names) != len(set(names)) or not {MANIFEST, HISTORY} <= set(names) <= set(LIMITS):
        raise ValueError(tr("other files are in it than in a backup"))
    for member in archive.infolist():
        if member.file_size > LIMITS[member.filename]:
            raise ValueError(tr("{name} is too large", name=member.filename))


def _check_version(manifest: Mapping[str, object], file: Path) -> None:
    if manifest["format"] != FORMAT:
        raise ValueError(tr("its manifest is another's"))
    if manifest["version"] != VERSION:
        raise HistoryError(
            tr(
                "{file} has version {version!r}, not {known}: upgrade viva and try again",
                file=file,
                version=manifest["version"],
                known=VERSION,
            )
        )


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        content = member.read(LIMITS[name] + 1)
    if len(content) > LIMITS[name]:  # the directory of a zip may say less than there is
        raise ValueError(tr("{name} is too large", name=name))
    return content


def _checked_settings(archive: zipfile.ZipFile, expected: Mapping[str, object]) -> bytes:
    content = _read(archive, SETTINGS)
    _compare(SETTINGS, len(content), hashlib.sha256(content).hexdigest(), expected)
    return content


def _copy(archive: zipfile.ZipFile, to: Path, expected: Mapping[str, object]) -> None:
    size, digest = 0, hashlib.sha256()
    with archive.open(HISTORY) as member, to.open("xb") as file:
        while piece := member.read(_PIECE):
            size += len(piece)
            if size > LIMITS[HISTORY]:
                raise ValueError(tr("{name} is too large", name=HISTORY))
            digest.update(piece)
            file.write(piece)
    _compare(HISTORY, size, digest.hexdigest(), expected)


def _compare(name: str, size: int, digest: str, expected: Mapping[str, object]) -> None:
    if (size, digest) != (expected["bytes"], expected["sha256"]):
        raise ValueError(tr("{name} is not what the manifest says", name=name))
