"""The reference: what is known of an entry before any answer to it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from viva.grading.aliases import Aliases, AliasNormalizer
from viva.grading.importance import bases, without_lead_ins
from viva.grading.values.latex import latex_to_text
from viva.grading.values.quantities import Quantity, respelled, spellings
from viva.models.alignment import Words, words_of
from viva.models.reader import statement, together
from viva.text.normal import bare, length, normalise
from viva.text.terms import formulas, terms
from viva.text.typos import correct_typos, long_words
from viva.types import Encoder, Entry, Point

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LISTED = re.compile(r"(?<!\w)[(（]\d{1,2}[)）]|^\s*\d{1,2}[.、)）](?!\d)|[①-⑳]")
"""Numbers of a list: they are no numbers of the subject."""
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Reference:
    """The points of an entry, ready to be compared with."""

    points: tuple[Point, ...]
    texts: tuple[str, ...]
    """The points, with LaTeX as people type it."""
    statements: tuple[str, ...]
    """What an answer is held against: each point with the question."""
    whole: str
    """All points with the question."""
    bases: NDArray[np.float64]
    """What each point weighs by itself."""
    sizes: tuple[int, ...]
    """Chinese characters plus words of each point."""
    vectors: NDArray[np.float32]
    """Unit vectors of the points, shape (points, dimension)."""
    question_demoted: NDArray[np.float32]
    """Unit vectors of what the points say beyond the question's own words; the same shape."""
    wanted: tuple[frozenset[str], ...]
    """Terms of each point, without the question's own where others are left."""
    words: tuple[Words, ...]
    """The tokens of what each point says beyond the question's own words."""
    formulas: tuple[tuple[str, ...], ...]
    renaming: AliasNormalizer
    """Says in the words of the entry what an answer calls by a name that the notes put in brackets."""
    numbers: Mapping[str, Quantity]
    """The quantities of the points by their spelling."""
    long: frozenset[str]
    """Long English words of the entry, by which a mistyped one is recognised."""
    entry: NDArray[np.float32]
    """Unit vectors of the whole answer of the notes and of the question, shape (2, dimension)."""

    @classmethod
    def of(cls, entry: Entry, encoder: Encoder, names: Aliases) -> Reference:
        """Prepare `entry`; an answer that is all code or tables counts as one point."""
        points = tuple(point for point in entry.points if bare(point.text))
        if not points and bare(entry.answer):
            points = (Point(entry.answer),)
        points = without_lead_ins(points, entry.question)
        texts = [latex_to_text(point.text) for point in points]
        asked = frozenset(terms(entry.question))
        bags = [frozenset(terms(text)) for text in texts]
        told = [demote_question_words(text, entry.question) or text for text in texts]
        vectors = encoder.encode([*texts, *told, entry.answer, entry.question])
        return cls(
            points,
            tuple(texts),
            tuple(statement(entry.question, text) for text in texts),
            statement(entry.question, together(texts)),
            bases(points, vectors[: len(texts)]),
            tuple(max(1, length(text)) for text in texts),
            vectors[: len(texts)],
            vectors[len(texts) : -2],
            tuple(bag - asked or bag for bag in bags),
            tuple(words_of(encoder, told)),
            tuple(formulas(text) for text in texts),
            names.renaming("\n".join([*texts, entry.question])),
            spellings("\n".join(texts)),
            long_words([entry.question, entry.answer, *texts]),
            vectors[-2:],
        )

    def in_its_words(self, text: str) -> str:
        """Return a text of an answer with names, numbers and mistyped words as the reference has them."""
        return correct_typos(self.renaming.apply(respelled(unlisted(latex_to_text(text)), self.numbers)), self.long)


def unlisted(text: str) -> str:
    """Return a text without the numbers of a list."""
    return _LISTED.sub(" ", text)


def demote_question_words(text: str, question: str) -> str:
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
