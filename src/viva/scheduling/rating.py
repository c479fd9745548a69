"""From a grade to the rating that is proposed for the schedule."""

from __future__ import annotations

from viva.types import Grade, Rating

RATING_FROM = ((90, Rating.EASY), (65, Rating.GOOD), (40, Rating.HARD), (0, Rating.AGAIN))
"""The one table from score to rating: the first row whose score is reached."""


def propose_rating(grade: Grade, hints: int = 0) -> Rating:
    """Return the rating that a grade suggests; each hint taken lowers it by one, though not a right answer to Again.

    Where viva is unsure the score says nothing: Hard keeps the question near until the user judges it.
    """
    if grade.verdict == "unsure":
        return Rating.HARD
    proposed = next(rating for least, rating in RATING_FROM if grade.score >= least)
    if proposed is Rating.AGAIN or not hints:
        return proposed
    return Rating(max(Rating.HARD, proposed - hints))
