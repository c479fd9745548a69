"""An answer, read once: its clauses, their vectors and terms, and which of them come nearest to a point."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from viva.grading.formulas import latex_to_text
from viva.grading.reference import Reference, demote_question_words, unlisted
from viva.models.alignment import Words, matched, words_of
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
_MOST_CLAUSES = 600
"""Clauses of an answer that are read: a whole file pasted by mistake must not stop the talk for half a minute."""
_LONGEST_CHAIN = 6
_LEAST_GAIN = 0.005
GATE = 0.25
"""A clause below this cosine has nothing to do with the point and never joins a chain, so that an unrelated sentence
cannot lift a score."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the answer."""

    text: str
    """As typed, without the punctuation around it."""
    start: int
    end: int
    size: int
    """Chinese characters plus words: how much it counts when clauses are joined."""
    position: int
    """Index among the clauses of the answer, repeats included."""
    sentence: int
    """Index of its sentence."""
    bare: str
    """Its letters and digits alone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, read once and compared with many points; clauses are named by their index."""

    text: str
    clauses: tuple[Clause, ...]
    """Each distinct clause, once."""
    sequence: tuple[int, ...]
    """The clauses in the order in which they are said, repeats included."""
    normalized: tuple[str, ...]
    """The text of each clause in the names and numbers of the reference."""
    vectors: NDArray[np.float32]
    """Unit vectors of the clauses, shape (clauses, dimension)."""
    question_demoted: NDArray[np.float32]
    """Unit vectors of what the clauses say beyond the question's own words, zeros for nothing; the same shape."""
    terms: tuple[frozenset[str], ...]
    words: tuple[Words, ...]
    """The tokens of each clause with their vectors."""
    formulas: tuple[str, ...]
    nearness: NDArray[np.float32]
    """Cosine of each point of the reference and each clause, shape (points, clauses)."""

    @classmethod
    def read(cls, text: str, question: str, encoder: Encoder, reference: Reference) -> Answer:
        """Cut `text` into clauses and encode them in one call; names and numbers are read as the reference has them."""
        clauses, sequence = _split(text)
        count = len(clauses)
        normalized = tuple(reference.normalize(clause.text) for clause in clauses)
        demoted = [demote_question_words(clause, question) for clause in normalized]
        empty = np.zeros((0, encoder.dimension), np.float32)
        vectors = np.array(encoder.encode([*normalized, *demoted])) if count else empty
        vectors[count:][[not clause for clause in demoted]] = 0.0  # a transformer gives even an empty text a direction
        return cls(
            text=text,
            clauses=clauses,
            sequence=sequence,
            normalized=normalized,
            vectors=vectors[:count],
            question_demoted=vectors[count:],
            terms=tuple(
                frozenset(terms(clause.text)).union(terms(in_reference))
                for clause, in_reference in zip(clauses, normalized, strict=True)
            ),
            words=tuple(words_of(encoder, normalized)),
            formulas=tuple(formulas(latex_to_text(text))),
            nearness=reference.vectors @ vectors[:count].T,
        )

    def recited(self, point: str) -> tuple[int, ...]:
        """Return the clauses, one after the other, that are a text word for word and nothing else; empty without such.

        A point within a longer clause is not stated by it: "it is not so that ..." holds its letters, too.
        """
        wanted = bare(point)
        for first, start in enumerate(self.sequence):
            if wanted.startswith(self.clauses[start].bare):
                for last, joint in enumerate(accumulate(self.clauses[at].bare for at in self.sequence[first:]), first):
                    if joint == wanted and signs(self._joined(first, last)) == signs(point):
                        return tuple(dict.fromkeys(self.sequence[first : last + 1]))
                    if not wanted.startswith(joint):
                        break
        return ()

    def _joined(self, first: int, last: int) -> str:
        return " ".join(self.clauses[at].text for at in self.sequence[first : last + 1])

    def without(self, left_out: frozenset[int]) -> str:
        """Return what the other clauses say, in the names and numbers of the reference and the marks of the answer."""
        kept, nexts = [], [clause.start for clause in self.clauses[1:]] + [len(self.text)]
        for index, (clause, start) in enumerate(zip(self.clauses, nexts, strict=True)):
            if index not in left_out:
                joint = self.text[clause.end : start] if start >= clause.end else " "
                kept.append(self.normalized[index] + joint)
        return "".join(kept).strip()

    def only(self, chosen: Sequence[int]) -> str:
        """Return what these clauses say, as `without` the others."""
        return self.without(frozenset(range(len(self.clauses))).difference(chosen))

    def followed(self, chosen: Sequence[int]) -> str:
        """Return what these clauses say and what is said right after them."""
        last = max((self.clauses[index] for index in chosen), key=lambda clause: clause.position)
        after = (
            index
            for index, clause in enumerate(self.clauses)
            if last.position < clause.position <= last.position + _AFTER and clause.sentence <= last.sentence + 1
        )
        return self.only([*chosen, *after])

    def quote(self, chosen: Sequence[int]) -> str:
        """Return the words of the answer, as typed, around the best clause: it and the chosen ones that touch it."""
        if not chosen:
            return ""
        by_position = {self.clauses[index].position: self.clauses[index] for index in chosen}
        first = last = self.clauses[chosen[0]].position
        while first - 1 in by_position:
            first -= 1
        while last + 1 in by_position:
            last += 1
        return self.text[by_position[first].start : by_position[last].end]


