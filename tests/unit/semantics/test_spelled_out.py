"""Denials in one way of putting them, and names in brackets set aside."""

from __future__ import annotations

import pytest

from viva.semantics.spelled_out import spelled_out, unglossed


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("it can't wait", "it cannot wait"),
        ("Can't it", "cannot it"),
        ("it won’t wait and doesn't ask", "it will not wait and does not ask"),
        ("No reader can wait", "reader cannot wait"),
        ("so none of the pages are lost", "so pages are not lost"),
        ("there is no page that can be lost", "there is no page that can be lost"),
        ("没有任何一个线程能等待", "线程不能等待"),
        ("没有索引会更慢", "没有索引会更慢"),
        ("ｐａｇｅ １，再说", "page 1，再说"),
        ("", ""),
    ],
)
def test_denials_are_spelled_out(said: str, plain: str) -> None:
    assert spelled_out(said) == plain


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("短链接（short link）有效", "短链接有效"),
        ("a lease (租约) ends", "a lease ends"),
        ("链接（not yet valid）", "链接（not yet valid）"),
        ("lease (不续约)", "lease (不续约)"),
        ("f(x)", "f(x)"),
        ("链接（见上文）", "链接（见上文）"),
    ],
)
def test_names_in_brackets_of_the_other_language_are_set_aside(said: str, plain: str) -> None:
    assert unglossed(said) == plain
