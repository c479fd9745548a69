"""Hints: first how many points an answer has, then how each of them begins."""

from __future__ import annotations

import re

from viva.errors import InterviewError
from viva.interview.follow_up.labels import labelled
from viva.text.normal import count_cjk, language_of
from viva.types import Entry, Language

_UNIT = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\s\u3400-\u4dbf\u4e00-\u9fff]+")
_LONGEST_CHINESE = 6
_LONGEST_ENGLISH = 3


def hint(entry: Entry, taken: int) -> str:
    """Return the hint after `taken` earlier ones, in the language of the question.

    Raises:
        InterviewError: The notes have no answer, or every point has been hinted at.
    """
    chinese = language_of(entry.question) == "zh"
    points = [point.text for point in entry.points if point.text.strip()]
    if not points:
        raise InterviewError("笔记里没有这道题的答案，没法提示" if chinese else "the notes have no answer to hint at")
    if taken == 0:
        return _how_many(len(points), language_of(entry.question))
    if taken > len(points):
        raise InterviewError(
            "没有更多提示了：试着回答，或者看答案" if chinese else "no more hints: try an answer, or show it"
        )
    start = beginning(points[taken - 1])
    if len(points) == 1:
        return f"开头是：{start}" if chinese else f"It begins: {start}"
    return f"第 {taken} 点的开头是：{start}" if chinese else f"Point {taken} begins: {start}"


def beginning(text: str) -> str:
    """Return the label of a point, or its first quarter: at least a Chinese character or a word, at most a few."""
    if found := labelled(text):
        return f"{found.label}…"
    units = list(_UNIT.finditer(text.strip()))
    most = _LONGEST_CHINESE if count_cjk(text) * 2 >= len(units) else _LONGEST_ENGLISH
    shown = max(1, min(most, round(len(units) / 4)))
    if not units or shown >= len(units):
        return text.strip()[:1] + "…"
    return text.strip()[: units[shown - 1].end()] + "…"


def _how_many(count: int, language: Language) -> str:
    if language == "zh":
        return f"答案有 {count} 个要点，先自己想想看。"
    return "The answer has one point." if count == 1 else f"The answer has {count} points; try to recall them."
