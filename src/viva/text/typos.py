"""Slips of the keyboard: an English word that was mistyped is known again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from viva.text.segment import tokens

TYPO_RATIO = 84.0
"""Least similarity (`rapidfuzz.fuzz.ratio`, 0 to 100) of two words that count as one mistyped: one slip in five letters
at 84 still passes ("droput"), another word of the same ending does not ("pooling", "polling" at 85.7 is the price)."""
TYPO_LENGTH = 5
"""Letters of the shortest word that is recognised after a slip."""
_WORD = re.compile(rf"[A-Za-z]{{{TYPO_LENGTH},}}")


def long_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the English words of the texts that are long enough to be recognised when mistyped, in lower case."""
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text))


def nearest(word: str, candidates: Sequence[str]) -> tuple[str, float] | None:
    """Return the candidate that a word is a slip for, and how alike they are, 0 to 1; None where there is none."""
    if not candidates:
        return None
    from rapidfuzz import fuzz, process  # 17 ms, which a text whose words are all known never needs

    best = process.extractOne(word, candidates, scorer=fuzz.ratio, score_cutoff=TYPO_RATIO)
    return (best[0], best[1] / 100.0) if best else None


def correct_typos(text: str, known: frozenset[str]) -> str:
    """Return the text with each mistyped word replaced by the nearest known one; all else is left as it is.

    The first letter must be right: few people miss it, and "unsupervised" is no slip for "supervised".

    Args:
        text: what was typed.
        known: words as `long_words` returns them.
    """
    return _WORD.sub(lambda found: _nearest_known(found[0], known), text) if known else text


@lru_cache(maxsize=4096)
def _nearest_known(typed: str, known: frozenset[str]) -> str:
    word = typed.lower()
    candidates = () if word in known else sorted(one for one in known if one[0] == word[0])
    best = nearest(word, candidates)
    return best[0] if best else typed


def same_but_for_slips(one: str, other: str) -> bool:
    """Whether two texts are word for word the same, but for slips within long English words.

    The first letter of a word must be right: few people miss it, and "unsupervised" is no slip for "supervised". One
    Chinese character or one short word more or less may turn a sentence round, so those must all be there.
    """
    first, second = tokens(one), tokens(other)
    if len(first) != len(second):
        return False
    return bool(first) and all(a == b or _is_slip(a, b) for a, b in zip(first, second, strict=True))


def _is_slip(word: str, other: str) -> bool:
    long = min(len(word), len(other)) >= TYPO_LENGTH and word.isascii() and word.isalpha() and other.isalpha()
    return long and word[0] == other[0] and nearest(word, [other]) is not None
