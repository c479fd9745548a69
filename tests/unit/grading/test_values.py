"""Numbers and formulas count by their value, in both directions, whatever else is said around them."""

from __future__ import annotations

import pytest

from viva.grading.grader import Grader

from .conftest import make_entry


@pytest.mark.parametrize(
    ("question", "reference", "right", "wrong"),
    [
        ("卷积输出的尺寸怎么算", "(h-k+2p)/s+1", "(h-k+2p)/s+1", "(h-k+p)/s+1"),
        ("卷积输出的尺寸怎么算", "1+(n+2p-f)/s", "输出是 (n - f + 2*p)/s + 1", "输出是 (n - f + p)/s + 1"),
        ("注意力怎么算", "softmax(QK^T/sqrt(d_k))V", "softmax(QK^T/sqrt(d_k))V", "softmax(QK^T*sqrt(d_k))V"),
        ("注意力怎么算", "softmax(QK^T/sqrt(d_k))V", "softmax(Q K^T / sqrt(d_k)) V", "softmax(QK^T)V"),
        ("感受野怎么算", "RF_n = RF_{n-1} + (k-1)*stride", "RF_{n-1}+(k-1)*stride", "RF_{n-1}*(k-1)+stride"),
        ("转置卷积输出多大", "n = s * (m - 1) + k - 2p", "s×(m－1)+k-2p", "s*(m-1)+k-p"),
        ("学习率是多少", "学习率是 0.001", "学习率 1e-3", "学习率是 0.01"),
        ("How long does a request time out?", "A request times out after 500 ms", "after 0.5 s", "after 5 s"),
        ("How many gates has an LSTM?", "An LSTM has 3 gates", "three gates", "An LSTM has 4 gates"),
    ],
)
def test_values_decide(grader: Grader, question: str, reference: str, right: str, wrong: str) -> None:
    entry = make_entry(question, reference)
    good, bad = grader.grade(entry, right), grader.grade(entry, wrong)
    assert good.score >= 60, (good.score, good.points)
    assert bad.score <= 40, (bad.score, bad.points)
