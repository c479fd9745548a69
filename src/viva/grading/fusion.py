"""What an answer says of a point, from several witnesses: the reader, the vectors, the letters.

The reader knows sentences: who does what to whom, and whether it is denied. Vectors and letters know terse notes, on
which a reader has little to read. How far each is trusted depends on the length of the point and of the answer; the
more any of them speaks for a point, the higher its credit, whatever the others say. The numbers were fitted on marked
answers of subjects that the reader never saw (`training.grading`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from viva.grading.calibration import FITTED
from viva.types import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

_POINT_SIZES = (4.0, 20.0)
_ANSWER_SIZES = (12.0, 80.0)
"""Between these lengths, in characters and words, trust goes from one end to the other."""
_LEAST = 1e-4
_SUREST = 6.0
_CHANCE, _CERTAIN = 0.15, 0.8
"""Up to where a credit is chance, which must not lift a score by a point or two, and from where on it is whole: what is
said in other words is hardly ever seen with more certainty."""


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What speaks for or against each point of a reference, arrays of one length."""

    whole: NDArray[np.float32]
    """Probability of each `Reading`, of all that the answer says, shape (points, 4)."""
    sentence: NDArray[np.float32]
    """The same of the one sentence that comes nearest to the point, read without the question."""
    similarity: NDArray[np.float64]
    """Cosine of the point and the clauses nearest to it, 0 for what unrelated texts reach and 1 at most."""
    overlap: NDArray[np.float64]
    """Share of the point's terms that the answer holds, 0 to 1."""
    matched: NDArray[np.float64]
    """Share of the point's words that have a word of the answer to themselves, 0 to 1; 0 for a model without words."""
    sizes: NDArray[np.float64]
    """Length of each point, in characters and words."""
    answer: int
    """Length of the answer."""
    mark: float | None = None
    """What the reader makes of the answer beside all points at once, 0 to 1; None where nothing was read."""


@dataclass(frozen=True, slots=True)
class Fusion:
    """The fitted numbers; each slope is at least 0, one for each of the four ends of trust."""

    spoken: NDArray[np.float64]
    """Shape (4, 5): bias; spoken of by the reader; similarity; overlap; matched."""
    kept: NDArray[np.float64]
    """Shape (4, 3): bias; for rather than against by the whole, and by the sentence."""
    alone: NDArray[np.float64]
    """Shape (4,): bias, similarity, overlap, matched, for when there is no reader."""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Fusion:
        """Return the numbers of a JSON object."""
        return cls(*(np.asarray(values[name], dtype=np.float64) for name in ("spoken", "kept", "alone")))

    def credits(self, witnesses: Witnesses) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return how far each point is covered, half for what is half said, and how sure it is denied; both 0 to 1.

        All witnesses tell whether a point is spoken of; whether for it or against it the reader alone can tell.
        """
        spoken, whole, sentence = features(witnesses)
        nothing, trust = np.ones_like(spoken), ends(witnesses)
        about = _logistic(((trust @ self.spoken) * np.stack([nothing, spoken, *static(witnesses)], axis=1)).sum(axis=1))
        kept = _logistic(((trust @ self.kept) * np.stack([nothing, whole, sentence], axis=1)).sum(axis=1))
        return _credit(about * kept), about * (1.0 - kept)

    def without_reader(self, witnesses: Witnesses) -> NDArray[np.float64]:
        """Return the credits where no model has read the answer: how near and how like it is, and nothing else."""
        found = _logistic(self.alone @ np.stack([np.ones_like(witnesses.similarity), *static(witnesses)]))
        return _credit(found)


def features(witnesses: Witnesses) -> tuple[NDArray[np.float64], ...]:
    """Return as log-odds what the reader says of each point.

    Spoken of rather than not, by the whole answer; for rather than against it, by that and by its nearest sentence.
    """
    whole, sentence = _logs(witnesses.whole), _logs(witnesses.sentence)
    covered, absent, contradicted = whole.T
    log_odds = (
        np.logaddexp(covered, contradicted) - absent,
        covered - contradicted,
        sentence[:, 0] - sentence[:, 2],
    )
    return tuple(np.clip(one, -_SUREST, _SUREST) for one in log_odds)


def static(witnesses: Witnesses) -> tuple[NDArray[np.float64], ...]:
    """Return what the vectors and the letters say of each point."""
    return witnesses.similarity, witnesses.overlap, witnesses.matched


def ends(witnesses: Witnesses) -> NDArray[np.float64]:
    """Return how near each point is to the ends of trust: terse or long, beside a short or a long answer."""
    point = _between(witnesses.sizes, _POINT_SIZES)
    answer = np.full_like(point, _between(np.asarray(witnesses.answer, dtype=np.float64), _ANSWER_SIZES))
    return np.stack([(1 - point) * (1 - answer), (1 - point) * answer, point * (1 - answer), point * answer], axis=1)


@cache
def fitted() -> Fusion:
    """Return the numbers that are part of viva."""
    return Fusion.of(json.loads(FITTED.read_text(encoding="utf-8")))


def _logs(probabilities: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the logarithms of saying a point, being silent on it, and saying otherwise; half said is half of each."""
    likely = np.asarray(probabilities, dtype=np.float64)
    half = likely[:, Reading.PARTIAL] / 2.0
    covered = likely[:, Reading.COVERED] + half
    absent = likely[:, Reading.ABSENT] + half
    return np.log(np.maximum(np.stack([covered, absent, likely[:, Reading.CONTRADICTED]], axis=1), _LEAST))


def _credit(certainty: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.clip((certainty - _CHANCE) / (_CERTAIN - _CHANCE), 0.0, 1.0))


def _between(sizes: NDArray[np.float64], limits: tuple[float, float]) -> NDArray[np.float64]:
    low, high = np.log(limits)
    return np.asarray(np.clip((np.log(np.maximum(sizes, 1.0)) - low) / (high - low), 0.0, 1.0))


def _logistic(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(numbers, -30.0, 30.0))))
