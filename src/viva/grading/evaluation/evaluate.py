"""Evaluation: the grader run over answers that people marked, so that it can be checked before it is trusted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from viva.errors import QueryError
from viva.grading.evaluation.agreement import Agreement, agreement
from viva.grading.evaluation.batch import grade_rows
from viva.i18n import tr
from viva.types import Entry, Marker, Progress


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How the grader agrees with people, and which rows could not be used."""

    agreement: Agreement
    bad_rows: tuple[str, ...]
    """One line each: where the row stands and what is wrong with it."""


def evaluate(
    lines: Iterable[str], entries: Sequence[Entry], grader: Marker, progress: Progress | None = None
) -> Evaluation:
    """Grade JSON lines and compare with the human `score`, 0 to 1, of each.

    Raises:
        QueryError: No row can be used; the message tells what is wrong with the first.
    """
    kept = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    human: list[float] = []
    machine: list[float] = []
    groups: list[str] = []
    unsure = 0
    bad: list[str] = []
    graded = grade_rows((line for _, line in kept), entries, grader)
    for done, ((number, line), row) in enumerate(zip(kept, graded, strict=True), start=1):
        if progress:
            progress(done, len(kept))
        problem = row.get("error") or _problem(marked := json.loads(line))
        if problem:
            bad.append(tr("row {number}: {problem}", number=number, problem=problem))
            continue
        human.append(float(marked["score"]))
        machine.append(float(str(row["score"])) / 100)
        groups.append(str(row.get("question_id") or row.get("question") or row.get("reference")))
        unsure += row["verdict"] == "unsure"
    if bad and not human:
        raise QueryError(tr("no row can be used; {row}", row=bad[0]))
    return Evaluation(agreement(human, machine, groups, unsure=unsure), tuple(bad))


def _problem(row: dict[str, object]) -> str | None:
    score = row.get("score")
    if isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 1:
        return None
    return tr('needs a human "score" from 0 to 1')
