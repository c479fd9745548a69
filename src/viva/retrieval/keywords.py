"""Keyword search: BM25 over content terms, with the question line and the answer as two fields.

An inverted index in numpy arrays. SQLite's FTS5 does the same on disk, but it gives neither the share of the query that
was found nor room for typos and lone characters; bm25s needs SciPy, which takes 0.2 s to import.

BM25 as in Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the fields
combined before saturation (section 3.6, BM25F).
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viva.text.normal import normalise
from viva.text.segment import tokens
from viva.text.terms import stem
from viva.text.terms import terms as content_terms
from viva.text.typos import TYPO_LENGTH, nearest

K1 = 1.2
QUESTION_WEIGHT = 2.0
"""An occurrence in the question line counts as this many in the answer."""
LENGTH_SHARE = 0.4
"""BM25's b: how far a long answer is held against its entry."""


def query_terms(text: str) -> list[str]:
    """Return the content terms of a query; all its tokens when nothing else is left of it ("what is this")."""
    found = list(content_terms(text)) or [stem(token) for token in tokens(text)]
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Keywords:
    """Which term stands how often in which entry. Postings are sorted by term, then by entry."""

    vocabulary: tuple[str, ...]
    starts: NDArray[np.int64]
    """Where the postings of each term start; one more than terms."""
    entries: NDArray[np.int32]
    in_question: NDArray[np.int16]
    in_answer: NDArray[np.int16]
    lengths: NDArray[np.int32]
    """Terms of each entry, question and answer."""

    @classmethod
    def of(
        cls, texts: Iterable[tuple[str, str]], old: Keywords | None = None, kept: Mapping[int, int] | None = None
    ) -> Keywords:
        """Index pairs of question and answer.

        Args:
            texts: all pairs, in the order of the entries.
            old: postings of other pairs, to take from what is still right.
            kept: pairs that stand in `old` too, with their place there; each place at most once.
        """
        taken = kept if old is not None and kept else {}
        known = {term: place for place, term in enumerate(old.vocabulary)} if old is not None and taken else {}
        columns = array("i")
        lengths: list[int] = []
        for number, (question, answer) in enumerate(texts):
            if old is not None and number in taken:
                lengths.append(int(old.lengths[taken[number]]))
                continue
            above, below = Counter(content_terms(question)), Counter(content_terms(answer))
            lengths.append(above.total() + below.total())
            for term in {**above, **below}:
                columns.extend((known.setdefault(term, len(known)), number, above[term], below[term]))
        postings = np.array(columns, dtype=np.int32).reshape(-1, 4)
        if old is not None and taken:
            postings = np.concatenate((old.renumbered(taken), postings))
        return cls._sorted(list(known), postings, lengths)

    def renumbered(self, kept: Mapping[int, int]) -> NDArray[np.int32]:
        """Return the postings of some entries under their new numbers: term, entry, in question, in answer."""
        numbers = np.full(len(self.lengths), -1, dtype=np.int32)
        numbers[list(kept.values())] = list(kept)
        terms = np.repeat(np.arange(len(self.vocabulary), dtype=np.int32), np.diff(self.starts))
        columns = np.stack((terms, numbers[self.entries], self.in_question, self.in_answer), axis=1, dtype=np.int32)
        return columns[columns[:, 1] >= 0]

    @classmethod
    def _sorted(cls, seen: list[str], postings: NDArray[np.int32], lengths: list[int]) -> Keywords:
        used = np.flatnonzero(np.bincount(postings[:, 0], minlength=len(seen)))
        listed = sorted(used.tolist(), key=seen.__getitem__)
        vocabulary = [seen[place] for place in listed]
        places = np.zeros(len(seen), dtype=np.int32)
        places[listed] = np.arange(len(listed), dtype=np.int32)
        terms = places[postings[:, 0]]
        order = np.lexsort((postings[:, 1], terms))
        starts = np.searchsorted(terms[order], np.arange(len(vocabulary) + 1))
        counts = np.minimum(postings[order, 2:], np.iinfo(np.int16).max).astype(np.int16)
        return cls(
            vocabulary=tuple(vocabulary),
            starts=starts.astype(np.int64),
            entries=postings[order, 1],
            in_question=np.ascontiguousarray(counts[:, 0]),
            in_answer=np.ascontiguousarray(counts[:, 1]),
            lengths=np.array(lengths, dtype=np.int32),
        )

    def write(self, path: Path) -> None:
        """Write to a file. Raises OSError."""
        words = np.frombuffer("\n".join(self.vocabulary).encode(), dtype=np.uint8)
        with path.open("wb") as stream:
            for part in (words, self.starts, self.entries, self.in_question, self.in_answer, self.lengths):
                np.save(stream, part, allow_pickle=False)

    @classmethod
    def read(cls, path: Path) -> Keywords:
        """Read what `write` wrote. Raises ValueError or EOFError when it is damaged."""
        with path.open("rb") as stream:
            words, *columns = (np.load(stream, allow_pickle=False) for _ in range(6))
        text = words.tobytes().decode()
        return cls(tuple(text.split("\n")) if text else (), *columns)

    def __contains__(self, term: str) -> bool:
        """Whether a term stands in any entry as it is written here."""
        return term in self._places

    @cached_property
    def _places(self) -> dict[str, int]:
        return {term: place for place, term in enumerate(self.vocabulary)}

    @cached_property
    def _norms(self) -> NDArray[np.float32]:
        mean = float(self.lengths.mean()) if len(self.lengths) else 1.0
        return (1 - LENGTH_SHARE + LENGTH_SHARE * self.lengths / max(mean, 1.0)).astype(np.float32)

    def weight(self, term: str) -> float:
        """Return the inverse document frequency of a term as it is written in the vocabulary, above 0."""
        place = self._places.get(term)
        count = 0 if place is None else int(self.starts[place + 1] - self.starts[place])
        return math.log(1 + (len(self.lengths) - count + 0.5) / (count + 0.5))

    def search(self, wanted: Mapping[str, float]) -> tuple[NDArray[np.float32], float]:
        """Score every entry.

        Args:
            wanted: terms of the query with their importance, 1 for what was typed.

        Returns:
            BM25 of each entry, 0 or more, and the best BM25 that one entry could have (to see how much was found).
        """
        scores = np.zeros(len(self.lengths), dtype=np.float32)
        best = 0.0
        for term, importance in wanted.items():
            gains, weight = self._gains(term)
            scores += importance * gains
            best += importance * weight
        return scores, best

    def _gains(self, term: str) -> tuple[NDArray[np.float32], float]:
        """Return what one term adds to each entry, and the most it could add."""
        gains = np.zeros(len(self.lengths), dtype=np.float32)
        weight = self.weight(term)
        for spelling, closeness in self._spellings(term):
            place = self._places[spelling]
            part = slice(int(self.starts[place]), int(self.starts[place + 1]))
            entries = self.entries[part]
            counts = QUESTION_WEIGHT * self.in_question[part] + self.in_answer[part].astype(np.float32)
            counts = counts / self._norms[entries]
            found = closeness * self.weight(spelling) * counts * (1 + K1) / (counts + K1)
            gains[entries] = np.maximum(gains[entries], found)
        return gains, weight * (1 + K1)

    def _spellings(self, term: str) -> list[tuple[str, float]]:
        """Return the terms of the vocabulary that `term` may stand for, and how sure that is, 0 to 1."""
        if term in self._places:
            return [(term, 1.0)]
        if len(term) == 1 and not term.isascii():
            return [(other, 1.0) for other in self.vocabulary if term in other]
        if len(term) < TYPO_LENGTH or not term.isascii() or not term.isalpha():
            return []
        best = nearest(term, self._words)
        return [(best[0], best[1] * 0.8)] if best else []

    @cached_property
    def _words(self) -> list[str]:
        return [term for term in self.vocabulary if term.isascii() and len(term) >= TYPO_LENGTH]


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
