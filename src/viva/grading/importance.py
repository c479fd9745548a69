"""How much each point of a reference weighs in the mark.

Examiners ask for what the question is about: what stands first in the notes weighs most, what only says the question
again or leads in ("there are three kinds:") is an extra, and what is said twice counts once. The slope was fitted to
the marks of the training subjects; what the user marks as essential or extra goes before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from viva.text.normal import bare
from viva.text.terms import terms
from viva.types import Importance, Point

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SLOPE = 0.36
"""By how much less, as a logarithm, the last point weighs than the first."""
_MARKED: dict[Importance, float] = {"essential": 3.0, "normal": 1.0, "extra": 0.0}
_SAME = 0.95
"""Cosine from which on two points say the same."""


def without_lead_ins(points: Sequence[Point], question: str) -> tuple[Point, ...]:
    """Return the points, those that tell nothing as extras unless the user says that they matter."""
    known = frozenset(terms(question))
    return tuple(
        replace(point, importance="extra")
        if point.importance == "normal" and _tells_nothing(point.text, known)
        else point
        for point in points
    )


def bases(points: Sequence[Point], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return what each point weighs by itself, above 0.

    Args:
        points: of one reference.
        vectors: unit vectors of the points, shape (points, dimension).
    """
    places = np.arange(len(points)) / max(1, len(points) - 1)
    return np.asarray(np.exp(-_SLOPE * places) / _repeated(points, vectors))


def shares(raw: Sequence[float] | NDArray[np.float64], marks: Sequence[Importance]) -> NDArray[np.float64]:
    """Return the share of each point in the grade, which add up to 1; where all are extra, all count."""
    marked = np.asarray(raw, dtype=np.float64) * [_MARKED[mark] for mark in marks]
    chosen = marked if marked.any() else np.asarray(raw, dtype=np.float64)
    return np.asarray(chosen / chosen.sum())


def _repeated(points: Sequence[Point], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return how many points say what each says, itself included: together they weigh as much as one."""
    letters = np.array([bare(point.text) for point in points])
    same = (letters[:, None] == letters[None, :]) | (vectors @ vectors.T >= _SAME)
    return np.asarray(np.maximum(1, same.sum(axis=1)), dtype=np.float64)


def _tells_nothing(text: str, known: frozenset[str]) -> bool:
    bag = frozenset(terms(text))
    return text.rstrip().endswith((":", "：")) or (bool(bag) and bag <= known)
