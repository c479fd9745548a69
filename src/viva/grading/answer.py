"""An answer, read once: its clauses, with the vectors and terms that points are compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from viva.grading.reference import Reference, demote_question_words, unlisted
from viva.grading.values.latex import latex_to_text
from viva.models.alignment import Words, words_of
from viva.text.normal import bare, length
from viva.text.segment import clauses_of, sentences
from viva.text.terms import formulas, terms, with_plain_marks
from viva.types import Encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EDGES = re.compile(r"^[\s,，、。.;；:：!！?？]+|[\s,，、。;；:：]+$")
_OPERATORS = re.compile(r"[+*/^=<>≤≥]|(?<=[\d)])\s*-|-\s*(?=[\d(])")
_AFTER = 3
"""Clauses, of the same sentence and the next, in which what was just said is taken back: no, wait, I mixed that up."""
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
    sentence: int
    """Position of its sentence."""
    bare: str
    """Its letters and digits alone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, read once and compared with many points."""

    text: str
    parts: tuple[Piece, ...]
    clauses: tuple[int, ...]
    """The parts in the order in which they are said, repeats included."""
    said: tuple[str, ...]
    """What each part says, in the names and numbers of the reference."""
    vectors: NDArray[np.float32]
    """Unit vectors of the parts, shape (parts, dimension)."""
    question_demoted: NDArray[np.float32]
    """Unit vectors of what the parts say beyond the question's own words, zeros for nothing; the same shape."""
    terms: tuple[frozenset[str], ...]
    words: tuple[Words, ...]
    """The tokens of each part with their vectors."""
    formulas: tuple[str, ...]
    nearness: NDArray[np.float32]
    """Cosine of each point of the reference and each part, shape (points, parts)."""

    @classmethod
    def read(cls, text: str, question: str, encoder: Encoder, reference: Reference) -> Answer:
        """Cut `text` into clauses and encode them in one call; names and numbers are read as the reference has them."""
        parts, order = _parts(text)
        said = tuple(reference.in_its_words(part.text) for part in parts)
        rest = [demote_question_words(one, question) for one in said]
        both = np.array(encoder.encode([*said, *rest])) if parts else np.zeros((0, encoder.dimension), np.float32)
        both[len(parts) :][[not one for one in rest]] = 0.0  # a transformer gives even an empty text a direction
        bags = tuple(frozenset(terms(part.text)).union(terms(one)) for part, one in zip(parts, said, strict=True))
        words = tuple(words_of(encoder, said))
        vectors, question_demoted = both[: len(parts)], both[len(parts) :]
        found, nearness = tuple(formulas(latex_to_text(text))), reference.vectors @ vectors.T
        return cls(text, parts, order, said, vectors, question_demoted, bags, words, found, nearness)

    def recited(self, point: str) -> tuple[int, ...]:
        """Return the parts, one after the other, that are a text word for word and nothing else; none where it is not.

        A point within a longer clause is not stated by it: "it is not so that ..." holds its letters, too.
        """
        wanted = bare(point)
        for first, part in enumerate(self.clauses):
            if wanted.startswith(self.parts[part].bare):
                for last, joint in enumerate(accumulate(self.parts[at].bare for at in self.clauses[first:]), first):
                    if joint == wanted and signs(self._joined(first, last)) == signs(point):
                        return tuple(dict.fromkeys(self.clauses[first : last + 1]))
                    if not wanted.startswith(joint):
                        break
        return ()

    def _joined(self, first: int, last: int) -> str:
        return " ".join(self.parts[part].text for part in self.clauses[first : last + 1])

    def without(self, parts: frozenset[int]) -> str:
        """Return what the other parts say, in the names and numbers of the reference and the marks of the answer."""
        kept, joints = [], [part.start for part in self.parts[1:]] + [len(self.text)]
        for index, (part, start) in enumerate(zip(self.parts, joints, strict=True)):
            if index not in parts:
                kept.append(self.said[index] + (self.text[part.end : start] if start >= part.end else " "))
        return "".join(kept).strip()

    def only(self, parts: Sequence[int]) -> str:
        """Return what these parts say, as `without` the others."""
        return self.without(frozenset(range(len(self.parts))).difference(parts))

    def followed(self, parts: Sequence[int]) -> str:
        """Return what these parts say and what is said right after them."""
        last = max((self.parts[part] for part in parts), key=lambda part: part.order)
        after = (
            place
            for place, part in enumerate(self.parts)
            if last.order < part.order <= last.order + _AFTER and part.sentence <= last.sentence + 1
        )
        return self.only([*parts, *after])

    def quote(self, chosen: Sequence[int]) -> str:
        """Return the words of the answer, as typed, around the best clause: it and the chosen ones that touch it."""
        if not chosen:
            return ""
        orders = {self.parts[i].order: self.parts[i] for i in chosen}
        first = last = self.parts[chosen[0]].order
        while first - 1 in orders:
            first -= 1
        while last + 1 in orders:
            last += 1
        return self.text[orders[first].start : orders[last].end]


def signs(text: str) -> list[str]:
    """Return the operators of a text, which its bare letters do not have."""
    return _OPERATORS.findall(with_plain_marks(latex_to_text(text)))


def _parts(answer: str) -> tuple[tuple[Piece, ...], tuple[int, ...]]:
    """Return the clauses of `answer` that hold a letter or digit, each once, and the order in which they are said."""
    found: dict[str, int] = {}
    parts: list[Piece] = []
    order: list[int] = []
    start = 0
    said = [(clause, at) for at, sentence in enumerate(sentences(answer)) for clause in clauses_of(sentence)]
    for place, (clause, sentence) in enumerate(said):
        key = bare(unlisted(clause))
        if key and key not in found and len(parts) < _MOST_PARTS:
            text = _EDGES.sub("", clause)
            begin = start + clause.index(text)
            found[key] = len(parts)
            parts.append(Piece(text, begin, begin + len(text), max(1, length(text)), place, sentence, key))
        order += [found[key]] if key in found else []
        start += len(clause)
    return tuple(parts), tuple(order)
