"""Evidence: which words of an answer come nearest to a point, what they hold of it, and whether its values agree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from viva.grading.answer import Answer
from viva.grading.reference import Reference
from viva.grading.values.arithmetic import are_equal, symbols
from viva.grading.values.conflicts import numbers_conflict
from viva.grading.values.quantities import spellings
from viva.models.alignment import matched
from viva.text.terms import terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONGEST_CHAIN = 6
_LEAST_GAIN = 0.005
GATE = 0.25
"""A clause below this cosine has nothing to do with the point and never joins a chain, so that an unrelated sentence
cannot lift a score."""
_LEAST_SIDE = 3
_SHARED_LETTERS = 2
_SAME_MATTER = 0.6


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


def word_shares(reference: Reference, read: Answer) -> NDArray[np.float64]:
    """Return for each point the share of its words that have a word of the answer to themselves.

    Read are the clauses that have to do with any point.
    """
    kinship = np.maximum(read.nearness, reference.question_demoted @ read.question_demoted.T)
    kept = np.flatnonzero(kinship.max(axis=0, initial=-1.0) >= GATE).tolist()
    return matched(reference.words, [read.words[part] for part in kept], kinship[:, kept])


def formula_agrees(wanted: Sequence[str], given: Sequence[str], point: str) -> bool | None:
    """Whether an answer has the formula that a point mostly is, by value, or another one of the same letters.

    None where the point is no formula, or the answer has none like it.
    """
    if not wanted or 2 * sum(len(formula) for formula in wanted) < len(point):
        return None
    said = [_right_side(formula) for formula in given]
    joined = " ".join(given)
    sides = [_right_side(formula) for formula in wanted]
    if all(side in joined or any(are_equal(side, one) for one in said) for side in sides):
        return True
    return False if any(_are_alike(side, one) for side in sides for one in said) else None


def other_value(point: str, nearest: Sequence[str]) -> int | None:
    """Return which of the clauses that come nearest to a point gives another number or formula of the same thing."""
    return next(
        (at for at, clause in enumerate(nearest) if numbers_conflict(point, clause) or _other_number(point, clause)),
        None,
    )


def _other_number(point: str, clause: str) -> bool:
    """Whether both tell one number alone, of one unit and in nearly the same words, and not the same."""
    told, said = list(spellings(point).values()), list(spellings(clause).values())
    if len(told) != 1 or len(said) != 1 or told[0][1] != said[0][1]:
        return False
    wanted, words = (frozenset(term for term in terms(text) if not term[0].isdigit()) for text in (point, clause))
    about = bool(wanted) and len(wanted & words) >= _SAME_MATTER * len(wanted)
    return about and not math.isclose(told[0][0], said[0][0], rel_tol=1e-9)


def _are_alike(one: str, other: str) -> bool:
    first, second = symbols(one) or frozenset(), symbols(other) or frozenset()
    shared = len(first & second)
    return shared >= _SHARED_LETTERS and 3 * shared >= 2 * len(first | second) and not are_equal(one, other)


def _right_side(formula: str) -> str:
    """The side of an equation that says something: "rf=a+b" and "a+b" are the same answer."""
    side = formula.rsplit("=", 1)[-1]
    return side if len(side) >= _LEAST_SIDE else formula
