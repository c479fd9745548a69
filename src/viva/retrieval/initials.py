"""Initials: who asks for a "feature pyramid network" finds the note that only says FPN."""

from __future__ import annotations

import re

from viva.text.normal import normalise

_WORDS = re.compile(r"(?<![a-z])[a-z]++(?:[ -][a-z]++){2,}")  # from the first letter on: a long run is read once
_SMALL = frozenset(
    {"a", "an", "and", "are", "do", "does", "for", "how", "in", "is", "of", "on", "or", "the", "to", "with"}
)
_FEWEST, _MOST = 3, 6


def initials(text: str) -> list[str]:
    """Return the initials of every three to six English words that follow each other, in small letters.

    Two letters would be no more than chance: most pairs of letters mean something somewhere.
    """
    found: list[str] = []
    for run in _WORDS.findall(normalise(text)):
        letters = "".join(word[0] for word in re.split(r"[ -]", run) if word not in _SMALL)
        for start in range(len(letters) - _FEWEST + 1):
            ends = range(start + _FEWEST, min(start + _MOST, len(letters)) + 1)
            found.extend(letters[start:end] for end in ends)
    return list(dict.fromkeys(found))
