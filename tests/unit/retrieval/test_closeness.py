"""How close a hit is, in a word, over the shipped notes and other queries than the benchmark's."""

from pathlib import Path

import pytest

from viva import open_workspace
from viva.retrieval.searcher import closeness
from viva.types import Hit

KB = Path(__file__).resolve().parents[3] / "kb"
ANSWERED = [
    "感受野",
    "how to prevent exploding gradients",
    "memory leak",
    "网络太深训练不动",
    "what is a deadlock",
    "样本不均衡",
    "SVM kernel",
    "注意力 机制 计算",
]
NONSENSE = [
    "how do I bake sourdough bread",
    "红烧肉怎么做",
    "flights to Lisbon in June",
    "asdkfj qwoeiru zxcvmn",
    "去北京的火车票",
    "fix a leaking tap",
    "今天天气怎么样",
    "qqq",
]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    with open_workspace([KB], tmp_path_factory.mktemp("index")) as workspace:
        yield workspace


@pytest.mark.parametrize("query", ANSWERED)
def test_what_the_notes_answer_is_near(shipped, query):
    assert shipped.closeness(shipped.search(query)[0]) in {"close", "fair"}


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_is_far(shipped, query):
    assert {shipped.closeness(hit) for hit in shipped.search(query)} == {"far"}


def test_a_question_of_the_notes_is_close(shipped):
    for entry in shipped.entries[:5]:
        assert shipped.closeness(shipped.search(entry.question.replace('"', ""))[0]) == "close"


def test_what_only_filters_chose_is_neither(shipped):
    assert shipped.closeness(shipped.search("file:deep")[0]) is None


def test_it_is_told_from_the_zero_of_the_model():
    hit = Hit(1, 0.7, "a#1", None, "?", ".", "a", 1, 1)
    assert [closeness(hit, floor) for floor in (0.2, 0.5, 0.65)] == ["close", "fair", "far"]
