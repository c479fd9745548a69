"""Texts as bags of token numbers, kept in flat arrays so that a batch is gathered without a loop over texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

_CHUNK = 20_000


class Bags:
    """The tokens of many texts; unknown tokens (row 0) are left out."""

    def __init__(self, tokenizer: Any, texts: Sequence[str]) -> None:
        parts, lengths = [], []
        for chunk in _chunks(texts):
            for encoding in tokenizer.encode_batch_fast(chunk, add_special_tokens=False):
                ids = [token for token in encoding.ids if token]
                lengths.append(len(ids))
                parts.append(np.asarray(ids, dtype=np.int32))
        self._ids = np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)
        self._lengths = np.asarray(lengths, dtype=np.int64)
        self._starts = np.cumsum(self._lengths) - self._lengths

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def ids(self) -> NDArray[np.int32]:
        """All tokens of all texts, one after the other."""
        return self._ids

    def take(
        self, rows: NDArray[np.int64], most: int, rng: np.random.Generator
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the tokens of some texts and how many each has.

        Of a text longer than `most` tokens a window is taken, its first part half of the time: a long text's beginning
        says what it is about, and the rest is worth reading too.
        """
        lengths = np.minimum(self._lengths[rows], most)
        room = self._lengths[rows] - lengths
        shift = np.where(rng.random(len(rows)) < 0.5, 0, (rng.random(len(rows)) * (room + 1)).astype(np.int64))
        starts = self._starts[rows] + np.minimum(shift, room)
        firsts = np.cumsum(lengths) - lengths
        places = np.arange(int(lengths.sum())) - np.repeat(firsts, lengths) + np.repeat(starts, lengths)
        return self._ids[places].astype(np.int64), lengths


def joined(parts: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return what `take` gave for several groups as one list of tokens and the place where each text starts."""
    ids = np.concatenate([ids for ids, _ in parts])
    lengths = np.concatenate([lengths for _, lengths in parts])
    return torch.from_numpy(ids), torch.from_numpy(np.cumsum(lengths) - lengths)


def _chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    source = iter(texts)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk
