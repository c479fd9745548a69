"""The reference: what is known of an entry before any answer to it is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from viva.practice.opposition import Claims
from viva.semantics.alignment import Words, words_of
from viva.semantics.contradiction import ContradictionModel
from viva.semantics.slips import long_words
from viva.semantics.terms import TermWeights, formulas, terms
from viva.text.normal import bare, normalise
from viva.types import Encoder, Entry, Point

if TYPE_CHECKING:
    from numpy.typing import NDArray

_REPEATED = 0.05
"""Weight of a point that only repeats the question; any other point weighs at least 0.5 before damping."""
_LEAST = 0.5
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+")
_SHORTEST = 2
_ANNOUNCING = re.compile(
    r"(?:(?:主要|通常|一般|大致|可以?|共)*(?:包括|包含|分为|分成|划分为|有)|如下|以下|下列|下面|主要|通常|一般|几|[一二两三四五六七八九十\d]+"
    r"|大?(?:个|种|类|点|项|条|步|方面|部分|类型|方式|方法|形式|原则|特点|内容))+"
    r"|\b(?:there|include[sd]?|consists?|contains?|following|follows|main|mainly|several|two|three|four|five|six|seven|\d+"
    r"|kinds?|types?|ways?|parts?|steps?|points?|reasons?|namely)\b"
)
"""Words of a line that only announces what follows: "通常包括以下三类", "there are three types"."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The points of an entry, ready to be compared with."""

    points: tuple[Point, ...]
    vectors: NDArray[np.float32]
    """Unit vectors of the points, shape (points, dimension)."""
    aimed: NDArray[np.float32]
    """Unit vectors of what the points say beyond the question's own words; the same shape."""
    weights: tuple[float, ...]
    """Share of each point in the grade; they add up to 1."""
    wanted: tuple[frozenset[str], ...]
    """Terms of each point, without the question's own where others are left."""
    told: tuple[Words, ...]
    """The tokens of what each point says beyond the question's own words."""
    claims: Claims
    """The clauses of the points, ready to be contradicted."""
    formulas: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    """Long English words of the entry, by which a mistyped one is recognised."""
    entry: NDArray[np.float32]
    """Unit vectors of the whole answer of the notes and of the question, shape (2, dimension)."""

    @classmethod
    def of(
        cls,
        entry: Entry,
        encoder: Encoder,
        rarity: TermWeights,
        damping: float,
        opposer: ContradictionModel | None,
    ) -> Reference:
        """Prepare `entry`; an answer that is all code or tables counts as one point."""
        points = tuple(point for point in entry.points if bare(point.text))
        if not points and bare(entry.answer):
            points = (Point(entry.answer),)
        asked = frozenset(terms(entry.question))
        bags = [frozenset(terms(point.text)) for point in points]
        texts = [point.text for point in points]
        fresh = [beyond(text, entry.question) for text in texts]
        rest = [new or text for new, text in zip(fresh, texts, strict=True)]
        vectors = encoder.encode([*texts, *rest, entry.answer, entry.question])
        return cls(
            points,
            vectors[: len(texts)],
            vectors[len(texts) : -2],
            _shares(points, bags, fresh, asked, rarity, damping),
            tuple(frozenset(bag - asked or bag) for bag in bags),
            tuple(words_of(encoder, rest)),
            Claims.of(texts, encoder, opposer),
            tuple(formulas(point.text) for point in points),
            long_words([entry.question, entry.answer, *texts]),
            vectors[-2:],
        )


def beyond(text: str, question: str) -> str:
    """Return `text` without the words of the question, which earn nothing; empty when nothing is left.

    Question demoting as in Sultan, Salazar & Sumner 2016. Chinese has no word boundaries: runs of at least two
    characters that stand in the question are taken out.
    """
    asked = normalise(question)
    if not asked:
        return text
    words = frozenset(_RUN.findall(asked))
    kept = _RUN.sub(lambda run: _fresh(run.group(), asked, words), normalise(text))
    return kept if terms(kept) else ""


def _fresh(run: str, asked: str, words: frozenset[str]) -> str:
    if run.isascii():
        return "" if run in words else run
    kept: list[str] = []
    start = 0
    while start < len(run):
        end = start
        while end < len(run) and run[start : end + 1] in asked:
            end += 1
        if end - start >= _SHORTEST:
            start = end
        else:
            kept.append(run[start])
            start += 1
    return "".join(kept)


def _shares(
    points: Sequence[Point],
    bags: Sequence[frozenset[str]],
    fresh: Sequence[str],
    asked: frozenset[str],
    rarity: TermWeights,
    damping: float,
) -> tuple[float, ...]:
    raw = []
    for point, bag, new in zip(points, bags, fresh, strict=True):
        told = rarity.total(bag - asked) + len(formulas(point.text))
        repeats = bool(bag) and (bag <= asked or _only_announces(point.text, new))
        raw.append(_REPEATED if repeats else max(_LEAST, told) ** damping)
    total = sum(raw)
    return tuple(share / total for share in raw)


def _only_announces(text: str, fresh: str) -> bool:
    """Whether a point says, beside words of the question, nothing but that an answer to it follows."""
    return fresh != normalise(text) and not terms(_ANNOUNCING.sub(" ", fresh))
