"""Measures how well the reader reads, beside the grader around it and plain likeness; `python -m benchmarks.reading`.

Prints Markdown and writes `benchmarks/results/reading.json`, with `--reader FOLDER` `reading-FOLDER.json` beside it.
The subjects of the test split are looked at once, when a figure is to be quoted; settings are chosen with
`--split validation`, whose figures are printed and not kept. Of the public sets name those that were not learned.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.grading.sets import NAMES, SHARED
from benchmarks.machine import machine
from benchmarks.reading import measures, public, speed
from benchmarks.reading.cases import Case, cases
from benchmarks.reading.judges import ByGrader, ByLikeness, ByReader, Judge, e5_cosine, minilm_cosine, shared_letters
from training.reading.corpus import questions
from viva.models.reader import open_reader

RESULT = Path(__file__).resolve().parents[1] / "results" / "reading.json"


def main() -> None:
    """Run what was asked for and print a table of it."""
    wants = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    wants.add_argument("--split", choices=("validation", "test"), default="test")
    wants.add_argument("--reader", help="as viva's --reader; by default the one that viva ships")
    wants.add_argument("--every", type=int, default=1, help="only every so-manieth question; the others stay unseen")
    wants.add_argument("--skip", type=int, default=0, help="questions left out at the beginning of each file")
    wants.add_argument("--alone", action="store_true", help="the reader without what it is compared with")
    wants.add_argument("--parts", nargs="*", default=["subjects", "public", "speed"])
    wants.add_argument("--sets", nargs="*", choices=NAMES, default=NAMES, help="public sets; none that was learned")
    wants.add_argument("--answers", type=int, default=240, help="of each public set, at most")
    asked = wants.parse_args()
    result: dict[str, Any] = {"machine": machine(), "split": asked.split, "every": asked.every, "skip": asked.skip}
    reader = open_reader(asked.reader, notify=print)
    if reader is None:
        wants.error("there is nothing to measure without a reader")
    result["reader"] = reader.model_id
    judges: dict[str, Callable[[], Judge]] = {"reader": lambda: ByReader(reader)}
    if not asked.alone:
        judges |= {
            "the grader": lambda: ByGrader(reader),
            **likenesses(cases(questions("validation", slice(None, None, 4)))),
        }
    if "subjects" in asked.parts:
        result["subjects"] = table(judges, asked.split, slice(asked.skip, None, asked.every))
    if "public" in asked.parts and SHARED.is_dir():
        known = {name: judge() for name, judge in judges.items() if name != "MiniLM cosine"}  # it knows no Chinese
        result["public sets"] = public.table(known, asked.answers, asked.sets)
    if "speed" in asked.parts:
        result["speed"] = speed.table(asked.reader)
    if asked.split == "test" and not asked.alone:
        kept = RESULT.with_stem(f"reading-{Path(asked.reader).name}") if asked.reader else RESULT
        kept.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def likenesses(fit: list[Case]) -> dict[str, Callable[[], Judge]]:
    """Return the judges that have no labels of their own, those that this machine has."""
    known = {"e5-small cosine": e5_cosine(), "MiniLM cosine": minilm_cosine(), "shared letters": shared_letters}
    return {name: partial(ByLikeness, like, fit) for name, like in known.items() if like is not None}


def table(judges: dict[str, Callable[[], Judge]], split: str, part: slice) -> dict[str, dict[str, float | None]]:
    """Measure each judge on the subjects of a split and print it as a table."""
    asked = questions(split, part)
    found = {name: measures.measure(judge(), asked) for name, judge in judges.items()}
    rows = list(next(iter(found.values())))
    print(f"| {split} subjects | {' | '.join(found)} |\n|---|{'---|' * len(found)}")
    for row in rows:
        print(f"| {row} | {' | '.join(shown(one[row]) for one in found.values())} |")
    return found


def shown(value: float | None) -> str:
    """Return a figure as the table has it."""
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
