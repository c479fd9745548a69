"""The index on disk: opened, brought up to date, or built again, so that it always fits notes and model.

Layout of the index folder::

    manifest.json          what it was built from, with checksums; names the generation in force
    generation-<hex>/      vectors.faiss, keywords.npy, table.json

A new generation is written beside the old one, and then the manifest is replaced in one step: whenever viva stops, the
old index or the new one is there, never half of one. Files that viva did not make are left alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viva.errors import IndexStoreError
from viva.i18n import ntr, tr
from viva.notes.chunker import CHUNKER_VERSION
from viva.reasons import why
from viva.retrieval import generation
from viva.retrieval.keywords import Keywords
from viva.retrieval.manifest import FORMAT, NAME, Manifest, OtherFormatError, digest
from viva.retrieval.rows import ChunkDiff, Table
from viva.types import Doing, Encoder, Entry, Notify, ProgressCallback

if TYPE_CHECKING:
    from viva.retrieval.store import VectorStore


LOCK_SECONDS = 10.0
"""How long to wait for another viva that writes the same index."""
_LOCK = ".viva.lock"
_BLOCK = 512
"""Texts embedded between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Index:
    """An open index."""

    folder: Path | None
    """None when it is kept in memory only."""
    model_id: str
    table: Table
    vectors: VectorStore
    keywords: Keywords
    encoded: int = 0
    """Texts that were embedded to open it; 0 when the notes had not changed."""

    @property
    def entries(self) -> int:
        """Questions in it."""
        return len(self.keywords.lengths)

    @property
    def texts(self) -> int:
        """Embedded texts in it."""
        return len(self.table.rows)

    @property
    def exact(self) -> bool:
        """Whether search compares every vector."""
        return self.vectors.exact


def open_index(
    folder: Path,
    entries: Sequence[Entry],
    encoder: Encoder,
    *,
    notify: Notify,
    progress: ProgressCallback | None = None,
    rebuild: bool = False,
) -> Index:
    """Return an index that fits `entries` and `encoder`; build it, or what is missing of it, when it does not.

    Where the folder cannot be written, the index is kept in memory and a line says so.

    Args:
        folder: where the index lies; made when it is not there.
        entries: all questions of the notes.
        encoder: the model.
        notify: receives one line when the index is built or cannot be stored.
        progress: receives how many texts are embedded while that goes on.
        rebuild: build from nothing even when it fits.

    Raises:
        IndexStoreError: another viva keeps writing the index.
    """
    spec = _IndexSpec(entries, encoder, progress)
    old, reason = _try_read(folder, spec)
    if not rebuild and old is not None and old.fits:
        return old.index
    reusable = None if rebuild else old
    line = reason or ("" if reusable is not None else indexing(len(entries), folder))
    try:
        with _locked(folder):
            return _replace(folder, spec, reusable, lambda: notify(line) if line else None, rebuild=rebuild)
    except _UnstoredError as error:
        notify(kept_in_memory(folder, error.reason))
        return replace(error.built, folder=None)
    except OSError as error:
        notify(kept_in_memory(folder, why(error)))
        return _build(spec, reusable, None)


class _UnstoredError(Exception):
    """An index was built, but the disk would not take it."""

    def __init__(self, built: Index, reason: str) -> None:
        super().__init__(reason)
        self.built = built
        self.reason = reason


class _IndexSpec:
    """What the index has to fit."""

    def __init__(self, entries: Sequence[Entry], encoder: Encoder, progress: ProgressCallback | None) -> None:
        self.entries = entries
        self.progress: ProgressCallback = progress or _uncounted
        self.encoder = encoder
        self.model_id = encoder.model_id
        self.notes = digest(entries)


@dataclass(frozen=True, slots=True)
class _FoundIndex:
    """An index that was found: whole, of the same model; made from these notes when it `fits`."""

    index: Index
    fits: bool
    generation: str


def _try_read(folder: Path, spec: _IndexSpec) -> tuple[_FoundIndex | None, str]:
    """Return what can be used of the index in `folder`, and a line when there is one that cannot be used."""
    try:
        try:
            return _read(folder, spec)
        except FileNotFoundError:
            if not (folder / NAME).exists():
                return None, ""
            return _read(folder, spec)  # a writer may have replaced the generation meanwhile
    except NotADirectoryError:
        return None, ""
    except (OSError, ValueError, TypeError, KeyError, EOFError) as error:
        return None, rebuilding(folder, damage(error))


