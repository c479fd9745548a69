"""Another number or formula of the same thing, and equal ones in other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.grading.conflicts import numbers, numbers_conflict

OTHER = [
    ("LSTM有3个门控单元", "LSTM有4个门"),
    ("ResNet-50 has 50 layers", "ResNet-50 has 101 layers"),
    ("3x3卷积核共有9个参数", "3x3卷积核有6个参数"),
    ("测试时权重乘以p", "测试时权重乘以2p"),
    ("weights are multiplied by p", "weights are multiplied by 1-p"),
    ("The output size is (n+2p-f)/s+1", "(n+p-f)/s+1"),
    ("The output size is (n+2p-f)/s+1", "the size is (n-f)/s+1"),
    ("把数据分成10份，轮流用1份验证", "数据分成5份，每次用1份验证"),
    ("TCP needs a three-way handshake", "TCP uses a four-way handshake"),
    ("k + (k - 1)*(d - 1)", "k+(k-1)*(d+1)"),
    ("momentum=0.9", "momentum = 0.5"),
    ("有两个优点", "有三个优点"),
    ("用3×3卷积", "用5×5卷积"),
    ("交集/并集", "两个框的并集除以交集"),
    ("the intersection divided by the union", "union / intersection"),
]
SAME = [
    ("LSTM有3个门", "LSTM有三个门"),
    ("TCP needs a three-way handshake", "a 3-way handshake"),
    ("共6个参数", "共2*3个参数"),
    ("the size is (n+2p-f)/s+1", "it is 1+(n-f+2p)/s"),
    ("k + (k - 1)*(d - 1)", "加上(k-1)(d-1)"),
    ("权重乘以p", "权重要乘以 p"),
    ("把数据分成10份", "分成5到10份"),
    ("至少3层", "有5层"),
    ("a network with more than 50 layers", "it has 152 layers"),
    ("用3x3卷积", "1个核有9个权重"),
    ("①将表中元素放在连续的空间", "②表中元素放在连续的空间"),
    ("第2步是归一化", "第1步是归一化"),
    ("P(S)=1 axiom", "three axioms"),
    ("a/b", "TCP/IP"),
    ("f(x) = x^2", "no formula"),
    ("交集/并集", "交集的面积除以并集的面积"),
    ("input/output", "read/write"),
    ("", ""),
]


@pytest.mark.parametrize(("statement", "clause"), OTHER)
def test_another_number_or_formula_differs_both_ways(statement: str, clause: str) -> None:
    assert numbers_conflict(statement, clause)
    assert numbers_conflict(clause, statement)


@pytest.mark.parametrize(("statement", "clause"), SAME)
def test_equal_loose_and_unrelated_ones_do_not(statement: str, clause: str) -> None:
    assert not numbers_conflict(statement, clause)


@given(st.text(alphabet="0123456789abx+-*/^().= 个门层三two-", max_size=60))
def test_no_text_differs_from_itself(text: str) -> None:
    assert not numbers_conflict(text, text)


def test_numbers_are_digits_or_words() -> None:
    assert numbers("三个门 and two 0.5, 10") == {"3", "2", "0.5", "10"}
    assert numbers("一个门，有多少 one") == frozenset()
