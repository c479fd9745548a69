"""How close a search result is, in a word.

A ranking always has a first, even for nonsense. Whether it is near at all is told by its relevance above what unrelated
texts reach under the model in use: the two witnesses are joined so that rising the floor under the relevance is the
same as rising it under the meaning, and words count as before.

The bounds were set on 70 queries written for the shipped notes: the best hit of each of 35 on their subjects reaches
`FAIR_FROM`; of 35 about cooking, travel and the like or made of letters alone, none does by far.
"""

from __future__ import annotations

from viva.types import Closeness, Hit

FAIR_FROM = 0.19
CLOSE_FROM = 0.5
"""Shares of what is above the floor."""
_FILTERED = 1.0
"""The score of what only filters chose, which nothing else reaches."""


def closeness(hit: Hit, floor: float) -> Closeness | None:
    """Return how close a hit of `Searcher.search` is; None where only filters chose it.

    Args:
        hit: What was found; its score is the relevance.
        floor: What unrelated texts reach under the model, below 1.
    """
    if hit.score >= _FILTERED:
        return None
    risen = (hit.score - floor) / (1.0 - floor)
    if risen < FAIR_FROM:
        return "far"
    return "close" if risen >= CLOSE_FROM else "fair"
