"""Files of answers, a JSON object a line: graded one at a time, and compared with the marks that people gave.

Rows are read and graded one by one: a large file needs no more memory than a small one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from viva.errors import QueryError
from viva.grading.agreement import Agreement, agreement
from viva.i18n import tr
from viva.notes.entries import other_wording
from viva.notes.points.split import split_points
from viva.reasons import why
from viva.text.normal import normalise
from viva.types import Entry, Grade, Marker, Place, Point, ProgressCallback

_SHORTENED = 60


def grade_rows(lines: Iterable[str], entries: Sequence[Entry], grader: Marker) -> Iterator[dict[str, object]]:
    """Grade each JSON line; yield its own keys with the grade's added, in order.

    Rows are `{"question_id", "answer"}`, where the id may also be the number written in the notes if only one entry
    bears it, or `{"question", "reference", "answer"}`, where the reference is a string or a list of points and the
    question may be missing. Either may have `"accepted"`, a list of further accepted answers: the best grade against
    any of them counts. Blank lines are skipped. A bad row gives its own keys and `error` in its place.
    """
    known = _Lookup(entries)
    for line in lines:
        if line.strip("\ufeff \t\r\n"):
            yield _grade_row(line, known, grader)


def _grade_row(line: str, known: _Lookup, grader: Marker) -> dict[str, object]:
    row: dict[str, object] = {}
    try:
        row = _parse(line)
        answer = _text(row, "answer")
        entry = known.find(row["question_id"]) if _asks_by_id(row) else reference_entry(row)
        wordings = [entry, *(other_wording(entry, text) for text in _accepted(row))]
        best = max((grader.grade(wording, answer) for wording in wordings), key=lambda grade: grade.score)
        return {**row, **grade_fields(best)}
    except QueryError as error:
        return {**row, "error": str(error)}


def grade_fields(grade: Grade) -> dict[str, object]:
    """Return a grade as the command line prints it."""
    return {
        "score": grade.score,
        "verdict": grade.verdict,
        "points": [
            {
                "text": result.text,
                "status": result.status,
                "similarity": round(result.similarity, 4),
                "evidence": result.evidence,
            }
            for result in grade.points
        ],
        "passage": asdict(grade.passage) if grade.passage else None,
        "flags": list(grade.flags),
    }


def reference_entry(row: dict[str, object]) -> Entry:
    """Return the entry that a row with its own reference describes.

    Raises:
        QueryError: The row has no usable reference or question.
    """
    reference = row.get("reference")
    question = row.get("question")
    if question is not None and not isinstance(question, str):
        raise QueryError(tr('"question" must be a string'))
    if isinstance(reference, str) and reference.strip():
        answer, points = reference, split_points(reference)
    elif isinstance(reference, list) and reference and all(isinstance(item, str) for item in reference):
        answer = "\n".join(reference)
        points = tuple(Point(item.strip()) for item in reference if item.strip())
    else:
        raise QueryError(tr('give "question_id", or "reference" as a string or a list of strings'))
    place = Place(root="", file="", headings=(), label="")
    return Entry("", place, None, question or "", answer, points, file="", line=1, end_line=1)


def _accepted(row: dict[str, object]) -> list[str]:
    value = row.get("accepted")
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise QueryError(tr('"accepted" must be a list of answers'))
    return value


class _Lookup:
    """Finds entries by id, and by number where the number is written once."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._by_id = {entry.id: entry for entry in entries}
        self._by_number: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.number is not None:
                self._by_number.setdefault(entry.number, []).append(entry)

    def find(self, name: object) -> Entry:
        if isinstance(name, bool) or not isinstance(name, str | int):
            raise QueryError(tr('"question_id" must be a string'))
        key = str(name)
        if key in self._by_id:
            return self._by_id[key]
        numbered = self._by_number.get(normalise(key), [])
        if len(numbered) > 1:
            ids = ", ".join(entry.id for entry in numbered)
            raise QueryError(
                tr("number {key} stands for several questions; give one of the ids {ids}", key=_short(key), ids=ids)
            )
        if not numbered:
            raise QueryError(
                tr('no question has the id or number "{key}"; `viva questions` lists them', key=_short(key))
            )
        return numbered[0]


def _asks_by_id(row: dict[str, object]) -> bool:
    return row.get("question_id") is not None and row.get("reference") is None


def _parse(line: str) -> dict[str, object]:
    try:
        value = json.loads(line.strip("\ufeff \t\r\n"))
    except (ValueError, RecursionError) as error:
        raise QueryError(tr("not JSON ({reason}); give one JSON object a line", reason=why(error))) from error
    if not isinstance(value, dict):
        raise QueryError(tr("not a JSON object; give one JSON object a line"))
    return value


def _text(row: dict[str, object], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise QueryError(
            tr('"{key}" is missing; give it as a string', key=key)
            if value is None
            else tr('"{key}" must be a string', key=key)
        )
    return value


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORTENED else line[: _SHORTENED - 1] + "…"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How the grader agrees with people, and which rows could not be used."""

    agreement: Agreement
    bad_rows: tuple[str, ...]
    """One line each: where the row stands and what is wrong with it."""


def evaluate(
    lines: Iterable[str], entries: Sequence[Entry], grader: Marker, progress: ProgressCallback | None = None
) -> Evaluation:
    """Grade JSON lines and compare with the human `score`, 0 to 1, of each.

    Raises:
        QueryError: No row can be used; the message tells what is wrong with the first.
    """
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    human: list[float] = []
    machine: list[float] = []
    groups: list[str] = []
    unsure = 0
    bad: list[str] = []
    graded = grade_rows((line for _, line in numbered), entries, grader)
    for done, ((number, line), row) in enumerate(zip(numbered, graded, strict=True), start=1):
        if progress:
            progress(done, len(numbered))
        problem = row.get("error") or _score_problem(marked := json.loads(line))
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


def _score_problem(row: dict[str, object]) -> str | None:
    score = row.get("score")
    if isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 1:
        return None
    return tr('needs a human "score" from 0 to 1')
