"""Feedback: what follows from a grade: the rating that is proposed, and the entries that the answer fits, too."""

from __future__ import annotations

from collections.abc import Sequence

from viva.types import Entry, Grade, Hit, Near, Rating

RATING_FROM = ((90, Rating.EASY), (65, Rating.GOOD), (40, Rating.HARD), (0, Rating.AGAIN))
"""The one table from score to rating: the first row whose score is reached."""

NEAR_FROM = 0.6
NEAR_WITHIN = 0.1
"""An entry is clearly near an answer from this cosine on, if it falls short of the closest one by no more than this.

Of the sample notes' own points, told in halves and whole, 1 in 100 has such a neighbour; of twenty answers in other
words two have, and both neighbours are worth a look (bias and variance beside overfitting, mAP beside recall).
"""
NEAR_MOST = 2
LOOKED_AT = NEAR_MOST + 2
"""Passages to look among: the closest one and the entry that was asked are no neighbours."""


def propose_rating(grade: Grade, hints: int = 0) -> Rating:
    """Return the rating that a grade suggests; each hint taken lowers it by one, though not a right answer to Again."""
    proposed = next(rating for least, rating in RATING_FROM if grade.score >= least)
    if proposed is Rating.AGAIN or not hints:
        return proposed
    return Rating(max(Rating.HARD, proposed - hints))


def nearer_entry(entry: Entry, grade: Grade) -> Hit | None:
    """Return the passage of the other entry that the answer fits clearly better than the one asked, if there is one."""
    passage = grade.passage
    if passage is None or passage.question_id == entry.id or "other-entry" not in grade.flags:
        return None
    return passage


def near_entries(entry: Entry, hits: Sequence[Hit]) -> tuple[Near, ...]:
    """Return the entries that are clearly near an answer, beside its closest passage and the entry that was asked.

    Args:
        entry: The one asked.
        hits: The closest passages, the closest first, one an entry; their scores are cosines.
    """
    others = [hit for hit in hits[1:] if hit.question_id != entry.id and hit.score >= NEAR_FROM]
    near = [hit for hit in others if hits[0].score - hit.score <= NEAR_WITHIN]
    return tuple(Near(hit.question_id, hit.number, hit.question, hit.file, hit.line) for hit in near[:NEAR_MOST])
