"""The grader: reads an answer against the points of a reference and says what a fair marker would.

Flags that a grade can carry:

- `empty`, `dont-know`, `echo` (the question again), `gibberish`: not an answer; the score is 0.
- `off-topic`: nothing in the answer has to do with any point.
- `keywords`: words of the reference without a sentence around them; the score is capped.
- `copied`: the words are those of another entry, and meet no point of this one; a statement earns 10 at most.
- `other-entry`: another entry fits the answer clearly better than the one asked.
- `no-reference`: the notes do not answer this question, so nothing can be said; the score is 0, the verdict "unsure".
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

import numpy as np

from viva.practice.answer import Answer
from viva.practice.calibration import Calibration, verdict_of
from viva.practice.evidence import Observation, observe, quote, says
from viva.practice.feedback import LOOKED_AT, near_entries
from viva.practice.not_an_answer import is_keywords, kind_of
from viva.practice.opposition import opposed
from viva.practice.reference import Item, Reference
from viva.semantics.contradiction import contradiction_for
from viva.semantics.names import Names
from viva.semantics.terms import TermWeights
from viva.text.normal import bare, length
from viva.types import Encoder, Entry, Grade, Hit, Point, PointResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CACHED_ENTRIES = 2048
_CACHED_PASSAGES = 1024
_OFF_TOPIC_BELOW = 0.25
_OTHER_MARGIN = 0.15
_WORTH_A_LOOK = 12
"""Characters and words of an answer that met no point before it is left to the person to judge."""
_OTHER_FROM = 0.5
_KEYWORDS_EARN = 25
"""Most that a list of words earns where statements are wanted: it hints at the answer."""
_TAINTED = 0.8
"""Most that a point earns of which the answer says one thing and denies another: a part of what makes a good one."""
_COPIED_LENGTH = 8
_COPIED_STATEMENT = 15
"""Characters and words from which on a copied text is more than a phrase that two entries have in common."""
_COPIED_EARNS = 10


class Closest(Protocol):
    """What the grader needs of `retrieval.searcher.Searcher`."""

    def closest(self, text: str, top: int = 3) -> list[Hit]:
        """Return the passages closest in meaning to `text`."""


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
            calibration: Fitted for this encoder; see `practice.calibration.calibration_for`.
            entries: All notes, to learn how rare each term is; without them all terms weigh the same.
        """
        self._encoder = encoder
        self._searcher = searcher
        self._calibration = calibration
        self._opposer = contradiction_for(encoder)
        texts = [f"{entry.question}\n{entry.answer}" for entry in entries]
        self._rarity, self._names = TermWeights.of(texts), Names.of(texts)
        self._passage_vector = lru_cache(_CACHED_PASSAGES)(lambda text: encoder.encode([text])[0])
        self._references: OrderedDict[tuple[str, str, tuple[Point, ...]], Reference] = OrderedDict()

    def grade(self, entry: Entry, answer: str) -> Grade:
        """Return what a fair human marker would say about `answer` to the question of `entry`."""
        reference = self.reference(entry)
        if not reference.points:
            hits = self._closest(answer)
            return Grade(0, "unsure", (), _first(hits), ("no-reference",), near_entries(entry, hits))
        read = Answer.read(answer, entry.question, self._encoder, reference)
        if _is_whole(reference, entry, read):
            results = tuple(_covered(reference, index, read) for index in range(len(reference.points)))
            return Grade(100, "strong", results, self._own_passage(entry) or self._passage(answer))
        kind = kind_of(answer, entry.question, self._rarity)
        if kind:
            passage = self._own_passage(entry) if kind in ("empty", "dont-know") else self._passage(answer)
            return Grade(0, "weak", _all_missed(reference), passage, (kind,))
        return self._judge(reference, entry, read)

    def observations(self, entry: Entry, answer: str) -> tuple[list[Observation], tuple[float, ...]]:
        """Return what speaks for each item and the weights of the items: what calibration is fitted on."""
        reference = self.reference(entry)
        read = Answer.read(answer, entry.question, self._encoder, reference)
        weights = tuple(reference.weights[item.point] * item.share for item in reference.items)
        return self._observe(reference, read), weights

    def reference(self, entry: Entry) -> Reference:
        """Return the prepared points of `entry`, from the last entries met where possible."""
        key = (entry.question, entry.answer, entry.points)
        if key in self._references:
            self._references.move_to_end(key)
        else:
            self._references[key] = Reference.of(
                entry, self._encoder, self._rarity, self._names, self._calibration.damping, self._opposer
            )
            if len(self._references) > _CACHED_ENTRIES:
                self._references.popitem(last=False)
        return self._references[key]

    def _judge(self, reference: Reference, entry: Entry, read: Answer) -> Grade:
        observed = zip(reference.items, self._observe(reference, read), strict=True)
        results, marks = [], []
        for point, own in groupby(observed, key=lambda pair: pair[0].point):
            result, mark = self._result(reference, point, list(own))
            results.append(result)
            marks.append(mark)
        score = self._calibration.score(float(np.dot(reference.weights, marks)))
        hits = self._closest(read.text)
        passage = _first(hits)
        flags = self._flags(reference, entry, read, results, passage)
        if is_keywords([part.text for part in read.parts], [item.text for item in reference.items]):
            score, flags = min(score, _KEYWORDS_EARN), ("keywords", *flags)
        if "copied" in flags and length(read.text) >= _COPIED_STATEMENT:
            score = min(score, _COPIED_EARNS)
        unsure = not bool(np.any(read.vectors)) or _may_be_put_otherwise(read, results, flags)
        return Grade(score, verdict_of(score, unsure=unsure), tuple(results), passage, flags, near_entries(entry, hits))

    def _observe(self, reference: Reference, read: Answer) -> list[Observation]:
        against = opposed(reference.claims, read.said, self._opposer)
        return observe(reference, read, self._rarity, against)

    def _result(
        self, reference: Reference, index: int, own: Sequence[tuple[Item, Observation]]
    ) -> tuple[PointResult, float]:
        """Return what is said of one point, from what was seen of its items, and its credit."""
        marks = [self._mark(seen) for _, seen in own]
        mark = sum(item.share * one for (item, _), one in zip(own, marks, strict=True))
        seen = own[int(np.argmax(marks))][1]
        text, weight = reference.points[index].text, reference.weights[index]
        status = self._calibration.status(mark)
        if status == "missed" and self._calibration.status(max(marks)) == "covered":
            status = "partial"  # one thing of a long list was named
        if status != "missed":
            return PointResult(text, status, seen.similarity, seen.evidence, weight, seen.against), mark
        if seen.against:
            return PointResult(text, "contradicted", seen.opposed, seen.against, weight), 0.0
        return PointResult(text, status, 0.0, "", weight), mark

    def _mark(self, seen: Observation) -> float:
        mark = self._calibration.credit(seen.strength, seen.overlap, seen.aligned, seen.matched, foreign=seen.foreign)
        mark = 1.0 if seen.exact else mark
        return min(mark, _TAINTED * self._calibration.knee) if seen.against else mark

    def _flags(
        self, reference: Reference, entry: Entry, read: Answer, results: Sequence[PointResult], passage: Hit | None
    ) -> tuple[str, ...]:
        flags = []
        whole = self._encoder.encode([read.text])[0]
        nearest = float(np.max(reference.vectors @ whole))
        if read.parts:
            nearest = max(nearest, float(np.max(reference.vectors @ read.vectors.T)))
        if all(result.status == "missed" for result in results) and nearest < _OFF_TOPIC_BELOW:
            flags.append("off-topic")
        elsewhere = passage is not None and passage.question_id != entry.id
        if passage and elsewhere and not any(result.status == "covered" for result in results):
            own = max(nearest, float(np.max(reference.entry @ whole)))
            flags.extend(self._elsewhere(passage, read, whole, own))
        return tuple(flags)

    def _elsewhere(self, passage: Hit, read: Answer, whole: NDArray[np.float32], own: float) -> list[str]:
        if length(read.text) >= _COPIED_LENGTH and read.bare in bare(passage.passage):
            return ["copied", "other-entry"]
        other = float(self._passage_vector(passage.passage) @ whole)
        return ["other-entry"] if other >= _OTHER_FROM and other - own >= _OTHER_MARGIN else []

    def _passage(self, answer: str) -> Hit | None:
        return _first(self._closest(answer, 1))

    def _closest(self, answer: str, top: int = LOOKED_AT) -> list[Hit]:
        return self._searcher.closest(answer, top) if self._searcher is not None and answer.strip() else []

    def _own_passage(self, entry: Entry) -> Hit | None:
        if self._searcher is None:
            return None
        hits = self._searcher.closest(f"{entry.question}\n{entry.answer}", 10)
        return next((hit for hit in hits if hit.question_id == entry.id), None)


