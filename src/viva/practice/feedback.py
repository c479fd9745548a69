"""Feedback: what follows from a grade: the rating that is proposed, and the entry that the answer fits better."""

from __future__ import annotations

from viva.types import Entry, Grade, Hit, Rating

RATING_FROM = ((90, Rating.EASY), (65, Rating.GOOD), (40, Rating.HARD), (0, Rating.AGAIN))
"""The one table from score to rating: the first row whose score is reached."""


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
