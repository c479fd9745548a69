"""Vectors in FAISS: cosines, exact and by graph."""

from __future__ import annotations

import numpy as np
import pytest

from viva.retrieval.store import VectorStore


def unit_vectors(rows: int, dimension: int = 32) -> np.ndarray:
    vectors = np.random.default_rng(5).normal(size=(rows, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize("exact", [True, False])
def test_scores_are_cosines_best_first(exact, tmp_path):
    vectors = unit_vectors(500)
    store = VectorStore.of(vectors, exact_up_to=500 if exact else 10)
    assert store.exact is exact
    store.write(tmp_path / "v")
    again = VectorStore.read(tmp_path / "v")
    assert again.exact is exact
    assert again.shape == (500, 32)
    rows, cosines = again.search(vectors[7], 10)
    assert rows[0] == 7
    assert cosines == pytest.approx(vectors[rows] @ vectors[7], abs=1e-5)
    assert (np.diff(cosines) <= 1e-6).all()
    np.testing.assert_array_equal(again.vectors(np.array([3, 499, 3])), vectors[[3, 499, 3]])


def test_the_graph_finds_nearly_what_comparing_all_finds():
    vectors = unit_vectors(2000)
    exact, graph = VectorStore.of(vectors), VectorStore.of(vectors, exact_up_to=0)
    shared = [len(set(exact.search(q, 10)[0]) & set(graph.search(q, 10)[0])) for q in vectors[::100]]
    assert np.mean(shared) >= 9.5


def test_few_rows():
    store = VectorStore.of(np.zeros((0, 8), dtype=np.float32))
    assert store.search(np.zeros(8, dtype=np.float32), 5)[0].size == 0
    assert store.vectors(np.zeros(0, dtype=np.int64)).shape == (0, 8)
    assert VectorStore.of(unit_vectors(2)).search(unit_vectors(1)[0], 10)[0].size == 2


def test_damaged_file(tmp_path):
    for content in (b"", b"nonsense", b"IxFI" + b"\0" * 40):
        (tmp_path / "v").write_bytes(content)
        with pytest.raises(ValueError, match="damaged"):
            VectorStore.read(tmp_path / "v")
