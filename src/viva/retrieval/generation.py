"""The files of one generation of the index: written, checked, put in force, removed."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from viva.files import put_in_place
from viva.i18n import tr
from viva.retrieval.keywords import Keywords
from viva.retrieval.manifest import NAME, Manifest, file_checksum
from viva.retrieval.rows import Table

if TYPE_CHECKING:
    from viva.retrieval.store import VectorStore

PREFIX = "generation-"
VECTORS, KEYWORDS, TABLE = "vectors.faiss", "keywords.npy", "table.json"
_FILES = (VECTORS, KEYWORDS, TABLE)
_DRAFT = "manifest-"


def write(folder: Path, table: Table, vectors: VectorStore, keywords: Keywords) -> dict[str, str]:
    """Write a generation into a new folder and return the checksums of its files. Raises OSError."""
    folder.mkdir()
    vectors.write(folder / VECTORS)
    keywords.write(folder / KEYWORDS)
    table.write(folder / TABLE)
    return {name: file_checksum(folder / name) for name in _FILES}


def read(folder: Path, manifest: Manifest) -> tuple[Table, VectorStore, Keywords]:
    """Read the generation that the manifest names.

    Raises:
        ValueError: a file is damaged, or they do not fit together.
        OSError: a file is missing or cannot be read.
    """
    from viva.retrieval.store import VectorStore

    place = folder / manifest.generation
    for name in _FILES:
        if file_checksum(place / name) != manifest.checksums.get(name):
            raise ValueError(tr("{name} has changed", name=name))
    table, vectors, keywords = (
        Table.read(place / TABLE),
        VectorStore.read(place / VECTORS),
        Keywords.read(place / KEYWORDS),
    )
    if vectors.shape != (len(table.rows), manifest.dimension) or len(keywords.lengths) != manifest.entries:
        raise ValueError(tr("its files do not fit together"))
    return table, vectors, keywords


def in_force(folder: Path) -> str | None:
    """Return the generation that the manifest names, or None where that cannot be told."""
    try:
        return Manifest.read(folder / NAME).generation
    except (OSError, ValueError, TypeError):
        return None


def put_in_force(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step. Raises OSError."""
    draft = folder / f"{_DRAFT}{os.urandom(8).hex()}.tmp"
    try:
        manifest.write(draft)
        put_in_place(draft, folder / NAME)
    finally:
        draft.unlink(missing_ok=True)


def remove_others(folder: Path, name: str) -> None:
    """Remove generations and drafts that are not in force; what another process still reads stays until next time."""
    for place in folder.glob(f"{PREFIX}*"):
        if place.name != name and place.is_dir():
            remove(place)
    for draft in folder.glob(f"{_DRAFT}*.tmp"):
        with contextlib.suppress(OSError):
            draft.unlink()


def remove(place: Path) -> None:
    """Remove a generation, and of it only files that viva made."""
    for name in _FILES:
        with contextlib.suppress(OSError):
            (place / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        place.rmdir()
