"""Normal forms, lengths, sentences and tokens in Chinese and English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.text.normal import bare, count_cjk, is_cjk, language_of, length, normalise, words
from viva.text.segment import clauses, sentences, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＢＮ层，作用：", "bn层,作用:"),
        ("A\u200bB\ufeff", "ab"),
        ("“x”、‘y’。", "\"x\",'y'."),
        ("3×3\t\n 核", "3x3 核"),
        ("", ""),
    ],
)
def test_normal_form(text, expected):
    assert normalise(text) == expected


def test_bare_ignores_spacing_and_punctuation():
    assert bare("1 x 1 卷积！") == bare("1x1卷积")


@pytest.mark.parametrize(
    ("text", "size"),
    [("批归一化", 4), ("batch norm", 2), ("BN层的作用", 5), ("don't stop", 2), ("state-of-the-art", 1), ("，。", 0)],
)
def test_length_counts_characters_and_words(text, size):
    assert length(text) == size


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("BN层的作用是什么", "zh"),
        ("What is BN?", "en"),
        ("the character 的 in a long sentence of words", "en"),
        ("", "en"),
        ("42", "en"),
    ],
)
def test_language(text, language):
    assert language_of(text) == language


def test_characters_and_words_are_told_apart():
    assert is_cjk("卷")
    assert not is_cjk("a")
    assert count_cjk("卷积 conv") == 2
    assert words("用ReLU激活 x2") == ["ReLU", "x2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先卷积。再池化！好吗？", ["先卷积。", "再池化！", "好吗？"]),
        ("One is here. Two is there.", ["One is here.", " Two is there."]),
        ("Use e.g. dropout, at 0.5 or so. Then stop.", ["Use e.g. dropout, at 0.5 or so.", " Then stop."]),
        ("第一行\n第二行", ["第一行\n", "第二行"]),
        ("他说：“好。”然后走了", ["他说：“好。”", "然后走了"]),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


def test_clauses_keep_numbers_whole():
    assert clauses("快，省，约1,000个") == ["快，", "省，", "约1,000个"]


@given(st.text(alphabet="卷积ab1 .,。，！？:—\n“”()、", max_size=60))
def test_nothing_is_lost_in_pieces(text):
    assert "".join(sentences(text)) == text
    assert "".join(clauses(text)) == text


def test_tokens_are_bigrams_and_words():
    assert tokens("批归一化 Batch Norm") == ["批归", "归一", "一化", "batch", "norm"]
    assert tokens("C++ 与 C#") == ["c++", "与", "c#"]


@given(st.text(max_size=60))
def test_normal_form_is_stable(text):
    assert normalise(normalise(text)) == normalise(text)


def test_plain_letters_are_normalised_as_any_others():
    text = " The\tLoss\x1c FELL \n by  2 "
    assert normalise(text) == normalise(text + "\u200b") == "the loss fell by 2"
