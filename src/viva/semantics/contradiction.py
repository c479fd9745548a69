"""A small model of contradiction: whether a clause says the opposite of a statement.

It reads both texts as the embedded model's token vectors, looks at each token with its neighbours, sets it beside what
answers it in the other text, and weighs up what differs: decomposable attention (Parikh et al. 2016) with a convolution
of width three. It learned from technical sentences turned round by program, from translations and light edits of the
same, and from English entailment pairs (`training/contradiction.py`). The rules of `semantics.polarity` know some
words; this knows from their vectors which words stand against each other, in both languages and across them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from viva.errors import ModelError
from viva.i18n import tr
from viva.semantics.weights import read_metadata, read_tensors
from viva.types import Encoder

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from viva.semantics.alignment import Words

NAME = "contradiction.safetensors"
"""The file beside the embedded model; its metadata name the model whose vectors it was trained on."""
LONGEST = 48
"""Tokens of a text that are read."""
_SHAPES = {
    "proj.weight": 2,
    "proj.bias": 1,
    "conv.weight": 2,
    "conv.bias": 1,
    "match.weight": 2,
    "compare.weight": 2,
    "compare.bias": 1,
    "hidden.weight": 2,
    "hidden.bias": 1,
    "out.weight": 2,
    "out.bias": 1,
    "sharpness": 1,
    "nothing": 1,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the model reads it, once for all comparisons."""

    vectors: NDArray[np.float32]
    """Unit vectors of the tokens, shape (tokens, dimension of the embedded model)."""
    weights: NDArray[np.float32]
    states: NDArray[np.float32]
    """Tokens with their neighbours, shape (tokens, width)."""
    keys: NDArray[np.float32]
    """What the states are found by, shape (tokens, width)."""


class ContradictionModel:
    """The model's weights; see the module for what it does."""

    def __init__(self, path: Path) -> None:
        """Open the weights.

        Raises:
            ModelError: the file is missing, damaged, or holds something else.
        """
        tensors = read_tensors(path)
        if any(name not in tensors or tensors[name].ndim != rank for name, rank in _SHAPES.items()):
            raise ModelError(tr("{path} is no model of contradiction: put a fresh copy of the model there", path=path))
        # turned once, so that a product of small matrices runs over memory in order
        self._of = {name: np.ascontiguousarray(tensors[name].T, dtype=np.float32) for name in _SHAPES}

    def read(self, words: Words) -> Reading:
        """Return a text made ready to be compared."""
        vectors, weights = words.rows[words.places[:LONGEST]], words.weights[:LONGEST]
        inner = self._linear("proj", np.concatenate([vectors, weights[:, None]], axis=1))
        padded = np.pad(inner, ((1, 1), (0, 0)))
        around = np.concatenate([padded[:-2], inner, padded[2:]], axis=1)
        states = inner + np.maximum(self._linear("conv", around), 0.0)
        return Reading(vectors, weights, states, states @ self._of["match.weight"])

    def probability(self, first: Reading, second: Reading) -> float:
        """Return how likely the two texts contradict each other, 0 to 1; the order does not matter."""
        if not len(first.weights) or not len(second.weights):
            return 0.0
        cosines = first.vectors @ second.vectors.T
        energies = self._of["sharpness"] * cosines + (first.keys @ second.keys.T) / np.sqrt(first.states.shape[1])
        one = self._differences(first, second, cosines, energies)
        other = self._differences(second, first, cosines.T, energies.T)
        size = np.sqrt(len(one) + len(other))
        pooled = np.concatenate([(one.sum(axis=0) + other.sum(axis=0)) / size, np.vstack([one, other]).max(axis=0)])
        hidden = np.maximum(self._linear("hidden", pooled), 0.0)
        return float(1.0 / (1.0 + np.exp(-np.clip(self._linear("out", hidden), -30.0, 30.0)))[0])

    def _differences(
        self, one: Reading, other: Reading, cosines: NDArray[np.float32], energies: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return each token of one text beside what answers it in the other, shape (tokens, width)."""
        none = self._of["nothing"]
        highest = np.maximum(energies.max(axis=1, keepdims=True), none)
        scores = np.exp(energies - highest)
        answers = (scores / (scores.sum(axis=1, keepdims=True) + np.exp(none - highest))) @ other.states
        nearest = cosines.max(axis=1, keepdims=True)
        seen = [one.states, answers, np.abs(one.states - answers), one.states * answers, nearest, one.weights[:, None]]
        return np.asarray(np.maximum(self._linear("compare", np.concatenate(seen, axis=1)), 0.0))

    def _linear(self, name: str, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(rows @ self._of[f"{name}.weight"] + self._of[f"{name}.bias"])


def contradiction_for(encoder: Encoder) -> ContradictionModel | None:
    """Return the model that was trained on this encoder's token vectors; None where there is none.

    Raises:
        ModelError: it is damaged.
    """
    from viva.semantics.embedded import StaticModel

    if not isinstance(encoder, StaticModel):
        return None
    path = encoder.folder / NAME
    if not path.is_file() or read_metadata(path).get("model") != encoder.digest:
        return None
    return ContradictionModel(path)
