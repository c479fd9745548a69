"""What systems do differently with files: names that mean the same one, and a file put in the place of another."""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from pathlib import Path

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
