"""Search by meaning and by words, one hit for each entry.

An entry's relevance comes from two witnesses, both between 0 and 1:

- *meaning*: half the mean of the query's cosines with the question line and with the whole entry, half the best of
  these two and (counting a little less) of the passages: an entry should fit as a whole, and somewhere closely;
- *words*: its BM25, over the BM25 that an entry holding every term of the query could have. Dividing by the possible
  best and not by the best found keeps the share honest when nothing fits.

They are joined as independent witnesses are, 1 - (1 - meaning)(1 - share * words): words can only add, so that a note
in the other language, which cannot share any, is not held back.

`Hit.score` of `search` is this relevance: 0 to 1, never rising with rank; filters alone give 1. That of `closest` is a
cosine, -1 to 1. `python -m benchmarks.retrieval` compares this with each witness alone and with reciprocal ranks.

A ranking always has a first, even for nonsense. `closeness` says whether a hit is near at all, by its relevance above
what unrelated texts reach under the model in use: the two witnesses are joined so that rising the floor under the
relevance is the same as rising it under the meaning, and words count as before.

The bounds were set on 70 queries written for the shipped notes: the best hit of each of 35 on their subjects reaches
`FAIR_FROM`; of 35 about cooking, travel and the like or made of letters alone, none does by far.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from viva.retrieval.build import Index
from viva.retrieval.keywords import initials, query_terms
from viva.text.normal import normalise
from viva.text.query import Query, matching, parse_query
from viva.types import Closeness, Encoder, Entry, Hit

WORDS_SHARE = 0.3
"""How far words alone are believed, 0 to 1. Between 0.3 and 0.6 the benchmark's figures move by a query or two."""
PASSAGE_SHARE = 0.9
"""What the cosine of one passage counts: many short passages make a chance likeness more likely."""
INITIALS_WEIGHT = 1.5
"""What initials count in place of their three or more words, each of which counts 1."""
FAIR_FROM = 0.19
CLOSE_FROM = 0.5
"""Shares of what is above the floor."""
_FILTERED = 1.0
"""The score of what only filters chose, which nothing else reaches."""
_CANDIDATE_ROWS = 200
_CANDIDATE_ENTRIES = 100


