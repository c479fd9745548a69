"""Fits the few numbers of a calibration to answers that people graded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.grading.sets import SEED, TRAINING_SPLITS, Graded, load, load_translations
from viva.notes.points import split_points
from viva.practice.calibration import AT_KNEE, Calibration
from viva.practice.grader import Grader
from viva.types import Encoder, Entry, Place

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 600
_OFF_TOPIC = 120
_OFF_TOPIC_WEIGHT = 0.5
_TRANSLATIONS = 600
_SPREAD = 0.01
_FULL_MARKS = 0.99
_FULL_QUANTILE = 0.35
_NEARLY_FULL = 0.93
"""The first stretch of the grade aims at nearly full marks at the coverage that 65 in 100 answers with full human
marks reach. Least squares alone would put them out of reach: it answers noise by shrinking to the mean, and no answer
in own words would have them."""
_LEAST_FULL_ANSWERS = 20
_LENIENCY = 0.55
"""Markers of one set give half marks where those of another give none. That much of the mean error of a set counts as
their leniency, so that the numbers are fitted more to which answer is better than to how kind a marker was."""
_START = replace(Calibration(), aligned=2.0, foreign_aligned=2.0, matched=0.8, foreign_matched=0.3)
"""What the search begins with. The parts of words that match are not fitted: least squares would lower them and answer
with steeper slopes, which orders the answers to questions of other subjects less well."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The observations of one answer and the score it should get."""

    features: NDArray[np.float64]
    """Shape (points, 6): similarity, overlap, aligned, matched, foreign, exact."""
    weights: NDArray[np.float64]
    score: float


@dataclass(frozen=True, slots=True)
class Group:
    """Samples that count as one in the loss, however many they are."""

    name: str
    samples: tuple[Sample, ...]
    share: float = 1.0
    leniency: float = 0.0
    """How much of the mean error is put down to the markers, 0 to 1."""


def sample(grader: Grader, entry: Entry, answer: str, score: float) -> Sample:
    """Observe one answer."""
    seen, weights = grader.observations(entry, answer)
    rows = [[one.strength, one.overlap, one.aligned, one.matched, float(one.foreign), float(one.exact)] for one in seen]
    return Sample(np.asarray(rows, dtype=np.float64), np.asarray(weights, dtype=np.float64), score)


def groups(encoder: Encoder, names: Sequence[str]) -> list[Group]:
    """Return what is fitted on: training splits, answers to other questions (score 0), and translations."""
    grader = Grader(encoder, None, Calibration())
    found = []
    for name in names:
        rows = [row for row in load(name, MOST, TRAINING_SPLITS) if row.entry.points and row.answer.strip()]
        found.append(Group(name, tuple(_nearest(grader, row) for row in rows), leniency=_LENIENCY))
        found.append(Group(f"{name} off-topic", _off_topic(grader, rows), _OFF_TOPIC_WEIGHT))
    found.append(Group("translations", _translations(grader)))
    return found


def _nearest(grader: Grader, row: Graded) -> Sample:
    """Observe an answer beside the accepted wording that it comes closest to, by the default numbers."""
    seen = [sample(grader, entry, row.answer, row.score) for entry in row.wordings]
    return max(seen, key=lambda one: coverage(_START, one))


def _off_topic(grader: Grader, rows: Sequence[Graded]) -> tuple[Sample, ...]:
    generator = np.random.default_rng(SEED)
    pairs = generator.integers(len(rows), size=(_OFF_TOPIC, 2))
    return tuple(
        sample(grader, rows[first].entry, rows[second].answer, 0.0)
        for first, second in pairs
        if rows[first].entry.id != rows[second].entry.id
    )


def _translations(grader: Grader) -> tuple[Sample, ...]:
    found = []
    for chinese, english, score in load_translations(_TRANSLATIONS):
        for wanted, given in ((chinese, english), (english, chinese)):
            entry = Entry("", Place("", "", (), ""), None, "", wanted, split_points(wanted), "", 1, 1)
            found.append(sample(grader, entry, given, score))
    return tuple(found)


