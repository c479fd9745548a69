"""The syntax of a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.errors import QueryError
from viva.retrieval.keywords import initials
from viva.text.normal import normalise
from viva.text.query import Query, matching, parse_query


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("感受野", Query("感受野")),
        ("  two   words ", Query("two words")),
        ('"exact phrase" more', Query("exact phrase more", phrases=("exact phrase",))),
        ("“感受野” 计算", Query("感受野 计算", phrases=("感受野",))),
        ("「感受野」", Query("感受野", phrases=("感受野",))),
        ('loss -"Focal Loss"', Query("loss", without=("focal loss",))),
        ("卷积 -空洞", Query("卷积", without=("空洞",))),
        ("卷积 －空洞", Query("卷积", without=("空洞",))),
        ("卷积 −空洞", Query("卷积", without=("空洞",))),
        ("tag:CNN 卷积", Query("卷积", tags=("cnn",))),
        ("TAG：＃CNN", Query("", tags=("cnn",))),
        ("tag:#cnn", Query("", tags=("cnn",))),
        ('tag:"deep learning"', Query("", tags=("deep learning",))),
        ("file:notes.md x", Query("x", files=("notes.md",))),
        ("x -file:old -tag:draft", Query("x", without_files=("old",), without_tags=("draft",))),
        ("R-CNN one-stage", Query("R-CNN one-stage")),
        ("C++ a - b", Query("C++ a - b")),
        ('unclosed "phrase', Query("unclosed phrase")),
        ('"" x', Query("x")),
        ("ratio 3:1", Query("ratio 3:1")),
    ],
)
def test_reads(line, wanted):
    assert parse_query(line) == wanted


@pytest.mark.parametrize(
    "line", ["", "   ", "\t\n", '""', "“”", "-", "-卷积", '-"a phrase"', "-tag:cnn", "？？", "...", "-a -b"]
)
def test_senseless_queries(line):
    with pytest.raises(QueryError) as caught:
        parse_query(line)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=80))
def test_never_anything_but_a_query_or_a_query_error(line):
    try:
        query = parse_query(line)
    except QueryError:
        return
    assert query.text.strip() or query.tags or query.files


def found(line, entries):
    texts = [normalise(f"{e.question}\n{e.answer}") for e in entries]
    return [place + 1 for place in matching(parse_query(line), entries, lambda: texts)]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ('"decision trees"', [5]),
        ('"DECISION  TREES"', [5]),
        ('"decision tree"', []),
        ('"语义分割"', [3]),
        ('"R-CNN与"', [8]),
        ("x -感受野", [1, 4, 5, 6, 7, 8, 9]),
        ("x -rnn", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("tag:cnn", [2, 3, 6, 8]),
        ("tag:CNN tag:分割", [3]),
        ("tag:深度学习", [1, 2, 3]),
        ("tag:cnn -tag:分割", [2, 6, 8]),
        ("file:NOTES", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ("file:other", []),
    ],
)
def test_filters(entries, line, wanted):
    assert found(line, entries) == wanted


@pytest.mark.parametrize("text", ["a" * 300_000, "a-" * 150_000, "ab " * 100_000, "卷积 " * 100_000])
def test_a_pasted_wall_of_text_is_read(text):
    """It once took minutes: a test run that hangs here has found it again."""
    initials(text)
    assert parse_query(text).text
