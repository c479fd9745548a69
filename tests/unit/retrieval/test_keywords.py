"""BM25 over content terms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.retrieval.keywords import K1, LENGTH_SHARE, QUESTION_WEIGHT, Keywords, query_terms

PAIRS = [
    ("感受野怎么计算", "逐层递推"),
    ("空洞卷积", "扩大感受野"),
    ("dropout rates", "units are dropped"),
    ("交叉熵", ""),
]


@pytest.fixture
def keywords() -> Keywords:
    return Keywords.of(PAIRS)


def scores(keywords, text):
    return keywords.search(dict.fromkeys(query_terms(text), 1.0))


def test_the_formula(keywords):
    """One term that stands once in the question of one of four entries and once in the answer of another."""
    found, best = scores(keywords, "感受")
    idf = math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))
    assert best == pytest.approx(idf * (1 + K1))
    for place, count in ((0, QUESTION_WEIGHT), (1, 1.0)):
        norm = 1 - LENGTH_SHARE + LENGTH_SHARE * keywords.lengths[place] / keywords.lengths.mean()
        assert found[place] == pytest.approx(idf * (count / norm) * (1 + K1) / (count / norm + K1), rel=1e-5)
    assert not found[2:].any()


def test_a_term_inside_a_longer_run_is_found(keywords):
    assert np.argmax(scores(keywords, "野怎么计")[0]) == 0
    assert np.argmax(scores(keywords, "洞卷")[0]) == 1


def test_a_lone_character_is_found_inside_words(keywords):
    found, _ = scores(keywords, "熵")
    assert np.flatnonzero(found).tolist() == [3]


def test_a_typo_is_forgiven_but_counts_less(keywords):
    right, wrong = scores(keywords, "dropout")[0][2], scores(keywords, "droput")[0][2]
    assert 0 < wrong < right
    assert not scores(keywords, "dripaut")[0].any()


def test_unknown_terms_lower_the_share(keywords):
    found, best = scores(keywords, "空洞卷积 zebra")
    alone, alone_best = scores(keywords, "空洞卷积")
    assert found[1] / best < alone[1] / alone_best


def test_only_function_words_still_mean_something():
    assert query_terms("what is this")
    assert query_terms("？") == []


def test_written_and_read_again(keywords, tmp_path):
    keywords.write(tmp_path / "k")
    again = Keywords.read(tmp_path / "k")
    assert again.vocabulary == keywords.vocabulary
    np.testing.assert_array_equal(scores(again, "感受野 dropout")[0], scores(keywords, "感受野 dropout")[0])


def test_nothing_indexed(tmp_path):
    empty = Keywords.of([])
    empty.write(tmp_path / "k")
    found, _ = scores(Keywords.read(tmp_path / "k"), "感受野 droput 熵")
    assert found.shape == (0,)


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=60)), max_size=6), st.text(max_size=20))
def test_no_score_beats_the_best_possible(pairs, query):
    found, best = scores(Keywords.of(pairs), query)
    assert found.shape == (len(pairs),)
    assert (found >= 0).all()
    assert (found <= best * 1.0001 + 1e-6).all()


ALL = st.lists(
    st.tuples(st.sampled_from(["卷积", "池化", "dropout", "梯度消失"]), st.text("卷积梯度 abc", max_size=8)), max_size=6
)


@given(ALL, ALL, st.data())
def test_postings_taken_over_are_those_made_anew(before, after, data):
    old = Keywords.of(before)
    kept = {}
    for place, pair in enumerate(before):
        same = [number for number, other in enumerate(after) if other == pair and number not in kept]
        if same and data.draw(st.booleans()):
            kept[same[0]] = place
    new, whole = Keywords.of(after, old, kept), Keywords.of(after)
    assert new.vocabulary == whole.vocabulary
    for name in ("starts", "entries", "in_question", "in_answer", "lengths"):
        taken, made = getattr(new, name), getattr(whole, name)
        assert taken.dtype == made.dtype
        np.testing.assert_array_equal(taken, made)
