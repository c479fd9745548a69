"""How well a question is known, in one word.

- unanswered: the notes do not answer it, so that nothing can be known.
- new: it was never asked.
- due: it was asked, and its time has come again.
- mastered: it is not due, was asked at least twice, and the last answer was strong (75 or more), or, where it was last
  reviewed in Anki, rated Good or Easy there.
- learning: all else, such as one asked only once, given up, or answered below 75.

The first that fits counts. The schedule decides what is due; see `practice.schedule`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from viva.practice.calibration import STRONG_FROM
from viva.types import Entry, Rating, Standing

Mastery = Literal["new", "learning", "due", "mastered", "unanswered"]

_OFTEN = 2
"""Times a question was asked before a strong answer is more than luck."""


def mastery(entry: Entry, standing: Standing | None, now: datetime) -> Mastery:
    """Return how well a question is known at `now` (aware), given its standing; None is one that was never asked."""
    if not entry.answered:
        return "unanswered"
    if standing is None or not standing.reviews:
        return "new"
    if standing.due is not None and standing.due <= now:
        return "due"
    return "mastered" if _strong(standing) and standing.reviews >= _OFTEN else "learning"


def _strong(standing: Standing) -> bool:
    if standing.last_outside is not None:
        return standing.last_outside >= Rating.GOOD
    return standing.last_score is not None and standing.last_score >= STRONG_FROM
