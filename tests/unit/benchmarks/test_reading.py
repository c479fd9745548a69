"""The measure of readers: whoever knows the labels is right everywhere, whoever says one thing is nowhere."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from benchmarks.reading import measures
from benchmarks.reading.cases import Case, cases
from benchmarks.reading.judges import ByLikeness, Judged, shared_letters
from training.reading.corpus import questions
from viva.types import Reading

FEW = questions("validation", slice(None, None, 24))
CREDIT = np.array([1.0, 0.5, 0.0, -0.5])


class Knowing:
    def judge(self, listed: Sequence[Case]) -> Judged:
        labels = np.array([case.label for case in listed])
        return Judged(CREDIT[labels], labels, np.eye(len(Reading), dtype=np.float32)[labels])


class Same:
    def judge(self, listed: Sequence[Case]) -> Judged:
        labels = np.zeros(len(listed), dtype=np.int64)
        return Judged(CREDIT[labels], labels, np.full((len(listed), len(Reading)), 0.25, dtype=np.float32))


def test_who_knows_the_labels_is_right() -> None:
    found = measures.measure(Knowing(), FEW)
    wrong = {"right with a negation, called contradicted", "right, called contradicted", "expected calibration error"}
    marks = {"answers in the order of their marks"}  # an examiner weighs points, a mean does not
    assert {name: value for name, value in found.items() if name in wrong} == dict.fromkeys(wrong, 0.0)
    assert all(value == 1 for name, value in found.items() if name not in wrong | marks)
    assert found["answers in the order of their marks"] > 0.9


def test_who_always_says_the_same_tells_nothing_apart() -> None:
    found = measures.measure(Same(), FEW)
    assert found["label of a point: mean recall of the four"] == pytest.approx(0.25)
    for name in ("covered above contradicted, same point (AUC)", "one thing made false: false below true",
                 "short statements in other words: false below true", "answers in the order of their marks"):  # fmt: skip
        assert found[name] == 0.5
    assert found["words shuffled: not covered"] == 0


def test_certainty_that_is_right_as_often_as_it_says_is_no_error() -> None:
    sure = np.array([[0.75, 0.25, 0, 0]] * 4, dtype=np.float32)
    assert measures.error(sure, np.array([0, 0, 0, 1])) == pytest.approx(0, abs=1e-6)
    assert measures.error(sure, np.array([1, 1, 1, 1])) == pytest.approx(0.75)


def test_thresholds_come_from_other_cases_than_those_judged() -> None:
    listed = cases(FEW)
    judged = ByLikeness(shared_letters, listed[::2]).judge(listed[1::2])
    assert set(judged.label.tolist()) <= {Reading.COVERED, Reading.PARTIAL, Reading.ABSENT}
    assert ((judged.credit >= 0) & (judged.credit <= 1)).all()


def test_every_second_question_leaves_the_others_unseen() -> None:
    whole, one, other = (questions("validation", slice(*part)) for part in ((None,), (0, None, 2), (1, None, 2)))
    assert len(one) + len(other) == len(whole)
    assert not {each["question"] for each in one} & {each["question"] for each in other}
