"""Questions numbered 1.1, 1.2, 2.1."""

from __future__ import annotations

import pytest

from viva.notes.formats import parse


def brief(text):
    return [(e.number, e.headings, e.question, e.answer, e.line) for e in parse(text, ".txt").entries]


def test_below_lines_that_group_them():
    text = "1 基础\n1.1 什么是张量\n多维数组\n1.2什么是秩\n维度数\n\n2、进阶\n2.1 什么是广播\n自动扩展\n"
    assert brief(text) == [
        ("1.1", ("基础",), "什么是张量", "多维数组", 2),
        ("1.2", ("基础",), "什么是秩", "维度数", 4),
        ("2.1", ("进阶",), "什么是广播", "自动扩展", 8),
    ]


def test_alone():
    text = (
        "1.1 What is a tensor?\nAn array.\n1.2 What is rank?\n\n1.3 What is a view?\nno copy\n2.1 Why batch?\nspeed\n"
    )
    assert [(number, answer) for number, _, _, answer, _ in brief(text)] == [
        ("1.1", "An array."),
        ("1.2", ""),
        ("1.3", "no copy"),
        ("2.1", "speed"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. What optimisers are there?\n1.1 what SGD does\n1.2 what Adam does\n2. What losses are there?\n2.1 how MSE goes\n",
        "1.优化器\n1.1 SGD\n1.2 Adam\n2.损失函数\n2.1 均方误差\n2.2 交叉熵\n",
        "1.数据量多大\n1.5 亿条，怎么存的另说\n2.1x1卷积的作用\n降维\n",
    ],
)
def test_sublists_and_decimals_of_an_answer_are_none(text):
    assert [number for number, *_ in brief(text)] == ["1", "2"]
