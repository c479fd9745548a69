"""Speaking: which clauses of a text speak of which of two things.

A clause speaks of the thing that it names; a few after it that name neither go on about it, within the same sentence
alone: sentences stand in any order, and must say the same in each. "A over the batch and B within a sample" is two
clauses. What is only set beside ("unlike B") speaks of nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_FOLLOWING = 4
"""Clauses after the one with the head that may still speak of it: the further things of a list."""
_JOINT = re.compile(r"\b(?:and|while|whereas|but)\b|而(?!不是|非)|但|[和与]", re.IGNORECASE)
_BESIDE = re.compile(
    r"\b(?:unlike|than|instead|rather|compared|versus|vs|respectively)\b|不像|不同于|而不是|而非|相比|相较|比起|分别|各自",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A clause or a part of one."""

    part: int
    """The number of the clause."""
    terms: frozenset[str]
    pieces: tuple[frozenset[str], ...]
    """The terms of what "and" and the like part in it."""
    silent: bool
    """Whether it only sets the two beside each other."""


def read(part: int, text: str, terms: Callable[[str], Sequence[str]]) -> Span:
    """Read a clause by the terms that `terms` finds."""
    pieces = tuple(frozenset(terms(piece)) for piece in _JOINT.split(text))
    return Span(part, frozenset(terms(text)), pieces, silent=_BESIDE.search(text) is not None)


def beside(heads: tuple[str, str], units: Sequence[Sequence[Span]]) -> tuple[list[Span], list[Span]]:
    """Return what speaks of either head.

    Args:
        heads: The terms that name the two things.
        units: The clauses of each sentence.
    """
    found: tuple[list[Span], list[Span]] = ([], [])
    for unit in units:
        speaking, since = None, 0
        for span in _parted(heads, unit):
            named = [side for side in (0, 1) if heads[side] in span.terms]
            since = 0 if named else since + 1
            if named or since > _FOLLOWING:
                speaking = named[0] if len(named) == 1 else None
            if speaking is not None and not span.silent:
                found[speaking].append(span)
    return found


def _parted(heads: tuple[str, str], unit: Sequence[Span]) -> list[Span]:
    """Return the clauses, one that names both things as its pieces where these name one each."""
    found = []
    for span in unit:
        both = span.terms.issuperset(heads)
        if both and not any(piece.issuperset(heads) for piece in span.pieces):
            found += [Span(span.part, piece, (piece,), span.silent) for piece in span.pieces]
        else:
            found.append(span)
    return found
