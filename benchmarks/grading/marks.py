"""The marked answers of subjects that nothing was fitted on: is it the mark of an examiner, are its words true?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viva.grading.agreement import spearman
from viva.types import Entry, Grade, Place, Point

Grading = Callable[[Entry, str], Grade]
_APART = 0.1  # marks of two answers that an examiner tells apart
_COSTS = 10  # points that a mistake should cost
_PASS, _GOOD = 40, 60
_FALSE = frozenset(("flip", "flip2"))


@dataclass(frozen=True)
class Graded:
    """An answer, what people say of it, and what the grader says."""

    question: int
    kind: str
    labels: str
    mark: float
    pair: int | None
    grade: Grade


def graded(questions: Sequence[dict[str, Any]], grade: Grading) -> list[Graded]:
    """Grade every answer of marked questions."""
    found = []
    for number, question in enumerate(questions):
        entry = entry_of(question)
        for answer in question["answers"]:
            told = (answer["kind"], answer["labels"], answer["score"], answer.get("pair"))
            found.append(Graded(number, *told, grade(entry, answer["text"])))
    return found


def entry_of(question: dict[str, Any]) -> Entry:
    """Return a marked question as an entry that stands in no notes."""
    points = tuple(map(Point, question["points"]))
    return Entry("", Place("", "", (), ""), None, question["question"], "\n".join(question["points"]), points, "", 1, 1)


def figures(listed: Sequence[Graded]) -> dict[str, float]:
    """Return the figures of a grader, each by a name that says what it is."""
    score = np.array([one.grade.score for one in listed], dtype=np.float64)
    mark = 100.0 * np.array([one.mark for one in listed])
    kind = np.array([one.kind for one in listed])
    drops = np.array([score[true] - score[false] for true, false in _twins(listed)])
    right = [one for one in listed if "x" not in one.labels and "c" in one.labels]
    statuses = [(letter, point.status) for one in listed for letter, point in _points(one)]
    return {
        "answers in the order of their marks": _ordered(listed, score, mark),
        "full answers above wrong ones": _full_above_wrong(listed, score),
        "wrong, fluent, at 40 or more": _share(score[kind == "wrong"] >= _PASS),
        "right in other words, under 60": _share(score[kind == "full"] < _GOOD),
        "right and terse, under 60": _share(score[(kind == "terse") & (mark >= _GOOD)] < _GOOD),
        "one thing made false costs 10 or more": _share(drops >= _COSTS),
        "one thing made false costs anything": _share(drops > 0),
        "Spearman with the marks": spearman(mark, score) or 0.0,
        "RMSE": float(np.sqrt(((score - mark) ** 2).mean())),
        "RMSE of the mean mark": float(mark.std()),
        "right answers of which a point is called contradicted": _share(
            np.array([any(point.status == "contradicted" for point in one.grade.points) for one in right])
        ),
        "right answers that are said to differ in a point": _share(
            np.array([any(point.status == "differs" for point in one.grade.points) for one in right])
        ),
        "contradicted points called so, or said to differ": _share(
            np.array([status in ("contradicted", "differs") for letter, status in statuses if letter == "x"])
        ),
        "covered points called covered": _share(np.array([s == "covered" for letter, s in statuses if letter == "c"])),
        "points not spoken of called missed": _share(
            np.array([s == "missed" for letter, s in statuses if letter == "a"])
        ),
        "left to the person": _share(np.array([one.grade.verdict == "unsure" for one in listed])),
    }


def means(listed: Sequence[Graded]) -> dict[str, tuple[float, float]]:
    """Return the mean mark that each kind of answer was given by its writer, and the mean score."""
    by_kind: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in listed:
        by_kind[one.kind].append((100.0 * one.mark, float(one.grade.score)))
    return {
        kind: (float(np.mean([mark for mark, _ in both])), float(np.mean([score for _, score in both])))
        for kind, both in sorted(by_kind.items())
    }


def _points(one: Graded) -> list[tuple[str, Any]]:
    if len(one.grade.points) != len(one.labels):
        return []  # two points of a reference were taken for one
    return list(zip(one.labels, one.grade.points, strict=True))


def _share(true: NDArray[np.bool_]) -> float:
    return float(np.mean(true)) if len(true) else 0.0


def _by_question(listed: Sequence[Graded]) -> list[list[int]]:
    places: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(listed):
        places[one.question].append(place)
    return list(places.values())


def _ordered(listed: Sequence[Graded], score: NDArray[np.float64], mark: NDArray[np.float64]) -> float:
    won = []
    for places in _by_question(listed):
        for one, other in combinations(places, 2):
            apart = mark[one] - mark[other]
            if abs(apart) > 100 * _APART:
                won.append(0.5 + 0.5 * np.sign((score[one] - score[other]) * apart))
    return float(np.mean(won))


def _full_above_wrong(listed: Sequence[Graded], score: NDArray[np.float64]) -> float:
    won = [
        0.5 + 0.5 * np.sign(score[full] - score[wrong])
        for places in _by_question(listed)
        for full in places
        for wrong in places
        if listed[full].kind == "full" and listed[wrong].kind == "wrong"
    ]
    return float(np.mean(won))


def _twins(listed: Sequence[Graded]) -> list[tuple[int, int]]:
    """Return the places of each right answer to a whole question and of the same with one thing made false."""
    found = []
    for places in _by_question(listed):
        pairs: dict[int, list[int]] = defaultdict(list)
        for place in places:
            pair = listed[place].pair
            if pair is not None:
                pairs[pair].append(place)
        for both in pairs.values():
            false = [place for place in both if listed[place].kind in _FALSE]
            if len(both) == 2 and len(false) == 1:
                found.append((next(place for place in both if place != false[0]), false[0]))
    return found
