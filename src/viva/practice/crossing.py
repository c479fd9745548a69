"""Crossing: an answer that gives one thing's properties to another and the other's to the first.

"LN over the batch, BN within a sample" holds every word of the right answer. Two brief statements of the reference that
have words in common are a contrast when they begin alike up to the first term that the other lacks, the head; the
further such terms are the body. Two heads that the question itself names are compared by all that the reference says
of either, wherever it says it. An answer crosses them when what it says of either head is what the reference says of
the other. Both must be exchanged: whoever says "LN does not depend on the batch" names one thing's property beside the
other and is right. What is said of which head is told by `practice.speaking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile

from viva.practice.compared import compared
from viva.practice.speaking import Span, beside, read
from viva.semantics.polarity import DENYING, polarity
from viva.semantics.terms import terms
from viva.text.segment import clauses, sentences

_ONE = re.compile(r"\bone(?=-)", re.IGNORECASE)
_CLEARLY = 0.5
"""How much of the two bodies must stand beside the wrong heads, of 2."""
_SEVERAL = 3
"""As many terms of either body are enough however long the bodies are."""
_OF_WHAT_IS_SAID = 0.2
"""How much of what stands beside either head must belong to the other."""
_TIMES = 3.0
"""How many times as much as beside the right ones."""
_LONGEST = 48
"""Terms of a statement; a longer one speaks of too many things to have one head."""
_MOST = 40
"""Statements of a reference that are compared with each other."""
_DENIED = "¬"
_ANOTHER = 2
"""Terms that another point must have more in common with a clause before the clause speaks of that one."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two things and what is said of either; what belongs to the first stands first."""

    heads: tuple[str, str]
    bodies: tuple[Mapping[str, frozenset[int]], Mapping[str, frozenset[int]]]
    """The terms that belong to either alone, each with the points that it stands in."""
    compared: bool = False
    """Whether the question names both heads."""

    @property
    def points(self) -> frozenset[int]:
        """The points that either body stands in."""
        return frozenset().union(*(owners for body in self.bodies for owners in body.values()))


@dataclass(frozen=True, slots=True)
class Contrasts:
    """What may be exchanged in a reference."""

    known: tuple[Contrast, ...]
    points: tuple[frozenset[str], ...]
    """The terms of each point."""

    def shared(self, contrast: Contrast) -> frozenset[str]:
        """Return the terms of the points of a contrast that set neither thing apart from the other."""
        everything = frozenset().union(*(self.points[point] for point in contrast.points), contrast.heads)
        return everything.difference(*contrast.bodies)

    @classmethod
    def of(cls, points: Sequence[str], question: str = "") -> Contrasts:
        """Return the contrasts between the points of a reference, and between the clauses of each."""
        said = [_terms(point) for point in points]
        whole = list(enumerate(said))[:_MOST]
        found = list(_contrasts(whole))
        asked = frozenset(_terms(question))
        for index, point in enumerate(points[:_MOST]):
            found.extend(_contrasts([(index, _terms(clause)) for clause in clauses(point)][:_MOST]))
        for heads in compared(question, points[:_MOST], _terms)[:_MOST]:
            found.extend(_pooled(heads, points[:_MOST], asked))
        return cls(tuple(found), tuple(frozenset(one) for one in said))


def crossed(contrasts: Contrasts, spoken: Sequence[Sequence[tuple[int, str]]]) -> dict[int, list[int]]:
    """Return for each point the clauses of an answer that exchange it with another, first those that say so.

    Args:
        contrasts: The contrasts of the reference.
        spoken: The clauses of the answer with their numbers, sentence by sentence.
    """
    if not contrasts.known:
        return {}
    units = [[read(part, text, _terms) for part, text in unit] for unit in spoken]
    everything = frozenset(term for unit in units for span in unit for term in span.terms)
    found: dict[int, dict[int, None]] = {}
    for contrast in contrasts.known:
        if not everything.issuperset(contrast.heads):
            continue
        for point, parts in _exchanged(contrast, contrasts, units).items():
            found.setdefault(point, {}).update(dict.fromkeys(parts))
    return {point: list(parts) for point, parts in found.items() if parts}


def _terms(text: str) -> tuple[str, ...]:
    """Return the terms of a text, denied ones with a mark: who says "not over the batch" does not say "batch".

    "One-stage" stands against "two-stage": its number is no function word.
    """
    found = terms(_ONE.sub("1", text))
    if not polarity(text).negated:
        return found
    affirmed = polarity(text).free
    marked = (term if term in affirmed or term == "1" else f"{_DENIED}{term}" for term in found)
    return tuple(term for term in marked if term.removeprefix(_DENIED) not in DENYING)