def signs(text: str) -> list[str]:
    """Return the operators of a text, which its bare letters do not have."""
    return _OPERATORS.findall(with_plain_marks(latex_to_text(text)))


def _split(answer: str) -> tuple[tuple[Clause, ...], tuple[int, ...]]:
    """Return the clauses of `answer` that hold a letter or digit, each once, and the order in which they are said."""
    seen: dict[str, int] = {}
    clauses: list[Clause] = []
    sequence: list[int] = []
    start = 0
    spans = [(span, at) for at, sentence in enumerate(sentences(answer)) for span in clauses_of(sentence)]
    for position, (span, sentence) in enumerate(spans):
        key = bare(unlisted(span))
        if key and key not in seen and len(clauses) < _MOST_CLAUSES:
            text = _EDGES.sub("", span)
            begin = start + span.index(text)
            seen[key] = len(clauses)
            clauses.append(Clause(text, begin, begin + len(text), max(1, length(text)), position, sentence, key))
        sequence += [seen[key]] if key in seen else []
        start += len(span)
    return tuple(clauses), tuple(sequence)


def best_chain(
    point: NDArray[np.float32], vectors: NDArray[np.float32], sizes: Sequence[int]
) -> tuple[float, tuple[int, ...]]:
    """Return the cosine and the clauses whose mean comes closest to the point, grown greedily from the closest one.

    The vector of several clauses is the mean of theirs weighted by size: exact for a static model, near enough for
    others, and it does not depend on the order of the clauses. They need not be adjacent: people come back to things.

    Args:
        point: Unit vector of shape (dimension,).
        vectors: Unit vectors of the clauses, shape (clauses, dimension).
        sizes: Their sizes.
    """
    if not len(vectors):
        return 0.0, ()
    cosines = vectors @ point
    ranked = [int(i) for i in np.argsort(-cosines, kind="stable")[: 3 * _LONGEST_CHAIN]]
    chosen = [ranked.pop(0)]
    ranked = [i for i in ranked if cosines[i] >= GATE]
    weighted = vectors * np.asarray(sizes, dtype=np.float32)[:, None]
    total, similarity = weighted[chosen[0]], float(cosines[chosen[0]])
    while ranked and len(chosen) < _LONGEST_CHAIN:
        sums = total + weighted[ranked]
        gains = (sums @ point) / np.maximum(np.linalg.norm(sums, axis=1), 1e-9)
        best = int(np.argmax(gains))
        if gains[best] < similarity + _LEAST_GAIN:
            break
        similarity, total = float(gains[best]), sums[best]
        chosen.append(ranked.pop(best))
    return min(1.0, similarity), tuple(chosen)


def chain_cosine(
    point: NDArray[np.float32], vectors: NDArray[np.float32], sizes: Sequence[int], chosen: Sequence[int]
) -> float:
    """Return the cosine of a point and the mean of the chosen clauses; 0 for none."""
    if not chosen:
        return 0.0
    total = sum(vectors[i] * sizes[i] for i in chosen)
    norm = float(np.linalg.norm(total))
    return min(1.0, float(total @ point) / norm) if norm else 0.0


def word_shares(reference: Reference, answer: Answer) -> NDArray[np.float64]:
    """Return for each point the share of its words that have a word of the answer to themselves, shape (points,).

    Only the clauses that have to do with any point are read.
    """
    kinship = np.maximum(answer.nearness, reference.question_demoted @ answer.question_demoted.T)
    kept = np.flatnonzero(kinship.max(axis=0, initial=-1.0) >= GATE).tolist()
    return matched(reference.words, [answer.words[index] for index in kept], kinship[:, kept])
