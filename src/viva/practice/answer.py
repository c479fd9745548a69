"""An answer, read once: its clauses, with the vectors, terms and words that points are compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from viva.practice.opposition import Said
from viva.practice.reference import Reference, beyond
from viva.semantics.alignment import Words, words_of
from viva.semantics.latex import typed
from viva.semantics.quantities import respelled
from viva.semantics.slips import mended
from viva.semantics.spelled_out import spelled_out, unglossed
from viva.semantics.terms import formulas, terms
from viva.text.normal import bare, length
from viva.text.segment import clauses, sentences
from viva.types import Encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EDGES = re.compile(r"^[\s,，、。.;；:：!！?？]+|[\s,，、。;；:：]+$")
_LISTED = re.compile(r"(?<!\w)[(（]\d{1,2}[)）]|^\s*\d{1,2}[.、)）](?!\d)|[①-⑳]")
"""Numbers of a list: they are no numbers of the subject."""
_MOST_PARTS = 600
"""Clauses of an answer that are read: a whole file pasted by mistake must not stop the talk for half a minute."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause of the answer."""

    text: str
    """As typed, without the punctuation around it."""
    start: int
    end: int
    size: int
    """Chinese characters plus words: how much it counts when clauses are joined."""
    order: int
    """Position among the clauses of the answer, repeats included."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, read once and compared with many points."""

    text: str
    parts: tuple[Piece, ...]
    vectors: NDArray[np.float32]
    """Unit vectors of the parts, shape (parts, dimension)."""
    aimed: NDArray[np.float32]
    """Unit vectors of what the parts say beyond the question's own words, zeros for nothing; the same shape."""
    terms: frozenset[str]
    part_terms: tuple[frozenset[str], ...]
    part_words: tuple[Words, ...]
    """The tokens of the parts with their vectors."""
    plain_words: tuple[Words, ...]
    """The same without what stands in brackets in the other language."""
    aimed_words: tuple[Words, ...]
    """The tokens of what the parts say beyond the question's own words."""
    bare: str
    formulas: str

    @classmethod
    def read(cls, text: str, question: str, encoder: Encoder, reference: Reference) -> Answer:
        """Cut `text` into clauses and encode them in one call.

        Mistyped words are read as the ones of the reference that were meant, and things and numbers as it
        writes them.
        """
        parts = tuple(islice(pieces(text), _MOST_PARTS))
        empty = np.zeros((0, encoder.dimension), dtype=np.float32)
        bared = [respelled(_LISTED.sub(" ", spelled_out(typed(part.text))), reference.numbers) for part in parts]
        named = [reference.renaming.apply(said) for said in bared]
        meant = [mended(said, reference.words) for said in named]
        rest = [beyond(said, question) for said in meant]
        both = np.array(encoder.encode(meant + rest)) if parts else empty
        bags = tuple(frozenset(terms(part.text)).union(terms(said)) for part, said in zip(parts, named, strict=True))
        told = np.asarray([bool(words) for words in rest], dtype=bool)
        both[len(parts) :][~told] = 0.0  # a transformer gives even an empty text a direction
        tokens, plain_words = _words(encoder, meant, rest)
        return cls(
            text,
            parts,
            both[: len(parts)],
            both[len(parts) :],
            frozenset(terms(text)),
            bags,
            tuple(tokens[: len(parts)]),
            plain_words,
            tuple(tokens[len(parts) :]),
            bare(text),
            " ".join(formulas(typed(text))),
        )

    @property
    def said(self) -> Said:
        """The parts, as far as opposition needs them."""
        texts = tuple(unglossed(spelled_out(typed(part.text))) for part in self.parts)
        return Said(texts, self.vectors, self.part_terms, self.plain_words, _sentences(self.text, self.parts))

    def without(self, dropped: Sequence[int]) -> Answer:
        """Return the answer as if the parts at these indices had not been said."""
        kept = [index for index in range(len(self.parts)) if index not in dropped]
        text = " ".join(self.parts[index].text for index in kept)
        bags = tuple(self.part_terms[index] for index in kept)
        return Answer(
            self.text,
            tuple(self.parts[index] for index in kept),
            self.vectors[kept],
            self.aimed[kept],
            frozenset().union(*bags),
            bags,
            tuple(self.part_words[index] for index in kept),
            tuple(self.plain_words[index] for index in kept),
            tuple(self.aimed_words[index] for index in kept),
            bare(text),
            " ".join(formulas(typed(text))),
        )


def pieces(answer: str) -> list[Piece]:
    """Return the clauses of `answer` that hold a letter or digit; a clause said twice counts once."""
    found: dict[str, Piece] = {}
    start = 0
    for order, clause in enumerate(clauses(answer)):
        key = bare(clause)
        if key and key not in found:
            text = _EDGES.sub("", clause)
            begin = start + clause.index(text)
            found[key] = Piece(text, begin, begin + len(text), max(1, length(text)), order)
        start += len(clause)
    return list(found.values())


def _words(encoder: Encoder, meant: Sequence[str], rest: Sequence[str]) -> tuple[list[Words], tuple[Words, ...]]:
    """Return the tokens of both, and those of the first without what stands in brackets in the other language."""
    plain = [unglossed(said) for said in meant]
    changed = [index for index, (said, kept) in enumerate(zip(meant, plain, strict=True)) if said != kept]
    tokens = words_of(encoder, [*meant, *rest, *(plain[index] for index in changed)])
    size = len(meant) + len(rest)
    plainly = {index: tokens[size + place] for place, index in enumerate(changed)}
    return tokens[:size], tuple(plainly.get(index, tokens[index]) for index in range(len(meant)))


def _sentences(text: str, parts: Sequence[Piece]) -> tuple[tuple[int, ...], ...]:
    """Return the parts of each sentence, in order; a sentence that ends in a colon goes on up to a blank line."""
    places = {bare(part.text): index for index, part in enumerate(parts)}
    found: list[tuple[int, ...]] = []
    open_label = False
    for sentence in sentences(text):
        said = tuple(places[key] for clause in clauses(sentence) if (key := bare(clause)) in places)
        if open_label and found:
            found[-1] += said
        elif said:
            found.append(said)
        ends = sentence.strip()
        open_label = bool(ends) and (open_label or ends.endswith((":", "：")))
    return tuple(found)
