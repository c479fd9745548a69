"""The parts of training: flips, mined names, bags, the composed table, the losses, the files."""

from __future__ import annotations

import random
import re
from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from training import losses
from training.bags import Bags, joined
from training.export import quantised, rotated
from training.flips import flipped, opposites
from training.sources import clean
from training.table import ComposedTable, pieces
from training.terms import listed, mined, own_glossary
from training.typos import mistyped
from training.vocabulary import Sizes, build, choose

TOKENIZER = build(choose(Counter(), [], ["卷积", "gradient"], [], Sizes()))
TABLES = arrays(np.float32, (20, 8), elements=st.floats(-4, 4, width=32))


@pytest.mark.parametrize(
    ("text", "reverse"),
    [
        ("学习率增大", "学习率减小"),
        ("dropout lowers variance: higher is better", None),
        ("The loss is convex", "The loss is not convex"),
        ("The loss is not convex", "The loss is convex"),
        ("The loss isn't convex", "The loss is convex"),
        ("It reads before it writes", "It reads after it writes"),
        ("不会收敛", "会收敛"),
    ],
)
def test_a_flip_says_the_opposite(text, reverse):
    found = {flipped(text, opposites(), random.Random(seed)) for seed in range(20)}
    assert None not in found
    assert text not in found
    if reverse is not None:
        assert reverse in found


def test_what_cannot_be_turned_is_left():
    assert flipped("convolution 卷积", opposites(), random.Random(0)) is None


@given(st.text(max_size=80), st.integers())
def test_slips_touch_long_english_words_only(text, seed):
    slipped = mistyped(text, random.Random(seed))
    assert re.sub("[A-Za-z]+", "", slipped) == re.sub("[A-Za-z]+", "", text)


def test_slips_happen():
    text = "Neighbouring samples are correlated"
    found = {mistyped(text, random.Random(seed)) for seed in range(20)}
    assert len(found) > 5
    assert all(abs(len(one) - len(text)) <= 3 and "are" in one for one in found)


def test_names_are_mined_from_brackets():
    texts = [
        "这里用长短期记忆网络（LSTM）处理序列。",
        "长短期记忆网络(LSTM)有三个门",
        "long short-term memory (LSTM)",
    ] * 2
    found = {(row.zh, row.en) for row in mined(texts)}
    assert ("长短期记忆网络", "lstm") in found
    assert ("LSTM", "long short term memory") in found


def test_the_glossary_is_well_formed():
    assert all(len(names) > 1 for names in listed())
    assert len(listed()) > 400


def test_the_glossary_joins_every_name_to_the_full_english_one():
    found = {(row.zh, row.en) for row in own_glossary()}
    assert {("BN", "batch normalization"), ("批归一化", "batch normalization")} <= found
    assert all(row.en.isascii() for row in own_glossary())


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("课程简介 [[课程简介]]", "课程简介"),
        ("see [the guide](https://example.org/x) now", "see the guide now"),
        ("**bold** and `code`", "bold and code"),
        ("a<br/>b", "a b"),
    ],
)
def test_lines_are_cleaned(raw, text):
    assert clean(raw) == text


def test_bags_leave_unknown_tokens_out_and_take_windows():
    bags = Bags(TOKENIZER, ["卷积 卷积 gradient", "", "abc"])
    ids, lengths = bags.take(np.array([0, 1, 2]), 2, np.random.default_rng(0))
    assert lengths.tolist() == [2, 0, 2]
    assert len(ids) == 4
    flat, starts = joined([(ids, lengths), (ids, lengths)])
    assert len(flat) == 8
    assert starts.tolist() == [0, 2, 2, 4, 6, 6]


def test_the_collapsed_table_gives_what_the_composed_one_gave():
    tokens = ["[UNK]", "卷积", "卷积层", "gradient", "a"]
    table = ComposedTable(tokens, np.random.default_rng(0).normal(size=(5, 8)).astype(np.float32), 50)
    with torch.no_grad():
        table.pieces.normal_()
    ids, starts = torch.tensor([1, 3, 2, 4]), torch.tensor([0, 2])
    plain = table.collapsed()
    expected = np.stack([plain[[1, 3]].sum(axis=0), plain[[2, 4]].sum(axis=0)])
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(table(ids, starts).detach().numpy(), expected, atol=1e-5)


def test_relatives_share_pieces():
    assert set(pieces("normalizes")) & set(pieces("normalization"))
    assert set(pieces("批归一化")) & set(pieces("归一化"))
    assert list(pieces("a")) == list(pieces("128")) == []


def unit(rows):
    return torch.nn.functional.normalize(torch.tensor(rows, dtype=torch.float32), dim=1)


def test_losses_fall_when_what_belongs_together_is_together():
    one, other = unit([[1, 0], [0, 1]]), unit([[0, 1], [1, 0]])
    assert losses.contrast(one, one, 20) < 0.01
    assert losses.contrast(one, other, 20) > 5
    assert losses.towards(one, one) == pytest.approx(0)
    assert losses.towards(one, other) == pytest.approx(1)
    assert losses.relations(one, one, one @ one.T, 20) == pytest.approx(0, abs=1e-5)
    assert losses.relations(one, other, one @ one.T, 20) > 1
    assert losses.nearer(one, one, other, 20) < 0.01 < losses.nearer(one, other, one, 20)
    scores = torch.tensor([0.1, 0.9])
    assert losses.order(torch.tensor([0.0, 1.0]), scores, 20) < losses.order(torch.tensor([1.0, 0.0]), scores, 20)


def test_equal_texts_are_no_counter_examples():
    one = unit([[1, 0], [1, 0]])
    same = torch.tensor([[False, True], [True, False]])
    assert losses.contrast(one, one, 20, same) < 0.01 < losses.contrast(one, one, 20)


@given(TABLES)
def test_whole_numbers_keep_the_vectors(table):
    whole, scales = quantised(table)
    assert whole.dtype == np.int8
    assert np.abs(whole * scales[:, None] - table).max() <= np.abs(table).max() / 127 + 1e-6


@given(TABLES)
def test_turning_the_table_keeps_all_products(table):
    turned = rotated(table, np.arange(1, 21))
    np.testing.assert_allclose(turned @ turned.T, table @ table.T, atol=2e-3)


def test_the_first_dimensions_carry_the_most():
    table = np.random.default_rng(0).normal(size=(200, 16)).astype(np.float32) * np.linspace(
        0.1, 3, 16, dtype=np.float32
    )
    spread = np.square(rotated(table, np.ones(200, dtype=np.int64))).sum(axis=0)
    assert (np.diff(spread) <= 1e-3).all()
