"""The reference: what is known of an entry before any answer to it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from viva.semantics.terms import TermWeights, formulas, terms
from viva.text.normal import bare
from viva.types import Encoder, Entry, Point

if TYPE_CHECKING:
    from numpy.typing import NDArray

_REPEATED = 0.05
"""Weight of a point that only repeats the question; any other point weighs at least 0.5 before damping."""
_LEAST = 0.5
_DEMOTION = 0.7
"""How much of the question's direction is taken out of each vector: with all of it, a point near the question would be
left with noise."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The points of an entry, ready to be compared with."""

    points: tuple[Point, ...]
    vectors: NDArray[np.float32]
    """Unit vectors of the points, shape (points, dimension)."""
    aimed: NDArray[np.float32]
    """The same with the question demoted."""
    question: NDArray[np.float32]
    """Unit vector of the question, zeros when there is none; shape (dimension,)."""
    weights: tuple[float, ...]
    """Share of each point in the grade; they add up to 1."""
    wanted: tuple[frozenset[str], ...]
    """Terms of each point, without the question's own where others are left."""
    formulas: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, entry: Entry, encoder: Encoder, rarity: TermWeights, damping: float) -> Reference:
        """Prepare `entry`; an answer that is all code or tables counts as one point."""
        points = tuple(point for point in entry.points if bare(point.text))
        if not points and bare(entry.answer):
            points = (Point(entry.answer),)
        asked = frozenset(terms(entry.question))
        bags = [frozenset(terms(point.text)) for point in points]
        vectors = encoder.encode([entry.question, *(point.text for point in points)])
        question = vectors[0] if entry.question.strip() else np.zeros(encoder.dimension, dtype=np.float32)
        return cls(
            points,
            vectors[1:],
            demote(vectors[1:], question),
            question,
            _shares(points, bags, asked, rarity, damping),
            tuple(frozenset(bag - asked or bag) for bag in bags),
            tuple(formulas(point.text) for point in points),
        )


def demote(vectors: NDArray[np.float32], question: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return unit vectors with most of the question's direction taken out: its words earn nothing.

    Question demoting as in Sultan, Salazar & Sumner 2016, done on vectors in place of words.
    """
    rest = vectors - _DEMOTION * np.outer(vectors @ question, question)
    norms = np.linalg.norm(rest, axis=1, keepdims=True)
    return np.asarray(rest / np.maximum(norms, 1e-6), dtype=np.float32)


def _shares(
    points: Sequence[Point],
    bags: Sequence[frozenset[str]],
    asked: frozenset[str],
    rarity: TermWeights,
    damping: float,
) -> tuple[float, ...]:
    raw = []
    for point, bag in zip(points, bags, strict=True):
        told = rarity.total(bag - asked) + len(formulas(point.text))
        repeats = bool(bag) and bag <= asked
        raw.append(_REPEATED if repeats else max(_LEAST, told) ** damping)
    total = sum(raw)
    return tuple(share / total for share in raw)