def _contrasts(statements: Sequence[tuple[int, tuple[str, ...]]]) -> Iterator[Contrast]:
    brief = [(point, said) for point, said in statements if len(said) <= _LONGEST]
    for (first, one), (second, other) in combinations(brief, 2):
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
        own, others = _own(one, other), _own(other, one)
        heads, bodies = (own[:1], others[:1]), (_body(own), _body(others))
        begin_alike = heads == (one[same : same + 1], other[same : same + 1])
        if begin_alike and all(bodies) and _are_kindred(one, other) and _is_name(*own[:1], *others[:1]):
            owned = (dict.fromkeys(bodies[0], frozenset({first})), dict.fromkeys(bodies[1], frozenset({second})))
            yield Contrast((own[0], others[0]), owned)


def _are_kindred(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two statements have a term in common, be it affirmed or denied."""
    return not {term.removeprefix(_DENIED) for term in one}.isdisjoint(term.removeprefix(_DENIED) for term in other)


def _own(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(term for term in dict.fromkeys(one) if term not in other)


def _body(own: Sequence[str]) -> frozenset[str]:
    """Return what follows the head; bigrams that touch it are a part of its name."""
    size = 1
    while size < len(own) and not own[size].isascii() and own[size][0] == own[size - 1][-1]:
        size += 1
    return frozenset(own[size:])


def _is_name(*heads: str) -> bool:
    return all((len(head) > 1 or head == "1") and not head.startswith(_DENIED) for head in heads)


def _pooled(heads: tuple[str, str], points: Sequence[str], asked: frozenset[str]) -> Iterator[Contrast]:
    """Return the contrast of all that the points say of either head, where both are said something of."""
    units = [
        [read(index, clause, _terms) for clause in clauses(sentence)]
        for index, point in enumerate(points)
        for sentence in sentences(point)
    ]
    bodies: list[dict[str, frozenset[int]]] = []
    for spans in beside(heads, units):
        owned: dict[str, frozenset[int]] = {}
        for span in spans:
            for term in span.terms - asked:
                owned[term] = owned.get(term, frozenset()) | {span.part}
        bodies.append(owned)
    pairs = zip(bodies, bodies[::-1], strict=True)
    one, other = ({term: body[term] for term in body if term not in rest} for body, rest in pairs)
    if one and other:
        yield Contrast(heads, (one, other), compared=True)


def _exchanged(contrast: Contrast, contrasts: Contrasts, units: Sequence[Sequence[Span]]) -> dict[int, list[int]]:
    """Return the points that are exchanged, with the clauses that do it; nothing unless both sides are."""
    spans = [[one for one in side if _speaks(one, contrast, contrasts)] for side in beside(contrast.heads, units)]
    said = [frozenset().union(*(span.terms for span in side)) for side in spans]
    right, wrong = ([len(said[side ^ turn] & contrast.bodies[side].keys()) for side in (0, 1)] for turn in (0, 1))
    own = [side - contrasts.shared(contrast) for side in said]
    exchanged = all(there > here for here, there in zip(right, wrong, strict=True))
    if not exchanged or sum(wrong) < _TIMES * sum(right) or not _is_clear(contrast, wrong, own[::-1]):
        return {}
    found: dict[int, list[int]] = {}
    for side in (0, 1):
        for point in _lost(contrast, side, said[1 - side]):
            found[point] = [*_saying(contrast, side, spans[side]), *_saying(contrast, 1 - side, spans[1 - side])]
    return found


def _lost(contrast: Contrast, side: int, said_of_other: frozenset[str]) -> frozenset[int]:
    """Return the points of a side of which something is said of the other."""
    return frozenset().union(*(contrast.bodies[side][term] for term in said_of_other & contrast.bodies[side].keys()))


def _speaks(span: Span, contrast: Contrast, contrasts: Contrasts) -> bool:
    """Whether a clause speaks of this contrast and not clearly of a third point."""
    shared = [len(span.terms & point) for point in contrasts.points]
    own = max((shared[point] for point in contrast.points), default=0)
    return max(shared, default=0) < own + _ANOTHER


def _saying(contrast: Contrast, side: int, spans: Sequence[Span]) -> list[int]:
    """Return the clauses of one side that hold what belongs to the other, then those that only name the head."""
    holding = [span.part for span in spans if span.terms & contrast.bodies[1 - side].keys()]
    return [*holding, *(span.part for span in spans if contrast.heads[side] in span.terms and span.part not in holding)]


def _is_clear(contrast: Contrast, wrong: Sequence[int], said: Sequence[frozenset[str]]) -> bool:
    """Whether enough stands beside the wrong heads: a good part of short bodies, several terms of long ones.

    It must also be a good part of all that is said there: one word by chance is no exchange. Where the question
    compares the two, several terms in all are enough: whatever is said of one is meant to set it apart.
    """
    if any(count < min(_SEVERAL, _OF_WHAT_IS_SAID * len(bag)) for count, bag in zip(wrong, said, strict=True)):
        return False
    parts = [count / len(body) for count, body in zip(wrong, contrast.bodies, strict=True)]
    several = sum(wrong) if contrast.compared else min(wrong)
    return several >= _SEVERAL or sum(parts) >= _CLEARLY
