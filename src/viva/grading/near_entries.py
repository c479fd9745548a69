"""Which entries of the notes an answer is near, beside the one that was asked, and what of them a grade shows.

`NearEntries` looks for them while an answer is graded; the functions below it read them off a stored grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from viva.text.normal import bare, language_of, length
from viva.types import Encoder, Entry, Hit, Near

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CACHED_PASSAGES = 1024
_CACHED_ANSWERS = 8
_OTHER_MARGIN = 0.15
_OTHER_FROM = 0.5
_COPIED_LENGTH = 10
"""Characters and words from which on a copied text is more than a phrase that two entries have in common."""
NEAR_FROM = 0.6
NEAR_WITHIN = 0.1
"""An entry is clearly near an answer from this cosine on, if it falls short of the closest one by no more than this.

Of the sample notes' own points, told in halves and whole, 1 in 100 has such a neighbour; of twenty answers in other
words two have, and both neighbours are worth a look (bias and variance beside overfitting, mAP beside recall).
"""
MOST_NEAR = 2
"""Entries that are named beside the one that was asked."""
_SEARCHED = MOST_NEAR + 2


class Closest(Protocol):
    """What the grader needs of `retrieval.searcher.Searcher`."""

    def closest(self, text: str, top: int = 3) -> list[Hit]:
        """Return the passages closest in meaning to `text`."""


class NearEntries:
    """Finds the entries of all notes that an answer is near."""

    def __init__(self, encoder: Encoder, searcher: Closest | None) -> None:
        """Take the searcher over the notes; without one nothing is ever found."""
        self._hits = lru_cache(_CACHED_ANSWERS)(
            lambda text: searcher.closest(text, _SEARCHED) if searcher is not None and text.strip() else []
        )
        self._vector = lru_cache(_CACHED_PASSAGES)(lambda text: encoder.encode([text])[0])

    def near(self, entry: Entry, answer: str, *, nearer: bool = False) -> tuple[Near, ...]:
        """Return the entries that are clearly near an answer; first of all the closest, where that is `nearer`."""
        hits = self._hits(answer)
        chosen = [*(hits[:1] if nearer else ()), *near_hits(entry, hits)]
        return tuple(dict.fromkeys(map(Near.of, chosen)))[:MOST_NEAR]

    def fits_better(self, entry: Entry, answer: str, whole: NDArray[np.float32], own: float) -> list[str]:
        """Return the flags of an answer that met no point and is another entry's, by its words or by its meaning.

        Args:
            entry: The one asked.
            answer: As typed.
            whole: Unit vector of the answer.
            own: Cosine of the answer and what comes nearest of the entry asked.
        """
        closest = next(iter(self._hits(answer)), None)
        if closest is None or closest.question_id == entry.id:
            return []
        if length(answer) >= _COPIED_LENGTH and bare(answer) in bare(closest.passage):
            return ["copied", "other-entry"]
        other = float(self._vector(closest.passage) @ whole)
        return ["other-entry"] if other >= _OTHER_FROM and other - own >= _OTHER_MARGIN else []


def near_hits(entry: Entry, hits: Sequence[Hit]) -> list[Hit]:
    """Return the passages of other entries that are clearly near, those in the language of the question first.

    Args:
        entry: The one asked.
        hits: The closest passages, the closest first, one an entry; their scores are cosines.
    """
    others = [
        hit
        for hit in hits
        if hit.question_id != entry.id and hit.score >= NEAR_FROM and hits[0].score - hit.score <= NEAR_WITHIN
    ]
    asked = language_of(entry.question)
    return sorted(others, key=lambda hit: language_of(hit.question) != asked)
