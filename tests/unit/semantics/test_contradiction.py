"""The model of contradiction as it is shipped, and what happens to a damaged or foreign file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from viva.errors import ModelError
from viva.semantics.alignment import words_of
from viva.semantics.contradiction import NAME, ContradictionModel, contradiction_for
from viva.semantics.embedded import EMBEDDED_FOLDER, StaticModel


@pytest.fixture(scope="module")
def opposer(model: StaticModel) -> ContradictionModel:
    found = contradiction_for(model)
    assert found is not None
    return found


def probability(model: StaticModel, opposer: ContradictionModel, first: str, second: str) -> float:
    one, other = words_of(model, [first, second])
    return opposer.probability(opposer.read(one), opposer.read(other))


@pytest.mark.parametrize(
    ("statement", "same", "opposite"),
    [
        ("训练时使用随机失活", "训练的时候用随机失活", "训练时不使用随机失活"),
        ("学习率太大会让损失发散", "学习率过大会让损失发散", "学习率太小会让损失发散"),
        ("更新方向很稳定", "更新方向比较稳定", "更新方向很不稳定"),
        ("早停保留验证损失最低的权重", "早停会留下验证损失最小的权重", "早停保留验证损失最高的权重"),
        (
            "a larger batch lowers the variance",
            "a bigger batch reduces the variance",
            "a larger batch raises the variance",
        ),
        (
            "the split uses the training data",
            "the split takes training data",
            "the split does not use the training data",
        ),
        ("the gate keeps the old state", "the gate retains the old state", "the gate discards the old state"),
    ],
)
def test_a_reverse_is_more_opposed_than_a_rewording(
    model: StaticModel, opposer: ContradictionModel, statement: str, same: str, opposite: str
) -> None:
    right, wrong = (probability(model, opposer, statement, text) for text in (same, opposite))
    assert 0.0 <= right < wrong <= 1.0


def test_order_does_not_matter_and_nothing_opposes_nothing(model: StaticModel, opposer: ContradictionModel) -> None:
    first, second = "权重在所有位置共享", "权重在各个位置都不共享"
    forth, back = probability(model, opposer, first, second), probability(model, opposer, second, first)
    assert forth == pytest.approx(back, abs=1e-5)
    assert probability(model, opposer, first, "") == probability(model, opposer, "", first) == 0.0
    assert 0.0 <= probability(model, opposer, first * 500, second * 500) <= 1.0


def test_only_the_model_it_was_trained_with_has_it(model: StaticModel, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    shutil.copytree(EMBEDDED_FOLDER, folder)
    assert contradiction_for(StaticModel(folder)) is not None
    tokenizer = folder / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert contradiction_for(StaticModel(folder)) is None
    (folder / NAME).unlink()
    assert contradiction_for(StaticModel(folder)) is None


def test_a_damaged_file_is_named(model: StaticModel, tmp_path: Path) -> None:
    whole = (EMBEDDED_FOLDER / NAME).read_bytes()
    for damaged in (b"", whole[:100], whole[:-10]):
        path = tmp_path / NAME
        path.write_bytes(damaged)
        with pytest.raises(ModelError, match="damaged"):
            ContradictionModel(path)
    with pytest.raises(ModelError, match="no model of contradiction"):
        ContradictionModel(EMBEDDED_FOLDER / "model.safetensors")
