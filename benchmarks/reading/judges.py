"""What is compared: the reader, the grader around it, cosines of encoders, shared letters; each judges a point.

A judge gives each case (an answer beside a point) a credit, higher for better covered, and a label. A cosine has two
thresholds instead of labels, fitted on the validation subjects; it knows no contradiction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.embedding.encoders import Teacher
from benchmarks.grading.sets import SHARED
from benchmarks.reading.cases import Case
from viva.grading.grader import Grader
from viva.models.encoder import open_encoder
from viva.models.reader import labels, statement
from viva.text.segment import tokens
from viva.types import Entry, Place, Point, Reader, Reading

_STATUS = {
    "covered": Reading.COVERED,
    "partial": Reading.PARTIAL,
    "missed": Reading.ABSENT,
    "differs": Reading.CONTRADICTED,
    "contradicted": Reading.CONTRADICTED,
}
Likeness = Callable[[Sequence[str], Sequence[str]], NDArray[np.float64]]
"""Gives each answer a number beside the point at its place."""
_CREDIT = np.array([1.0, 0.5, 0.0, -0.5])
"""What a point is worth by its reading."""


@dataclass(frozen=True)
class Judged:
    """What a judge says of many cases."""

    credit: NDArray[np.float64]
    label: NDArray[np.int64]
    probabilities: NDArray[np.float32] | None = None


class Judge(Protocol):
    """Judges cases."""

    def judge(self, cases: Sequence[Case]) -> Judged:
        """Return credit and label of each case."""


class ByReader:
    """A contextual reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def judge(self, cases: Sequence[Case]) -> Judged:
        """Return expected credit and label."""
        read = self._reader.read([(case.answer, statement(case.question, case.point)) for case in cases])
        return Judged(read @ _CREDIT, labels(read), read)


class ByGrader:
    """viva's grader around a reader: the status of each point, and its credit between points of one status."""

    def __init__(self, reader: Reader) -> None:
        self._grader = Grader(open_encoder(notify=print), reader)

    def judge(self, cases: Sequence[Case]) -> Judged:
        """Return what the grade of the whole answer says of each point."""
        graded: dict[tuple[str, tuple[str, ...], str], dict[str, tuple[float, int]]] = {}
        for case in cases:
            key = (case.question, case.points, case.answer)
            if key not in graded:
                graded[key] = self._grade(*key)
        found = [graded[case.question, case.points, case.answer].get(case.point, (0.0, 2)) for case in cases]
        return Judged(np.array([credit for credit, _ in found]), np.array([label for _, label in found]))

    def _grade(self, question: str, points: tuple[str, ...], answer: str) -> dict[str, tuple[float, int]]:
        entry = Entry("", Place("", "", (), ""), None, question, "\n".join(points), tuple(map(Point, points)), "", 1, 1)
        grade = self._grader.grade(entry, answer)
        return {one.text: (one.credit - 0.5 * one.denied, int(_STATUS[one.status])) for one in grade.points}


class ByLikeness:
    """A number between answer and point, with thresholds fitted on cases that are not the ones judged."""

    def __init__(self, likeness: Likeness, fit: Sequence[Case]) -> None:
        self._likeness = likeness
        scores, labels = self._scores(fit), np.array([case.label for case in fit])
        grid = np.quantile(scores, np.linspace(0.05, 0.95, 19))
        self._least = max(
            ((low, high) for low in grid for high in grid if low <= high),
            key=lambda pair: mean_recall(_cut(scores, *pair), labels),
        )

    def judge(self, cases: Sequence[Case]) -> Judged:
        """Return the likeness as credit, and its band as label."""
        scores = self._scores(cases)
        return Judged(scores, _cut(scores, *self._least))

    def _scores(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        return self._likeness([case.answer for case in cases], [case.point for case in cases])


def _cut(scores: NDArray[np.float64], low: float, high: float) -> NDArray[np.int64]:
    return np.where(scores >= high, Reading.COVERED, np.where(scores >= low, Reading.PARTIAL, Reading.ABSENT))


def mean_recall(found: NDArray[np.int64], wanted: NDArray[np.int64]) -> float:
    """Return the share of each label that was found, as the mean over the labels that occur."""
    return float(np.mean([(found[wanted == label] == label).mean() for label in np.unique(wanted)]))


def shared_letters(answers: Sequence[str], points: Sequence[str]) -> NDArray[np.float64]:
    """Return how many of a point's words and Chinese character pairs stand in the answer, 0 to 1."""
    found = []
    for answer, point in zip(answers, points, strict=True):
        wanted = set(tokens(point))
        found.append(len(wanted & set(tokens(answer))) / max(1, len(wanted)))
    return np.array(found)


def e5_cosine() -> Likeness | None:
    """Return the cosine of multilingual-e5-small, mean of the last layer, or None without its package."""
    try:
        import torch

        from training.reading import e5

        folder = e5.start(SHARED)
        from transformers import AutoTokenizer, BertModel
    except ImportError:
        return None
    tokenizer, model = AutoTokenizer.from_pretrained(folder), BertModel.from_pretrained(folder, add_pooling_layer=False)
    model.train(mode=False)
    seen: dict[str, NDArray[np.float32]] = {}

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        fresh = sorted({text for text in texts if text not in seen}, key=len)
        for start in range(0, len(fresh), 32):
            batch = fresh[start : start + 32]
            coded = tokenizer(
                [f"query: {text}" for text in batch], padding=True, truncation=True, max_length=256, return_tensors="pt"
            )
            with torch.inference_mode():
                hidden = model(input_ids=coded["input_ids"], attention_mask=coded["attention_mask"]).last_hidden_state
            kept = coded["attention_mask"].unsqueeze(-1)
            vectors = (hidden * kept).sum(1) / kept.sum(1)
            seen.update(zip(batch, torch.nn.functional.normalize(vectors).numpy(), strict=True))
        return np.stack([seen[text] for text in texts])

    return lambda answers, points: np.asarray((encode(answers) * encode(points)).sum(axis=1), dtype=np.float64)


def minilm_cosine() -> Likeness | None:
    """Return the cosine of all-MiniLM-L6-v2 (English), or None without its package."""
    try:
        teacher = Teacher()
    except ImportError:
        return None
    return lambda answers, points: np.asarray(teacher.rows(answers, points), dtype=np.float64)
