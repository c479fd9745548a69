"""What measures is kept out of what is learned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.leaks import measuring, measuring_texts, without_leaks
from training.sources import Material, Parallel, Section

TEST = ["A man is slicing an onion in the kitchen.", "一个女人正在厨房里切洋葱，旁边有一只猫。"]
LONG = "The harbour freezes over in most winters, and the ferries wait until the ice is thin enough to break."


@pytest.mark.parametrize(
    "text",
    [
        *TEST,
        "a man is  SLICING an onion in the kitchen",
        "Ａ man is slicing an onion, in the kitchen!",
        "一个女人正在厨房里切洋葱旁边有一只猫",
        "Once more: a man is slicing an onion in the kitchen. That is all.",
    ],
)
def test_the_same_sentence_leaks_however_it_is_written(text):
    assert measuring(TEST).holds(text)


@pytest.mark.parametrize("text", ["A man is playing a guitar.", "猫", "an onion", "", LONG, f"{LONG} {LONG}"])
def test_other_sentences_and_single_words_do_not(text):
    assert not measuring([*TEST, "onion"]).holds(text)


def test_a_passage_that_holds_a_good_part_of_a_test_leaks():
    assert measuring([LONG]).holds(LONG[10:90])
    assert not measuring([LONG]).holds("It was cold. " * 30 + LONG[:30])


@given(st.text(max_size=80))
def test_every_measuring_text_that_is_long_enough_is_found(text):
    letters = "".join(one for one in text if one.isalnum())
    if len(letters) > 20:
        assert measuring([text]).holds(text)


def test_rows_are_removed_and_counted_per_source():
    clean, dirty = Parallel("梯度沿着网络往回传", "the gradient flows back", "a"), Parallel("好", TEST[0], "b")
    section = Section("切洋葱", TEST[1], "c")
    left, removed = without_leaks(Material((clean, dirty), (section,), (), (), ()), measuring(TEST))
    assert left.parallel == (clean,)
    assert left.sections == ()
    assert dict(removed) == {"parallel: b": 1, "sections: c": 1}


def test_nothing_measures_where_nothing_lies_beside_the_project(tmp_path):
    assert list(measuring_texts(tmp_path)) == []
    assert not measuring([]).holds(LONG)


def test_texts_beside_the_project_are_all_read(shared):
    texts = set(measuring_texts(shared))
    lines = (shared / "dev" / "queries.tsv").read_text(encoding="utf-8").splitlines()
    assert {line.split("\t")[1] for line in lines if line} <= texts
    assert len(texts) > 50_000
