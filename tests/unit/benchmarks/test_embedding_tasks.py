"""The measuring of the embedded model: ranks, ties, twins, and the encoders that it is compared with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.embedding.encoders import BigramTfidf, Dense, Shortened
from benchmarks.embedding.flips import flips
from benchmarks.embedding.tasks import all_tasks, reciprocal_rank
from viva.models.embedded import EMBEDDED_FOLDER, StaticModel

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def model() -> StaticModel:
    return StaticModel(EMBEDDED_FOLDER)


def test_reciprocal_ranks_stop_at_the_tenth():
    cosines = np.zeros((3, 20), dtype=np.float32)
    cosines[0, 0] = 1.0  # first
    cosines[1, [1, 2]] = 0.5, 0.9  # second
    cosines[2, :11] = 0.9  # eleven before it
    assert reciprocal_rank(cosines, np.array([0, 1, 19])) == pytest.approx((1 + 1 / 2 + 0) / 3)


def test_every_flip_changes_the_reference_in_one_place():
    found = flips(ROOT / "kb")
    assert len(found) >= 300
    assert all(len({flip.reference, flip.true, flip.false}) == 3 for flip in found)
    assert {flip.chinese for flip in found} == {True, False}


def test_the_first_half_is_a_model_of_unit_vectors(model):
    half = Shortened(model, model.dimension // 2)
    vectors = half.encode(["批归一化", "batch normalization", ""])
    assert vectors.shape == (3, model.dimension // 2)
    assert np.linalg.norm(vectors[:2], axis=1) == pytest.approx(np.ones(2), abs=1e-5)
    assert not vectors[2].any()
    assert vectors[0] @ vectors[1] > 0.5


@pytest.mark.parametrize("kind", ["letters", "vectors"])
def test_rows_are_the_diagonal_of_the_table(kind, model):
    one = BigramTfidf() if kind == "letters" else Dense(model)
    first, second = ["learning rate", "过拟合", "dropout"], ["the rate of learning", "怎么防止过拟合", "pooling"]
    np.testing.assert_allclose(one.rows(first, second), np.diag(one.table(first, second)), atol=1e-5)


def test_all_figures_are_shares_or_correlations(model, shared):
    tasks = {task.name: task for task in all_tasks()}
    assert tasks["STS-B test, Chinese"].measure(Dense(model)) > 0.6
    assert 0 < tasks["prompt_guide, distinct, Chinese to English"].measure(Dense(model)) <= 1
    assert tasks["STS-B test, English"].english
    assert not tasks["STS-B test, Chinese"].english
