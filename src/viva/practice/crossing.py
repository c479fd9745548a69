"""Crossing: an answer that gives one thing's properties to another and the other's to the first.

"LN over the batch, BN within a sample" holds every word of the right answer. Two brief statements of the reference that
have words in common are a contrast when they begin alike up to the first term that the other lacks, the head; the
further such terms are the body. An answer crosses them when what it says of either head is what the reference says of
the other. Both must be exchanged: whoever says "LN does not depend on the batch" names one thing's property beside the
other and is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile

from viva.semantics.terms import terms
from viva.text.segment import clauses

_ONE = re.compile(r"\bone(?=-)", re.IGNORECASE)
_CLEARLY = 0.5
"""How much of the two bodies must stand beside the wrong heads, of 2."""
_SEVERAL = 3
"""As many terms of either body are enough however long the bodies are."""
_TIMES = 3.0
"""How many times as much as beside the right ones."""
_FOLLOWING = 4
"""Clauses after the one with the head that may still speak of it: the further things of a list."""
_LONGEST = 48
"""Terms of a statement; a longer one speaks of too many things to have one head."""
_MOST = 40
"""Statements of a reference that are compared with each other."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two statements about two things; what belongs to the first stands first."""

    points: tuple[int, int]
    heads: tuple[str, str]
    bodies: tuple[frozenset[str], frozenset[str]]


def contrasts(points: Sequence[str]) -> tuple[Contrast, ...]:
    """Return the contrasts between the points of a reference, and between the clauses of each."""
    whole = [(index, _terms(point)) for index, point in enumerate(points)][:_MOST]
    found = list(_contrasts(whole))
    for index, point in enumerate(points[:_MOST]):
        found.extend(_contrasts([(index, _terms(clause)) for clause in clauses(point)][:_MOST]))
    return tuple(found)


def crossed(known: Sequence[Contrast], clauses_said: Sequence[str]) -> dict[int, list[int]]:
    """Return for each point the clauses of an answer that exchange it with another, first those that name it.

    Args:
        known: The contrasts of the reference.
        clauses_said: The clauses of the answer.
    """
    if not known:
        return {}
    said = [frozenset(_terms(clause)) for clause in clauses_said]
    everything = frozenset().union(*said)
    found: dict[int, dict[int, None]] = {}
    for contrast in known:
        if not everything.issuperset(contrast.heads):
            continue
        named = _exchanged(contrast, said)
        for side, point in enumerate(contrast.points):
            found.setdefault(point, {}).update(dict.fromkeys([*named[side], *named[1 - side]]))
    return {point: list(parts) for point, parts in found.items() if parts}


def _terms(text: str) -> tuple[str, ...]:
    """Return the terms of a text with the number that function words hide: "one-stage" stands against "two-stage"."""
    return terms(_ONE.sub("1", text))


def _contrasts(statements: Sequence[tuple[int, tuple[str, ...]]]) -> Iterator[Contrast]:
    brief = [(point, said) for point, said in statements if len(said) <= _LONGEST]
    for (first, one), (second, other) in combinations(brief, 2):
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
        own, others = _own(one, other), _own(other, one)
        heads, bodies = (own[:1], others[:1]), (_body(own), _body(others))
        begin_alike = heads == (one[same : same + 1], other[same : same + 1])
        if begin_alike and all(bodies) and not set(one).isdisjoint(other) and _is_name(*own[:1], *others[:1]):
            yield Contrast((first, second), (own[0], others[0]), bodies)


def _own(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(term for term in dict.fromkeys(one) if term not in other)


def _body(own: Sequence[str]) -> frozenset[str]:
    """Return what follows the head; bigrams that touch it are a part of its name."""
    size = 1
    while size < len(own) and not own[size].isascii() and own[size][0] == own[size - 1][-1]:
        size += 1
    return frozenset(own[size:])


def _is_name(*heads: str) -> bool:
    return all(len(head) > 1 or head == "1" for head in heads)


def _exchanged(contrast: Contrast, said: Sequence[frozenset[str]]) -> tuple[list[int], list[int]]:
    """Return the clauses that say of the first what belongs to the second, and the other way round; both or none."""
    beside = _beside(contrast.heads, said)
    bags = [frozenset().union(*(said[part] for part in parts)) for parts in beside]
    right, wrong = ([len(contrast.bodies[side] & bags[side ^ turn]) for side in (0, 1)] for turn in (0, 1))
    exchanged = all(there > here for here, there in zip(right, wrong, strict=True))
    if not exchanged or sum(wrong) < _TIMES * sum(right) or not _is_clear(contrast, wrong):
        return [], []
    return _saying(contrast, 0, beside[0], said), _saying(contrast, 1, beside[1], said)


def _saying(contrast: Contrast, side: int, parts: Sequence[int], said: Sequence[frozenset[str]]) -> list[int]:
    """Return the clauses of one side that hold what belongs to the other, then those that only name the head."""
    holding = [part for part in parts if said[part] & contrast.bodies[1 - side]]
    return [*holding, *(part for part in parts if contrast.heads[side] in said[part] and part not in holding)]


def _beside(heads: tuple[str, str], said: Sequence[frozenset[str]]) -> tuple[list[int], list[int]]:
    """Return the clauses that speak of either head; a few without a head speak of the one before."""
    beside: tuple[list[int], list[int]] = ([], [])
    speaking, since = None, 0
    for part, bag in enumerate(said):
        named = [side for side in (0, 1) if heads[side] in bag]
        since = 0 if named else since + 1
        if named or since > _FOLLOWING:
            speaking = named[0] if len(named) == 1 else None
        if speaking is not None:
            beside[speaking].append(part)
    return beside


def _is_clear(contrast: Contrast, wrong: Sequence[int]) -> bool:
    """Whether enough stands beside the wrong heads: a good part of short bodies, several terms of long ones."""
    parts = [count / len(body) for count, body in zip(wrong, contrast.bodies, strict=True)]
    return sum(parts) >= _CLEARLY or min(wrong) >= _SEVERAL
