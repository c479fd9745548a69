"""Vectors in FAISS: inner products of unit vectors, so that a score is a cosine. The only place that imports FAISS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from viva.i18n import tr

# One query at a time gains nothing from threads, and waits for them where other programs keep the cores busy (10 ms in
# place of 1.2 ms over 30,000 vectors); a graph built by several threads would differ from run to run.
faiss.omp_set_num_threads(1)

EXACT_UP_TO = 200_000
"""Vectors up to which every one is compared; above, an HNSW graph is walked.

Measured on one core (`python -m benchmarks.retrieval --scale`): comparing all of 30,000, 100,000 and 200,000 vectors
takes 1.1, 7 and 16 ms, walking a graph 0.6, 0.8 and 1 ms; but the graph first takes 8, 35 and 85 s of building, which
each change of the notes costs again, and a quarter more memory. Up to here those milliseconds are less than a user
notices and that building is not; above, nothing was measured, and the wait of each search grows with the notes.
"""

_LINKS = 32
_BUILD_EFFORT = 80
_SEARCH_EFFORT = 160


class VectorStore:
    """Unit vectors in rows, searched by cosine."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: NDArray[np.float32], exact_up_to: int = EXACT_UP_TO) -> VectorStore:
        """Return a store of unit vectors of shape (rows, dimension), exact up to a number of rows."""
        rows, dimension = vectors.shape
        if rows <= exact_up_to:
            index: Any = faiss.IndexFlatIP(dimension)
        else:
            index = faiss.IndexHNSWFlat(dimension, _LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = _BUILD_EFFORT
        if rows:
            index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> VectorStore:
        """Read what `write` wrote. Raises ValueError when FAISS cannot make sense of it."""
        try:
            return cls(faiss.deserialize_index(np.fromfile(path, dtype=np.uint8)))
        except RuntimeError as error:
            raise ValueError(tr("{name} is damaged", name=path.name)) from error

    def write(self, path: Path) -> None:
        """Write to a file. Raises OSError."""
        path.write_bytes(faiss.serialize_index(self._index).data)

    @property
    def exact(self) -> bool:
        """Whether every vector is compared."""
        return isinstance(self._index, faiss.IndexFlat)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and dimension."""
        return int(self._index.ntotal), int(self._index.d)

    def search(self, vector: NDArray[np.float32], count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the rows nearest to one unit vector and their cosines, best first; at most `count`."""
        count = min(count, self._index.ntotal)
        if count <= 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        if not self.exact:
            self._index.hnsw.efSearch = max(_SEARCH_EFFORT, count)
        cosines, rows = self._index.search(np.ascontiguousarray(vector, dtype=np.float32)[None, :], count)
        found = rows[0] >= 0
        return rows[0][found], cosines[0][found]

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the stored vectors of these rows, of shape (len(rows), dimension)."""
        if not len(rows):
            return np.zeros((0, self._index.d), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64)))
