"""Measures search, prints tables, writes `benchmarks/results/retrieval.json`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.retrieval import quality, scale
from viva.semantics.encoder import open_encoder

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
RESULT = ROOT / "benchmarks" / "results" / "retrieval.json"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval", description=__doc__)
    parser.add_argument("--model", help="a sentence-transformers model; default: the embedded one")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 30_000], help="entries to index")
    parser.add_argument("--vectors", type=int, nargs="*", default=[10_000, 30_000], help="for the graph")
    parser.add_argument("--out", type=Path, default=RESULT)
    chosen = parser.parse_args(arguments)
    encoder = open_encoder(chosen.model, notify=print)
    found = [asdict(row) for task in tasks() for row in quality.measure(task, encoder)]
    print(table(found))
    speeds = [asdict(scale.measure(size, encoder)) for size in chosen.sizes]
    print(table(speeds))
    graphs = [asdict(scale.compare(count, encoder)) for count in chosen.vectors]
    print(table(graphs))
    record = {"machine": machine(), "model": encoder.model_id, "quality": found, "scale": speeds, "graph": graphs}
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def tasks() -> list[quality.Task]:
    """Return the sample notes of this project and, where they are, the real notes of a user."""
    here = Path(__file__).resolve().parent
    found = [quality.Task("sample notes", ROOT / "kb", here / "queries_kb.tsv")]
    real = SHARED / "notes" / "deep-learning-interview.zh.txt"
    if real.is_file():
        found.append(quality.Task("real notes", real, SHARED / "dev" / "queries.tsv", f"{real.name}#"))
    return found


def table(rows: Iterable[dict[str, Any]]) -> str:
    """Return rows as a Markdown table."""
    listed = list(rows)
    if not listed:
        return ""
    lines = [" | ".join(listed[0]), " | ".join("---" for _ in listed[0])]
    lines += [
        " | ".join(f"{value:,}" if type(value) is int else str(value) for value in row.values()) for row in listed
    ]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
