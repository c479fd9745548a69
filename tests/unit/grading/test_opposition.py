"""What a contradiction costs, what it does not, and how it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from viva.notes.points import split_points
from viva.practice.calibration import calibration_for
from viva.practice.grader import Grader
from viva.practice.interviewer import point_lines
from viva.practice.not_an_answer import is_keywords
from viva.types import Encoder, Entry


def asked(base: Entry, question: str, answer: str) -> Entry:
    return replace(base, question=question, answer=answer, points=split_points(answer))


@pytest.mark.parametrize(
    ("question", "statement", "right", "wrong"),
    [
        ("学习率太大会怎样", "损失来回震荡，甚至发散", "损失会来回震荡，严重时发散", "损失平稳下降，不会发散"),
        ("早停留下哪个模型", "留下验证损失最低的权重", "保留验证损失最小的权重", "保留验证损失最高的权重"),
        (
            "随机失活怎么用",
            "训练时使用dropout，测试时不用dropout",
            "训练的时候用dropout，测试的时候不用",
            "训练时不用dropout，测试时使用dropout",
        ),
        (
            "What does a larger batch do?",
            "It lowers the variance of the gradient",
            "The variance of the gradient gets lower",
            "The variance of the gradient gets higher",
        ),
        (
            "Which data fits the scaler?",
            "The scaler is fitted on the training data only",
            "Only the training data fits the scaler",
            "The scaler is never fitted on the training data",
        ),
    ],
)
def test_the_true_statement_scores_clearly_higher(
    grader: Grader, chinese: Entry, question: str, statement: str, right: str, wrong: str
) -> None:
    entry = asked(chinese, question, statement)
    assert grader.grade(entry, right).score >= grader.grade(entry, wrong).score + 10


def test_a_point_said_and_denied_is_worth_half_at_most_and_both_are_shown(grader: Grader, chinese: Entry) -> None:
    entry = asked(chinese, "卷积核怎么用", "卷积核在所有位置共享权重，因此参数很少")
    grade = grader.grade(entry, "卷积核在所有位置都不共享权重，因此参数很少")
    whole = grader.grade(entry, "卷积核在各个位置共享权重，因此参数很少")
    assert grade.score <= 65 < whole.score
    (point,) = grade.points
    assert "不共享权重" in (point.against or point.evidence)
    if point.status == "partial":
        assert any("但你也说" in line for line in point_lines(point, "zh"))
        assert any("but you also said" in line for line in point_lines(point, "en"))


def test_a_clause_is_held_against_what_it_speaks_of(grader: Grader, chinese: Entry) -> None:
    entry = asked(chinese, "上采样和下采样", "上采样增大特征图\n下采样减小特征图")
    grade = grader.grade(entry, "下采样减小特征图，上采样增大特征图")
    assert grade.score == 100
    assert not any(point.against for point in grade.points)


def test_the_numbers_of_a_list_contradict_nothing(grader: Grader, chinese: Entry) -> None:
    entry = asked(chinese, "数据增强有哪些做法", "随机裁剪、水平翻转、颜色抖动")
    plain, numbered = (
        grader.grade(entry, answer)
        for answer in ("随机裁剪，水平翻转，颜色抖动", "（1）随机裁剪（2）水平翻转（3）颜色抖动。")
    )
    assert not any(point.status == "contradicted" or point.against for point in numbered.points)
    assert abs(numbered.score - plain.score) <= 10


def test_every_point_more_is_worth_something(grader: Grader, samples: list[Entry]) -> None:
    for entry in samples:
        if len(entry.points) < 2:
            continue
        texts = [point.text for point in entry.points]
        assert grader.grade(entry, "\n".join(texts[:-1])).score <= grader.grade(entry, "\n".join(texts)).score
        weights = [point.weight for point in grader.grade(entry, texts[0]).points]
        if weights[-1] > 0.1:
            assert grader.grade(entry, "\n".join(texts[:-1])).score < 100, entry.id


def test_a_line_that_only_announces_weighs_nothing(grader: Grader, chinese: Entry) -> None:
    entry = asked(chinese, "归一化有哪几种方法", "归一化主要有以下三种方法\n批归一化\n层归一化\n组归一化")
    weights = {point.text: point.weight for point in grader.grade(entry, "批归一化").points}
    assert weights.get("归一化主要有以下三种方法", 0.0) <= 0.1
    assert weights["批归一化"] >= 0.25


def test_key_words_are_no_answer_where_statements_are_wanted(grader: Grader, chinese: Entry, english: Entry) -> None:
    for entry, answer in (
        (chinese, "梯度，参数，归一化，批量，收敛，统计量"),
        (english, "samples, batches, gradients, network, order, shuffling"),
    ):
        grade = grader.grade(entry, answer)
        assert grade.score <= 25
        assert "keywords" in grade.flags


def test_names_are_an_answer_where_names_are_wanted(grader: Grader, chinese: Entry) -> None:
    entry = asked(chinese, "常见的优化器有哪些", "动量法\n自适应梯度\n均方根传播\n重球法")
    grade = grader.grade(entry, "动量，重球，梯度，传播")
    assert "keywords" not in grade.flags
    assert is_keywords(["a", "b", "c", "d"], ["a statement of seven words or more here"])
    assert not is_keywords(["a", "b", "c"], ["a statement of seven words or more here"])
    assert not is_keywords([], ["a"])
    assert not is_keywords(["a"] * 5, [])


def test_the_rules_judge_alone_for_a_model_without_vectors_of_words(encoder: Encoder, chinese: Entry) -> None:
    class Whole:
        model_id = "whole@1"
        dimension = encoder.dimension

        def encode(self, texts, kind="passage"):
            return encoder.encode(texts, kind)

    plain = Grader(Whole(), None, calibration_for(encoder))
    entry = asked(chinese, "学习率太大会怎样", "损失来回震荡，甚至发散")
    points = plain.grade(entry, "损失不会来回震荡，也不会发散").points
    assert "contradicted" in {point.status for point in points}


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "Packet arrivals are not independent, because a quiet phase follows a busy one",
            "arrivals are not independent",
        ),
        ("顺序栈是指使用顺序存储结构实现的栈", "顺序栈是指用顺序存储的结构实现栈"),
        ("每个逻辑上相邻的元素在空间上不一定是相邻的", "逻辑相邻"),
    ],
)
def test_right_statements_are_no_denials(grader: Grader, chinese: Entry, statement: str, said: str) -> None:
    grade = grader.grade(asked(chinese, "说明", statement), said)
    assert not any(point.against or point.status == "contradicted" for point in grade.points)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("Readers cannot see half-written pages", "no reader can see a half-written page"),
        ("The order of the keys need not be stable", "the order of keys needn't be stable"),
        ("Longer leases do not cause more conflicts", "longer leases don't cause more conflicts"),
        ("Equal length is not the same as equal meaning", "equal length is not same as equal meaning"),
        ("Both caches live in different processes", "the caches do not live within the same process"),
        ("The door has no closed lock", "the lock of the door is not in a closed state"),
        ("短链接不会一直有效", "短链接（short link）不会一直有效"),
        ("预读带来额外的开销，有轻微的缓存作用", "有缓存的效果"),
        ("索引项没有大于4的间隔，例如1、2", "索引项没大于4的间隔"),
        ("写入后把各段连接成一个文件", "写入了以后把各段连接起来成一个文件"),
        ("1.边框宽度：w(n - 1) + c - 2m，另有外边距时再加上\n2.高度不变", "减去两倍外边距"),
        ("The total is divided by 2 - q", "the total is multiplied by 1/(2 - q)"),
        ("Ｎo page can be lost", "no page can be lost"),
    ],
)
def test_the_same_in_other_small_words_contradicts_nothing(
    grader: Grader, chinese: Entry, statement: str, said: str
) -> None:
    grade = grader.grade(asked(chinese, "说明", statement), said)
    assert not any(point.against or point.status == "contradicted" for point in grade.points)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "The total is divided by 2 - q, so the mean stays put",
            "the total is multiplied by 2 - q so the mean stays put",
        ),
        ("每次把汇总值除以 n - 1，结果无偏", "每次把汇总值乘以 n - 1，结果无偏"),
        ("Readers cannot see half-written pages", "readers can see half-written pages"),
        ("各段之间没有明显的空隙", "各段之间有明显的空隙"),
        ("Longer leases do not cause more conflicts", "longer leases do cause more conflicts"),
    ],
)
def test_small_words_set_aside_hide_no_contradiction(grader: Grader, chinese: Entry, statement: str, said: str) -> None:
    grade = grader.grade(asked(chinese, "说明", statement), said)
    assert any(point.against or point.status == "contradicted" for point in grade.points)
    assert grade.score <= 65


@pytest.mark.parametrize(
    ("question", "statement", "right", "wrong"),
    [
        ("3x3卷积核有多少参数", "3x3卷积核共有9个参数", "3x3卷积核有3*3个参数", "3x3卷积核有6个参数"),
        ("测试时怎么办", "测试时权重乘以p", "测试的时候权重要乘以 p", "测试时权重乘以2p"),
        ("How deep is ResNet-50?", "ResNet-50 has 50 layers", "It has 50 layers", "It has 101 layers"),
        (
            "How large is the output?",
            "The output size is (n+2p-f)/s+1",
            "The size is 1 + (n - f + 2p)/s",
            "The size is (n+p-f)/s+1",
        ),
    ],
)
def test_numbers_and_formulas_count_by_their_value(
    grader: Grader, chinese: Entry, question: str, statement: str, right: str, wrong: str
) -> None:
    entry = asked(chinese, question, statement)
    assert grader.grade(entry, right).score >= 60
    assert grader.grade(entry, wrong).score <= 10


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("g(z) = 1/(1+e^-2z)", True),
        ("g(z)=1/(1 + exp(-2*z))", True),
        (r"$g(z) = \frac{1}{1 + e^{-2z}}$", True),
        ("1/(e^(-2z) + 1)", True),
        ("g(z) = 1/(1+e^z)", False),
        ("g(z) = 1/(1-e^-2z)", False),
    ],
)
def test_a_typed_formula_is_held_against_latex_by_its_value(
    grader: Grader, chinese: Entry, said: str, *, right: bool
) -> None:
    entry = asked(
        chinese, "What is the gate function?", "$$\ng(z) = \\frac{1}{1 + e^{-2z}}\n$$\n\nIt is smooth everywhere."
    )
    assert len(entry.points) == 2
    score = grader.grade(entry, said).score
    assert score >= 60 if right else score <= 10


def test_a_number_is_more_than_the_question_again(grader: Grader, chinese: Entry) -> None:
    entry = asked(chinese, "LSTM有几个门", "LSTM有3个门控单元")
    assert "echo" not in grader.grade(entry, "LSTM有三个门").flags
    assert "echo" in grader.grade(entry, "LSTM有几个门").flags


def test_what_the_notes_only_deny_is_a_contradiction_wherever_they_deny_it(grader: Grader, chinese: Entry) -> None:
    entry = asked(chinese, "小批量的缺点", "小批量的更新方向依赖当前抽到的样本，因而不稳定\n算得慢一些")
    first, _ = grader.grade(entry, "小批量的更新非常稳定").points
    assert first.status == "contradicted"