class Searcher:
    """Finds entries of the notes. Holds no state of its own; safe to use from several threads."""

    def __init__(self, index: Index, entries: Sequence[Entry], encoder: Encoder) -> None:
        """Search `index`, which `open_index` opened for the same `entries` and `encoder`."""
        self._index = index
        self._entries = entries
        self._encoder = encoder

    @property
    def index(self) -> Index:
        """The index that is searched."""
        return self._index

    def search(self, query: str, top: int = 5) -> list[Hit]:
        """Return the entries that fit the query best, best first, at most `top`.

        Raises:
            QueryError: the query is empty or only says what must not be found.
        """
        asked = parse_query(query)
        allowed = matching(asked, self._entries, lambda: self._texts) if asked.filters else None
        if not asked.text:
            return self._listed(asked, allowed or [], top)
        vector = self._encoder.encode([asked.text], "query")[0]
        words = self.words(asked.text)
        candidates = self._candidates(vector, words) if allowed is None else np.array(allowed, dtype=np.int64)
        if not len(candidates):
            return []
        meaning = self.meaning(vector, candidates)
        relevance = fuse(meaning, words[candidates])
        best = np.lexsort((candidates, -relevance))[: max(top, 0)]
        return self._hits(asked.text, vector, ((int(candidates[i]), float(relevance[i])) for i in best))

    def closest(self, text: str, top: int = 3) -> list[Hit]:
        """Return the entries closest in meaning to `text`, best first, at most `top`; no query syntax, no keywords.

        A text without known words gives none.
        """
        vector = self._encoder.encode([text], "query")[0]
        if not vector.any():
            return []
        rows, cosines = self._index.vectors.search(vector, max(64, top * 16))
        best: dict[int, float] = {}
        for row, cosine in zip(rows, cosines, strict=True):
            best.setdefault(int(self._index.table.owners[row]), float(cosine))
        return self._hits(text, vector, list(best.items())[: max(top, 0)])

    def words(self, text: str) -> NDArray[np.float32]:
        """Return how much of the query's terms each entry holds, 0 to 1, of shape (entries,)."""
        keywords = self._index.keywords
        scores, ceiling = keywords.search(dict.fromkeys(query_terms(text), 1.0))
        known = [letters for letters in initials(text) if letters in keywords]
        if known:
            short, _ = keywords.search(dict.fromkeys(known, INITIALS_WEIGHT))
            scores = np.minimum(scores + short, ceiling)
        return scores / np.float32(ceiling) if ceiling else scores

    def meaning(self, vector: NDArray[np.float32], candidates: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how close each candidate entry is to the query's vector, 0 to 1, of shape (len(candidates),)."""
        table = self._index.table
        counts = table.starts[candidates + 1] - table.starts[candidates]
        starts = np.cumsum(counts) - counts
        rows = np.arange(counts.sum()) + np.repeat(table.starts[candidates] - starts, counts)
        cosines = self._index.vectors.vectors(rows) @ vector
        passages = table.passages[rows]
        best = np.maximum.reduceat(np.where(passages, cosines * PASSAGE_SHARE, cosines), starts)
        total = np.add.reduceat(np.where(passages, 0.0, cosines), starts)
        mean = total / np.add.reduceat(np.where(passages, 0, 1), starts)
        return np.asarray(np.clip((mean + best) / 2, 0.0, 1.0), dtype=np.float32)

    def _candidates(self, vector: NDArray[np.float32], words: NDArray[np.float32]) -> NDArray[np.int64]:
        rows, _ = self._index.vectors.search(vector, _CANDIDATE_ROWS)
        count = min(_CANDIDATE_ENTRIES, len(words))
        worded = np.argpartition(-words, count - 1)[:count] if count else np.zeros(0, dtype=np.int64)
        chosen = np.zeros(len(words), dtype=np.bool_)
        chosen[self._index.table.owners[rows]] = True
        chosen[worded[words[worded] > 0]] = True
        return np.flatnonzero(chosen)

    def _listed(self, asked: Query, allowed: list[int], top: int) -> list[Hit]:
        """Return entries that only filters chose, in the order of the notes."""
        vector = np.zeros(self._index.vectors.shape[1], dtype=np.float32)
        return self._hits(asked.text, vector, ((place, 1.0) for place in allowed[: max(top, 0)]))

    def _hits(self, text: str, vector: NDArray[np.float32], found: Iterable[tuple[int, float]]) -> list[Hit]:
        terms = set(query_terms(text))
        return [self._hit(rank, place, score, terms, vector) for rank, (place, score) in enumerate(found, start=1)]

    def _hit(self, rank: int, place: int, score: float, terms: set[str], vector: NDArray[np.float32]) -> Hit:
        entry = self._entries[place]
        row = self._index.table.rows[self._passage(place, terms, vector)]
        return Hit(
            rank=rank,
            score=round(score, 6),
            question_id=entry.id,
            number=entry.number,
            question=entry.question,
            passage=row.text,
            file=entry.file,
            line=entry.line + row.first,
            end_line=entry.line + row.last,
        )

    def _passage(self, place: int, terms: set[str], vector: NDArray[np.float32]) -> int:
        """Return the row of the entry's passage that fits best; of an unanswered entry that of the question."""
        span = self._index.table.of_entry(place)
        rows = [row for row in span if self._index.table.rows[row].kind == "passage"] or [span[0]]
        if len(rows) == 1:
            return rows[0]
        cosines = self._index.vectors.vectors(np.array(rows, dtype=np.int64)) @ vector
        weights = {term: self._index.keywords.weight(term) for term in sorted(terms)}
        total = sum(weights.values()) or 1.0
        held = [
            sum(weights[term] for term in terms.intersection(query_terms(self._index.table.rows[row].text))) / total
            for row in rows
        ]
        return rows[int(np.argmax(fuse(cosines, np.array(held, dtype=np.float32))))]

    @cached_property
    def _texts(self) -> list[str]:
        """The normalised text of each entry, for exact phrases; made when the first is asked for."""
        return [normalise(f"{entry.question}\n{entry.answer}") for entry in self._entries]


def fuse(meaning: NDArray[np.float32], words: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the relevance of entries, 0 to 1, from the two witnesses of the same shape."""
    return np.asarray(1 - (1 - np.clip(meaning, 0, 1)) * (1 - WORDS_SHARE * words), dtype=np.float32)


def closeness(hit: Hit, floor: float) -> Closeness | None:
    """Return how close a hit of `Searcher.search` is; None where only filters chose it.

    Args:
        hit: What was found; its score is the relevance.
        floor: What unrelated texts reach under the model, below 1.
    """
    if hit.score >= _FILTERED:
        return None
    risen = (hit.score - floor) / (1.0 - floor)
    if risen < FAIR_FROM:
        return "far"
    return "close" if risen >= CLOSE_FROM else "fair"
