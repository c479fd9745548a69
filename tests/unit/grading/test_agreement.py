"""Figures of agreement against values worked out by hand."""

from __future__ import annotations

import pytest

from viva.errors import QueryError
from viva.grading.agreement import agreement, pearson, ranks, spearman, weighted_kappa


def test_ranks_share_ties() -> None:
    assert ranks([0.5, 0.1, 0.5, 0.9]).tolist() == [2.5, 1.0, 2.5, 4.0]


def test_correlations_by_hand() -> None:
    assert pearson([1, 2, 3], [1, 2, 4]) == pytest.approx(3 / (2 * 14 / 3) ** 0.5)
    assert spearman([1, 2, 3], [1, 2, 40]) == pytest.approx(1.0)
    assert spearman([1, 2, 3, 4], [4, 3, 2, 1]) == pytest.approx(-1.0)
    assert pearson([1, 1], [1, 2]) is None


def test_kappa_by_hand() -> None:
    assert weighted_kappa([0, 1], [0, 1]) == pytest.approx(1.0)
    assert weighted_kappa([0, 1], [1, 0]) == pytest.approx(-1.0)
    assert weighted_kappa([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(0.0)
    assert weighted_kappa([0.5, 0.5], [0.5, 0.5]) is None


def test_agreement_by_hand() -> None:
    found = agreement([0, 1, 0, 1], [0.0, 1.0, 1.0, 0.0], ["a", "a", "b", "b"], unsure=1)
    assert (found.answers, found.questions, found.unsure) == (4, 2, 0.25)
    assert found.pearson == pytest.approx(0.0)
    assert found.within_question == pytest.approx(0.0)
    assert found.rmse == pytest.approx(0.5**0.5)
    assert found.constant_rmse == pytest.approx(0.5)
    assert found.as_dict()["rmse"] == 0.7071


def test_nothing_to_compare_is_said() -> None:
    for human, machine in (([], []), ([1.0], [1.0, 0.5])):
        with pytest.raises(QueryError):
            agreement(human, machine, ["a"] * len(human))
