"""How well a question is known, in one word.

- suspended: the user set it aside; it is neither asked nor due until they resume it.
- leech: it was failed (rated Again) eight times, and four times of these since its note was last rewritten. Rewriting
  the note thus gives four more chances, as Anki reminds of a leech after eight lapses and then after every four.
- unanswered: the notes do not answer it, so that nothing can be known.
- new: it was never asked.
- due: it was asked, and its time has come again.
- mastered: it is not due, was asked at least twice, and the last answer was strong (75 or more), or, where it was last
  reviewed in Anki, rated Good or Easy there.
- learning: all else, such as one asked only once, given up, or answered below 75; and one whose last answer stays
  withheld until the mock interview is over.

The first that fits counts, and `states` tells what else holds: a leech can be due, a suspended question can be a leech.
The schedule decides what is due; see `scheduling.schedule`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from viva.grading.calibration import STRONG_FROM
from viva.i18n import N_
from viva.types import CardState, Entry, Rating

Mastery = Literal["new", "learning", "due", "mastered", "unanswered", "leech", "suspended"]

LEECH_FROM = 8
"""Times a question was failed before its note rather than the memory is at fault; Anki's default."""
LEECH_EVERY = LEECH_FROM // 2
"""Further failures after which the user hears of a leech again."""
_OFTEN = 2
"""Times a question was asked before a strong answer is more than luck."""


@dataclass(frozen=True, slots=True)
class Lapses:
    """How often a question was failed."""

    total: int = 0
    fresh: int = 0
    """Of these, since question or answer was last rewritten in the notes; all of them where neither was."""


def mastery(entry: Entry, card_state: CardState | None, now: datetime) -> Mastery:
    """Return how well a question is known at `now` (aware), given its card state; None is one that was never asked."""
    return states(entry, card_state, now)[0]


def states(entry: Entry, card_state: CardState | None, now: datetime) -> tuple[Mastery, ...]:
    """Return all words that fit a question, the one that counts first."""
    if card_state is None:
        return (_known(entry, card_state, now),)
    leech: tuple[Mastery, ...] = ("leech",) if is_leech(Lapses(card_state.lapses, card_state.fresh_lapses)) else ()
    return ("suspended", *leech) if card_state.suspended else (*leech, _known(entry, card_state, now))


def is_leech(lapses: Lapses) -> bool:
    """Whether a question was failed so often that its note should be rewritten."""
    return lapses.total >= LEECH_FROM and lapses.fresh >= LEECH_EVERY


def becomes_leech(lapses: Lapses) -> bool:
    """Whether the last failure is one at which the user hears of a leech: the eighth, then every fourth."""
    return is_leech(lapses) and (lapses.total - LEECH_FROM) % LEECH_EVERY == 0


def _known(entry: Entry, card_state: CardState | None, now: datetime) -> Mastery:
    if not entry.answered:
        return "unanswered"
    if card_state is None or not card_state.reviews:
        return "new"
    if card_state.is_due(now):
        return "due"
    return (
        "mastered" if not card_state.withheld and _strong(card_state) and card_state.reviews >= _OFTEN else "learning"
    )


def _strong(card_state: CardState) -> bool:
    if card_state.last_outside is not None:
        return card_state.last_outside >= Rating.GOOD
    return card_state.last_score is not None and card_state.last_score >= STRONG_FROM


MASTERY_WORDS: dict[Mastery, tuple[str, str]] = {
    "new": ("○", N_("new")),
    "learning": ("◐", N_("learning")),
    "due": ("●", N_("due")),
    "mastered": ("✓", N_("mastered")),
    "unanswered": ("?", N_("no answer")),
    "leech": ("!", N_("leech")),
    "suspended": ("‖", N_("suspended")),
}
"""The sign and the word of each, noted for translation."""
