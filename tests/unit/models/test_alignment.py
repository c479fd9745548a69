"""Words of one text found in another: the same, kindred, or in the other language."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.models.alignment import matched, words_of
from viva.models.embedded import StaticModel


def share(model: StaticModel, wanted: str, *given: str) -> float:
    first, *others = words_of(model, [wanted, *given])
    return float(matched([first], others, np.zeros((1, len(others)), dtype=np.float32))[0])


def test_the_same_words_in_any_order_are_all_there(model: StaticModel) -> None:
    assert share(model, "dropout prevents overfitting", "overfitting prevents dropout") == pytest.approx(1.0)
    assert share(model, "方差很大的数据", "数据的方差很大") == pytest.approx(1.0)


def test_nothing_is_in_nothing(model: StaticModel) -> None:
    assert share(model, "", "a network") == share(model, "a network", "") == share(model, "a network") == 0.0


def test_synonyms_and_translations_count_for_more_than_strangers(model: StaticModel) -> None:
    stranger = share(model, "a large model needs data", "the harbour freezes in winter")
    assert share(model, "a large model needs data", "a big network requires data") > stranger + 0.3
    assert share(model, "减少误差", "reduces the error") > share(model, "减少误差", "the harbour freezes") + 0.3


def test_more_text_never_holds_less(model: StaticModel) -> None:
    less = share(model, "warm-up keeps early updates small", "early updates stay small")
    assert share(model, "warm-up keeps early updates small", "early updates stay small", "the harbour freezes") >= less


def test_tokens_stand_in_their_order_with_unit_vectors(model: StaticModel) -> None:
    (words,) = model.words(["batch size batch"])
    assert len(words.weights) == 3
    assert np.linalg.norm(words.vectors, axis=1) == pytest.approx(1.0)
    assert words.vectors[0] == pytest.approx(words.vectors[2])
    assert model.words([""])[0].vectors.shape == (0, model.dimension)


def test_a_model_without_vectors_of_words_aligns_nothing() -> None:
    class Whole:
        model_id = "whole@1"
        dimension = 4

        def encode(self, texts, kind="passage"):
            return np.ones((len(texts), 4), dtype=np.float32) / 2

    first, second = words_of(Whole(), ["a", "a"])
    assert matched([first], [second], np.zeros((1, 1), dtype=np.float32)) == [0.0]


def shares(model: StaticModel, wanted: list[str], given: list[str]) -> list[float]:
    read = words_of(model, [*wanted, *given])
    alone = np.zeros((len(wanted), len(given)), dtype=np.float32)
    return matched(read[: len(wanted)], read[len(wanted) :], alone).tolist()


def test_a_word_stands_for_one_word_alone(model: StaticModel) -> None:
    twice = ["dropout prevents overfitting", "dropout slows training"]
    assert shares(model, twice, twice) == pytest.approx([1.0, 1.0])
    first, second = shares(model, twice, ["dropout"])
    assert first > 0.0
    assert second == 0.0
    assert share(model, twice[1], "dropout") > 0.0


def test_words_are_joined_where_their_texts_are_near(model: StaticModel) -> None:
    wanted, (said,) = words_of(model, ["dropout", "dropout", "dropout"])[:2], words_of(model, ["dropout"])
    near_second = np.asarray([[0.2], [0.6]], dtype=np.float32)
    assert matched(wanted, [said], near_second) == pytest.approx([0.0, 1.0])


def test_words_said_equally_often_go_to_the_same_text_however_much_is_said(model: StaticModel) -> None:
    wanted = ["loss 训练", "loss loss 训练"]
    fewer = shares(model, wanted, ["loss loss loss loss loss", "loss 训练"])
    assert shares(model, wanted, ["loss loss loss loss loss", "loss 训练", "loss"]) == pytest.approx(fewer)


@given(st.data())
def test_a_clause_more_never_makes_a_share_smaller(model: StaticModel, data: st.DataObject) -> None:
    spoken = st.lists(
        st.sampled_from(["loss", "训练", "network", "网络", "warm-up", "overfitting", "误差"]), max_size=5
    )
    wanted = [" ".join(words) for words in data.draw(st.lists(spoken, min_size=1, max_size=3))]
    said = [" ".join(words) for words in data.draw(st.lists(spoken, min_size=1, max_size=4))]
    fewer, more = shares(model, wanted, said[:-1]), shares(model, wanted, said)
    assert all(before <= after + 1e-6 for before, after in zip(fewer, more, strict=True))
    assert all(0.0 <= one <= 1.0 + 1e-6 for one in more)


def test_nothing_stands_for_nothing(model: StaticModel) -> None:
    assert shares(model, ["", "a network"], []) == shares(model, ["", "a network"], [""]) == [0.0, 0.0]
