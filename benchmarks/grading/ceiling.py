"""What could be reached at all: a ridge regression over everything that is known of an answer.

    python -m benchmarks.grading.ceiling

It keeps none of the laws (it may use the length of an answer), explains nothing, and is fitted twice: on the other
sets, as the calibration is, and on nine tenths of the very set that is measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.grading.baselines import Baseline, all_baselines
from benchmarks.grading.sets import NAMES, SEED, TRAINING_SPLITS, Graded, load
from viva.practice.agreement import pearson
from viva.practice.calibration import calibration_for
from viva.practice.grader import Grader
from viva.semantics.encoder import open_encoder
from viva.text.normal import length
from viva.types import Entry

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST = 400
_PENALTY = 0.1
"""Of the ridge, for features of unit spread and weights that sum to one."""
_FOLDS = 10

Table = tuple["NDArray[np.float64]", "NDArray[np.float64]"]
"""Features, shape (answers, features), and the scores that people gave."""


def main() -> None:
    """Print the Pearson correlation of both fits for each split of each set."""
    if not (sets := load_all()):
        print("Skipped: the graded answers are not beside the project.")
        return
    grader = Grader(encoder := open_encoder(notify=print), None, calibration_for(encoder))
    tables: dict[tuple[str, str], Table] = {}
    for key, rows in sets.items():
        others = all_baselines(encoder, [entry for row in rows for entry in row.wordings])
        tables[key] = _table(grader, others, rows)
    print("| set | answers | fitted on the other sets | fitted on the set itself, tenfold |\n|---|---|---|---|")
    for (name, split), table in tables.items():
        known = [one for (other, part), one in tables.items() if other != name and part in TRAINING_SPLITS]
        blind = pearson(table[1].tolist(), _predicted(_fit(known), table[0]).tolist()) or 0.0
        print(f"| {name} {split} | {len(table[1])} | {blind:.3f} | {_tenfold(table):.3f} |")


def load_all() -> dict[tuple[str, str], list[Graded]]:
    """Return at most 400 answers of each split of each set; empty where the sets are not there."""
    found: dict[tuple[str, str], list[Graded]] = {}
    generator = np.random.default_rng(SEED)
    for name in NAMES:
        try:
            rows = [row for row in load(name, None) if row.entry.points]
        except FileNotFoundError:
            return {}
        for row in (rows[index] for index in generator.permutation(len(rows))):
            part = found.setdefault((name, row.split), [])
            if len(part) < _MOST:
                part.append(row)
    return found


def _table(grader: Grader, others: dict[str, Baseline], rows: list[Graded]) -> Table:
    best = [
        max((_features(grader, others, entry, row.answer) for entry in row.wordings), key=lambda one: one[0])
        for row in rows
    ]
    return np.asarray(best), np.asarray([row.score for row in rows])


def _features(grader: Grader, others: dict[str, Baseline], entry: Entry, answer: str) -> list[float]:
    grade = grader.grade(entry, answer)
    seen, weights = grader.observations(entry, answer)
    witnesses = np.asarray([[one.strength, one.overlap, one.aligned, one.matched] for one in seen])
    said, wanted = np.log1p(length(answer)), np.log1p(length(entry.answer))
    statuses = [point.status for point in grade.points]
    return [
        grade.score / 100,
        *(score(entry, answer) for score in others.values()),
        *(np.asarray(weights) @ witnesses),
        float(witnesses[:, 0].max()),
        said,
        wanted,
        said - wanted,
        float(len(entry.points)),
        statuses.count("covered") / len(statuses),
        statuses.count("contradicted") / len(statuses),
    ]


def _fit(tables: list[Table]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return mean, spread and coefficients; each table counts alike."""
    features, scores = (np.concatenate(parts) for parts in zip(*tables, strict=True))
    shares = np.concatenate([np.full(len(table[1]), 1 / len(table[1])) for table in tables]) / len(tables)
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    rows = np.c_[(features - mean) / spread, np.ones(len(features))]
    weighted = rows * shares[:, None]
    return mean, spread, np.linalg.solve(weighted.T @ rows + _PENALTY * np.eye(rows.shape[1]), weighted.T @ scores)


def _predicted(
    fitted: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]], features: NDArray[np.float64]
) -> NDArray[np.float64]:
    mean, spread, coefficients = fitted
    return np.asarray(np.c_[(features - mean) / spread, np.ones(len(features))] @ coefficients)


def _tenfold(table: Table) -> float:
    features, scores = table
    order = np.random.default_rng(SEED).permutation(len(scores))
    found = np.zeros(len(scores))
    for fold in range(_FOLDS):
        out = order[fold::_FOLDS]
        kept = np.setdiff1d(order, out)
        found[out] = _predicted(_fit([(features[kept], scores[kept])]), features[out])
    return pearson(scores.tolist(), found.tolist()) or 0.0


if __name__ == "__main__":
    main()
