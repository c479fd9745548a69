"""The reference: what is known of an entry before any answer to it is read, and what each of its points weighs.

Examiners ask for what the question is about: what stands first in the notes weighs most, what only says the question
again or leads in ("there are three kinds:") is an extra, and what is said twice counts once. The slope was fitted to
the marks of the training subjects; what the user marks as essential or extra goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from viva.grading.aliases import Aliases, AliasNormalizer
from viva.grading.formulas import latex_to_text
from viva.grading.quantities import Quantity, respelled, spellings
from viva.models.alignment import Words, words_of
from viva.models.reader import statement, together
from viva.text.normal import bare, length, normalise
from viva.text.terms import formulas, terms
from viva.text.typos import correct_typos, long_words
from viva.types import Encoder, Entry, Importance, Point

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LISTED = re.compile(r"(?<!\w)[(（]\d{1,2}[)）]|^\s*\d{1,2}[.、)）](?!\d)|[①-⑳]")
"""Numbers of a list: they are no numbers of the subject."""
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+")
_SHORTEST = 2
"""Characters of the question in a row that are taken out."""
_SLOPE = 0.36
"""By how much less, as a logarithm, the last point weighs than the first."""
_MARKED: dict[Importance, float] = {"essential": 3.0, "normal": 1.0, "extra": 0.0}
_SAME = 0.95
"""Cosine from which on two points say the same."""


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
    aliases: AliasNormalizer
    """Says in the words of the entry what an answer calls by a name that the notes put in brackets."""
    numbers: Mapping[str, Quantity]
    """The quantities of the points by their spelling."""
    long_words: frozenset[str]
    """Long English words of the entry, by which a mistyped one is recognised."""
    entry: NDArray[np.float32]
    """Unit vectors of the whole answer of the notes and of the question, shape (2, dimension)."""

    @classmethod
    def of(cls, entry: Entry, encoder: Encoder, aliases: Aliases) -> Reference:
        """Prepare `entry`; an answer that is all code or tables counts as one point."""
        points = tuple(point for point in entry.points if bare(point.text))
        if not points and bare(entry.answer):
            points = (Point(entry.answer),)
        points = without_lead_ins(points, entry.question)
        texts = [latex_to_text(point.text) for point in points]
        asked = frozenset(terms(entry.question))
        bags = [frozenset(terms(text)) for text in texts]
        beyond = [demote_question_words(text, entry.question) or text for text in texts]
        vectors = encoder.encode([*texts, *beyond, entry.answer, entry.question])
        return cls(
            points=points,
            texts=tuple(texts),
            statements=tuple(statement(entry.question, text) for text in texts),
            whole=statement(entry.question, together(texts)),
            bases=bases(points, vectors[: len(texts)]),
            sizes=tuple(max(1, length(text)) for text in texts),
            vectors=vectors[: len(texts)],
            question_demoted=vectors[len(texts) : -2],
            wanted=tuple(bag - asked or bag for bag in bags),
            words=tuple(words_of(encoder, beyond)),
            formulas=tuple(formulas(text) for text in texts),
            aliases=aliases.normalizer("\n".join([*texts, entry.question])),
            numbers=spellings("\n".join(texts)),
            long_words=long_words([entry.question, entry.answer, *texts]),
            entry=vectors[-2:],
        )

    def normalize(self, text: str) -> str:
        """Return a text of an answer with names, numbers and mistyped words as the reference has them."""
        spelled = respelled(unlisted(latex_to_text(text)), self.numbers)
        return correct_typos(self.aliases.apply(spelled), self.long_words)


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


def without_lead_ins(points: Sequence[Point], question: str) -> tuple[Point, ...]:
    """Return the points, those that say nothing new as extras unless the user says that they matter."""
    question_terms = frozenset(terms(question))
    return tuple(
        replace(point, importance="extra")
        if point.importance == "normal" and _tells_nothing(point.text, question_terms)
        else point
        for point in points
    )


def bases(points: Sequence[Point], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return what each point weighs by itself, above 0.

    Args:
        points: of one reference.
        vectors: unit vectors of the points, shape (points, dimension).
    """
    places = np.arange(len(points)) / max(1, len(points) - 1)
    return np.asarray(np.exp(-_SLOPE * places) / _repeated(points, vectors))


def shares(raw: Sequence[float] | NDArray[np.float64], marks: Sequence[Importance]) -> NDArray[np.float64]:
    """Return the share of each point in the grade, which add up to 1; where all are extra, all count."""
    marked = np.asarray(raw, dtype=np.float64) * [_MARKED[mark] for mark in marks]
    chosen = marked if marked.any() else np.asarray(raw, dtype=np.float64)
    return np.asarray(chosen / chosen.sum())


def _repeated(points: Sequence[Point], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return how many points say what each says, itself included: together they weigh as much as one."""
    letters = np.array([bare(point.text) for point in points])
    same = (letters[:, None] == letters[None, :]) | (vectors @ vectors.T >= _SAME)
    return np.asarray(np.maximum(1, same.sum(axis=1)), dtype=np.float64)


def _tells_nothing(text: str, question_terms: frozenset[str]) -> bool:
    bag = frozenset(terms(text))
    return text.rstrip().endswith((":", "：")) or (bool(bag) and bag <= question_terms)
