"""Search over a real index with the real embedded model."""

from __future__ import annotations

import contextlib
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viva.errors import QueryError
from viva.retrieval.build import open_index
from viva.retrieval.searcher import Searcher


@pytest.fixture
def searcher(tmp_path, entries, encoder) -> Searcher:
    return Searcher(open_index(tmp_path / "index", entries, encoder, notify=lambda _: None), entries, encoder)


def numbers(hits) -> list[str | None]:
    return [hit.number for hit in hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("学习率", "1"),
        ("怎么计算感受野", "2"),
        ("膨胀卷积", "3"),
        ("randomly switching off units", "4"),
        ("random forests", "5"),
        ("feature pyramid", "6"),
        ("region based convolutional neural networks", "8"),
        ("分类的损失函数", "7"),
        ("fast rcnn", "8"),
        ("Fast R-CNN", "8"),
        ("RNN 梯度消失", "9"),
        ("drop out at test time", "4"),
    ],
)
def test_finds(searcher, query, first):
    assert numbers(searcher.search(query))[0] == first


def test_hit_holds_all_of_the_contract(searcher, entries):
    hit = searcher.search("空洞卷积", 1)[0]
    third = entries[2]
    assert (hit.rank, hit.question_id, hit.number, hit.question) == (1, third.id, "3", third.question)
    assert (hit.file, hit.line, hit.end_line) == ("notes.md", 31, 32)
    assert hit.passage == third.answer


def test_passage_of_an_unanswered_entry_is_its_question(searcher):
    hit = searcher.search("RNN 梯度消失", 1)[0]
    assert (hit.passage, hit.line, hit.end_line) == ("RNN为什么会梯度消失", 90, 90)


def test_the_right_passage_of_a_long_answer(tmp_path, encoder, make_entry):
    topics = [
        "准备食材和调料，把蔬菜洗净切好",
        "调整自行车的刹车和链条",
        "给阳台上的花浇水和施肥",
        "整理书架上的旧书和杂志",
    ]
    answer = "\n".join(f"{topic}。" * 12 for topic in topics)
    entries = [make_entry(1, "周末做什么", answer)]
    index = open_index(tmp_path / "index", entries, encoder, notify=lambda _: None)
    hit = Searcher(index, entries, encoder).search("自行车链条")[0]
    assert "自行车" in hit.passage
    assert len(hit.passage) < len(answer) / 2
    assert hit.line == hit.end_line == 12


def test_scores_never_rise_and_stay_between_0_and_1(searcher):
    for query in ("卷积", "dropout", "完全无关的菜谱", "zzzz", '"感受野"'):
        found = [hit.score for hit in searcher.search(query, 9)]
        assert found == sorted(found, reverse=True)
        assert all(0 <= score <= 1 for score in found)
        assert [hit.rank for hit in searcher.search(query, 9)] == list(range(1, len(found) + 1))


def test_one_hit_for_each_entry(searcher):
    found = numbers(searcher.search("感受野 卷积", 50))
    assert len(found) == len(set(found))


def test_filters_bind(searcher):
    assert set(numbers(searcher.search('"感受野" 卷积'))) == {"2", "3"}
    assert "3" not in numbers(searcher.search("感受野 -空洞卷积", 9))
    assert set(numbers(searcher.search("tag:trees 梯度"))) == {"5"}
    assert numbers(searcher.search("tag:cnn", 9)) == ["2", "3", "6", "8"]
    assert [hit.score for hit in searcher.search("tag:cnn", 2)] == [1.0, 1.0]
    assert searcher.search("file:absent 卷积") == []
    assert searcher.search('"not in the notes"') == []


@pytest.mark.parametrize("query", ["", " ", "-卷积", "？"])
def test_senseless_query(searcher, query):
    with pytest.raises(QueryError):
        searcher.search(query)


def test_top(searcher):
    assert len(searcher.search("卷积", 2)) == 2
    assert searcher.search("卷积", 0) == []
    assert len(searcher.closest("卷积", 2)) == 2
    assert searcher.closest("卷积", 0) == []


def test_closest_goes_by_meaning_alone(searcher):
    assert numbers(searcher.closest("-训练时随机关掉一些神经元 tag:x"))[0] == "4"
    assert searcher.closest("") == []
    found = [hit.score for hit in searcher.closest("扩大感受野的卷积", 9)]
    assert found == sorted(found, reverse=True)
    assert all(-1.0001 <= score <= 1.0001 for score in found)


def test_same_question_gives_the_same_answer(searcher, tmp_path, entries, encoder):
    other = Searcher(open_index(tmp_path / "b", entries, encoder, notify=lambda _: None), entries, encoder)
    for query in ("卷积的感受野", "trees", "loss"):
        assert searcher.search(query, 9) == searcher.search(query, 9) == other.search(query, 9)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_any_text_gives_hits_or_one_line(shared_searcher, text):
    with contextlib.suppress(QueryError):
        assert len(shared_searcher.search(text)) <= 5
    assert len(shared_searcher.closest(text)) <= 3


@pytest.fixture(scope="module")
def shared_searcher(tmp_path_factory, embedded) -> Searcher:
    from viva.notes.reader import read_notes

    folder = tmp_path_factory.mktemp("kb")
    (folder / "notes.txt").write_text("1.什么是卷积\n\t加权求和\n2.what is a tree\n\tsplits\n", encoding="utf-8")
    entries = read_notes([folder]).entries
    return Searcher(open_index(folder / "index", entries, embedded, notify=lambda _: None), entries, embedded)


@pytest.mark.shared
def test_real_notes_and_real_queries(shared, real_notes, tmp_path, embedded):
    """A floor, so that a change that ruins search is seen; the figures themselves are in the benchmark."""
    from viva.notes.reader import read_notes

    entries = read_notes([real_notes]).entries
    searcher = Searcher(open_index(tmp_path / "index", entries, embedded, notify=lambda _: None), entries, embedded)
    among_three = 0
    for line in (shared / "dev" / "queries.tsv").read_text(encoding="utf-8").splitlines():
        label, query = line.split("\t")
        found = [hit.question_id.partition("#")[2] for hit in searcher.search(query, 3)]
        among_three += label.replace("b", "~2") in found
    assert among_three >= 12


def test_searching_loads_neither_torch_nor_textual_nor_scipy(tmp_path):
    code = (
        "import sys; import viva.retrieval.searcher, viva.retrieval.store, viva.retrieval.build;"
        "print([m for m in ('torch', 'scipy', 'textual', 'sentence_transformers', 'filelock') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
