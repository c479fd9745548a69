"""Word alignment: how much of a text is in another, word by word, each word with its nearest.

A third witness beside the cosine of whole clauses and the overlap of letters: it knows synonyms and translations, as
the vectors do, and it does not drown one word in the mean of its neighbours. The greedy recall of Zhang et al. 2020
(BERTScore) over static token vectors, with question demoting by the caller (Sultan, Salazar & Sumner 2016).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viva.types import Encoder

_RELATED = 0.3
"""Cosine up to which two words have nothing to do with each other."""


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a text in their order; texts that are read together share `rows`, so that memory is bounded."""

    rows: NDArray[np.float32]
    """Unit vectors of distinct tokens, or zeros where the weight is 0, shape (distinct tokens, dimension)."""
    places: NDArray[np.int64]
    """The row of each token, shape (tokens,)."""
    weights: NDArray[np.float32]
    """How much each token tells, 0 or more, shape (tokens,)."""

    @property
    def vectors(self) -> NDArray[np.float32]:
        """Vectors of the tokens, shape (tokens, dimension)."""
        return self.rows[self.places]


@runtime_checkable
class WordEncoder(Protocol):
    """A model that has a vector for each word."""

    def words(self, texts: Sequence[str]) -> list[Words]:
        """Return the tokens of each text."""


def words_of(encoder: Encoder, texts: Sequence[str]) -> list[Words]:
    """Return the tokens of each text; none where the model has no vectors of words."""
    if isinstance(encoder, WordEncoder):
        return encoder.words(texts)
    rows = np.zeros((0, encoder.dimension), dtype=np.float32)
    nothing = Words(rows, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
    return [nothing] * len(texts)


def alignment(wanted: Words, given: Sequence[Words]) -> float:
    """Return the weighted share of the wanted words that the given texts hold, 0 to 1; 0 when none is wanted.

    The given texts must have been read together.
    """
    total = float(wanted.weights.sum())
    said = [words.places for words in given if len(words.places)]
    if not total or not said:
        return 0.0
    nearest = np.max(wanted.vectors @ given[0].rows[np.unique(np.concatenate(said))].T, axis=1)
    near = np.clip((nearest - _RELATED) / (1.0 - _RELATED), 0.0, 1.0)
    return float(wanted.weights @ near) / total