def fit(chosen: Sequence[Group]) -> Calibration:
    """Return the calibration with the least squared error, each group counting by its share.

    Slopes are fitted as logarithms, so that they stay positive and more evidence never lowers a grade.
    """
    from scipy.optimize import minimize

    packed = [_pack(group) for group in chosen if group.samples]
    begin = _encode(_START)

    def loss(numbers: NDArray[np.float64]) -> float:
        total = sum(share * _error(numbers, *arrays, leniency) for share, leniency, arrays in packed)
        return float(total) + _SPREAD * float(np.sum((numbers - begin) ** 2))

    best = minimize(loss, begin, method="L-BFGS-B", options={"maxiter": 200})
    slopes = _decode(np.asarray(best.x, dtype=np.float64))
    return replace(slopes, knee=_knee(slopes, chosen))


def coverage(one: Calibration, seen: Sample) -> float:
    """Return the weighted mean credit of a sample's points."""
    marks = [
        1.0 if exact else one.credit(similarity, overlap, aligned, matched, foreign=bool(foreign))
        for similarity, overlap, aligned, matched, foreign, exact in seen.features
    ]
    return float(np.dot(seen.weights, marks))


def _knee(slopes: Calibration, chosen: Sequence[Group]) -> float:
    levels = []
    for group in chosen:
        reached = [coverage(slopes, one) for one in group.samples if one.score >= _FULL_MARKS]
        if len(reached) >= _LEAST_FULL_ANSWERS:
            levels.append(float(np.quantile(reached, _FULL_QUANTILE)))
    if not levels:
        return slopes.knee
    return float(np.clip(np.mean(levels), 0.5, 1.0)) * AT_KNEE / _NEARLY_FULL


def _pack(group: Group) -> tuple[float, float, tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]]:
    most = max(len(one.weights) for one in group.samples)
    features = np.zeros((len(group.samples), most, 6))
    weights = np.zeros((len(group.samples), most))
    for index, one in enumerate(group.samples):
        features[index, : len(one.weights)] = one.features
        weights[index, : len(one.weights)] = one.weights
    return group.share, group.leniency, (features, weights, np.asarray([one.score for one in group.samples]))


def _error(
    numbers: NDArray[np.float64],
    features: NDArray[np.float64],
    weights: NDArray[np.float64],
    scores: NDArray[np.float64],
    leniency: float,
) -> float:
    one = _decode(numbers)
    similarity, overlap, aligned, matched, foreign, exact = np.moveaxis(features, -1, 0)
    risen = np.maximum(0.0, (similarity - one.floor) / (1.0 - one.floor))
    bias = np.where(foreign > 0, one.foreign_bias, one.bias)
    kin = np.where(
        foreign > 0,
        one.foreign_similarity * risen + one.foreign_aligned * aligned,
        one.similarity * risen + one.aligned * aligned,
    )
    nothing = 1.0 / (1.0 + np.exp(-bias))
    held = (1.0 / (1.0 + np.exp(-np.clip(bias + kin + one.overlap * overlap, -30, 30))) - nothing) / (1.0 - nothing)
    part = np.where(foreign > 0, one.foreign_matched, one.matched)
    credit = (1.0 - part) * held + part * matched
    missed = (weights * np.where(exact > 0, 1.0, credit)).sum(axis=1) - scores
    return float(np.mean((missed - leniency * np.mean(missed)) ** 2))


def _encode(one: Calibration) -> NDArray[np.float64]:
    slopes = np.log([one.similarity, one.overlap, one.aligned, one.foreign_similarity, one.foreign_aligned])
    return np.asarray([one.bias, one.foreign_bias, *slopes], dtype=np.float64)


def _decode(numbers: NDArray[np.float64]) -> Calibration:
    bias, foreign_bias, similarity, overlap, aligned, foreign_similarity, foreign_aligned = map(float, numbers)
    return replace(
        _START,
        bias=bias,
        foreign_bias=foreign_bias,
        similarity=float(np.exp(similarity)),
        overlap=float(np.exp(overlap)),
        aligned=float(np.exp(aligned)),
        foreign_similarity=float(np.exp(foreign_similarity)),
        foreign_aligned=float(np.exp(foreign_aligned)),
    )