def _first(hits: Sequence[Hit]) -> Hit | None:
    return next(iter(hits), None)


def _may_be_put_otherwise(read: Answer, results: Sequence[PointResult], flags: Sequence[str]) -> bool:
    """Whether an answer that met no point may still be right in words the model does not know.

    It says something, contradicts nothing and fits no other entry: that is no ground to call it wrong.
    """
    if any(result.status != "missed" for result in results) or "other-entry" in flags:
        return False
    return length(read.text) >= _WORTH_A_LOOK


def _is_whole(reference: Reference, entry: Entry, read: Answer) -> bool:
    """Whether the answer holds the whole reference, point by point or as one piece."""
    if not read.bare:
        return False
    return says(read, entry.answer) or all(says(read, point.text) for point in reference.points)


def _covered(reference: Reference, index: int, read: Answer) -> PointResult:
    text = reference.points[index].text
    key = bare(text)
    holding = [i for i, part in enumerate(read.parts) if bare(part.text) in key or key in bare(part.text)]
    evidence = quote(read, holding) or read.text.strip()
    return PointResult(text, "covered", 1.0, evidence, reference.weights[index])


def _all_missed(reference: Reference) -> tuple[PointResult, ...]:
    pairs = zip(reference.points, reference.weights, strict=True)
    return tuple(PointResult(point.text, "missed", 0.0, "", weight) for point, weight in pairs)
