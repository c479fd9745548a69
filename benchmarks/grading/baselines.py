"""What others do: letters, words, rare words, and plain cosine, each as a score from 0 to 1."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from benchmarks.embedding.encoders import Teacher
from viva.text.segment import tokens
from viva.text.terms import TermWeights, terms
from viva.types import Encoder, Entry

_KEYS = 2

Baseline = Callable[[Entry, str], float]


def letter_diff(entry: Entry, answer: str) -> float:
    """Likeness of the letters, as Anki compares a typed answer."""
    return fuzz.ratio(entry.answer, answer) / 100.0


def token_dice(entry: Entry, answer: str) -> float:
    """Shared tokens over all tokens (Dice)."""
    wanted, given = set(tokens(entry.answer)), set(tokens(answer))
    return 2 * len(wanted & given) / (len(wanted) + len(given)) if wanted and given else 0.0


def tfidf_cosine(entries: Sequence[Entry]) -> Baseline:
    """Cosine of TF-IDF vectors over words and Chinese character bigrams, with the references as the collection."""
    texts = {entry.answer for entry in entries}
    counts = Counter(token for text in texts for token in set(tokens(text)))

    def vector(text: str) -> dict[str, float]:
        found = Counter(tokens(text))
        weights = {t: n * math.log((1 + len(texts)) / (1 + counts[t])) + n for t, n in found.items()}
        norm = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {token: weight / norm for token, weight in weights.items()} if norm else {}

    def score(entry: Entry, answer: str) -> float:
        wanted, given = vector(entry.answer), vector(answer)
        return sum(weight * given.get(token, 0.0) for token, weight in wanted.items())

    return score


def raw_cosine(encoder: Encoder) -> Baseline:
    """Cosine of the embedded model between reference and answer, negative values cut off."""

    def score(entry: Entry, answer: str) -> float:
        wanted, given = encoder.encode([entry.answer, answer])
        return max(0.0, float(wanted @ given))

    return score


def keyword_points(entries: Sequence[Entry]) -> Baseline:
    """Share of the points whose key words stand in the answer, as an author of H5P or Moodle would set them.

    The author is played by rarity: the two rarest terms of a point among the references, either of which will do.
    """
    rarity = TermWeights.of({entry.answer for entry in entries})

    @lru_cache(4096)
    def keys(text: str) -> tuple[str, ...]:
        return tuple(sorted(set(terms(text)), key=lambda term: (-rarity.weight(term), term))[:_KEYS])

    def score(entry: Entry, answer: str) -> float:
        said = set(terms(answer))
        wanted = [keys(point.text) for point in entry.points]
        return sum(not said.isdisjoint(one) for one in wanted) / len(wanted) if wanted else 0.0

    return score


def english_teacher() -> Baseline | None:
    """Return the cosine of all-MiniLM-L6-v2, or None where its training-only package is not installed."""
    try:
        teacher = Teacher()
    except ImportError:
        return None
    return lambda entry, answer: max(0.0, float(teacher.rows([entry.answer], [answer])[0]))


def all_baselines(encoder: Encoder, entries: Sequence[Entry]) -> dict[str, Baseline]:
    """Return every baseline by name."""
    return {
        "keyword points": keyword_points(entries),
        "letter diff": letter_diff,
        "token Dice": token_dice,
        "TF-IDF cosine": tfidf_cosine(entries),
        "raw cosine": raw_cosine(encoder),
    }
