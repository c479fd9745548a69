"""The grader: reads an answer against the points of a reference and says what a fair examiner would.

Flags that a grade can carry:

- `empty`, `dont-know`, `echo` (the question again), `gibberish`: not an answer; the score is 0.
- `brief`: right, with points left out that a longer answer would have.
- `off-topic`: nothing in the answer has to do with any point; the score is 0.
- `keywords`: words of the reference without a sentence around them; the score is capped.
- `copied`: the words are those of another entry, and meet no point of this one; the score is capped.
- `other-entry`: another entry fits the answer clearly better than the one asked.
- `no-reference`: the notes do not answer this question, so nothing can be said; the score is 0, the verdict "unsure".
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from viva.grading.aliases import Aliases
from viva.grading.answer import GATE, Answer, best_chain, chain_cosine, signs, word_shares
from viva.grading.calibration import STRONG_FROM, Calibration, calibration, verdict_of
from viva.grading.conflicts import other_value
from viva.grading.formulas import formula_agrees
from viva.grading.fusion import Fusion, Witnesses, fitted
from viva.grading.near_entries import Closest, NearEntries
from viva.grading.no_answer import is_keywords, kind_of
from viva.grading.reference import Reference, shares
from viva.models.encoder import floor
from viva.text.normal import bare
from viva.text.segment import sentences
from viva.text.terms import TermWeights, recall
from viva.types import Encoder, Entry, Grade, Hit, Point, PointResult, Reader, Reading, Status

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CACHED_ENTRIES = 2048
_OFF_TOPIC_BELOW = 0.25
_SCORE_CAPS = {"off-topic": 0, "copied": 10, "keywords": 25}
"""Most that answers with these flags earn: a list of words hints at the answer, where statements are wanted."""
_SILENT = (0.02, 0.01, 0.95, 0.02)
"""Probabilities of each `Reading` for a point that the answer is silent on: a reader is never quite certain."""
_TAKEN_BACK = 0.25
"""Share to which the reader must still find a point said that is there word for word."""
_SPOKEN_OF = 0.1
"""Chance that an answer speaks of a point from which on its nearest sentence is read by itself as well."""


class Grader:
    """Grades answers against entries; it caches the references of the entries it has met."""

    def __init__(
        self,
        encoder: Encoder,
        reader: Reader | None,
        searcher: Closest | None = None,
        *,
        entries: Sequence[Entry] = (),
        fusion: Fusion | None = None,
        calibrated: Calibration | None = None,
    ) -> None:
        """Take the models and the notes.

        Args:
            encoder: Makes the vectors that meanings are compared by.
            reader: Reads the answer beside each point; without one every grade is unsure.
            searcher: Finds the entries of all notes that are near an answer; None where there are no notes.
            entries: All notes, to learn how rare each term is; without them all terms weigh the same.
            fusion: How the witnesses are joined; by default as fitted for the models that are part of viva.
            calibrated: How credits become a mark; by default as fitted.
        """
        self._encoder, self._reader = encoder, reader
        self._fusion, self._calibration = fusion or fitted(), calibrated or calibration()
        texts = [f"{entry.question}\n{entry.answer}" for entry in entries]
        self._rarity, self._aliases = TermWeights.of(texts), Aliases.of(texts)
        self._near_entries = NearEntries(encoder, searcher)
        self._floor = floor(encoder)
        self._references: OrderedDict[tuple[str, str, tuple[Point, ...]], Reference] = OrderedDict()

    def grade(self, entry: Entry, answer: str) -> Grade:
        """Return what a fair examiner would say about `answer` to the question of `entry`."""
        reference = self.reference(entry)
        passage = notes_passage(entry)
        if not reference.points:
            near = self._near_entries.near(entry, answer)
            return Grade(0, "unsure", (), passage, ("no-reference",), near)
        parsed = Answer.read(answer, entry.question, self._encoder, reference)
        recited = {index: parsed.recited(point.text) for index, point in enumerate(reference.points)}
        stated = {index: clauses for index, clauses in recited.items() if clauses}
        is_whole = bool(bare(answer)) and bare(answer) == bare(entry.answer) and signs(answer) == signs(entry.answer)
        if is_whole or (len(stated) == len(reference.points) and not _says_more(parsed, stated)):
            return self._recited(reference, parsed, passage)
        if kind := kind_of(answer, entry.question, self._rarity):
            return Grade(0, "weak", _all_missed(reference), passage, (kind,))
        return self._judged(entry, reference, parsed, stated, passage)

    def rescored(self, grade: Grade) -> Grade:
        """Return a grade whose points the user has judged, or marked as essential or extra, with what follows.

        A point that they accept is covered and not denied, one that they refuse is missed.
        """
        points = [_as_judged(point) for point in grade.points]
        if not points:
            return grade
        weights = shares([point.base for point in points], [point.importance for point in points])
        points = [replace(point, weight=float(weight)) for point, weight in zip(points, weights, strict=True)]
        score = _capped(self._score(points, _whole_as_judged(grade.whole, points)), grade.flags)
        flags = [flag for flag in grade.flags if flag != "brief"]
        return replace(
            grade, score=score, verdict=verdict_of(score), points=tuple(points), flags=(*flags, *_brief(score, points))
        )

    def witnesses(self, entry: Entry, answer: str) -> tuple[Witnesses, NDArray[np.float64]]:
        """Return what speaks for each point, and its share in the grade: what the numbers are fitted on."""
        reference = self.reference(entry)
        parsed = Answer.read(answer, entry.question, self._encoder, reference)
        witnesses, _ = self._observe(reference, parsed, {})
        return witnesses, shares(reference.bases, [point.importance for point in reference.points])

    def reference(self, entry: Entry) -> Reference:
        """Return the prepared points of `entry`, from the last entries met where possible."""
        key = (entry.question, entry.answer, entry.points)
        if key in self._references:
            self._references.move_to_end(key)
        else:
            self._references[key] = Reference.of(entry, self._encoder, self._aliases)
            if len(self._references) > _CACHED_ENTRIES:
                self._references.popitem(last=False)
        return self._references[key]

    def _recited(self, reference: Reference, answer: Answer, passage: Hit | None) -> Grade:
        results = []
        for index, point in enumerate(reference.points):
            key = bare(point.text)
            clauses = answer.recited(point.text) or [
                i for i, clause in enumerate(answer.clauses) if clause.bare in key or key in clause.bare
            ]
            words = answer.quote(clauses) or answer.text.strip()
            covered = _result(reference, index, "covered", credit=1.0)
            results.append(replace(covered, similarity=1.0, evidence=words))
        return Grade(100, "strong", _weighed(results), passage)

    def _judged(
        self,
        entry: Entry,
        reference: Reference,
        answer: Answer,
        stated: dict[int, tuple[int, ...]],
        passage: Hit | None,
    ) -> Grade:
        results, mark = self._results(reference, answer, stated)
        whole = self._encoder.encode([answer.text])[0]
        nearest = max(float(np.max(reference.vectors @ whole)), float(np.max(answer.nearness, initial=-1.0)))
        is_met = any(result.status != "missed" for result in results)
        flags = [] if is_met or nearest >= _OFF_TOPIC_BELOW else ["off-topic"]
        if not any(result.status == "covered" for result in results):
            own = max(nearest, float(np.max(reference.entry @ whole)))
            flags += self._near_entries.fits_better(entry, answer.text, whole, own)
        if is_keywords([clause.text for clause in answer.clauses], [point.text for point in reference.points]):
            flags = ["keywords", *flags]
        score = _capped(self._score(results, mark), flags)
        unsure = self._reader is None or not bool(np.any(answer.vectors)) or self._is_in_doubt(score, results, flags)
        flags += [] if unsure else _brief(score, results)
        near = self._near_entries.near(entry, answer.text, nearer="other-entry" in flags)
        return Grade(score, verdict_of(score, unsure=unsure), results, passage, tuple(flags), near, mark)

    def _results(
        self, reference: Reference, answer: Answer, stated: dict[int, tuple[int, ...]]
    ) -> tuple[tuple[PointResult, ...], float | None]:
        witnesses, chains = self._observe(reference, answer, stated)
        if self._reader is None:
            earned, denials = self._fusion.without_reader(witnesses), np.zeros(len(chains))
        else:
            earned, denials = self._fusion.credits(witnesses)
        says_more = _says_more(answer, stated)
        results = []
        for index in range(len(reference.points)):
            credit, denied, words = float(earned[index]), float(denials[index]), answer.quote(chains[index])
            agrees = formula_agrees(reference.formulas[index], answer.formulas, reference.points[index].text)
            if index in stated:
                words = answer.quote(stated[index])
                credit, denied = self._credit_of_stated(witnesses.whole[index], denied) if says_more else (1.0, 0.0)
            elif agrees is not None:
                credit, denied = float(agrees), float(not agrees)
            elif (other := self._other_value(reference, index, answer, chains[index])) is not None:
                credit, denied, words = 0.0, 1.0, answer.quote([other])
            status = self._calibration.status(credit, denied)
            credit, denied = self._calibration.settled(credit, denied)
            result = _result(reference, index, status, credit=credit, denied=denied)
            if status != "missed":
                result = replace(result, similarity=float(witnesses.similarity[index]), evidence=words)
            results.append(result)
        return _weighed(results), witnesses.mark

    def _credit_of_stated(self, likely: NDArray[np.float32], denied: float) -> tuple[float, float]:
        """Return credit and denial of a point whose own words are there, and more: that may take it back."""
        if denied >= self._calibration.contradicted:
            return 0.0, denied
        if self._reader is not None and _share_covered(likely) < _TAKEN_BACK:
            return 0.0, self._calibration.differs
        return 1.0, 0.0

    def _observe(
        self, reference: Reference, answer: Answer, stated: dict[int, tuple[int, ...]]
    ) -> tuple[Witnesses, list[tuple[int, ...]]]:
        """Return what is seen of each point, and the clauses nearest to it, nearest first."""
        sizes = [clause.size for clause in answer.clauses]
        chains, strengths = [], []
        for vector, question_demoted in zip(reference.vectors, reference.question_demoted, strict=True):
            own, chosen = best_chain(question_demoted, answer.question_demoted, sizes)
            chains.append(chosen)
            strengths.append((own + chain_cosine(vector, answer.vectors, sizes, chosen)) / 2.0)
        whole, sentence, mark = self._read(reference, answer, stated)
        witnesses = Witnesses(
            whole=whole,
            sentence=sentence,
            similarity=np.clip((np.array(strengths) - self._floor) / (1.0 - self._floor), 0.0, 1.0),
            overlap=np.array([recall(wanted, answer.terms, self._rarity) for wanted in reference.wanted]),
            matched=word_shares(reference, answer),
            sizes=np.array(reference.sizes, dtype=np.float64),
            answer=max(1, sum(sizes)),
            mark=mark,
        )
        return witnesses, chains

    def _read(
        self, reference: Reference, answer: Answer, stated: dict[int, tuple[int, ...]]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], float | None]:
        """Return what the reader makes of each point, of all that is said and of the nearest sentence, and of all.

        What is said word for word needs no reader, and is not read again for the other points: only what is said right
        after it can take it back. Where the notes' own words are there, the whole is what they cover.
        """
        silent = np.tile(np.array(_SILENT, dtype=np.float32), (len(reference.points), 1))
        near = np.flatnonzero(answer.nearness.max(axis=0) >= GATE).tolist() if stated else []
        remaining = answer.only([*set(near).difference(*stated.values())]) if stated else answer.without(frozenset())
        if self._reader is None or not (remaining or _says_more(answer, stated)):
            return silent, silent, None
        rows = self._reader.read(
            [
                *(
                    (answer.followed(stated[index]) if index in stated else remaining, statement)
                    for index, statement in enumerate(reference.statements)
                ),
                *([] if stated else [(remaining, reference.whole)]),
            ]
        )
        whole = rows[: len(reference.points)]
        sentence = whole.copy()
        spoken_sentences = [text.strip() for text in sentences(remaining) if bare(text)]
        spoken = [
            index for index, row in enumerate(whole) if row[Reading.ABSENT] <= 1.0 - _SPOKEN_OF and index not in stated
        ]
        if spoken:
            nearest = np.argmax(reference.vectors[spoken] @ self._encoder.encode(spoken_sentences).T, axis=1)
            pairs = [(spoken_sentences[at], reference.texts[index]) for index, at in zip(spoken, nearest, strict=True)]
            sentence[spoken] = self._reader.read(pairs)
        return whole, sentence, None if stated else _share_covered(rows[-1])

    def _other_value(self, reference: Reference, index: int, answer: Answer, chain: Sequence[int]) -> int | None:
        """Return the clause nearest to a point, and to no other, that gives another value of what the point tells."""
        own = [clause for clause in chain if int(np.argmax(answer.nearness[:, clause])) == index]
        at = other_value(reference.points[index].text, [answer.normalized[clause] for clause in own])
        return None if at is None else own[at]

    def _score(self, results: Sequence[PointResult], mark: float | None) -> int:
        coverage = sum(result.weight * result.credit for result in results)
        wrong = sum(result.weight * result.denied for result in results)
        return self._calibration.score(coverage, wrong, mark)

    def _is_in_doubt(self, score: int, results: Sequence[PointResult], flags: Sequence[str]) -> bool:
        """Whether the mark could as well be quite another.

        The credits of points that weigh much are halfway, or the answer as a whole seems good and no point is covered.
        """
        if "other-entry" in flags or "off-topic" in flags:
            return False
        if score >= STRONG_FROM and not any(result.status == "covered" for result in results):
            return True
        spread = sum(result.weight * result.credit * (1.0 - result.credit) for result in results)
        return spread >= self._calibration.doubt


def notes_passage(entry: Entry) -> Hit | None:
    """Return what the notes say to a question; None for a reference that stands in no notes, or says nothing."""
    if not entry.id or not entry.answered:
        return None
    return Hit(1, 1.0, entry.id, entry.number, entry.question, entry.answer, entry.file, entry.line, entry.end_line)


def _share_covered(likely: NDArray[np.float32]) -> float:
    """Return how far a point is said by what a reader makes of it, 0 to 1: what is half said counts by half."""
    return float(likely[Reading.COVERED] + likely[Reading.PARTIAL] / 2.0)


def _says_more(answer: Answer, stated: Mapping[int, Sequence[int]]) -> bool:
    """Whether anything is said beside what is word for word a point."""
    return len({clause for clauses in stated.values() for clause in clauses}) < len(answer.clauses)


def _result(reference: Reference, index: int, status: Status, *, credit: float, denied: float = 0.0) -> PointResult:
    point, base = reference.points[index], float(reference.bases[index])
    return PointResult(
        point.text, status, 0.0, "", credit=credit, denied=denied, importance=point.importance, base=base
    )


def _weighed(results: Sequence[PointResult]) -> tuple[PointResult, ...]:
    weights = shares([result.base for result in results], [result.importance for result in results])
    return tuple(replace(result, weight=float(weight)) for result, weight in zip(results, weights, strict=True))


def _all_missed(reference: Reference) -> tuple[PointResult, ...]:
    return _weighed([_result(reference, index, "missed", credit=0.0) for index in range(len(reference.points))])


def _capped(score: int, flags: Sequence[str]) -> int:
    return min([score, *(_SCORE_CAPS[flag] for flag in flags if flag in _SCORE_CAPS)])


def _as_judged(point: PointResult) -> PointResult:
    if not point.judged:
        return point
    return replace(point, credit=float(point.status == "covered"), denied=0.0)


def _whole_as_judged(whole: float | None, points: Sequence[PointResult]) -> float | None:
    """Return the mark of the whole, with the user's word in place of the reader's where they judged points."""
    if whole is None:
        return None
    judged = [point for point in points if point.judged]
    left = 1.0 - sum(point.weight for point in judged)
    return left * whole + sum(point.weight * point.credit for point in judged)


def _brief(score: int, results: Sequence[PointResult]) -> list[str]:
    """Whether a good answer leaves out a point that counts."""
    left = any(result.status in ("missed", "partial") and result.weight for result in results)
    return ["brief"] if score >= STRONG_FROM and left else []
