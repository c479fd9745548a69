"""The reference: what is known of an entry before any answer to it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from viva.practice.enumeration import is_item, items_of, shared_letters, shared_terms
from viva.practice.opposition import Claims
from viva.semantics.alignment import Words, words_of
from viva.semantics.contradiction import ContradictionModel
from viva.semantics.latex import typed
from viva.semantics.names import Names, Renaming
from viva.semantics.quantities import Quantity, spellings
from viva.semantics.slips import long_words
from viva.semantics.spelled_out import spelled_out
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
class Item:
    """A point, or one of the things that it lists."""

    text: str
    point: int
    """The point that it belongs to."""
    share: float
    """Its part of that point, up to 1."""
    known: str = ""
    """What tells no more than the question does: letters that it has in common with the other things listed."""
    common: frozenset[str] = frozenset()
    """Terms that it has in common with them."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The points of an entry, ready to be compared with."""

    points: tuple[Point, ...]
    weights: tuple[float, ...]
    """Share of each point in the grade; they add up to 1."""
    items: tuple[Item, ...]
    """What is looked for in an answer: the points, those that only list things item by item."""
    vectors: NDArray[np.float32]
    """Unit vectors of the items, shape (items, dimension)."""
    aimed: NDArray[np.float32]
    """Unit vectors of what the items say beyond the question's own words; the same shape."""
    wanted: tuple[frozenset[str], ...]
    """Terms of each item, without the question's own where others are left."""
    told: tuple[Words, ...]
    """The tokens of what each item says beyond the question's own words."""
    claims: Claims
    """The clauses of the points, ready to be contradicted."""
    formulas: tuple[tuple[str, ...], ...]
    renaming: Renaming
    """Says in the words of the entry what an answer calls by another name."""
    numbers: Mapping[str, Quantity]
    """The quantities of the points by their spelling."""
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
        names: Names,
        damping: float,
        opposer: ContradictionModel | None,
    ) -> Reference:
        """Prepare `entry`; an answer that is all code or tables counts as one point."""
        points = tuple(point for point in entry.points if bare(point.text))
        if not points and bare(entry.answer):
            points = (Point(entry.answer),)
        asked = frozenset(terms(entry.question))
        items = _items(points, entry.question)
        plain = [replace(item, text=spelled_out(typed(item.text))) for item in items]
        texts = [item.text for item in plain]
        rest = [_told(item, entry.question) for item in plain]
        vectors = encoder.encode([*texts, *rest, entry.answer, entry.question])
        return cls(
            points,
            _shares(points, entry.question, rarity, damping),
            items,
            vectors[: len(texts)],
            vectors[len(texts) : -2],
            tuple(_wanted(item, asked) for item in plain),
            tuple(words_of(encoder, rest)),
            Claims.of([point.text for point in points], encoder, opposer, entry.question),
            tuple(formulas(text) for text in texts),
            names.renaming("\n".join([*texts, entry.question])),
            spellings("\n".join(texts)),
            long_words([entry.question, entry.answer, *texts]),
            vectors[-2:],
        )


def _items(points: Sequence[Point], question: str) -> tuple[Item, ...]:
    """Return what is looked for: points, lists item by item; short points are the items of a list themselves."""
    short = [point.text for point in points if is_item(point.text)]
    found = []
    for index, point in enumerate(points):
        listed = [item for item in items_of(point.text) if not _repeats(item, question)]
        siblings = listed or (short if is_item(point.text) and len(short) > 1 else [])
        letters, common = (shared_letters(siblings), shared_terms(siblings)) if siblings else ("", frozenset())
        found += [Item(text, index, 1.0 / max(1, len(listed)), letters, common) for text in listed or [point.text]]
    return tuple(found)


def _wanted(item: Item, asked: frozenset[str]) -> frozenset[str]:
    bag = frozenset(terms(item.text))
    return bag - asked - item.common or bag - item.common or bag


def _told(item: Item, question: str) -> str:
    return beyond(item.text, f"{question} {item.known}") or beyond(item.text, item.known) or item.text


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


def _shares(points: Sequence[Point], question: str, rarity: TermWeights, damping: float) -> tuple[float, ...]:
    raw, asked = [], frozenset(terms(question))
    for point in points:
        told = rarity.total(frozenset(terms(point.text)) - asked) + len(formulas(point.text))
        raw.append(_REPEATED if _repeats(point.text, question) else max(_LEAST, told) ** damping)
    total = sum(raw)
    return tuple(share / total for share in raw)


def _repeats(text: str, question: str) -> bool:
    """Whether a text says, beside words of the question, nothing but that an answer to it follows."""
    bag = frozenset(terms(text))
    if not bag or bag <= frozenset(terms(question)):
        return bool(bag)
    fresh = beyond(text, question)
    return fresh != normalise(text) and not terms(_ANNOUNCING.sub(" ", fresh))
