"""Files that appear only when they are complete."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
        draft.replace(path)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def draft_beside(path: Path) -> Path:
    """Return a hidden name of its own in the same folder, from where a move into place is atomic."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")
