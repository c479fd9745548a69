"""Opposition: which clauses of an answer say the opposite of which points.

A clause is held against what it comes closest to in the reference, a clause or a whole point: what it does not speak
of, it cannot contradict. The rules (`semantics.polarity`) and the model (`semantics.contradiction`) each may object.
Clauses that are right but for what they are said of are found by `practice.crossing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from viva.practice.crossing import Contrasts, crossed
from viva.semantics.alignment import Words, alignment, words_of
from viva.semantics.amounts import differ, inverts, shares_formula, works_out
from viva.semantics.contradiction import ContradictionModel, Reading
from viva.semantics.latex import typed
from viva.semantics.polarity import conflicts, content, repeats, states
from viva.semantics.spelled_out import spelled_out, unglossed
from viva.semantics.terms import terms
from viva.text.normal import bare
from viva.text.segment import clauses
from viva.types import Encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ALIGNED = 0.35
"""A clause must be this close to a claim before it can say its opposite. Vectors of opposites lie apart, so shared
letters may show it too."""
_ABOUT = 0.05
"""Claims that a clause comes nearly as close to as to the closest."""
_SAME_MATTER = 0.6
_MOST_OF_IT = 0.5
"""The least share of a clause's words that the claim has as well, and of the claim's that the clause has, before the
model is asked: a denial is made of the claim's own words but for one or two."""
_SOME_OF_IT = 0.3
"""The least share of a clause's words that the claim has, before the rules are asked: they need two words in common."""
_SURE = 0.9
"""From this probability on, the model's word that a clause contradicts a claim is taken."""


@dataclass(frozen=True, slots=True)
class Claims:
    """The points and their clauses, ready to be contradicted."""

    owners: tuple[int, ...]
    """The point of each claim."""
    points: tuple[str, ...]
    """The text of each point."""
    letters: tuple[str, ...]
    """The same bare."""
    contents: tuple[str, ...]
    """The same bare and without the words that only hold it together."""
    texts: tuple[str, ...]
    vectors: NDArray[np.float32]
    """Unit vectors, shape (claims, dimension)."""
    terms: tuple[frozenset[str], ...]
    words: tuple[Words, ...]
    readings: tuple[Reading, ...]
    """Empty without a model."""
    contrasts: Contrasts

    @classmethod
    def of(
        cls, points: Sequence[str], encoder: Encoder, opposer: ContradictionModel | None, question: str = ""
    ) -> Claims:
        """Cut the points into clauses and read both; a clause may need its neighbours to make sense."""
        plain = [unglossed(spelled_out(typed(point))) for point in points]
        pairs = [(owner, text) for owner, point in enumerate(plain) for text in _claims(point)]
        texts = tuple(text for _, text in pairs)
        empty = np.zeros((0, encoder.dimension), dtype=np.float32)
        words = tuple(words_of(encoder, texts))
        return cls(
            tuple(owner for owner, _ in pairs),
            tuple(plain),
            tuple(map(bare, plain)),
            tuple(map(content, plain)),
            texts,
            np.asarray(encoder.encode(texts)) if texts else empty,
            tuple(frozenset(terms(text)) for text in texts),
            words,
            tuple(opposer.read(one) for one in words) if opposer else (),
            Contrasts.of(points, question),
        )


@dataclass(frozen=True, slots=True)
class Said:
    """The clauses of an answer, as far as opposition needs them."""

    texts: tuple[str, ...]
    vectors: NDArray[np.float32]
    """Unit vectors, shape (clauses, dimension)."""
    terms: tuple[frozenset[str], ...]
    words: tuple[Words, ...]
    sentences: tuple[tuple[int, ...], ...]
    """The clauses of each sentence by their index, repeats included."""


def opposed(claims: Claims, said: Said, opposer: ContradictionModel | None) -> dict[int, list[int]]:
    """Return for each contradicted point the clauses of the answer that say its opposite, the worst first.

    The rules are asked about the claims that a clause comes about as near to as to any, the model about the nearest;
    a factor for a divisor denies whatever clause of the same point has it.
    """
    if not claims.texts or not said.texts:
        return {}
    near = np.maximum(claims.vectors @ said.vectors.T, _shared(claims.terms, said.terms))
    spoken = [[(part, said.texts[part]) for part in sentence] for sentence in said.sentences]
    exchanged = crossed(claims.contrasts, spoken)
    found: dict[int, dict[int, float]] = {point: {} for point in exchanged}
    for part, text in enumerate(said.texts):
        nearest, key = int(np.argmax(near[:, part])), bare(text)
        if _is_stated(claims, text, key):
            continue  # of whatever it was said, the reference says the same
        for claim in np.flatnonzero(near[:, part] >= _ALIGNED).tolist():
            if near[claim, part] < near[nearest, part] - _ABOUT:
                denied = claims.owners[claim] == claims.owners[nearest] and inverts(claims.texts[claim], text)
            else:
                denied = _denies(claims, claim, said, part)
            if denied or (claim == nearest and _objects(claims, claim, said, part, opposer)):
                found.setdefault(claims.owners[claim], {})[part] = float(near[claim, part])
    return {
        point: list(dict.fromkeys([*exchanged.get(point, ()), *sorted(parts, key=lambda part: -parts[part])]))
        for point, parts in found.items()
    }


def _is_stated(claims: Claims, text: str, key: str) -> bool:
    stated = any(states(letters, key) for letters in claims.letters)
    if not stated and (told := content(text)):
        stated = any(states(letters, told) for letters in claims.contents)
    return stated and not any(differ(claim, text) for claim in claims.texts)


def _denies(claims: Claims, claim: int, said: Said, part: int) -> bool:
    """Whether the rules take the clause for a denial of the claim; they alone judge for a model without words."""
    words = said.words[part]
    if len(words.places) and alignment(words, [claims.words[claim]]) < _SOME_OF_IT:
        return False
    statement, text = claims.texts[claim], said.texts[part]
    if conflicts(statement, text):
        return not works_out(claims.points[claims.owners[claim]], text)
    return differ(statement, text)


def _objects(claims: Claims, claim: int, said: Said, part: int, opposer: ContradictionModel | None) -> bool:
    """Whether the model takes the clause for a denial of the claim."""
    if opposer is None or alignment(said.words[part], [claims.words[claim]]) < _SAME_MATTER:
        return False
    if alignment(claims.words[claim], [said.words[part]]) < _MOST_OF_IT:
        return False
    if repeats(claims.texts[claim], said.texts[part]) or shares_formula(claims.texts[claim], said.texts[part]):
        return False
    return opposer.probability(claims.readings[claim], opposer.read(said.words[part])) >= _SURE


def _claims(point: str) -> list[str]:
    found = [clause.strip() for clause in clauses(point) if bare(clause)]
    return [*found, point] if len(found) > 1 else found


def _shared(claims: Sequence[frozenset[str]], said: Sequence[frozenset[str]]) -> NDArray[np.float32]:
    """Return the share of each claim's terms that each clause holds, shape (claims, clauses)."""
    rows = [[len(claim & bag) / max(1, len(claim)) for bag in said] for claim in claims]
    return np.asarray(rows, dtype=np.float32)
