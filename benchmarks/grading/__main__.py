"""Measures the grader beside its baselines; prints Markdown and writes `benchmarks/results/grading.json`.

Public sets: the calibration is fitted on the training splits of the *other* sets, and each split of the set left out
is reported. Answers to the real notes are never fitted on.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.grading.baselines import all_baselines, english_teacher
from benchmarks.grading.edits import NOTES, edited
from benchmarks.grading.fitting import Group, fit, groups
from benchmarks.grading.honest import accusations
from benchmarks.grading.real_notes import Standing, standing
from benchmarks.grading.sets import NAMES, SHARED, Graded, load, load_tsv, real_entries
from benchmarks.machine import machine
from viva.notes.reader import read_notes
from viva.practice.agreement import Agreement, agreement
from viva.practice.calibration import calibration_for
from viva.practice.grader import Grader
from viva.semantics.encoder import open_encoder
from viva.text.normal import language_of
from viva.types import Encoder, Entry

RESULT = Path(__file__).resolve().parents[1] / "results" / "grading.json"
_MOST = 1000
_ROUNDS = 3


def main() -> None:
    """Run everything that the data beside the project allows."""
    if not (SHARED / "grading").is_dir():
        print("Skipped: the graded answers are not beside the project.")
        return
    encoder = open_encoder(notify=print)
    fitted = groups(encoder, NAMES)
    result = {
        "machine": machine(),
        "model": encoder.model_id,
        "real notes": on_real_notes(encoder),
        "edited answers over the sample notes": on_edits(encoder),
        "honest answers over the sample notes": on_honest(encoder),
        "public sets, left out of the fit": on_public_sets(encoder, fitted),
        "milliseconds for one answer, warm": speed(encoder),
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def on_real_notes(encoder: Encoder) -> dict[str, object]:
    """Grade the answers to the real notes with the shipped calibration and with the baselines."""
    entries = real_entries()
    grader = Grader(encoder, None, calibration_for(encoder), entries=list(entries.values()))
    scorers: dict[str, Callable[[Entry, str], float]] = {
        "viva": lambda entry, answer: grader.grade(entry, answer).score / 100,
        **all_baselines(encoder, list(entries.values())),
    }
    found = {name: standing(score, entries) for name, score in scorers.items()}
    _print_standings(found)
    return {name: _rounded(asdict(one)) for name, one in found.items()}


def on_edits(encoder: Encoder) -> dict[str, object]:
    """Edit answers over the sample notes and see what that does to their scores, viva's and the baselines'."""
    entries = [entry for entry in read_notes([NOTES]).entries if entry.points]
    grader = Grader(encoder, None, calibration_for(encoder), entries=entries)
    scorers: dict[str, Callable[[Entry, str], float]] = {
        "viva": lambda entry, answer: grader.grade(entry, answer).score / 100,
        **all_baselines(encoder, entries),
    }
    found = {name: edited(score) for name, score in scorers.items()}
    print(f"\n| edited answers, how many | {' | '.join(found)} |\n|---|{'---|' * len(found)}")
    for kind in ("moved", "lowered", "told"):
        for name, (_, rows) in getattr(found["viva"], kind).items():
            _print_row(f"{kind}: {name}, {rows}", [getattr(one, kind)[name][0] for one in found.values()])
    _print_row(f"keyword lists that pass, {found['viva'].stuffed[1]}", [one.stuffed[0] for one in found.values()])
    return {name: _rounded(asdict(one)) for name, one in found.items()}


def on_honest(encoder: Encoder) -> dict[str, object]:
    """Count the honest answers over the sample notes of which a point is called contradicted."""
    entries = [entry for entry in read_notes([NOTES]).entries if entry.points]
    found = accusations(Grader(encoder, None, calibration_for(encoder), entries=entries).grade)
    print("\n| honest answers | how many | accused |\n|---|---|---|")
    for name, one in found.items():
        print(f"| {name} | {one.answers} | {one.accused} |")
    return {name: {"answers": one.answers, "accused": one.accused} for name, one in found.items()}


def _print_row(label: str, figures: Sequence[float]) -> None:
    print(f"| {label} | {' | '.join(f'{figure:.3f}' for figure in figures)} |")


def on_public_sets(encoder: Encoder, fitted: Sequence[Group]) -> dict[str, object]:
    """Grade each split of each set with a calibration that never saw the set."""
    print(
        "\n| set | answers | Pearson | Spearman | within question | RMSE (constant's) | QWK | best baseline, Pearson |"
    )
    print("|---|---|---|---|---|---|---|---|")
    found: dict[str, object] = {}
    teacher = english_teacher()
    for name in NAMES:
        grader = Grader(encoder, None, fit([group for group in fitted if not group.name.startswith(name)]))
        for split, rows in _splits(name).items():
            figures = _agree(rows, lambda entry, answer, by=grader: by.grade(entry, answer).score / 100)  # type: ignore[misc]
            others = all_baselines(encoder, [entry for row in rows for entry in row.wordings])
            if teacher is not None and language_of(rows[0].entry.answer) == "en":
                others["all-MiniLM-L6-v2"] = teacher
            baselines = {label: _agree(rows, score).pearson or 0.0 for label, score in others.items()}
            _print_agreement(f"{name} {split}", figures, baselines)
            found[f"{name} {split}"] = {**figures.as_dict(), "baselines, Pearson": _rounded(baselines)}
    return found


def speed(encoder: Encoder) -> dict[str, float]:
    """Time the grading of single answers to the real notes, after one round to warm up."""
    entries = real_entries()
    grader = Grader(encoder, None, calibration_for(encoder), entries=list(entries.values()))
    spent = []
    for turn in range(_ROUNDS + 1):
        for number, _, _, answer in load_tsv("answers.tsv"):
            start = time.perf_counter()
            grader.grade(entries[number], answer)
            if turn:
                spent.append(1000 * (time.perf_counter() - start))
    median, high = (round(float(np.percentile(spent, share)), 3) for share in (50, 95))
    print(f"\nOne answer, warm: median {median} ms, p95 {high} ms.")
    return {"median": median, "p95": high}


def _splits(name: str) -> dict[str, list[Graded]]:
    found: dict[str, list[Graded]] = {}
    for row in load(name, None):
        found.setdefault(row.split, []).append(row)
    generator = np.random.default_rng(0)
    return {
        split: rows if len(rows) <= _MOST else [rows[i] for i in sorted(generator.permutation(len(rows))[:_MOST])]
        for split, rows in found.items()
    }


def _agree(rows: Sequence[Graded], score: Callable[[Entry, str], float]) -> Agreement:
    given = [max(score(entry, row.answer) for entry in row.wordings) for row in rows]
    return agreement([row.score for row in rows], given, [row.entry.id for row in rows])


def _print_standings(found: dict[str, Standing]) -> None:
    print("| real notes | pairs in order | Spearman | worthless ≥ 40 | complete < 60 | flips told |")
    print("|---|---|---|---|---|---|")
    for name, one in found.items():
        print(
            f"| {name} | {one.pairs:.3f} | {one.spearman:.3f} | {one.worthless_from_40:.1%} "
            f"| {one.complete_below_60:.1%} | {one.flips:.2f} |"
        )
    kinds = ", ".join(f"{kind} {100 * mean:.0f}" for kind, mean in found["viva"].means.items())
    print(f"\nviva's mean score: {kinds}.")


def _print_agreement(label: str, one: Agreement, baselines: dict[str, float]) -> None:
    best = max(baselines, key=lambda name: baselines[name])
    print(
        f"| {label} | {one.answers} | {_figure(one.pearson)} | {_figure(one.spearman)} "
        f"| {_figure(one.within_question)} | {one.rmse:.3f} ({one.constant_rmse:.3f}) | {_figure(one.qwk)} "
        f"| {best} {baselines[best]:.3f} |"
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return value


if __name__ == "__main__":
    main()
