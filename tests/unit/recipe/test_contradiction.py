"""The recipe of the model of contradiction, from sentences to the file that numpy reads, in seconds."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest
import torch

from training.contradiction import NAME, Network, Settings, make_pairs, train, write
from training.flips import opposites
from training.sources import Parallel
from training.twists import otherwise, part_of, parts, synonyms, turned
from viva.semantics.alignment import words_of
from viva.semantics.contradiction import ContradictionModel
from viva.semantics.embedded import EMBEDDED_FOLDER, StaticModel

SMALL = Settings(pairs=600, steps=30, batch=32, width=16, kept_apart=60, warm_up=5)
WORDS = opposites()
SYNONYMS = {"reduces": ["lowers"], "训练": ["培训"], "use": ["apply"]}


@pytest.fixture(scope="module")
def model() -> StaticModel:
    return StaticModel(EMBEDDED_FOLDER)


@pytest.fixture(scope="module")
def pairs(material):
    return make_pairs(material, WORDS, SYNONYMS, SMALL)


def test_pairs_of_every_kind_are_made_the_same_each_time(material, pairs) -> None:
    kinds = Counter(pair.kind for pair in pairs)
    assert {"turned", "turned, across", "same", "same, across", "neighbour", "stranger", "entailed"} <= set(kinds)
    assert make_pairs(material, WORDS, SYNONYMS, SMALL) == pairs
    assert all(pair.first != pair.second for pair in pairs if pair.kind == "turned")


def test_numpy_reads_what_torch_wrote(model: StaticModel, pairs, tmp_path) -> None:
    network, right = train(model, pairs, SMALL, say=lambda _: None)
    assert all(0.0 <= share <= 1.0 for share in right.values())
    write(network, tmp_path / NAME, model.digest)
    opposer = ContradictionModel(tmp_path / NAME)
    sides = [[getattr(pair, side) for pair in pairs[:20]] for side in ("first", "second")]
    ids = [model.token_ids(texts, 48) for texts in sides]
    for row, (first, second) in enumerate(zip(*sides, strict=True)):
        one, other = words_of(model, [first, second])
        with torch.no_grad():
            logit = network(*(torch.from_numpy(np.asarray(side[row])[None]) for side in ids))
        expected = float(torch.sigmoid(logit))
        assert opposer.probability(opposer.read(one), opposer.read(other)) == pytest.approx(expected, abs=0.01)


def test_padding_does_not_matter(model: StaticModel) -> None:
    network = Network(model.table(), 16).eval()
    first, second = (torch.from_numpy(ids[None]) for ids in model.token_ids(["参数共享", "weights are not shared"], 48))
    longer = torch.nn.functional.pad(first, (0, 7))
    with torch.no_grad():
        assert float(network(first, second)) == pytest.approx(float(network(longer, second)), abs=1e-5)


@pytest.mark.parametrize(
    "text", ["增大学习率会加快训练", "The encoder reduces the input of 16 channels", "分为三种", "x"]
)
def test_twists_change_or_leave_a_text(text: str) -> None:
    rng = random.Random(1)
    found = {turned(text, WORDS, rng) for _ in range(50)}
    assert text not in found
    assert text == "x" or found != {None}
    assert all(otherwise(text, SYNONYMS, rng).strip() for _ in range(50))


def test_words_swap_only_around_something_that_is_no_list() -> None:
    rng = random.Random(2)
    found = {turned("编码器把图像压缩成向量", {}, rng) for _ in range(80)} - {None}
    assert "向量把图像压缩成编码器" in found or "编码器把向量压缩成图像" in found or "图像把编码器压缩成向量" in found
    assert {turned("精确率、召回率", {}, rng) for _ in range(20)} == {None}


def test_synonyms_share_a_gloss_and_are_no_opposites() -> None:
    rows = [
        Parallel("增添", "to add; to increase", "d"),
        Parallel("添加", "to add; to increase", "d"),
        Parallel("删除", "to delete", "d"),
    ]
    found = synonyms(rows, {"增添": "删除"}, lambda word, others: others)
    assert found["增添"] == ["添加"]
    assert found["add"] == ["increase"]
    assert "删除" not in found
    assert "缩小" in found["减小"]
    assert synonyms(rows, {}, lambda word, others: []).get("增添") is None


def test_clauses_that_say_nothing_are_no_parts() -> None:
    assert parts("首先，训练时随机丢弃神经元，能够防止过拟合。") == ["训练时随机丢弃神经元", "能够防止过拟合"]
    assert part_of("短", random.Random(0)) == "短"
