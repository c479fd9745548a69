"""A point that lists things is met item by item."""

from __future__ import annotations

from dataclasses import replace

import pytest

from viva.notes.points import split_points
from viva.practice.enumeration import items_of
from viva.practice.grader import Grader
from viva.types import Entry, Place, Point


@pytest.mark.parametrize(
    ("point", "items"),
    [
        ("几何变换：翻转、随机裁剪、缩放和平移", ("翻转", "随机裁剪", "缩放", "平移")),
        ("信息化，网络化，自动化", ("信息化", "网络化", "自动化")),
        ("盘点方式包括：定期盘点和临时盘点。", ("盘点方式包括", "定期盘点", "临时盘点")[1:]),
        ("一般有：保管员、理货员等岗位", ("保管员", "理货员")),
        ("It includes speed, size and cost.", ("speed", "size", "cost")),
        (
            "Supervised, unsupervised, and reinforcement learning",
            ("Supervised", "unsupervised", "reinforcement learning"),
        ),
        ("训练是多阶段的，包括微调网络、训练分类器", ("训练是多阶段的，包括", "微调网络", "训练分类器")),
        # sentences, whatever their signs
        ("若学习率太大，损失会震荡，难以收敛", ()),
        ("做法：在元素之间插零，再做普通卷积，它不是逆运算", ()),
        ("It shrinks the weights, which lowers the variance", ()),
        ("Use a unit such as metres or feet", ()),
        ("softmax(x)、sigmoid(x)、f(x)=x", ()),
        ("温和", ()),
        ("", ()),
    ],
)
def test_items(point: str, items: tuple[str, ...]) -> None:
    assert items_of(point) == items


def entry(question: str, answer: str) -> Entry:
    return Entry("1", Place("", "", (), "1"), None, question, answer, split_points(answer), "a.md", 1, 1)


LISTS = [
    (
        "货架按封闭程度分为哪几类",
        "敞开式货架、半封闭式货架、封闭式货架",
        ["敞开式货架", "敞开式货架和封闭式货架", "封闭式货架、敞开式货架、半封闭式货架"],
    ),
    (
        "What does the optimizer state hold?",
        "It includes step count, first moment and second moment.",
        ["the step count", "the step count and the first moment", "second moment, first moment, step count"],
    ),
]


@pytest.mark.parametrize(("question", "answer", "said"), LISTS)
def test_each_thing_named_is_worth_more(grader: Grader, question: str, answer: str, said: list[str]) -> None:
    scores = [grader.grade(entry(question, answer), one).score for one in said]
    assert scores == sorted(set(scores))
    assert scores[0] < 75
    assert scores[-1] >= 90


@pytest.mark.parametrize(("question", "answer", "said"), LISTS)
def test_one_thing_of_a_list_is_partial(grader: Grader, question: str, answer: str, said: list[str]) -> None:
    listed = replace(entry(question, answer), points=(Point(answer),))
    (point,) = grader.grade(listed, said[0]).points
    assert (point.status, point.evidence) == ("partial", said[0])


def test_the_list_itself_is_no_list_of_key_words(grader: Grader) -> None:
    grade = grader.grade(
        entry("新特点有哪些", "新特点：信息化，网络化，自动化，智能化。"), "网络化，自动化，智能化，信息化"
    )
    assert "keywords" not in grade.flags
    assert grade.score >= 90
