"""Agreement of machine and human scores: how far a grader can be trusted, on marks that people gave.

Sources: Pearson and Spearman as in any textbook (ties get mean ranks); quadratic weighted kappa: Cohen 1968, as used
for automatic scoring since the ASAP prize of 2012.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from viva.errors import QueryError
from viva.i18n import tr

Floats = NDArray[np.float64]

_BINS = 11
"""Levels of the weighted kappa: scores of 0 to 1 rounded to tenths."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How machine scores stand to human ones; both run from 0 to 1. None where a figure is not defined."""

    answers: int
    questions: int
    pearson: float | None
    spearman: float | None
    within_question: float | None
    """Mean of Spearman within each question where both kinds of score vary."""
    rmse: float
    constant_rmse: float
    """RMSE of always giving the mean human score, known only afterwards: a grader must stay below it."""
    qwk: float | None
    """Quadratic weighted kappa over scores rounded to tenths."""
    unsure: float = 0.0
    """Share of answers that the grader would rather leave to a user."""

    def as_dict(self) -> dict[str, float | int | None]:
        """Return the figures rounded to four digits, ready for JSON."""
        return {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(self).items()}


def agreement(
    human: Sequence[float], machine: Sequence[float], groups: Sequence[Hashable], *, unsure: int = 0
) -> Agreement:
    """Compare two scores of the same answers.

    Args:
        human: Scores from 0 to 1.
        machine: Scores from 0 to 1, in the same order.
        groups: The question of each answer.
        unsure: How many of the answers the grader called unsure.

    Raises:
        QueryError: There is nothing to compare, or the lengths differ.
    """
    wanted, given = np.asarray(human, dtype=np.float64), np.asarray(machine, dtype=np.float64)
    if not len(wanted) or len(wanted) != len(given) or len(groups) != len(wanted):
        raise QueryError(tr("no scored answers to compare; give rows with an answer and a score from 0 to 1"))
    return Agreement(
        answers=len(wanted),
        questions=len(set(groups)),
        pearson=pearson(wanted, given),
        spearman=spearman(wanted, given),
        within_question=_within(wanted, given, groups),
        rmse=float(np.sqrt(np.mean((wanted - given) ** 2))),
        constant_rmse=float(np.std(wanted)),
        qwk=weighted_kappa(wanted, given),
        unsure=unsure / len(wanted),
    )


def pearson(first: ArrayLike, second: ArrayLike) -> float | None:
    """Return Pearson's correlation, or None where one side does not vary."""
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / spread if spread > 1e-12 else None


def spearman(first: ArrayLike, second: ArrayLike) -> float | None:
    """Return Spearman's rank correlation, or None where one side does not vary."""
    return pearson(ranks(first), ranks(second))


def ranks(values: ArrayLike) -> Floats:
    """Return ranks from 1; equal values share the mean of their ranks."""
    _, inverse, counts = np.unique(np.asarray(values, dtype=np.float64), return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2.0)[inverse], dtype=np.float64)


def weighted_kappa(first: ArrayLike, second: ArrayLike) -> float | None:
    """Return quadratic weighted kappa over scores from 0 to 1 rounded to tenths; None where nothing varies."""
    a, b = (np.rint(np.clip(np.asarray(side, dtype=np.float64), 0, 1) * (_BINS - 1)) for side in (first, second))
    expected = float(a.var() + b.var() + (a.mean() - b.mean()) ** 2)  # mean squared difference over all pairs
    return 1.0 - float(np.mean((a - b) ** 2)) / expected if expected > 1e-12 else None


def _within(human: Floats, machine: Floats, groups: Sequence[Hashable]) -> float | None:
    places: dict[Hashable, list[int]] = {}
    for index, group in enumerate(groups):
        places.setdefault(group, []).append(index)
    found = [spearman(human[chosen], machine[chosen]) for chosen in places.values() if len(chosen) > 1]
    defined = [value for value in found if value is not None]
    return float(np.mean(defined)) if defined else None
