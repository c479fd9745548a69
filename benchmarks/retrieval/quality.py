"""Whether the right entry is found: queries with the entry they mean, each way of ranking side by side.

Where notes say one thing twice, as in both languages, a query names each entry that answers it, the one it was written
for first; any of them is right.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viva.notes.reader import read_notes
from viva.retrieval.build import open_index
from viva.retrieval.searcher import Searcher, fuse
from viva.types import Encoder, Entry

Witness = NDArray[np.float32]
Ranking = Callable[[Witness, Witness, Witness], Witness]
_RANK_CONSTANT = 60  # Cormack, Clarke & Büttcher, "Reciprocal Rank Fusion" (2009)


@dataclass(frozen=True, slots=True)
class Task:
    """Queries over one folder of notes."""

    name: str
    notes: Path
    queries: Path
    prefix: str = ""
    """What stands before the labels of the queries in an entry's id."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What one way of ranking reaches; all between 0 and 1."""

    task: str
    ranking: str
    queries: int
    recall_at_1: float
    recall_at_3: float
    reciprocal_rank: float


def _reciprocal(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    ranks = np.empty(len(scores), dtype=np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return np.asarray(np.where(scores > 0, 1 / (_RANK_CONSTANT + ranks), 0.0))


RANKINGS: dict[str, Ranking] = {
    "keywords (BM25)": lambda _whole, _meaning, words: words,
    "vectors, whole entry": lambda whole, _meaning, _words: whole,
    "vectors, question, passages, whole": lambda _whole, meaning, _words: meaning,
    "reciprocal ranks of both": lambda _whole, meaning, words: _reciprocal(meaning) + _reciprocal(words),
    "viva: both joined": lambda _whole, meaning, words: fuse(meaning, words),
}


def measure(task: Task, encoder: Encoder) -> list[Quality]:
    """Rank every entry for every query in each way."""
    entries = read_notes([task.notes]).entries
    pairs = [_pair(line, task, entries) for line in task.queries.read_text(encoding="utf-8").splitlines() if line]
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(Path(folder), entries, encoder, notify=lambda _: None)
        searcher = Searcher(index, entries, encoder)
        places = np.arange(len(entries))
        witnesses: list[tuple[NDArray[np.float32], ...]] = []
        for _, query in pairs:
            vector = encoder.encode([query], "query")[0]
            whole = _whole(searcher, vector, len(entries))
            witnesses.append((whole, searcher.meaning(vector, places), searcher.words(query)))
        _check_end_to_end(searcher, entries, pairs, witnesses)
    found = []
    for name, way in RANKINGS.items():
        ranked = [(rights, way(*given)) for (rights, _), given in zip(pairs, witnesses, strict=True)]
        ranks = [min(_rank(scores, right) for right in rights) for rights, scores in ranked]
        found.append(_quality(task.name, name, ranks))
    return found


def _pair(line: str, task: Task, entries: tuple[Entry, ...]) -> tuple[tuple[int, ...], str]:
    labels, query = line.split("\t")
    return tuple(_place(label, task, entries) for label in labels.split("|")), query


def _place(label: str, task: Task, entries: tuple[Entry, ...]) -> int:
    wanted = task.prefix + (label.replace("b", "~2") if task.prefix else label)
    return next(place for place, entry in enumerate(entries) if entry.id == wanted)


def _whole(searcher: Searcher, vector: NDArray[np.float32], entries: int) -> NDArray[np.float32]:
    """Return the cosine with each whole entry, or with its question where there is no answer."""
    table, vectors = searcher.index.table, searcher.index.vectors
    rows = np.array([table.of_entry(place)[-1] for place in range(entries)], dtype=np.int64)
    return np.asarray(vectors.vectors(rows) @ vector)


def _check_end_to_end(
    searcher: Searcher,
    entries: tuple[Entry, ...],
    pairs: list[tuple[tuple[int, ...], str]],
    witnesses: list[tuple[NDArray[np.float32], ...]],
) -> None:
    """Make sure that the last row of the table is what a person gets from `viva search`."""
    for (_, query), (_, meaning, words) in zip(pairs, witnesses, strict=True):
        best = int(np.lexsort((np.arange(len(entries)), -fuse(meaning, words)))[0])
        if searcher.search(query, 1)[0].question_id != entries[best].id:
            raise AssertionError(f"search and benchmark differ on {query!r}")


def _rank(scores: NDArray[np.float32], right: int) -> int:
    """Return the rank of the right entry; entries with the same score come before it."""
    return int((scores >= scores[right]).sum())


def _quality(task: str, ranking: str, ranks: list[int]) -> Quality:
    found = np.array(ranks)
    return Quality(
        task,
        ranking,
        len(ranks),
        round(float((found <= 1).mean()), 3),
        round(float((found <= 3).mean()), 3),
        round(float((1 / found).mean()), 3),
    )
