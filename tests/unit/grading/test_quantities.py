"""A number counts by its value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.grading.quantities import respelled, spellings


@pytest.mark.parametrize(
    ("reference", "said", "read"),
    [
        ("学习率设为0.001", "lr=1e-3", "lr=0.001"),
        ("学习率10⁻³", "用0.001", "用10^-3"),
        ("丢弃50%", "丢弃1/2", "丢弃50%"),
        ("within 500 ms", "in 0.5 s", "in 500 ms"),
        ("需要10000个样本", "1万个样本", "10000个样本"),
        ("1,000 rows", "1000 rows", "1,000 rows"),
        ("2^10", "1024", "2^10"),
        ("10 GB", "10240 MB", "10 GB"),
        ("共9个参数", "共3×3个参数", "共9个参数"),
        ("50176 inputs", "224*224 inputs", "50176 inputs"),
    ],
)
def test_equal_quantities_are_read_as_the_reference_writes_them(reference: str, said: str, read: str) -> None:
    assert respelled(said, spellings(reference)) == read


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("0.001", "0.01"),
        ("500 ms", "500 s"),
        ("准确率100%", "只有1层"),
        ("224x224的输入", "224"),
        ("v1.2.3", "1.2"),
        ("F1", "1"),
        ("1/0", "0"),
        ("10^999", "1"),
        ("1e999", "1e-999"),
        ("0^-1", "0"),
        ("9" * 400, "1"),
        ("没有数", "1e-3"),
        ("6", "2*3+1"),
        ("6", "2*3x"),
    ],
)
def test_other_quantities_and_what_is_none_stay(reference: str, said: str) -> None:
    assert respelled(said, spellings(reference)) == said


@given(st.text(alphabet="0123456789.,/%e^-⁻³ msGB万个x", max_size=400), st.text(alphabet="0123456789.,/%e^- ms万"))
def test_any_text_can_be_read_and_reading_again_changes_nothing(said: str, reference: str) -> None:
    known = spellings(reference)
    once = respelled(said, known)
    assert respelled(once, known) == once or once == said
