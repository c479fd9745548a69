"""Two texts that differ by slips of the keyboard alone are the same; whatever could turn one round is no slip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.text.typos import same_but_for_slips


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("samples give biased gradients", "sampels give biased gradiens"),
        ("增大 dropout 的比例", "增大 droput 的比例"),
        ("Batch, normalization!", "batch normalisation"),
        ("不知道，大概是梯度", "不知道 大概是梯度"),
    ],
)
def test_slips_are_seen_through(one: str, other: str) -> None:
    assert same_but_for_slips(one, other)
    assert same_but_for_slips(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("it is supervised", "it is unsupervised"),
        ("the state is stable", "the state is unstable"),
        ("it increases the loss", "it decreases the loss"),
        ("the gate keeps it", "the gate never keeps it"),
        ("they do help", "they do not help"),
        ("它会收敛", "它不会收敛"),
        ("提高学习率", "降低学习率"),
        ("4 gates", "3 gates"),
        ("minimum of it", "maximum of it"),
        ("the encoder sees it", "the decoder sees it"),
        ("", ""),
    ],
)
def test_what_may_turn_a_sentence_round_is_no_slip(one: str, other: str) -> None:
    assert not same_but_for_slips(one, other)
    assert not same_but_for_slips(other, one)


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_is_the_same_both_ways(one: str, other: str) -> None:
    assert same_but_for_slips(one, other) == same_but_for_slips(other, one)
