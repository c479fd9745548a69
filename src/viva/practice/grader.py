"""The grader: reads an answer against the points of a reference and says what a fair marker would.

Flags that a grade can carry:

- `empty`, `dont-know`, `echo` (the question again), `gibberish`: not an answer; the score is 0.
- `off-topic`: nothing in the answer has to do with any point.
- `copied`: the words are those of another entry.
- `other-entry`: another entry fits the answer clearly better than the one asked.
- `no-reference`: the notes do not answer this question, so nothing can be said; the score is 0, the verdict "unsure".
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from viva.practice.calibration import Calibration, status_of, verdict_of
from viva.practice.evidence import Piece, Vectors, best_match, pieces, quote
from viva.practice.not_an_answer import kind_of
from viva.semantics.terms import TermWeights, formulas, recall, terms
from viva.text.normal import bare, language_of, length
from viva.types import Encoder, Entry, Grade, Hit, Point, PointResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CACHED_ENTRIES = 2048
_REPEATED_WEIGHT = 0.05
"""What is left of the weight of a point that only repeats the question."""
_OFF_TOPIC_BELOW = 0.25
_OTHER_MARGIN = 0.15
_OTHER_FROM = 0.5
_COPIED_LENGTH = 8
_UNSURE_LENGTH = 400


class Closest(Protocol):
    """What the grader needs of `retrieval.searcher.Searcher`."""

    def closest(self, text: str, top: int = 3) -> list[Hit]:
        """Return the passages closest in meaning to `text`."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What is known of an entry before any answer is read."""

    points: tuple[Point, ...]
    vectors: Vectors
    weights: tuple[float, ...]
    wanted: tuple[frozenset[str], ...]
    """Terms of each point, without the question's own where others are left."""
    formulas: tuple[tuple[str, ...], ...]
    question: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    parts: list[Piece]
    vectors: Vectors
    terms: frozenset[str]
    bare: str
    squeezed: str


