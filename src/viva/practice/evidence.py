"""Evidence: which parts of an answer speak for a point of the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from viva.practice.answer import Answer
from viva.practice.reference import Reference
from viva.semantics.alignment import alignment, matched
from viva.semantics.amounts import holds_formulas
from viva.semantics.arithmetic import are_equal
from viva.semantics.polarity import states
from viva.semantics.terms import TermWeights, recall, terms
from viva.text.normal import bare, language_of, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONGEST_CHAIN = 6
_LEAST_GAIN = 0.005
_GATE = 0.25
"""A clause below this cosine has nothing to do with the point and never joins a chain, so that an unrelated sentence
cannot lift a score."""
_LEAST_SIDE = 3
_LEAST_WORDS = 2
"""Words that make a clause English: `m = b1 * m + g` is a formula."""
_LONG = 8
"""A shorter point must also be there as words: the answer "sgdm" does not hold the point "SGD"."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What speaks for one item; `Calibration.credit` turns it into a credit."""

    similarity: float
    """Cosine between the point and the chosen clauses, -1 to 1."""
    aimed: float
    """The same beyond the question's own words."""
    overlap: float
    """Share of the point's terms that the answer holds, 0 to 1."""
    aligned: float
    """Share of the point's words that the answer holds in the same or kindred words, 0 to 1; 0 for a model without."""
    matched: float
    """Share of the point's words that have a word of the answer to themselves, 0 to 1; 0 for a model without."""
    foreign: bool
    """Whether point and answer are in different languages."""
    exact: bool
    """Whether the answer holds the point, or its formula, as it stands."""
    evidence: str
    """The words of the answer that speak for the point, as typed."""
    opposed: float = 0.0
    """Cosine between the point and `against`."""
    against: str = ""
    """The words of the answer that say the opposite, as typed."""

    @property
    def strength(self) -> float:
        """Mean of both cosines: with the question's words a repeated question earns, without them context is lost."""
        return (self.similarity + self.aimed) / 2.0


def observe(
    reference: Reference, answer: Answer, rarity: TermWeights, against: Mapping[int, Sequence[int]]
) -> list[Observation]:
    """Compare each item of the reference with the answer.

    Args:
        reference: What is looked for.
        answer: Where it is looked for.
        rarity: How rare each term is in the notes.
        against: For each contradicted point the parts that deny it, the worst first; they speak for no part of it.
    """
    shares = _matched(reference, answer, frozenset(part for parts in against.values() for part in parts))
    found = []
    for index, item in enumerate(reference.items):
        denials = against.get(item.point, ())
        seen = _support(reference, index, answer.without(denials) if denials else answer, rarity)
        seen = seen if seen.exact else replace(seen, matched=float(shares[index]))
        found.append(_denied(seen, reference, index, answer, denials[0]) if denials else seen)
    return found


def _denied(seen: Observation, reference: Reference, index: int, answer: Answer, worst: int) -> Observation:
    cosine = float(answer.vectors[worst] @ reference.vectors[index])
    return replace(seen, against=answer.parts[worst].text, opposed=cosine)


def _matched(reference: Reference, answer: Answer, denials: frozenset[int]) -> NDArray[np.float64]:
    """Return for each item the share of its words that have a word of the answer to themselves.

    Read are the clauses that have to do with any item and deny none.
    """
    kinship = np.maximum(reference.vectors @ answer.vectors.T, reference.aimed @ answer.aimed.T)
    related = kinship.max(axis=0, initial=-1.0) >= _GATE
    kept = [part for part in np.flatnonzero(related).tolist() if part not in denials]
    return matched(reference.told, [answer.part_words[part] for part in kept], kinship[:, kept])


def _support(reference: Reference, index: int, answer: Answer, rarity: TermWeights) -> Observation:
    text = reference.items[index].text
    key = bare(text)
    if says(answer, text) and (len(key) >= _LONG or answer.terms.issuperset(terms(text))):
        holding = [i for i, part in enumerate(answer.parts) if bare(part.text) in key or key in bare(part.text)]
        evidence = quote(answer, holding) or answer.text.strip()
        return Observation(1.0, 1.0, 1.0, 1.0, 1.0, foreign=False, exact=True, evidence=evidence)
    sizes = [part.size for part in answer.parts]
    aimed, chosen = best_chain(reference.aimed[index], answer.aimed, sizes)
    speaking = [answer.parts[chosen[0]]] if aimed >= _GATE else answer.parts
    foreign = bool(speaking) and all(_is_foreign(part.text, text) for part in speaking)
    similarity = _cosine(reference.vectors[index], answer.vectors, sizes, chosen)
    overlap = recall(reference.wanted[index], answer.part_terms, rarity)
    exact = holds_formula(reference.formulas[index], answer.formulas, key)
    aligned, evidence = _aligned(reference, index, answer), quote(answer, chosen)
    return Observation(similarity, aimed, overlap, aligned, float(exact), foreign, exact, evidence)


def says(answer: Answer, text: str) -> bool:
    """Whether the answer holds a text word for word and its formulas by value: bare letters have no operators."""
    return states(answer.bare, bare(text)) and holds_formulas(text, answer.text)


def _aligned(reference: Reference, index: int, answer: Answer) -> float:
    """Return the alignment with all of what related clauses say, and with what they say beyond the question: the mean.

    Clauses that have nothing to do with the point are not read: a word of theirs would be near some word of it.
    """
    wanted = reference.told[index]
    near = np.flatnonzero(
        np.maximum(answer.vectors @ reference.vectors[index], answer.aimed @ reference.aimed[index]) >= _GATE
    )
    whole, beyond_question = ([side[i] for i in near] for side in (answer.part_words, answer.aimed_words))
    return (alignment(wanted, whole) + alignment(wanted, beyond_question)) / 2.0


def _is_foreign(clause: str, point: str) -> bool:
    """Whether a clause is in the other language; a formula is in none."""
    language = language_of(clause)
    if language == language_of(point):
        return False
    return language == "zh" or sum(word.isalpha() and len(word) > 1 for word in words(clause)) >= _LEAST_WORDS


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
    ranked = [i for i in ranked if cosines[i] >= _GATE]
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


def quote(answer: Answer, chosen: Sequence[int]) -> str:
    """Return the words of the answer, as typed, around the best clause: it and the chosen ones that touch it."""
    if not chosen:
        return ""
    orders = {answer.parts[i].order: answer.parts[i] for i in chosen}
    first = last = answer.parts[chosen[0]].order
    while first - 1 in orders:
        first -= 1
    while last + 1 in orders:
        last += 1
    return answer.text[orders[first].start : orders[last].end]


def holds_formula(wanted: Sequence[str], given: str, point: str) -> bool:
    """Whether a point that is mostly a formula is met by the same formula or one of equal value."""
    if not wanted or 2 * sum(len(formula) for formula in wanted) < len(point):
        return False
    said = [_right_side(formula) for formula in given.split()]
    return all(
        _right_side(formula) in given or any(are_equal(_right_side(formula), one) for one in said) for formula in wanted
    )


def _right_side(formula: str) -> str:
    """The side of an equation that says something: "rf=a+b" and "a+b" are the same answer."""
    side = formula.rsplit("=", 1)[-1]
    return side if len(side) >= _LEAST_SIDE else formula


def _cosine(
    point: NDArray[np.float32], vectors: NDArray[np.float32], sizes: Sequence[int], chosen: Sequence[int]
) -> float:
    if not chosen:
        return 0.0
    total = sum(vectors[i] * sizes[i] for i in chosen)
    norm = float(np.linalg.norm(total))
    return min(1.0, float(total @ point) / norm) if norm else 0.0
