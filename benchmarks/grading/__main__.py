"""Measures the grader, beside the one before it and beside simpler ways; writes `benchmarks/results/grading.json`.

Nothing is fitted here. The marked answers are those of the test subjects; of the public sets, `--reader` says which
reader is measured, since one that has learned a set is no measure of it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.grading.baselines import all_baselines
from benchmarks.grading.edits import NOTES, edited
from benchmarks.grading.honest import accusations
from benchmarks.grading.marks import Grading, entry_of, figures, graded, means
from benchmarks.grading.real_notes import Standing, standing
from benchmarks.grading.sets import NAMES, SHARED, Graded, load, real_entries
from benchmarks.machine import machine
from training.reading.corpus import questions
from viva.grading.agreement import Agreement, agreement
from viva.grading.grader import Grader
from viva.models.encoder import open_encoder
from viva.models.reader import open_reader
from viva.notes.reader import read_notes
from viva.types import Entry

RESULTS = Path(__file__).resolve().parents[1] / "results"
PARTS = ("marks", "real", "edits", "honest", "public", "speed")
_BATCH = 1000
_SIX = 6


def main() -> None:
    """Measure the parts that are asked for, as far as the data beside the project allows."""
    wants = argparse.ArgumentParser(prog="python -m benchmarks.grading", description=__doc__)
    wants.add_argument("--parts", nargs="*", choices=PARTS, default=PARTS)
    wants.add_argument("--reader", help='a reader by folder, or "none", instead of the one that is part of viva')
    wants.add_argument("--answers", type=int, default=400, help="at most so many of each public split")
    wants.add_argument("--sets", nargs="*", choices=NAMES, default=NAMES)
    wants.add_argument("--split", choices=("validation", "test"), default="test")
    wants.add_argument("--out", type=Path, default=RESULTS / "grading.json")
    asked = wants.parse_args()
    encoder, reader = open_encoder(notify=print), open_reader(asked.reader, notify=print)

    def grader(entries: Sequence[Entry] = ()) -> Grading:
        return Grader(encoder, reader, entries=entries).grade

    models = {"encoder": encoder.model_id, "reader": reader.model_id if reader else "none"}
    found: dict[str, object] = {**measured(asked.out, models), "machine": machine(), **models}
    shared = (SHARED / "grading").is_dir()
    measures: dict[str, Callable[[], object]] = {
        "marks": lambda: on_marks(grader(), asked.split),
        "real": lambda: on_real_notes(grader) if shared else None,
        "edits": lambda: on_edits(grader),
        "honest": lambda: on_honest(grader),
        "public": lambda: on_public_sets(grader(), asked.answers, asked.sets) if shared else None,
        "speed": lambda: speed(grader()),
    }
    for part in asked.parts:
        found[part] = measures[part]()
        asked.out.parent.mkdir(exist_ok=True)
        asked.out.write_text(json.dumps(_rounded(found), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def measured(path: Path, models: dict[str, str]) -> dict[str, object]:
    """Return what was measured before of the same models, so that parts can be measured one by one."""
    if not path.is_file():
        return {}
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return found if {name: found.get(name) for name in models} == models else {}


def on_marks(grade: Grading, split: str) -> dict[str, object]:
    """Grade the marked answers, beside the figures of the grader before."""
    listed = graded(questions(split), grade)
    found, by_kind = figures(listed), means(listed)
    before = (
        json.loads((RESULTS / "grading_before.json").read_text(encoding="utf-8"))["marks"] if split == "test" else {}
    )
    print(f"\n| {len(listed)} marked answers, {split} subjects | viva | before |\n|---|---|---|")
    for name, value in found.items():
        print(f"| {name} | {value:.3f} | {before.get(name, float('nan')):.3f} |")
    print("\n| kind of answer | mean mark | mean score |\n|---|---|---|")
    for kind, (mark, score) in by_kind.items():
        print(f"| {kind} | {mark:.0f} | {score:.0f} |")
    return {**found, "mean mark and score": by_kind}


def on_real_notes(grader: Callable[[Sequence[Entry]], Grading]) -> dict[str, object]:
    """Grade the answers to the real notes, which is development and no test, with viva and with simpler ways."""
    entries = real_entries()
    grade = grader(list(entries.values()))
    scorers: dict[str, Callable[[Entry, str], float]] = {
        "viva": lambda entry, answer: grade(entry, answer).score / 100,
        **all_baselines(open_encoder(notify=print), list(entries.values())),
    }
    found = {name: standing(score, entries) for name, score in scorers.items()}
    _print_standings(found)
    return {name: asdict(one) for name, one in found.items()}


def on_edits(grader: Callable[[Sequence[Entry]], Grading]) -> dict[str, object]:
    """Edit answers over the sample notes and see what that does to their scores."""
    grade = grader(_samples())
    one = edited(lambda entry, answer: grade(entry, answer).score / 100)
    print("\n| edited answers | how many | share |\n|---|---|---|")
    for kind in ("moved", "lowered", "told"):
        for name, (share, rows) in getattr(one, kind).items():
            print(f"| {kind}: {name} | {rows} | {share:.3f} |")
    print(f"| keyword lists that pass | {one.stuffed[1]} | {one.stuffed[0]:.3f} |")
    return asdict(one)


def on_honest(grader: Callable[[Sequence[Entry]], Grading]) -> dict[str, object]:
    """Count the honest answers over the sample notes of which a point is called contradicted."""
    found = accusations(grader(_samples()))
    print("\n| honest answers | how many | accused |\n|---|---|---|")
    for name, one in found.items():
        print(f"| {name} | {one.answers} | {one.accused} |")
    return {name: {"answers": one.answers, "accused": one.accused} for name, one in found.items()}


def on_public_sets(grade: Grading, most: int, names: Sequence[str]) -> dict[str, object]:
    """Grade each split of each set, beside the grader before."""
    before = json.loads((RESULTS / "grading_before.json").read_text(encoding="utf-8"))["public"]
    print("\n| set | answers | Pearson | before | Spearman | RMSE (constant's) |\n|---|---|---|---|---|---|")
    found: dict[str, object] = {}
    for name in names:
        for split, rows in splits(name, most).items():
            one = agree(rows, lambda entry, answer: grade(entry, answer).score / 100)
            was = before.get(f"{name} {split}", {}).get("pearson")
            print(
                f"| {name} {split} | {one.answers} | {_figure(one.pearson)} | {_figure(was)} | {_figure(one.spearman)} "
                f"| {one.rmse:.3f} ({one.constant_rmse:.3f}) |",
                flush=True,
            )
            found[f"{name} {split}"] = one.as_dict()
    return found


def speed(grade: Grading) -> dict[str, float]:
    """Time single answers to references of six points, after a round to warm up, and a batch of a thousand."""
    asked = [question for question in questions("validation") if len(question["points"]) == _SIX]
    pairs = [(entry_of(question), answer["text"]) for question in asked for answer in question["answers"]][:200]
    spent = []
    for turn in range(2):
        for entry, answer in pairs:
            start = time.perf_counter()
            grade(entry, answer)
            if turn:
                spent.append(1000 * (time.perf_counter() - start))
    listed = [(entry_of(one), answer["text"]) for one in questions("validation") for answer in one["answers"]][:_BATCH]
    start = time.perf_counter()
    for entry, answer in listed:
        grade(entry, answer)
    batch = time.perf_counter() - start
    median, high = (float(np.percentile(spent, share)) for share in (50, 95))
    print(f"\nSix points, warm: median {median:.0f} ms, p95 {high:.0f} ms; a thousand answers {batch:.0f} s.")
    return {"median, ms": median, "p95, ms": high, "a thousand answers, s": batch}


def splits(name: str, most: int) -> dict[str, list[Graded]]:
    """Return the splits of a public set, at most so many answers of each, drawn with a fixed seed."""
    found: dict[str, list[Graded]] = {}
    for row in load(name, None):
        found.setdefault(row.split, []).append(row)
    generator = np.random.default_rng(0)
    return {
        split: rows if len(rows) <= most else [rows[i] for i in sorted(generator.permutation(len(rows))[:most])]
        for split, rows in found.items()
    }


def agree(rows: Sequence[Graded], score: Callable[[Entry, str], float]) -> Agreement:
    """Return how scores stand to the marks, each answer against the wording that it comes closest to."""
    given = [max(score(entry, row.answer) for entry in row.wordings) for row in rows]
    return agreement([row.score for row in rows], given, [row.entry.id for row in rows])


def _samples() -> list[Entry]:
    return [entry for entry in read_notes([NOTES]).entries if entry.points]


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


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value


if __name__ == "__main__":
    main()
