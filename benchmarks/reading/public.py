"""Answers that people marked elsewhere, and answers to real notes: does the mean credit follow the marks?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.grading.sets import Graded, load, load_tsv, real_entries
from benchmarks.reading.cases import Case
from benchmarks.reading.judges import Judge
from benchmarks.reading.measures import wins
from viva.types import Entry


def table(judges: dict[str, Judge], most: int, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Measure each judge on each set and print it as a table."""
    found: dict[str, dict[str, float]] = {}
    print(f"\n| Pearson of the mean credit with the marks | {' | '.join(judges)} |\n|---|{'---|' * len(judges)}")
    for name in names:
        answers = load(name, most)
        found[name] = {one: pearson(judge, answers) for one, judge in judges.items()}
        print(f"| {name} | {' | '.join(f'{value:.3f}' for value in found[name].values())} |", flush=True)
    found["mean"] = {one: float(np.mean([row[one] for row in found.values()])) for one in judges}
    found["real notes: answers in order"] = {one: real_notes(judge) for one, judge in judges.items()}
    found["real notes: true above false"] = {one: real_flips(judge) for one, judge in judges.items()}
    for name in ("mean", "real notes: answers in order", "real notes: true above false"):
        print(f"| {name} | {' | '.join(f'{value:.3f}' for value in found[name].values())} |")
    return found


def pearson(judge: Judge, answers: list[Graded]) -> float:
    """Return the correlation of mean credit, against the wording that an answer comes closest to, with the marks."""
    wordings = [(row, wording) for row in answers for wording in row.wordings]
    earned = means(judge, [(wording, row.answer) for row, wording in wordings])
    best: dict[int, float] = {}
    for (row, _), credit in zip(wordings, earned, strict=True):
        best[id(row)] = max(best.get(id(row), -1.0), credit)
    return float(np.corrcoef([best[id(row)] for row in answers], [row.score for row in answers])[0, 1])


def means(judge: Judge, asked: list[tuple[Entry, str]]) -> list[float]:
    """Return the mean credit of each answer over the points of its entry."""
    listed = [case for entry, answer in asked for case in beside(entry, answer)]
    earned = iter(judge.judge(listed).credit)
    return [float(np.mean([next(earned) for _ in entry.points])) if entry.points else 0.0 for entry, _ in asked]


def beside(entry: Entry, answer: str) -> list[Case]:
    """Return the answer beside each point of an entry."""
    points = tuple(point.text for point in entry.points)
    return [Case(entry.question, points, point, answer, 0, "", "", "", 0.0) for point in points]


def real_notes(judge: Judge) -> float:
    """Return how often two answers to one question of the real notes are in the order of their marks."""
    entries = real_entries()
    rows = [(number, float(mark), answer) for number, _, mark, answer in load_tsv("answers.tsv")]
    earned = means(judge, [(entries[number], answer) for number, _, answer in rows])
    told = [(number, mark, credit) for (number, mark, _), credit in zip(rows, earned, strict=True)]
    won = [
        wins((one[1] - other[1]) * (one[2] - other[2]))
        for place, one in enumerate(told)
        for other in told[:place]
        if one[0] == other[0] and one[1] != other[1]
    ]
    return float(np.mean(won))


def real_flips(judge: Judge) -> float:
    """Return how often a true statement has more credit than the same turned false, at its nearest point."""
    entries = real_entries()
    won = []
    for number, true, false in load_tsv("flips.tsv"):
        right, wrong = (judge.judge(beside(entries[number], text)).credit for text in (true, false))
        place = int(np.argmax(right))
        won.append(wins(float(right[place] - wrong[place])))
    return float(np.mean(won))
