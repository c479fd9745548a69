"""How well a question is known, as a sign and a word: no colour is needed to tell them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viva.i18n import noted

if TYPE_CHECKING:
    from viva.practice.mastery import Mastery

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
