"""Tokens taken apart now and then while training, so that their pieces learn to mean what they mean together.

Longest match cuts the same words differently in different company, and a mistyped word falls into pieces that correct
text never shows. Splitting some tokens at random (as in subword regularisation, Kudo 2018) makes the cuts agree.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_SHORTEST_WORD = 5
"""Shorter words of letters are names (`bn`, `iou`), whose letters mean nothing alone."""
_LONGEST_PIECE = 12

Ids = NDArray[np.int64]


class Splits:
    """How each token falls into shorter ones."""

    def __init__(self, tokens: Sequence[str]) -> None:
        numbers = {token: number for number, token in enumerate(tokens)}
        parts = [_parts(token, numbers) or [number] for number, token in enumerate(tokens)]
        self._parts = np.asarray([part for row in parts for part in row], dtype=np.int64)
        self._counts = np.asarray([len(row) for row in parts], dtype=np.int64)
        self._starts = np.cumsum(self._counts) - self._counts

    def some(self, taken: tuple[Ids, Ids], share: float, rng: np.random.Generator) -> tuple[Ids, Ids]:
        """Return the tokens of texts with a share of them taken apart, and how many each text has then.

        Args:
            taken: the tokens of all texts, one text after the other, and how many each text has (`Bags.take`).
            share: how likely a token is taken apart, 0 to 1.
            rng: chooses.
        """
        ids, lengths = taken
        chosen = rng.random(len(ids)) < share
        counts = np.where(chosen, self._counts[ids], 1)
        firsts = np.cumsum(counts) - counts
        offsets = np.arange(int(counts.sum())) - np.repeat(firsts, counts)
        split = np.where(
            np.repeat(chosen, counts),
            self._parts[np.repeat(self._starts[ids], counts) + offsets],
            np.repeat(ids, counts),
        )
        owners = np.repeat(np.arange(len(lengths)), lengths)
        return split, np.bincount(owners, weights=counts, minlength=len(lengths)).astype(np.int64)


def _parts(token: str, numbers: dict[str, int]) -> list[int]:
    """Return the longest shorter tokens that a token falls into from the left; nothing where it must stay whole."""
    if len(token) < 2 or (token.isascii() and (len(token) < _SHORTEST_WORD or not token.isalpha())):
        return []
    found, place = [], 0
    while place < len(token):
        longest = min(_LONGEST_PIECE, len(token) - place, len(token) - 1)
        length = next((n for n in range(longest, 0, -1) if token[place : place + n] in numbers), 0)
        if not length:
            return []
        found.append(numbers[token[place : place + length]])
        place += length
    return found
