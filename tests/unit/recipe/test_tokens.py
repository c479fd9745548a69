"""What the tokenizer of the recipe folds, cuts and keeps whole; and the tokens of the shipped model."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from training.folding import is_common, replacements
from training.vocabulary import Sizes, build, choose, greedy, runs
from viva.models.embedded import EMBEDDED_FOLDER


@pytest.fixture(scope="module")
def shipped():
    return Tokenizer.from_file(str(EMBEDDED_FOLDER / "tokenizer.json"))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("BN", ["bn"]),
        ("1x1 1×1 １Ｘ１", ["1x1", "1x1", "1x1"]),
        ("IoU, F1; ResNet50", ["iou", "f1", "resnet50"]),
        ("Batch Normalization", ["batch", "normalization"]),
        ("批归一化", ["批归一化"]),
        ("don’t don't", ["don't", "don't"]),
        ("C++", ["c++"]),
        ("naïve café", ["naive", "cafe"]),
        ("……，！？ \n\t", []),
    ],
)
def test_technical_spellings_are_kept_whole_and_punctuation_says_nothing(shipped, text, tokens):
    assert shipped.encode(text, add_special_tokens=False).tokens == tokens


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [("權值共享，所以參數少", "权值共享，所以参数少"), ("過擬合與資料增強", "过拟合与资料增强")],
)
def test_traditional_characters_are_read_as_simplified_ones(shipped, traditional, simplified):
    one, other = (shipped.encode(text, add_special_tokens=False).ids for text in (traditional, simplified))
    assert one == other


def test_an_unknown_character_hides_nothing_else(shipped):
    assert "卷积" in shipped.encode("龘卷积", add_special_tokens=False).tokens


def test_every_common_character_is_known(shipped):
    known = shipped.get_vocab()
    assert all(chr(code) in known for code in range(0x4E00, 0x9FFF + 1) if is_common(chr(code)))


@pytest.fixture(scope="module")
def small():
    return build(choose(Counter(), [], ["卷积", "参数"], [], Sizes()))


@given(st.text(alphabet="卷积核参数量大小abc 019，。", max_size=200))
def test_a_long_run_is_cut_whole(small, text):
    tokens = small.encode(text, add_special_tokens=False).tokens
    assert "".join(tokens) == "".join(letter for letter in text if letter not in " ，。")


def test_folding_leads_to_common_characters_only():
    found = replacements()
    assert found["權"] == "权"
    assert found["×"] == "x"
    assert all(
        not is_common(old) and (new == " " or is_common(new))
        for old, new in found.items()
        if old >= "一" and old <= "鿿"
    )


def test_runs_are_counted_folded():
    assert runs(["BN與BN", "bn; 3x3"]) == Counter({"bn": 3, "与": 1, "3x3": 1})


def test_the_longest_word_is_cut_first():
    assert greedy("批归一化层", {"归一", "归一化", "批归一化"}) == ["批归一化", "层"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("它是非常耐寒的鱼", ["非常"]),
        ("两家公司在这里", ["公司"]),
        ("一个小女孩正走在走廊上", ["小女孩", "走廊"]),
        ("目标检测的感受野", ["目标检测", "感受野"]),
    ],
)
def test_greedy_cutting_is_not_led_astray(shipped, text, tokens):
    assert set(tokens) <= set(shipped.encode(text, add_special_tokens=False).tokens)


def test_words_that_lead_astray_are_left_out():
    counts = Counter({"这是非常好的": 5, "它是非常大的": 5, "明辨是非": 1})
    tokens = choose(counts, ["是非", "非常"], [], [], Sizes())
    assert "非常" in tokens
    assert "是非" not in tokens


def test_the_vocabulary_takes_words_of_the_text_and_all_terms():
    counts = Counter({"卷积层": 9, "卷积核": 8, "gradient": 5, "once": 1})
    tokens = choose(
        counts, ["卷积", "阿闍梨", "洋葱"], ["批归一化", "two words"], ["ing"], Sizes(english=10, inner=5, chinese=10)
    )
    assert tokens[0] == "[UNK]"
    assert {"卷积", "gradient", "批归一化", "ing"} <= set(tokens)
    assert "洋葱" in tokens, "everyday words are known though no text has them"
    assert not {"阿闍梨", "once", "two words"} & set(tokens)
    assert len(tokens) == len(set(tokens))


def test_a_plural_is_its_word_and_an_s():
    counts = Counter({"bulb": 30, "bulbs": 20, "lens": 40, "len": 90, "physics": 50, "physic": 5, "class": 50})
    tokens = choose(counts, [], [], [], Sizes())
    assert {"bulb", "lens", "physics", "class"} <= set(tokens)
    assert build(tokens).encode("bulbs", add_special_tokens=False).tokens == ["bulb", "s"]
