"""Comparing every vector beside walking an HNSW graph: what the threshold in `retrieval/store.py` rests on."""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.retrieval.scale import sentence
from viva.retrieval.store import VectorStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from viva.types import Encoder

_QUERIES = 200
_FOUND = 200
"""What a search of viva asks of the store."""
_PER_CENTRE = 50
_SPREAD = 0.06
"""Standard deviation of each number around a centre of length 1: 256 of them make a cosine of 0.72 with the centre."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both kinds of search over the same vectors, one query at a time on one thread."""

    data: str
    vectors: int
    exact_p50_ms: float
    graph_p50_ms: float
    exact_build_s: float
    graph_build_s: float
    exact_mib: float
    """Size on disk, which is what it takes in memory too."""
    graph_mib: float
    graph_recall_at_10: float


def clustered(count: int, dimension: int = 256, seed: int = 3) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return `count` unit vectors around random centres, fifty to each, and queries around the same centres."""
    rng = np.random.default_rng(seed)
    centres = _unit(rng.standard_normal((max(1, count // _PER_CENTRE), dimension), dtype=np.float32))

    def around(number: int) -> NDArray[np.float32]:
        noise = rng.standard_normal((number, dimension), dtype=np.float32) * np.float32(_SPREAD)
        return _unit(centres[rng.integers(0, len(centres), number)] + noise)

    return around(count), around(_QUERIES)


def invented_texts(count: int, encoder: Encoder) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the vectors of `count` invented texts and of queries."""
    rng = random.Random(2)
    texts = [f"{sentence(rng)} {sentence(rng)}" for _ in range(count)]
    return encoder.encode(texts), encoder.encode([sentence(rng) for _ in range(_QUERIES)], "query")


def compare(data: str, vectors: NDArray[np.float32], queries: NDArray[np.float32]) -> Comparison:
    """Build both over `vectors` of shape (count, dimension) and search both with each query."""
    exact_build, exact = _built(vectors, len(vectors))
    graph_build, graph = _built(vectors, 0)
    exact_ms, right = _searched(exact, queries)
    graph_ms, found = _searched(graph, queries)
    recall = float(np.mean([len(a & b) / len(a) for a, b in zip(right, found, strict=True)]))
    numbers = (exact_ms, graph_ms, exact_build, graph_build, _mib(exact), _mib(graph), recall)
    return Comparison(data, len(vectors), *(round(number, 3) for number in numbers))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def _built(vectors: NDArray[np.float32], exact_up_to: int) -> tuple[float, VectorStore]:
    start = time.perf_counter()
    store = VectorStore.of(vectors, exact_up_to=exact_up_to)
    return time.perf_counter() - start, store


def _searched(store: VectorStore, queries: NDArray[np.float32]) -> tuple[float, Sequence[set[int]]]:
    times, found = [], []
    for query in queries:
        start = time.perf_counter()
        rows, _ = store.search(query, _FOUND)
        times.append((time.perf_counter() - start) * 1000)
        found.append({int(row) for row in rows[:10]})
    return float(np.median(times)), found


def _mib(store: VectorStore) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors"
        store.write(path)
        return path.stat().st_size / 2**20
