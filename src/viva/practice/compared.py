"""What a question compares: "a mutex and a semaphore", 训练和推理, "a list, a tuple or a set"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

_BETWEEN = re.compile(
    r"[,，、;；/–—]|\b(?:and|or|vs|versus|than|from|to|with)\b|[和与跟或及]|还是|相比|比", re.IGNORECASE
)
_SUBJECT = 3
"""The first terms of a statement, among which is what it speaks of."""


def compared(question: str, points: Sequence[str], terms: Callable[[str], Sequence[str]]) -> list[tuple[str, str]]:
    """Return the pairs of terms that name two things which the question sets side by side.

    They stand in different members of the question, and each begins a point that does not name the other.
    """
    said = [tuple(terms(point)) for point in points]
    members = [dict.fromkeys(terms(member)) for member in _BETWEEN.split(question)]
    pairs = (pair for one, other in combinations(members, 2) for pair in _pairs(one, other))
    return list(dict.fromkeys(pair for pair in pairs if _begin(pair, said)))


def _pairs(one: dict[str, None], other: dict[str, None]) -> Iterator[tuple[str, str]]:
    return ((first, second) for first in one for second in other if first not in other and second not in one)


def _begin(pair: tuple[str, str], points: Sequence[tuple[str, ...]]) -> bool:
    first, second = pair
    return min(len(first), len(second)) > 1 and all(
        any(head in point[:_SUBJECT] and rest not in point for point in points)
        for head, rest in ((first, second), (second, first))
    )
