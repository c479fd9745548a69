"""Columns of a terminal: wide characters take two, and lines are broken by them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.text.cells import cells, padded, wrapped


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("ab", 2), ("感受野", 6), ("a感", 3), ("e\u0301", 1), ("：", 2)]
)
def test_columns(text: str, columns: int) -> None:
    assert cells(text) == columns


def test_a_column_is_filled_by_the_cells_it_takes() -> None:
    assert padded("很好", 7) == "很好   "
    assert padded("strong", 7) == "strong "
    assert padded("12", 4, right=True) == "  12"
    assert padded("太长了", 2) == "太长了"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("words stay whole", 10, ["words stay", "whole"]),
        ("用你自己的笔记面试自己", 10, ["用你自己的", "笔记面试自", "己"]),
        ("先问到期，再问新题。", 8, ["先问到", "期，再问", "新题。"]),
        ("用 sentence-transformers 模型", 12, ["用", "sentence-transformers", "模型"]),
        ("见（viva --help）", 7, ["见", "（viva", "--help）"]),
        ("", 5, [""]),
    ],
)
def test_lines_are_broken_where_they_may_be(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@given(st.text("ab 感受野，。（）-"), st.integers(2, 20))
def test_wrapping_loses_only_blanks(text: str, width: int) -> None:
    assert "".join("".join(wrapped(text, width)).split()) == "".join(text.split())
