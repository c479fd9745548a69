"""Evidence: the parts of an answer, and which of them speaks for a point of the reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viva.text.normal import bare, length
from viva.text.segment import clauses

Vectors = NDArray[np.float32]

_EDGES = re.compile(r"^[\s,，、。.;；:：!！?？]+|[\s,，、。;；:：]+$")
_LONGEST_CHAIN = 6
_LEAST_GAIN = 0.005
_GATE = 0.12
"""A clause below this cosine has nothing to do with the point and never joins a chain, so that an unrelated sentence
cannot lift a score."""


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
class Match:
    """The clauses that together come closest to a point."""

    similarity: float
    """Cosine, -1 to 1."""
    chosen: tuple[int, ...]
    """Indices into the pieces, best first; empty when the answer has none."""


def pieces(answer: str) -> list[Piece]:
    """Return the clauses of `answer` that hold a letter or digit; a clause said twice counts once."""
    found: dict[str, Piece] = {}
    start = 0
    for order, clause in enumerate(clauses(answer)):
        key = bare(clause)
        if key and key not in found:
            head = _EDGES.match(clause)
            text = _EDGES.sub("", clause)
            begin = start + (head.end() if head and not head.group().isalnum() else 0)
            found[key] = Piece(text, begin, begin + len(text), max(1, length(text)), order)
        start += len(clause)
    return list(found.values())


def best_match(point: NDArray[np.float32], vectors: Vectors, sizes: Sequence[int]) -> Match:
    """Return the set of clauses whose mean comes closest to the point, grown greedily from the closest clause.

    The vector of several clauses is the mean of theirs weighted by size: exact for a static model, near enough for
    others, and it does not depend on the order of the clauses. They need not be adjacent: people come back to things.

    Args:
        point: Unit vector of shape (dimension,).
        vectors: Unit vectors of the clauses, shape (clauses, dimension).
        sizes: Their sizes.
    """
    if not len(vectors):
        return Match(0.0, ())
    cosines = vectors @ point
    ranked = [int(i) for i in np.argsort(-cosines, kind="stable") if cosines[i] >= _GATE][: 3 * _LONGEST_CHAIN]
    if not ranked:
        best = int(np.argmax(cosines))
        return Match(float(cosines[best]), (best,))
    chosen = [ranked.pop(0)]
    total = vectors[chosen[0]] * sizes[chosen[0]]
    similarity = float(cosines[chosen[0]])
    while ranked and len(chosen) < _LONGEST_CHAIN:
        sums = total + vectors[ranked] * np.asarray([sizes[i] for i in ranked], dtype=np.float32)[:, None]
        gains = (sums @ point) / np.maximum(np.linalg.norm(sums, axis=1), 1e-9)
        best = int(np.argmax(gains))
        if gains[best] < similarity + _LEAST_GAIN:
            break
        similarity, total = float(gains[best]), sums[best]
        chosen.append(ranked.pop(best))
    return Match(min(1.0, similarity), tuple(chosen))


def quote(answer: str, parts: Sequence[Piece], chosen: Sequence[int]) -> str:
    """Return the words of the answer, as typed, around the best clause: it and the chosen ones that touch it."""
    if not chosen:
        return ""
    orders = {parts[i].order: parts[i] for i in chosen}
    first = last = parts[chosen[0]].order
    while first - 1 in orders:
        first -= 1
    while last + 1 in orders:
        last += 1
    return answer[orders[first].start : orders[last].end]
