"""How well a question is known, in one word.

- suspended: the person set it aside; it is neither asked nor due until they resume it.
- leech: it was failed (rated Again) eight times, and four times of these since its note was last rewritten. Rewriting
  the note thus gives four more chances, as Anki reminds of a leech after eight lapses and then after every four.
- unanswered: the notes do not answer it, so that nothing can be known.
- new: it was never asked.
- due: it was asked, and its time has come again.
- mastered: it is not due, was asked at least twice, and the last answer was strong (75 or more), or, where it was last
  reviewed in Anki, rated Good or Easy there.
- learning: all else, such as one asked only once, given up, or answered below 75; and one whose last answer is not
  told of before the mock interview is over.

The first that fits counts, and `states` tells what else holds: a leech can be due, a suspended question can be a leech.
The schedule decides what is due; see `scheduling.schedule`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from viva.grading.calibration import STRONG_FROM
from viva.i18n import noted
from viva.types import Entry, Rating, Standing

Mastery = Literal["new", "learning", "due", "mastered", "unanswered", "leech", "suspended"]

LEECH_FROM = 8
"""Times a question was failed before its note rather than the memory is at fault; Anki's default."""
LEECH_EVERY = LEECH_FROM // 2
"""Further failures after which a leech is told of again."""
_OFTEN = 2
"""Times a question was asked before a strong answer is more than luck."""


@dataclass(frozen=True, slots=True)
class Lapses:
    """How often a question was failed."""

    total: int = 0
    fresh: int = 0
    """Of these, since question or answer was last rewritten in the notes; all of them where neither was."""


def mastery(entry: Entry, standing: Standing | None, now: datetime) -> Mastery:
    """Return how well a question is known at `now` (aware), given its standing; None is one that was never asked."""
    return states(entry, standing, now)[0]


def states(entry: Entry, standing: Standing | None, now: datetime) -> tuple[Mastery, ...]:
    """Return all words that fit a question, the one that counts first."""
    if standing is None:
        return (_known(entry, standing, now),)
    leech: tuple[Mastery, ...] = ("leech",) if is_leech(Lapses(standing.lapses, standing.fresh_lapses)) else ()
    return ("suspended", *leech) if standing.suspended else (*leech, _known(entry, standing, now))


def is_leech(lapses: Lapses) -> bool:
    """Whether a question was failed so often that its note should be rewritten."""
    return lapses.total >= LEECH_FROM and lapses.fresh >= LEECH_EVERY


def becomes_leech(lapses: Lapses) -> bool:
    """Whether the last failure is one to tell of a leech at: the eighth, then every fourth."""
    return is_leech(lapses) and (lapses.total - LEECH_FROM) % LEECH_EVERY == 0


def _known(entry: Entry, standing: Standing | None, now: datetime) -> Mastery:
    if not entry.answered:
        return "unanswered"
    if standing is None or not standing.reviews:
        return "new"
    if standing.is_due(now):
        return "due"
    return "mastered" if not standing.withheld and _strong(standing) and standing.reviews >= _OFTEN else "learning"


def _strong(standing: Standing) -> bool:
    if standing.last_outside is not None:
        return standing.last_outside >= Rating.GOOD
    return standing.last_score is not None and standing.last_score >= STRONG_FROM


MASTERY_WORDS: dict[Mastery, tuple[str, str]] = {
    "new": ("○", noted("new")),
    "learning": ("◐", noted("learning")),
    "due": ("●", noted("due")),
    "mastered": ("✓", noted("mastered")),
    "unanswered": ("?", noted("no answer")),
    "leech": ("!", noted("leech")),
    "suspended": ("‖", noted("suspended")),
}
"""The words as they are noted for translation."""
