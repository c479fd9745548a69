"""A mistyped word is read as the known one; another word is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.semantics.slips import long_words, mended

KNOWN = long_words(["Batches of samples give biased gradients; it is supervised", "增大 Dropout"])


def test_long_words_are_english_and_lower_case():
    assert long_words(["BN and Dropout 增大dropout rate"]) == {"dropout"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sampels give biased gradiens", "samples give biased gradients"),
        ("增大droput", "增大dropout"),
        ("unsupervised", "unsupervised"),
        ("Samples", "Samples"),
        ("simple", "simple"),
        ("giv", "giv"),
    ],
)
def test_slips_are_mended_and_other_words_are_not(typed, meant):
    assert mended(typed, KNOWN) == meant


@given(st.text(max_size=60))
def test_without_known_words_nothing_changes(text):
    assert mended(text, frozenset()) == text


@given(st.text(max_size=60))
def test_mending_twice_changes_nothing_more(text):
    once = mended(text, KNOWN)
    assert mended(once, KNOWN) == once
