"""Names of one thing, from brackets in the notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.grading.aliases import Aliases, bracketed

NOTES = (
    "批归一化（batch normalization）加速收敛",
    "Batch Normalization (BN) comes first",
    "批归一化（批量归一化）",
    "权值共享（weight sharing）",
    "A Convolutional Neural Network (CNN)",
    "实例归一化（IN）",
)
NAMES = Aliases.of(NOTES)


@pytest.mark.parametrize(
    ("reference", "said", "read"),
    [
        ("用批归一化加速收敛", "batch-normalization", "批归一化"),
        ("Uses Batch Normalization", "BN speeds it up", "Batch Normalization speeds it up"),
        ("用批归一化加速收敛", "用批量归一化加速", "用批归一化加速"),
        ("权值共享减少参数", "weight sharing", "权值共享"),
        ("Convolutional neural network", "CNNs are fine", "Convolutional neural network are fine"),
    ],
)
def test_other_names_become_the_reference_s(reference, said, read):
    assert NAMES.normalizer(reference).apply(said) == read


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("用批归一化加速收敛", "dropout and weight decay"),
        ("BN 就是批归一化", "BN works"),
        ("实例归一化", "in the end"),
        ("权值共享", "权重很大"),
        ("", "BN"),
    ],
)
def test_what_the_reference_does_not_name_or_names_so_stays(reference, said):
    assert NAMES.normalizer(reference).apply(said) == said


def test_brackets_in_the_notes_name_things():
    texts = ["转置卷积（反卷积）用来上采样", "A Region Proposal Network (RPN) comes first", "蒸馏损失（distill loss）"]
    assert bracketed(texts) == [
        ("转置卷积", "反卷积"),
        ("Region Proposal Network", "RPN"),
        ("蒸馏损失", "distill loss"),
    ]
    assert Aliases.of(texts).normalizer("用转置卷积放大").apply("反卷积可以放大") == "转置卷积可以放大"


@pytest.mark.parametrize(
    "text", ["校验字符（可选）", "The gradient (ABC) is", "大的卷积核（的卷积核）", "看图（见下）"]
)
def test_remarks_in_brackets_name_nothing(text):
    assert bracketed([text]) == []


@given(st.text(alphabet="BN批归一化 weight-sharing权值共享，。in"))
def test_reading_again_changes_nothing(text):
    normalizer = NAMES.normalizer("批归一化和权值共享")
    once = normalizer.apply(text)
    assert normalizer.apply(once) == once
