"""Files that appear only when they are complete."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from viva.errors import HistoryError
from viva.files import put_in_place
from viva.i18n import tr
from viva.reasons import disk_is_full, why


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
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
        with appearing(path) as draft:
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
