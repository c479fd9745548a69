"""Fits how the grader joins its witnesses and turns credits into a mark: `python -m training.grading`.

On the marked answers of the validation subjects, which the reader has never seen, each subject counting alike. What
is seen of the answers (a quarter of an hour on two cores) is kept in `build/grading` under the names of the models.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.reading.corpus import questions
from training.reading.made import mistyped, negated
from viva.grading.calibration import FITTED, PARTIAL_FROM, Calibration, log_odds
from viva.grading.fusion import Fusion, Witnesses, ends, features, static
from viva.grading.grader import Grader
from viva.models.encoder import open_encoder
from viva.models.reader import open_reader
from viva.types import Entry, Place, Point

KEPT = Path("build") / "grading"
EVERY = 4
"""Every fourth question is enough for sixty numbers."""
_ABOUT = {"c": 1.0, "p": 0.5, "a": 0.0, "x": 1.0}
_FOLDS = 5
_SMALL = 1e-4
"""How much each slope is drawn towards 0."""
_ACCUSED = 0.02
"""Most of the right answers of which a point may be called contradicted."""
_DIFFERING = 0.06
"""Most of which a point may be said to differ."""
_PENALTY = 4.0
"""What is denied must cost at least so much; by least squares it costs nothing, since its credit is gone already."""
_PASSING = 0.17
"""Most of the fluent wrong answers that may reach the band of a partly right one."""
_UNSURE = 0.03
"""Share of all answers that are left to the person."""
_TRUE_KINDS = frozenset(
    ("full", "terse", "partial", "twin", "twin2", "say", "typo", "cross", "wordy", "verbatim", "negative")
)


@dataclass(frozen=True)
class Sample:
    """An answer as the grader sees it, and what people said of it."""

    seen: Witnesses
    weights: NDArray[np.float64]
    labels: str
    mark: float
    kind: str
    subject: str
    question: str
    pair: int | None
    answer: str


def entry_of(question: dict[str, Any]) -> Entry:
    """Return a marked question as an entry that stands in no notes."""
    points = tuple(map(Point, question["points"]))
    return Entry("", Place("", "", (), ""), None, question["question"], "\n".join(question["points"]), points, "", 1, 1)


def samples(split: str, reader_name: str | None) -> list[Sample]:
    """Return all answers of a split as the grader sees them."""
    asked = questions(split, slice(None, None, EVERY))
    return _seen(split, reader_name, ((question, answer) for question in asked for answer in question["answers"]))


def made_samples(reader_name: str | None) -> list[Sample]:
    """Return points of the validation subjects with slips, and denied by one word, as the grader sees them.

    People seldom do that in one answer, and write both to notes of their own; neither changes how a mark is given.
    """
    return _seen(MADE, reader_name, _made(random.Random(0)))


def _made(rng: random.Random) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for question in questions("validation", slice(None, None, EVERY)):
        points = question["points"]
        for place, point in list(enumerate(points))[:3]:
            for text, letter in ((mistyped(point, rng, 0.06), "c"), (negated(point), "x")):
                if text != point:
                    letters = "".join(letter if at == place else "a" for at in range(len(points)))
                    yield question, {"text": text, "labels": letters, "score": 0.0, "kind": MADE}


def _seen(name: str, reader_name: str | None, answers: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> list[Sample]:
    """Return answers, each with its question, as the grader sees them; kept by the names of the models."""
    encoder, reader = open_encoder(notify=print), open_reader(reader_name, notify=print)
    kept = KEPT / f"{name}-{encoder.model_id}-{reader.model_id if reader else 'none'}.pickle"
    if kept.is_file():
        found: list[Sample] = pickle.loads(kept.read_bytes())  # noqa: S301 - written below
        return found
    grader = Grader(encoder, reader, fusion=NO_FUSION, calibrated=NO_CALIBRATION)
    found = []
    for question, answer in answers:
        seen, weights = grader.witnesses(entry_of(question), answer["text"])
        told = (answer["labels"], answer["score"], answer["kind"], question["subject"], question["question"])
        found.append(Sample(seen, weights, *told, answer.get("pair"), answer["text"]))
        print(f"\r{len(found)} answers", end="", flush=True)
    print()
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(found))
    return found


MADE = "made"
MAP = ("bias", "rise", "penalty", "whole")
NO_FUSION = Fusion(np.zeros((4, 5)), np.zeros((4, 3)), np.zeros(4))
NO_CALIBRATION = Calibration(0, 0, 0, 0, 1, 1, 1, 1, 100)


def fit_fusion(listed: Sequence[Sample]) -> Fusion:
    """Return the numbers under which the letters of the answers are likeliest; slopes are at least 0."""
    spoken, whole, sentence = map(np.concatenate, zip(*(features(one.seen) for one in listed), strict=True))
    likeness = list(map(np.concatenate, zip(*(static(one.seen) for one in listed), strict=True)))
    trust = np.concatenate([ends(one.seen) for one in listed])
    letters = np.array(list("".join(one.labels for one in listed)))
    about, kept = np.array([_ABOUT[letter] for letter in letters]), (letters != "x").astype(np.float64)
    weight = _evenly([f"{one.subject} {one.kind == MADE}" for one in listed for _ in one.labels])
    told = letters != "a"
    credit = np.array([_ABOUT[letter] if letter != "x" else 0.0 for letter in letters])
    return Fusion(
        _logistic_fit(np.stack([spoken, *likeness], axis=1), trust, about, weight),
        _logistic_fit(np.stack([whole, sentence], axis=1)[told], trust[told], kept[told], weight[told]),
        _logistic_fit(np.stack(likeness, axis=1), np.ones((len(letters), 1)), credit, weight)[0],
    )


def _evenly(groups: Sequence[str]) -> NDArray[np.float64]:
    """Return weights under which each group counts alike, 1 on average."""
    _, place, sizes = np.unique(np.array(groups), return_inverse=True, return_counts=True)
    return np.asarray(len(groups) / len(sizes) / sizes[place])


def _logistic_fit(
    rows: NDArray[np.float64], trust: NDArray[np.float64], target: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return bias and slopes for each end of trust, shape (ends, 1 + columns)."""
    from scipy.optimize import minimize

    count, columns = trust.shape[1], rows.shape[1] + 1
    design = np.concatenate([np.ones((len(rows), 1)), rows], axis=1)
    spread = (trust[:, :, None] * design[:, None, :]).reshape(len(rows), -1)

    def loss(numbers: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = spread @ numbers
        likely = np.logaddexp(0.0, odds) - target * odds
        slope = spread.T @ (weight * (1.0 / (1.0 + np.exp(-odds)) - target)) / len(rows)
        return float((weight * likely).mean() + _SMALL * (numbers**2).sum()), slope + 2 * _SMALL * numbers

    bounds = ([(None, None)] + [(0.0, None)] * (columns - 1)) * count
    begin = np.tile([-1.0] + [0.5] * (columns - 1), count)
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return np.asarray(found.x, dtype=np.float64).reshape(count, columns)


@dataclass(frozen=True)
class Judged:
    """What a fusion makes of an answer that it was not fitted on."""

    credits: NDArray[np.float64]
    denials: NDArray[np.float64]


def judged_apart(listed: Sequence[Sample], made: Sequence[Sample]) -> list[Judged]:
    """Return what is made of each answer by a fusion of the other subjects, and of what was made of them."""
    subjects = sorted({one.subject for one in listed})
    fold = {subject: place % _FOLDS for place, subject in enumerate(np.random.default_rng(0).permutation(subjects))}
    found: list[Judged | None] = [None] * len(listed)
    for number in range(_FOLDS):
        fusion = fit_fusion([one for one in (*listed, *made) if fold[one.subject] != number])
        for place, one in enumerate(listed):
            if fold[one.subject] == number:
                found[place] = Judged(*fusion.credits(one.seen))
    return [one for one in found if one is not None]


def fit_calibration(listed: Sequence[Sample], judged: Sequence[Judged]) -> Calibration:
    """Return the thresholds that keep accusations rare and labels right, and the map with the least squared error."""
    right = [
        float(max(told.denials[[letter in "cp" for letter in one.labels]], default=0.0))
        for one, told in zip(listed, judged, strict=True)
        if one.kind in _TRUE_KINDS and "x" not in one.labels and set(one.labels) & set("cp")
    ]
    contradicted, differs = (round(float(np.quantile(right, 1.0 - share)), 4) for share in (_ACCUSED, _DIFFERING))
    covered, partial = _bands(listed, judged, differs)
    cuts = Calibration(0, 0, 0, 0, covered, partial, contradicted, differs, 100)
    coverage, wrong = map(
        np.array, zip(*(sums(one, told, cuts) for one, told in zip(listed, judged, strict=True)), strict=True)
    )
    marks = np.array([one.mark for one in listed])
    weight = _evenly([one.subject for one in listed])
    false = np.array([one.kind == "wrong" for one in listed])
    whole = np.array([one.seen.mark or 0.0 for one in listed])
    numbers = _fit_map(coverage, wrong, whole, marks, weight)
    numbers = _as_kind_as_it_may_be(numbers, list(zip(coverage[false], wrong[false], whole[false], strict=True)))
    spread = np.array([_spread(one, told, cuts) for one, told in zip(listed, judged, strict=True)])
    doubt = round(float(np.quantile(spread, 1.0 - _UNSURE)), 4)
    return replace(mapped(cuts, numbers), doubt=doubt)


def mapped(cuts: Calibration, numbers: Sequence[float]) -> Calibration:
    """Return the calibration with these numbers of the map, in their order."""
    return replace(cuts, **dict(zip(MAP, numbers, strict=True)))


def _as_kind_as_it_may_be(
    numbers: tuple[float, ...], passing: Sequence[tuple[float, float, float]]
) -> tuple[float, ...]:
    """Return the map with the highest bias under which few fluent wrong answers pass.

    Least squares answers noise by drawing all marks to the mean: it chooses by chance how many wrong ones pass.
    """
    bias, *others = numbers
    for tried in np.arange(bias + 1.0, bias - 2.0, -0.01):
        one = mapped(NO_CALIBRATION, (round(float(tried), 4), *others))
        if np.mean([one.score(*seen) >= PARTIAL_FROM for seen in passing]) <= _PASSING:
            break
    return one.bias, *others


def sums(one: Sample, told: Judged, cuts: Calibration) -> tuple[float, float]:
    """Return coverage and wrong of an answer as `Grader` adds them up."""
    credit, denied = settled(told, cuts)
    return float(one.weights @ credit), float(one.weights @ denied)


def settled(told: Judged, cuts: Calibration) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what counts of the credits and denials of an answer."""
    both = [cuts.settled(credit, denied) for credit, denied in zip(told.credits, told.denials, strict=True)]
    return np.array([credit for credit, _ in both]), np.array([denied for _, denied in both])


def _spread(one: Sample, told: Judged, cuts: Calibration) -> float:
    credit, _ = settled(told, cuts)
    return float((one.weights * credit * (1.0 - credit)).sum())


def _bands(listed: Sequence[Sample], judged: Sequence[Judged], differs: float) -> tuple[float, float]:
    """Return the credits from which on a point is covered, and partly covered: the best mean recall of c, p and a."""
    letters = np.array(list("".join(one.labels for one in listed)))
    credit = np.concatenate([np.where(told.denials >= differs, 0.0, told.credits) for told in judged])
    kept = letters != "x"
    letters, credit = letters[kept], credit[kept]

    def recall(covered: float, partial: float) -> float:
        found = np.where(credit >= covered, "c", np.where(credit >= partial, "p", "a"))
        return float(np.mean([np.mean(found[letters == letter] == letter) for letter in "cpa"]))

    grid = [round(float(value), 2) for value in np.arange(0.2, 0.8, 0.05)]
    return max(((high, low) for high in grid for low in grid if low < high), key=lambda both: recall(*both))


def _fit_map(
    coverage: NDArray[np.float64],
    wrong: NDArray[np.float64],
    whole: NDArray[np.float64],
    marks: NDArray[np.float64],
    weight: NDArray[np.float64],
) -> tuple[float, ...]:
    from scipy.optimize import minimize

    rows = np.stack([np.ones_like(whole), coverage, -wrong, np.array([log_odds(one) for one in whole])], axis=1)

    def loss(numbers: NDArray[np.float64]) -> float:
        given = 1.0 / (1.0 + np.exp(-(rows @ numbers)))
        return float((weight * (given - marks) ** 2).mean())

    bounds = [(None, None), (0.0, None), (_PENALTY, None), (0.0, None)]
    found = minimize(loss, [0.0, 1.0, _PENALTY, 0.5], method="L-BFGS-B", bounds=bounds).x
    return tuple(round(float(value), 4) for value in found)


def written(fusion: Fusion, calibration: Calibration, models: dict[str, str]) -> str:
    """Return what `fitted.json` holds."""
    rounded: Callable[[NDArray[np.float64]], Any] = lambda values: np.round(values, 4).tolist()  # noqa: E731
    values = {
        "fitted for": models,
        "spoken": rounded(fusion.spoken),
        "kept": rounded(fusion.kept),
        "alone": rounded(fusion.alone),
        "calibration": {name: getattr(calibration, name) for name in calibration.__slots__},
    }
    return json.dumps(values, indent=1) + "\n"


def main() -> None:
    """Fit and write the numbers that are part of viva."""
    wants = argparse.ArgumentParser(prog="python -m training.grading", description=__doc__)
    wants.add_argument("--reader", help="a reader by folder, instead of the one that is part of viva")
    wants.add_argument("--out", type=Path, default=FITTED)
    asked = wants.parse_args()
    listed = samples("validation", asked.reader)
    made = made_samples(asked.reader)
    fusion, calibration = fit_fusion([*listed, *made]), fit_calibration(listed, judged_apart(listed, made))
    reader = open_reader(asked.reader, notify=print)
    models = {"encoder": open_encoder(notify=print).model_id, "reader": reader.model_id if reader else "none"}
    asked.out.write_text(written(fusion, calibration, models), encoding="utf-8")
    print(asked.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
