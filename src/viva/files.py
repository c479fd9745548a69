"""What systems do differently with files: names that mean the same one, and a file put in the place of another."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from viva.errors import HistoryError
from viva.i18n import tr
from viva.reasons import disk_is_full, why

_PAUSES = (0.01, 0.03, 0.1, 0.3, 0.6)
"""Seconds between tries to replace a file that another program has open: a virus scanner, an indexer, a reader."""
_ONE_CASE = frozenset({"win32", "darwin"})
"""Systems that take `Notes.md` and `notes.md` for one file, unless a disk was made otherwise."""


def file_key(path: str, system: str = sys.platform) -> str:
    """Return what is equal for two names of one file, to compare and never to open.

    A Mac may spell "é" as two characters (NFD), and so does a folder that was synced from one.
    """
    plain = path if path.isascii() else unicodedata.normalize("NFC", path)
    return plain.casefold() if system in _ONE_CASE else plain


def put_in_place(draft: Path, path: Path, *, windows: bool = os.name == "nt") -> None:
    """Move a complete file to `path`, over what is there. Raises OSError.

    Windows refuses that as long as anybody has the file open, which mostly is for a moment.
    """
    for pause in _PAUSES if windows else ():
        try:
            draft.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    draft.replace(path)


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Yield a draft beside `path` to be written; when the block ends well it takes the place of `path`, synced.

    The draft's name is its own, so that two processes do not meet; after a failure nothing of it is left. Raises
    OSError.
    """
    draft = draft_beside(path)
    try:
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        put_in_place(draft, path)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file that appears only when it is complete. Raises HistoryError when it cannot be written."""
    if path.is_dir() or path.is_char_device():
        raise HistoryError(tr("cannot write {path} (it is no file): choose another name", path=path))
    try:
        with atomic_write(path) as draft:
            draft.write_bytes(encoded(content) if isinstance(content, str) else content)
    except OSError as error:
        if disk_is_full(error):
            raise HistoryError(
                tr("cannot write {path}: the disk is full; free some space, or choose another disk", path=path)
            ) from error
        raise HistoryError(
            tr("cannot write {path} ({reason}): choose another name", path=path, reason=why(error))
        ) from error


def encoded(text: str) -> bytes:
    """Return the bytes that `write_whole` writes; what UTF-8 cannot hold is spelled out."""
    return text.encode("utf-8", "backslashreplace")


def draft_beside(path: Path) -> Path:
    """Return a hidden name of its own in the same folder, from where a move into place is atomic."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")