class Grader:
    """Grades answers against entries; it keeps the vectors of the entries it has met."""

    def __init__(
        self,
        encoder: Encoder,
        searcher: Closest | None,
        calibration: Calibration,
        *,
        entries: Sequence[Entry] = (),
    ) -> None:
        """Make a grader.

        Args:
            encoder: Makes the vectors that meanings are compared by.
            searcher: Finds the closest passage of all notes; None where there are no notes.
            calibration: Fitted for this encoder; see `practice.calibration.load_calibration`.
            entries: All notes, to learn how rare each term is; without them all terms weigh the same.
        """
        self._encoder = encoder
        self._searcher = searcher
        self._calibration = calibration
        self._weights = TermWeights.of(f"{entry.question}\n{entry.answer}" for entry in entries)
        self._prepared: OrderedDict[tuple[str, str, tuple[Point, ...]], _Prepared] = OrderedDict()

    def grade(self, entry: Entry, answer: str) -> Grade:
        """Return what a fair human marker would say about `answer` to the question of `entry`."""
        prepared = self._prepare(entry)
        read = self._read(answer)
        if not prepared.points:
            return Grade(0, "unsure", (), self._passage(answer), ("no-reference",))
        if self._is_reference(prepared, entry, read):
            return self._whole(prepared, entry, answer)
        kind = kind_of(answer, entry.question, self._weights)
        if kind:
            missed = tuple(
                PointResult(point.text, "missed", 0.0, "", weight)
                for point, weight in zip(prepared.points, prepared.weights, strict=True)
            )
            passage = self._own_passage(entry) if kind in ("empty", "dont-know") else self._passage(answer)
            return Grade(0, "weak", missed, passage, (kind,))
        return self._judge(prepared, entry, read)

    def _judge(self, prepared: _Prepared, entry: Entry, read: _Answer) -> Grade:
        results, credits_ = [], []
        for index in range(len(prepared.points)):
            result, credit = self._judge_point(prepared, index, read)
            results.append(result)
            credits_.append(credit)
        score = self._calibration.score(float(np.dot(prepared.weights, credits_)))
        passage = self._passage(read.text)
        flags = self._flags(prepared, entry, read, results, passage)
        return Grade(score, verdict_of(score, unsure=_is_thin(read, results)), tuple(results), passage, flags)

    def _judge_point(self, prepared: _Prepared, index: int, read: _Answer) -> tuple[PointResult, float]:
        point = prepared.points[index]
        weight = prepared.weights[index]
        key = bare(point.text)
        if key and _contains(read.bare, key):
            return PointResult(point.text, "covered", 1.0, _verbatim(read, point.text), weight), 1.0
        match = best_match(prepared.vectors[index], read.vectors, [part.size for part in read.parts])
        overlap = recall(prepared.wanted[index], read.terms, self._weights)
        foreign = language_of(point.text) != language_of(read.text)
        credit = self._calibration.credit(match.similarity, overlap, foreign=foreign)
        credit = max(credit, _formula_credit(prepared.formulas[index], read.squeezed, point.text))
        evidence = quote(read.text, read.parts, match.chosen) if status_of(credit) != "missed" else ""
        similarity = match.similarity if evidence else 0.0
        return PointResult(point.text, status_of(credit), similarity, evidence, weight), credit

    def _whole(self, prepared: _Prepared, entry: Entry, answer: str) -> Grade:
        results = tuple(
            PointResult(point.text, "covered", 1.0, _verbatim(self._read(answer), point.text), weight)
            for point, weight in zip(prepared.points, prepared.weights, strict=True)
        )
        return Grade(100, "strong", results, self._own_passage(entry) or self._passage(answer))

    def _is_reference(self, prepared: _Prepared, entry: Entry, read: _Answer) -> bool:
        if not read.bare:
            return False
        said = all(_contains(read.bare, bare(point.text)) for point in prepared.points)
        return said or bare(entry.answer) in read.bare

    def _flags(
        self, prepared: _Prepared, entry: Entry, read: _Answer, results: Sequence[PointResult], passage: Hit | None
    ) -> tuple[str, ...]:
        flags = []
        whole = self._encoder.encode([read.text])[0]
        nearest = float(np.max(prepared.vectors @ whole))
        closest_part = max((float(np.max(read.vectors @ vector)) for vector in prepared.vectors), default=0.0)
        if all(result.status == "missed" for result in results) and max(nearest, closest_part) < _OFF_TOPIC_BELOW:
            flags.append("off-topic")
        if passage is not None and passage.question_id != entry.id:
            flags.extend(self._foreign_flags(passage, read, whole, max(nearest, self._own(entry, whole)), results))
        return tuple(flags)

    def _foreign_flags(
        self,
        passage: Hit,
        read: _Answer,
        whole: NDArray[np.float32],
        own: float,
        results: Sequence[PointResult],
    ) -> list[str]:
        if any(result.status == "covered" for result in results):
            return []
        if length(read.text) >= _COPIED_LENGTH and _contains(bare(passage.passage), read.bare):
            return ["copied", "other-entry"]
        other = float(self._encoder.encode([passage.passage])[0] @ whole)
        return ["other-entry"] if other >= _OTHER_FROM and other - own >= _OTHER_MARGIN else []

    def _own(self, entry: Entry, whole: NDArray[np.float32]) -> float:
        return float(np.max(self._encoder.encode([entry.answer, entry.question]) @ whole))

    def _passage(self, answer: str) -> Hit | None:
        if self._searcher is None or not answer.strip():
            return None
        return next(iter(self._searcher.closest(answer, 1)), None)

    def _own_passage(self, entry: Entry) -> Hit | None:
        if self._searcher is None:
            return None
        hits = self._searcher.closest(f"{entry.question}\n{entry.answer}", 10)
        return next((hit for hit in hits if hit.question_id == entry.id), None)

    def _read(self, answer: str) -> _Answer:
        parts = pieces(answer)
        vectors = (
            self._encoder.encode([part.text for part in parts])
            if parts
            else np.zeros((0, self._encoder.dimension), dtype=np.float32)
        )
        return _Answer(answer, parts, vectors, frozenset(terms(answer)), bare(answer), " ".join(formulas(answer)))

    def _prepare(self, entry: Entry) -> _Prepared:
        key = (entry.question, entry.answer, entry.points)
        if key in self._prepared:
            self._prepared.move_to_end(key)
            return self._prepared[key]
        points = tuple(point for point in entry.points if bare(point.text))
        if not points and bare(entry.answer):
            points = (Point(entry.answer),)
        question = frozenset(terms(entry.question))
        bags = [frozenset(terms(point.text)) for point in points]
        prepared = _Prepared(
            points,
            self._encoder.encode([point.text for point in points])
            if points
            else np.zeros((0, self._encoder.dimension), dtype=np.float32),
            self._shares(points, bags, question),
            tuple(frozenset(bag - question or bag) for bag in bags),
            tuple(formulas(point.text) for point in points),
            question,
        )
        self._prepared[key] = prepared
        if len(self._prepared) > _CACHED_ENTRIES:
            self._prepared.popitem(last=False)
        return prepared

    def _shares(
        self, points: Sequence[Point], bags: Sequence[frozenset[str]], question: frozenset[str]
    ) -> tuple[float, ...]:
        raw = []
        for point, bag in zip(points, bags, strict=True):
            told = self._weights.total(bag - question) + len(formulas(point.text))
            least = _REPEATED_WEIGHT if bag <= question else 0.5
            raw.append(max(least, told) ** self._calibration.damping if told else _REPEATED_WEIGHT)
        total = sum(raw)
        return tuple(share / total for share in raw)


def _contains(text: str, part: str) -> bool:
    return bool(part) and part in text


def _verbatim(read: _Answer, point: str) -> str:
    start = read.text.find(point.strip())
    if start >= 0:
        return point.strip()
    key = bare(point)
    chosen = [index for index, part in enumerate(read.parts) if bare(part.text) in key or key in bare(part.text)]
    return quote(read.text, read.parts, chosen) if chosen else read.text.strip()


def _formula_credit(wanted: Sequence[str], given: str, point: str) -> float:
    """A point that is a formula is covered by the formula, however it is written."""
    if not wanted or not any(len(formula) * 2 >= len(bare(point)) for formula in wanted):
        return 0.0
    return 1.0 if all(_right_side(formula) in given for formula in wanted) else 0.0


def _right_side(formula: str) -> str:
    """The side of an equation that says something: "rf=a+b" and "a+b" are the same answer."""
    side = formula.rsplit("=", 1)[-1]
    return side if len(side) >= 3 else formula


def _is_thin(read: _Answer, results: Sequence[PointResult]) -> bool:
    """Too little to judge by: no known word in the answer, or a point that no vector stands for."""
    return not read.parts or not bool(np.any(read.vectors)) or length(read.text) > 50 * _UNSURE_LENGTH or not results
