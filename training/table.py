"""The table while it is trained: a token's vector is its own plus the mean of its pieces'.

Pieces are letter groups of a word (three to five letters, as in fastText, Bojanowski et al. 2017) and the characters
and pairs of characters of a Chinese word. They let rare words learn from their relatives (`normalizes` from
`normalization`, 批归一化 from 归一化). After training both parts are added up, and a plain table remains.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional


class ComposedTable(nn.Module):
    """Token vectors of shape (tokens, dimension), made of own vectors and hashed pieces."""

    def __init__(self, tokens: Sequence[str], start: NDArray[np.float32], buckets: int) -> None:
        """Begin with the vectors `start`, shape (tokens, dimension); without `buckets` there are no pieces."""
        super().__init__()
        self.own = nn.Parameter(torch.from_numpy(start.copy()))
        self.pieces = nn.Parameter(torch.zeros(buckets, start.shape[1])) if buckets else None
        numbers = [[_bucket(piece, buckets) for piece in pieces(token)] if buckets else [] for token in tokens]
        self._numbers = np.asarray([number for row in numbers for number in row], dtype=np.int64)
        self._counts = np.asarray([len(row) for row in numbers], dtype=np.int64)
        self._starts = np.cumsum(self._counts) - self._counts

    def rows(self, ids: NDArray[np.int64]) -> Tensor:
        """Return the vectors of these tokens."""
        own = self.own[torch.from_numpy(ids)]
        if self.pieces is None:
            return own
        counts, starts = self._counts[ids], self._starts[ids]
        firsts = np.cumsum(counts) - counts
        places = np.arange(int(counts.sum())) - np.repeat(firsts, counts) + np.repeat(starts, counts)
        numbers = torch.from_numpy(self._numbers[places])
        return own + functional.embedding_bag(numbers, self.pieces, torch.from_numpy(firsts), mode="mean")

    def forward(self, ids: Tensor, starts: Tensor) -> Tensor:
        """Return the unit vectors of texts, shape (len(starts), dimension)."""
        distinct, inverse = np.unique(ids.numpy(), return_inverse=True)
        sums = functional.embedding_bag(torch.from_numpy(inverse), self.rows(distinct), starts, mode="sum")
        return functional.normalize(sums, dim=1, eps=1e-6)

    @torch.no_grad()
    def collapsed(self) -> NDArray[np.float32]:
        """Return the plain table."""
        return np.asarray(self.rows(np.arange(len(self._counts))).numpy(), dtype=np.float32)


def pieces(token: str) -> Iterator[str]:
    """Yield the pieces of a token; a single character and a number have none."""
    if len(token) < 2 or token.isdigit():
        return
    if not token.isascii():
        yield from token
        yield from (token[place : place + 2] for place in range(len(token) - 1) if len(token) > 2)
        return
    marked = f"<{token}>"
    for length in (3, 4, 5):
        yield from (marked[place : place + length] for place in range(len(marked) - length + 1))


def _bucket(piece: str, buckets: int) -> int:
    return zlib.crc32(piece.encode()) % buckets
