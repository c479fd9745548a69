"""Measures speed and memory side by side, prints the tables, writes `benchmarks/results/speed.json`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.machine import machine
from benchmarks.speed.contest import ROOT, Contest
from benchmarks.speed.limits import figure_table, latency_limits, latency_table, limit_table, limits

if TYPE_CHECKING:
    from collections.abc import Sequence

REAL = ROOT.parent / "shared" / "notes" / "deep-learning-interview.zh.txt"
RESULTS = ROOT / "benchmarks" / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the contest; return 1 with `--strict` when a limit is exceeded."""
    chosen = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="viva-speed-") as folder:
        contest = Contest(chosen.kb, chosen.query, Path(folder))
        contest.prepare()
        figures = contest.play(chosen.runs)
        warm = contest.warm()
        pressed = contest.press(chosen.questions)
    found = limits(figures) + latency_limits(warm, pressed)
    print(
        figure_table(figures.values()),
        limit_table(found),
        latency_table("warm", warm),
        latency_table(f"a key, {chosen.questions:,} questions", pressed),
        sep="\n\n",
    )
    record = {
        "machine": machine(),
        "notes": chosen.kb.name,
        "runs": chosen.runs,
        "figures": [asdict(figure) for figure in figures.values()],
        "limits": [{**asdict(limit), "holds": limit.holds} for limit in found],
        "warm": warm,
        "keys": {"questions": chosen.questions, "shown": pressed},
    }
    chosen.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(record, ensure_ascii=False, indent=2)
    (chosen.out / "speed.json").write_text(text + "\n", encoding="utf-8")
    return int(chosen.strict and not all(limit.holds for limit in found))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    kb = REAL if REAL.is_file() else ROOT / "kb"
    parser.add_argument("--kb", type=Path, default=kb, help="notes to search (default: %(default)s)")
    parser.add_argument("--query", default="为什么要用小卷积核", help="what to search for (default: %(default)s)")
    parser.add_argument("--runs", type=_runs, default=7, help="counted runs of each program, at least 5")
    parser.add_argument("--questions", type=int, default=10_000, help="made-up questions in which keys are pressed")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the results (default: %(default)s)")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a limit is exceeded")
    return parser


def _runs(text: str) -> int:
    number = int(text)
    if number < 5:
        raise argparse.ArgumentTypeError("a median of fewer than 5 runs says little")
    return number


if __name__ == "__main__":
    sys.exit(main())
