"""What is told of an index while it is made."""

from __future__ import annotations

from pathlib import Path

from viva.i18n import ntr, tr
from viva.reasons import why
from viva.retrieval.manifest import OtherFormatError
from viva.types import Doing


def indexing(questions: int, folder: Path) -> Doing:
    """Say that an index is built for so many questions."""
    return Doing(
        ntr(
            "indexing {number} question into {folder}",
            "indexing {number} questions into {folder}",
            questions,
            folder=folder,
        ),
        ntr(
            "indexed {number} question into {folder}",
            "indexed {number} questions into {folder}",
            questions,
            folder=folder,
        ),
    )


def again(folder: Path, reason: str) -> Doing:
    """Say that an index is built anew, and why."""
    return Doing(
        tr("rebuilding the index in {folder} from the notes ({reason})", folder=folder, reason=reason),
        tr("rebuilt the index in {folder} from the notes ({reason})", folder=folder, reason=reason),
    )


def damage(error: Exception) -> str:
    """Say what is wrong with an index that could not be read."""
    if isinstance(error, OtherFormatError):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return tr("{name} is missing", name=Path(error.filename).name) if error.filename else tr("a file is missing")
    if isinstance(error, OSError):
        return tr("it cannot be read: {reason}", reason=why(error))
    told = why(error) if str(error) else ""
    lines = told.splitlines()
    return tr(
        "it is damaged: {reason}",
        reason=told if len(lines) == 1 and len(lines[0]) <= 80 else lines[0][:80] if lines else tr("empty"),
    )


def kept_in_memory(folder: Path, reason: str) -> str:
    """Say that an index could not be stored, and why."""
    return tr(
        "the index cannot be stored in {folder} ({reason}): it is kept in memory this time",
        folder=folder,
        reason=reason,
    )
