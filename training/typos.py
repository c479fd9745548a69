"""Slips of the keyboard in English words, so that what people type in a hurry still finds its place."""

from __future__ import annotations

import random
import re

_WORD = re.compile(r"[A-Za-z]{4,}")
_SHARE = 0.2
"""Of the words that are long enough to be recognised after a slip."""


def mistyped(text: str, rng: random.Random) -> str:
    """Return the text with about one long word in five misspelt: a letter lost, doubled, or changed places."""
    return _WORD.sub(lambda found: _slip(found[0], rng) if rng.random() < _SHARE else found[0], text)


def _slip(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word) - 1)  # first letters are seldom wrong
    before, here, after = word[:place], word[place], word[place + 1 :]
    kind = rng.randrange(3)
    if kind == 0:
        return before + after
    if kind == 1:
        return before + here + here + after
    return before + after[0] + here + after[1:]
