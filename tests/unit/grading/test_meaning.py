"""What an answer earns: paraphrase, another language, typos, formulas, contradiction."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from viva.errors import ModelError
from viva.notes.points import split_points
from viva.practice.answer import Answer
from viva.practice.calibration import Calibration, calibration_for, verdict_of
from viva.practice.grader import Grader
from viva.semantics.polarity import conflicts, states
from viva.semantics.terms import TermWeights, formulas, recall, terms
from viva.types import Encoder, Entry


def bag(text: str) -> list[frozenset[str]]:
    return [frozenset(terms(text))]


def test_more_points_mean_a_higher_score(grader: Grader, chinese: Entry) -> None:
    one = grader.grade(chinese, "刚开始梯度大，预热可以防止参数震荡").score
    two = grader.grade(chinese, "刚开始梯度大，预热可以防止参数震荡；大批量训练也收敛得更稳").score
    assert 15 <= one < two <= 100


def test_another_language_counts(grader: Grader, english: Entry) -> None:
    answer = "相邻样本是相关的，按顺序取批会让梯度有偏；打乱后每个批次都像整个数据集；网络也不会记住顺序"
    assert grader.grade(english, answer).score >= 50


def test_a_short_right_answer_is_not_punished(grader: Grader, chinese: Entry) -> None:
    entry = replace(chinese, question="动量法还有什么别名", answer="重球法", points=split_points("重球法"))
    assert grader.grade(entry, "重球法").score == 100
    assert grader.grade(entry, "叫重球法").score == 100


def test_the_words_of_the_question_earn_nothing(grader: Grader, chinese: Entry) -> None:
    assert grader.grade(chinese, "学习率预热的好处在于学习率预热很好").score <= 20


def test_typos_cost_little(grader: Grader, english: Entry) -> None:
    right = grader.grade(english, "Neighbouring samples are correlated and batches give biased gradients").score
    typed = grader.grade(english, "Neighboring sampels are corelated and batches give biased gradiens").score
    assert 0 <= right - typed <= 20


def test_formulas_match_in_any_spelling(grader: Grader, chinese: Entry) -> None:
    entry = replace(
        chinese,
        question="转置卷积输出多大",
        answer="n = s * (m - 1) + k - 2p",
        points=split_points("n = s * (m - 1) + k - 2p"),
    )
    for answer in ("s×(m－1)+k-2p", "输出是 S*(M-1)+K-2P", "n=s*(m-1)+k-2p"):
        assert grader.grade(entry, answer).score == 100, answer
    assert grader.grade(entry, "s*(m-1)+k-p").score < 100
    assert formulas("k + (k-1)(d-1)") == formulas("K+(k - 1) * (d－1)")


def test_terms_weights_and_recall() -> None:
    weights = TermWeights.of(["卷积 网络", "卷积 归一化", "卷积 损失"])
    assert 0 < weights.weight("卷积") < weights.weight("损失") < weights.weight("从未见过") == 1.0
    flat = TermWeights()
    assert recall(terms("momentum"), bag("momentun"), flat) > 0.8
    assert recall(terms("batch normalization"), bag("boxes"), flat) == 0.0
    assert recall((), bag("boxes"), flat) == 0.0
    assert terms("the boxes of it") == ("box",)


@pytest.mark.parametrize(
    ("statement", "clause"),
    [
        ("所有位置共享权重", "各个位置不共享权重"),
        ("提高学习率会加大震荡", "提高学习率会减小震荡"),
        ("保留得分最高的候选", "保留得分最低的候选"),
        ("加入权重衰减", "去掉权重衰减"),
        ("the gate keeps the state", "the gate never keeps the state"),
        ("a larger batch lowers the variance", "a larger batch increases the variance"),
        ("更新方向很稳定", "更新方向并不稳定"),
        ("推理的速度快", "推理的速度慢"),
        ("减轻上采样的混叠", "加重上采样的混叠"),
        ("门控缓解了消失问题", "门控加剧了消失问题"),
        ("rare positives need a weight", "frequent positives need a weight"),
        ("the errors are independent of each other", "the errors are dependent on each other"),
        ("the boundary becomes non-linear", "the boundary becomes linear"),
        ("训练时使用dropout", "去掉正则化和dropout"),
    ],
)
def test_opposites_conflict(statement: str, clause: str) -> None:
    assert conflicts(statement, clause)
    assert conflicts(clause, statement) or "去掉" in clause


@pytest.mark.parametrize(
    ("text", "said", "held"),
    [
        ("需要滑动平均", "需要滑动平均", True),
        ("不需要滑动平均", "需要滑动平均", False),
        ("没有参数也可以有参数", "有参数", True),
        ("itdoesnotneedscaling", "needscaling", False),
        ("权值共享", "参数", False),
    ],
)
def test_the_end_of_a_denial_does_not_state_what_it_denies(text: str, said: str, held: bool) -> None:
    assert states(text, said) == held


def test_a_denial_is_no_word_for_word_repetition(grader: Grader, chinese: Entry) -> None:
    for statement, denial in (("LN不需要滑动平均", "LN需要滑动平均"), ("需要滑动平均", "它不需要滑动平均")):
        entry = replace(chinese, question="推理时要注意什么", answer=statement, points=split_points(statement))
        assert grader.grade(entry, statement).score == 100
        assert grader.grade(entry, denial).score < 70


@pytest.mark.parametrize(
    ("statement", "clause"),
    [
        ("所有位置共享权重", "权重在各个位置是共享的"),
        ("不用池化也能扩大感受野", "不经过池化就扩大了感受野"),
        ("过滤得分低于阈值的框", "去掉得分低于阈值的框"),
        ("减少参数", "降低参数数量"),
        ("增加非线性", "引入非线性"),
        ("the state is kept", "it does not decay, and the state is kept"),
        ("scales to more data", "handles larger data sets"),
        ("提高精度，降低延迟", "延迟降低，精度提高"),
        ("引入高斯噪声", "加入低强度的高斯噪声"),
        ("same mean but different variance", "the same mean"),
        ("a large rate diverges and a small one is slow", "a small rate is slow"),
        ("L1 gives sparse weights, L2 gives dense ones", "the weights of L1 are sparse"),
    ],
)
def test_agreement_does_not_conflict(statement: str, clause: str) -> None:
    assert not conflicts(statement, clause)


def test_a_contradicted_point_scores_no_more_than_a_missed_one(grader: Grader, chinese: Entry) -> None:
    entry = replace(
        chinese,
        question="共享参数吗",
        answer="卷积核在所有位置共享权重",
        points=split_points("卷积核在所有位置共享权重"),
    )
    wrong = grader.grade(entry, "卷积核在所有位置都不共享权重")
    assert (wrong.score, wrong.points[0].status) == (0, "contradicted")
    assert wrong.points[0].evidence == "卷积核在所有位置都不共享权重"


def test_calibration_is_monotone_and_bands_are_in_one_place() -> None:
    one = Calibration(aligned=2.0, foreign_aligned=2.0, matched=0.6, foreign_matched=0.3)
    grid = [index / 20 for index in range(21)]
    for foreign in (False, True):
        for overlap in grid:
            marks = [one.credit(similarity, overlap, foreign=foreign) for similarity in grid]
            aligned = [one.credit(0.5, overlap, share, foreign=foreign) for share in grid]
            matched = [one.credit(0.5, overlap, 0.5, share, foreign=foreign) for share in grid]
            for row in (marks, aligned, matched):
                assert row == sorted(row)
                assert all(0.0 <= mark <= 1.0 for mark in row)
    scores = [one.score(coverage) for coverage in grid]
    assert scores == sorted(scores)
    assert len(set(scores)) == len(scores)
    assert one.credit(0.0, 0.0) == one.credit(-1.0, 0.0) == 0.0
    assert (one.score(0.0), one.score(1.0)) == (0, 100)
    assert [verdict_of(score) for score in (0, 39, 40, 74, 75, 100)] == ["weak"] * 2 + ["partial"] * 2 + ["strong"] * 2
    assert verdict_of(90, unsure=True) == "unsure"
    edges = [coverage / 100 for coverage in range(101)]
    named = {"weak": "missed", "partial": "partial", "strong": "covered"}
    assert [one.status(edge) for edge in edges] == [named[verdict_of(one.score(edge))] for edge in edges]


def test_the_embedded_model_has_its_own_calibration(encoder: Encoder, tmp_path: Path) -> None:
    assert calibration_for(encoder).model == encoder.model_id
    absent = tmp_path / "absent.json"
    assert calibration_for(encoder, absent).floor >= Calibration().floor
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        calibration_for(encoder, broken)
    odd = tmp_path / "odd.json"
    odd.write_text(json.dumps({"calibrations": [{"model": encoder.model_id, "bias": -1.0}]}), encoding="utf-8")
    assert calibration_for(encoder, odd).bias == -1.0


def test_a_very_long_answer_is_graded(grader: Grader, chinese: Entry) -> None:
    assert grader.grade(chinese, chinese.answer + "\n" + "这一段与问题没有关系。" * 5000).score == 100


def test_a_file_pasted_as_an_answer_is_read_in_part(encoder: Encoder, grader: Grader, chinese: Entry) -> None:
    pasted = "\n".join(f"第{number}行写的是别的事" for number in range(3000))
    assert len(Answer.read(pasted, chinese.question, encoder, grader.reference(chinese)).parts) < 1000
    assert grader.grade(chinese, f"{chinese.answer}\n{pasted}").score == 100
