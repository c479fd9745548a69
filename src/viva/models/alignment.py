"""Word alignment: how much of a text is in another, word by word, each with a word of the other to itself.

A witness beside the cosine of whole clauses and the overlap of letters: it knows synonyms and translations, as the
vectors do, and it does not drown one word in the mean of its neighbours. On the long, loose references of public sets
it is the best of the three.
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
_NEIGHBOURS = 0.1
"""How much the nearness of the texts counts beside that of the words when words are joined."""
_DIGITS = 4
"""Digits of a cosine: the last ones depend on the size of the product, and must not decide between equal words."""


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


def matched(wanted: Sequence[Words], given: Sequence[Words], kinship: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return for each wanted text the weighted share of its words that a given word stands for, 0 to 1.

    A given word stands for one wanted word alone, so that one sentence is not taken for many points. Pairs are joined
    greedily, the nearest words first and among those the nearest texts, as the word aligner of Sultan, Bethard & Sumner
    2014 does. Where all texts are equally near, a word more on the given side never makes a share smaller.

    Args:
        wanted: The texts that are looked for.
        given: The texts that are searched; they must have been read together.
        kinship: How near the texts are to each other, shape (wanted, given).
    """
    totals = np.asarray([float(words.weights.sum()) for words in wanted])
    found = np.zeros(len(wanted))
    present = [index for index, words in enumerate(given) if len(words.places)]
    if not present or not totals.any():
        return found
    owners = np.repeat(np.arange(len(wanted)), [len(words.places) for words in wanted])
    speakers = np.repeat(present, [len(given[index].places) for index in present])
    weights = np.concatenate([words.weights for words in wanted])
    near = np.vstack([words.vectors for words in wanted]) @ np.vstack([given[index].vectors for index in present]).T
    near = np.round(near, _DIGITS)
    rows, columns = np.nonzero(near > _RELATED)
    cosines = near[rows, columns]
    ranks = cosines + _NEIGHBOURS * kinship[owners[rows], speakers[columns]]
    taken_rows, taken_columns = set(), set()
    for pair in np.argsort(-ranks, kind="stable").tolist():
        row, column = int(rows[pair]), int(columns[pair])
        if row not in taken_rows and column not in taken_columns:
            taken_rows.add(row)
            taken_columns.add(column)
            found[owners[row]] += weights[row] * (cosines[pair] - _RELATED) / (1.0 - _RELATED)
    return np.minimum(1.0, found / np.where(totals > 0, totals, 1.0))