def _read(folder: Path, spec: _IndexSpec) -> tuple[_FoundIndex | None, str]:
    manifest = Manifest.read(folder / NAME)
    if manifest.model != spec.model_id:
        model = manifest.model.partition("@")[0]
        return None, rebuilding(folder, tr("it is of another model, {model}", model=model))
    if manifest.dimension != spec.encoder.dimension:
        return None, rebuilding(folder, tr("its vectors have another length"))
    if manifest.chunker != CHUNKER_VERSION:
        return None, rebuilding(folder, tr("viva now cuts notes in another way"))
    table, vectors, keywords = generation.read(folder, manifest)
    fits = manifest.notes == spec.notes and manifest.entries == len(spec.entries)
    return _FoundIndex(Index(folder, manifest.model, table, vectors, keywords), fits, manifest.generation), ""


def _replace(
    folder: Path, spec: _IndexSpec, old: _FoundIndex | None, announce: Callable[[], None], *, rebuild: bool
) -> Index:
    """Write a new generation and put it in force; the caller holds the lock."""
    if not rebuild and (old is None or generation.in_force(folder) != old.generation):
        found, _ = _try_read(folder, spec)  # another viva has written it while this one waited
        if found is not None and found.fits:
            return found.index
    announce()
    built = _build(spec, old, folder)
    name = f"{generation.PREFIX}{os.urandom(8).hex()}"
    try:
        checksums = generation.write(folder / name, built.table, built.vectors, built.keywords)
        generation.put_in_force(folder, _manifest(spec, built, name, checksums))
    except OSError as error:
        generation.remove(folder / name)
        raise _UnstoredError(built, why(error)) from error
    except BaseException:
        generation.remove(folder / name)
        raise
    generation.remove_others(folder, name)
    return built


def _manifest(spec: _IndexSpec, built: Index, name: str, checksums: dict[str, str]) -> Manifest:
    return Manifest(
        format=FORMAT,
        model=spec.model_id,
        dimension=spec.encoder.dimension,
        chunker=CHUNKER_VERSION,
        notes=spec.notes,
        entries=len(spec.entries),
        texts=built.texts,
        generation=name,
        checksums=checksums,
    )


def _build(spec: _IndexSpec, old: _FoundIndex | None, folder: Path | None) -> Index:
    from viva.retrieval.store import VectorStore

    diff = Table.of(spec.entries, old.index.table if old else None)
    vectors, encoded = _embed(diff, spec, old)
    pairs = ((entry.question, entry.answer) for entry in spec.entries)
    keywords = Keywords.of(pairs, old.index.keywords if old else None, diff.kept)
    return Index(folder, spec.model_id, diff.table, VectorStore.of(vectors), keywords, encoded)


def _embed(diff: ChunkDiff, spec: _IndexSpec, old: _FoundIndex | None) -> tuple[NDArray[np.float32], int]:
    """Return the vectors of all rows and how many were embedded: only texts that the old index does not hold."""
    rows = diff.table.rows
    known: dict[str, int] = {row.key: place for place, row in enumerate(old.index.table.rows)} if old else {}
    places = np.array([known.get(row.key, -1) for row in rows], dtype=np.int64)
    vectors = np.zeros((len(rows), spec.encoder.dimension), dtype=np.float32)
    if old is not None:
        vectors[places >= 0] = old.index.vectors.vectors(places[places >= 0])
    fresh = np.flatnonzero(places < 0).tolist()
    for start in range(0, len(fresh), _BLOCK):
        block = fresh[start : start + _BLOCK]
        vectors[block] = spec.encoder.encode([diff.texts[place] for place in block], "passage")
        spec.progress(start + len(block), len(fresh))
    return vectors, len(fresh)


class _locked:  # noqa: N801 (used as a statement: `with _locked(folder):`)
    """Hold the index against another writer; readers need no lock."""

    def __init__(self, folder: Path) -> None:
        from filelock import FileLock

        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = FileLock(folder / _LOCK)

    def __enter__(self) -> None:
        from filelock import Timeout

        try:
            self._lock.acquire(timeout=LOCK_SECONDS)
        except Timeout as error:
            raise IndexStoreError(
                tr(
                    "another viva is writing the index in {folder}: wait until it is done, or give another --index",
                    folder=self._folder,
                )
            ) from error

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _uncounted(_done: int, _total: int) -> None:
    """Let progress pass: nobody watches."""


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


def rebuilding(folder: Path, reason: str) -> Doing:
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
    line = why(error) if str(error) else ""
    lines = line.splitlines()
    return tr(
        "it is damaged: {reason}",
        reason=line if len(lines) == 1 and len(lines[0]) <= 80 else lines[0][:80] if lines else tr("empty"),
    )


def kept_in_memory(folder: Path, reason: str) -> str:
    """Say that an index could not be stored, and why."""
    return tr(
        "the index cannot be stored in {folder} ({reason}): it is kept in memory this time",
        folder=folder,
        reason=reason,
    )
