"""What is asked of a judge, each figure by a name that says what it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from benchmarks.reading.cases import Case, Questions, cases, elsewhere, pairs, recited, shuffled
from benchmarks.reading.judges import Judge, Judged, mean_recall
from viva.types import Reading

_NEGATION = re.compile(r"\b(?:not|no|never|none|nor|neither|without|cannot|\w+n't)\b|[不没未无非别莫]", re.IGNORECASE)
"""Words that deny, to choose the sentences of one figure; nothing is decided by it."""
_APART = 0.1  # marks of two answers that an examiner tells apart
_BINS = 10


def measure(judge: Judge, questions: Questions) -> dict[str, float | None]:
    """Return the figures of a judge on marked questions; None where it has no say."""
    listed = cases(questions)
    judged = judge.judge(listed)
    labels = np.array([case.label for case in listed])
    said = judge.judge([case for pair in pairs(questions, ("unsay",)) for case in pair[:2]])
    flipped = judge.judge([case for pair in pairs(questions, ("flip", "flip2")) for case in pair[:2]])
    covered = labels == Reading.COVERED
    denying = covered & np.array([bool(_NEGATION.search(case.answer)) for case in listed])
    figures: dict[str, float | None] = {
        "label of a point: mean recall of the four": mean_recall(judged.label, labels),
        **{f"recall of {one.name.lower()}": share(judged.label[labels == one] == one) for one in Reading},
        "label of a point right": share(judged.label == labels),
        "covered above contradicted, same point (AUC)": above(listed, judged),
        "one thing made false: false below true": in_order(flipped),
        "the same by a tenth of a mark": in_order(flipped, 0.1),
        "short statements in other words: false below true": in_order(said),
        "the same by half a mark": in_order(said, 0.5),
        "notes' own words, reordered, with typos: covered": all_are(judge, recited(questions), Reading.COVERED),
        "written with slips or word for word: covered": share(
            judged.label[covered & kinds(listed, "typo", "verbatim")] == Reading.COVERED
        ),
        "answers in the order of their marks": ordered(listed, judged),
        "full answers above wrong ones": ordered(listed, judged, ("full", "wrong")),
        "words shuffled: not covered": 1 - all_are(judge, shuffled(questions), Reading.COVERED),
        **across_languages(judge, questions, listed, judged),
        "written in the other language: covered": share(
            judged.label[covered & kinds(listed, "cross")] == Reading.COVERED
        ),
        "right with a negation, called contradicted": share(judged.label[denying] == Reading.CONTRADICTED),
        "right, called contradicted": share(judged.label[covered] == Reading.CONTRADICTED),
        "expected calibration error": None if judged.probabilities is None else error(judged.probabilities, labels),
    }
    for lang in ("en", "zh"):
        ours = np.array([case.lang == lang for case in listed])
        figures[f"mean recall, {lang}"] = mean_recall(judged.label[ours], labels[ours])
    return figures


def across_languages(judge: Judge, questions: Questions, listed: Sequence[Case], judged: Judged) -> dict[str, float]:
    """Return how the same answers are read beside notes in their own language, as judged, and in the other."""
    plain = kinds(listed, *PLAIN)
    own = [case for case, wanted in zip(listed, plain, strict=True) if wanted]
    other = elsewhere(questions, PLAIN)
    figures = {}
    for name, apart, said in (
        ("their own language", own, Judged(judged.credit[plain], judged.label[plain])),
        ("the other language", other, judge.judge(other)),
    ):
        labels = np.array([case.label for case in apart])
        figures[f"plain answers, notes in {name}: mean recall"] = mean_recall(said.label, labels)
        figures[f"plain answers, notes in {name}: covered above contradicted"] = above(apart, said)
    return figures


PLAIN = ("full", "terse", "partial", "wrong", "mixed")
"""Answers to the whole question, each by itself."""


def kinds(listed: Sequence[Case], *wanted: str) -> NDArray[np.bool_]:
    """Return which cases are of these kinds."""
    return np.array([case.kind in wanted for case in listed])


def share(true: NDArray[np.bool_]) -> float:
    """Return the share that is true; nothing is 0."""
    return float(true.mean()) if len(true) else 0.0


def all_are(judge: Judge, listed: Sequence[Case], label: Reading) -> float:
    """Return how many of the cases are given this label."""
    return share(judge.judge(listed).label == label)


def above(listed: Sequence[Case], judged: Judged) -> float:
    """Return how often an answer that covers a point has more credit than one that contradicts the same point."""
    by_point: dict[tuple[str, str], tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for case, credit in zip(listed, judged.credit, strict=True):
        if case.label in (Reading.COVERED, Reading.CONTRADICTED):
            by_point[case.question, case.point][case.label == Reading.CONTRADICTED].append(credit)
    won = [wins(true - false) for both in by_point.values() for true in both[0] for false in both[1]]
    return float(np.mean(won))


def wins(difference: float) -> float:
    """Return 1 for above, 0 for below, a half for a tie."""
    return 0.5 if difference == 0 else float(difference > 0)


def in_order(judged: Judged, by: float = 0.0) -> float:
    """Return how often the first of two has more credit than the second, by more than so much; a tie is half."""
    apart = judged.credit[0::2] - judged.credit[1::2]
    return share(apart > by) if by else float(np.mean([wins(each) for each in apart]))


def ordered(listed: Sequence[Case], judged: Judged, only: tuple[str, ...] = ()) -> float:
    """Return how often, of two answers to one question, the better marked has the higher mean credit."""
    answers: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    marks: dict[tuple[str, str, str], float] = {}
    for case, credit in zip(listed, judged.credit, strict=True):
        key = (case.question, case.answer, case.kind)
        answers[key].append(credit)
        marks[key] = case.mark
    by_question: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for key, earned in answers.items():
        if not only or key[2] in only:
            by_question[key[0]].append((marks[key], float(np.mean(earned)), key[2]))
    won = [
        wins((one[1] - other[1]) * (one[0] - other[0]))
        for told in by_question.values()
        for one, other in combinations(told, 2)
        if abs(one[0] - other[0]) > _APART
    ]
    return float(np.mean(won))


def error(probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Return the expected calibration error: how far certainty lies from being right, over ten bins of certainty."""
    certainty, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    bins = np.minimum((certainty * _BINS).astype(int), _BINS - 1)
    apart = [abs(certainty[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean() for one in set(bins)]
    return float(sum(apart))
