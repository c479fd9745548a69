"""The recipe from text to a model's folder, run small."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from training.make import Known, make, set_apart
from training.recipe import SMALL
from viva.models.embedded import StaticModel

KNOWN = Known(english=["training"], inner=["ing", "ed"], chinese=["训练", "缺点"])
TEXTS = ["批归一化为什么有用", "why is batch normalization used", "1×1卷積", "F1-score", "C++"]


def test_training_teaches_translation(made, material, teach, tmp_path):
    _, learned = made
    untrained = make(replace(SMALL, steps=0), material, teach, tmp_path, known=KNOWN, say=lambda _: None)
    before, after = (one.validation["zh-en accuracy"] for one in (untrained, learned))
    assert after > before
    assert after > 5 / SMALL.kept_apart


def test_the_same_seed_makes_the_same_model(made, material, teach, tmp_path):
    folder, learned = made
    again = make(SMALL, material, teach, tmp_path, known=KNOWN, say=lambda _: None)
    assert again.validation == pytest.approx(learned.validation, abs=0.02)
    np.testing.assert_allclose(StaticModel(folder).encode(TEXTS), StaticModel(tmp_path).encode(TEXTS), atol=0.05)


def test_another_seed_makes_another(made, material, teach, tmp_path):
    folder, _ = made
    make(replace(SMALL, seed=1), material, teach, tmp_path, known=KNOWN, say=lambda _: None)
    assert not np.allclose(StaticModel(folder).encode(TEXTS), StaticModel(tmp_path).encode(TEXTS), atol=0.05)


@pytest.mark.filterwarnings("ignore")
def test_the_folder_opens_in_model2vec_with_the_same_vectors(made):
    from model2vec import StaticModel as Model2Vec

    folder, _ = made
    ours = StaticModel(folder).encode(TEXTS)
    theirs = Model2Vec.from_pretrained(str(folder)).encode(TEXTS)
    np.testing.assert_allclose(ours, theirs, atol=1e-4)


@pytest.mark.torch
@pytest.mark.filterwarnings("ignore")
def test_the_folder_opens_in_sentence_transformers_with_the_same_vectors(made):
    from sentence_transformers import SentenceTransformer

    folder, _ = made
    ours = StaticModel(folder).encode(TEXTS)
    theirs = SentenceTransformer(str(folder), device="cpu").encode(TEXTS)
    np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_the_report_names_rows_and_tokens(made):
    folder, learned = made
    assert learned.rows["parallel"] > 200
    assert learned.tokens == len(json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"])


def test_what_is_set_apart_is_not_learned(material):
    kept, apart = set_apart(material, SMALL)
    hidden = {text for row in apart.parallel for text in (row.zh, row.en)}
    assert len(apart.parallel) == SMALL.kept_apart
    assert not hidden & {text for row in kept.parallel for text in (row.zh, row.en)}
    assert not {row.body for row in apart.sections} & {row.body for row in kept.sections}
