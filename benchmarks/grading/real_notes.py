"""Answers to the real notes: is the human order kept, do wrong answers stay low and full ones high."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from benchmarks.grading.sets import load_tsv
from viva.grading.agreement import spearman
from viva.types import Entry

Score = Callable[[Entry, str], float]
"""Gives 0 to 1."""

WORTHLESS = ("wrong", "offtopic", "echo", "idk")
COMPLETE = ("full", "english")


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of one grader."""

    pairs: float
    """Share of pairs of answers to one question that stand in the human order; a tie counts half."""
    spearman: float
    worthless_from_40: float
    complete_below_60: float
    flips: float
    """Share of true statements that score at least 10 points above their false twin."""
    means: dict[str, float]
    """Mean score of each kind of answer."""


def standing(score: Score, entries: dict[str, Entry]) -> Standing:
    """Score `dev/answers.tsv` and `dev/flips.tsv`."""
    rows = [
        (number, kind, float(human), score(entries[number], answer))
        for number, kind, human, answer in load_tsv("answers.tsv")
    ]
    twins = [
        score(entries[number], true) - score(entries[number], false) for number, true, false in load_tsv("flips.tsv")
    ]
    kinds = dict.fromkeys(kind for _, kind, _, _ in rows)
    return Standing(
        pairs=_in_order(rows),
        spearman=spearman([row[2] for row in rows], [row[3] for row in rows]) or 0.0,
        worthless_from_40=float(np.mean([row[3] >= 0.4 for row in rows if row[1] in WORTHLESS])),
        complete_below_60=float(np.mean([row[3] < 0.6 for row in rows if row[1] in COMPLETE])),
        flips=float(np.mean([gap >= 0.1 for gap in twins])),
        means={kind: float(np.mean([row[3] for row in rows if row[1] == kind])) for kind in kinds},
    )


def _in_order(rows: list[tuple[str, str, float, float]]) -> float:
    marks = []
    for first, second in combinations(rows, 2):
        if first[0] == second[0] and first[2] != second[2]:
            product = (first[2] - second[2]) * (first[3] - second[3])
            marks.append(1.0 if product > 0 else 0.5 if product == 0 else 0.0)
    return float(np.mean(marks))
