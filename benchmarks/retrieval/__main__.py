"""Measures search, prints tables, writes `benchmarks/results/retrieval.json`.

With `--scale` it measures instead, in some minutes, what comparing every vector costs beside a graph, and writes
`benchmarks/results/retrieval_scale.json`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.retrieval import graph, quality, scale
from viva.models.encoder import open_encoder
from viva.types import Encoder

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
RESULTS = ROOT / "benchmarks" / "results"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what was asked for."""
    chosen = _parser().parse_args(arguments)
    encoder = open_encoder(chosen.model, notify=print)
    if chosen.scale:
        _record(chosen.out / "retrieval_scale.json", encoder, graph=compared(chosen.vectors, encoder))
        return
    found = [asdict(row) for task in tasks() for row in quality.measure(task, encoder)]
    print(table(found))
    speeds = [asdict(scale.measure(size, encoder)) for size in chosen.sizes]
    print(table(speeds))
    _record(chosen.out / "retrieval.json", encoder, quality=found, scale=speeds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval", description=__doc__)
    parser.add_argument("--model", help="a sentence-transformers model; default: the embedded one")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 30_000], help="entries to index")
    parser.add_argument("--scale", action="store_true", help="compare exact search with the graph instead")
    parser.add_argument("--vectors", type=int, nargs="*", default=[30_000, 100_000, 200_000], help="for --scale")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the results (default: %(default)s)")
    return parser


def compared(counts: Iterable[int], encoder: Encoder) -> list[dict[str, Any]]:
    """Return the rows of the graph beside exact search, and print each when it is done."""
    rows = []
    for count in counts:
        for data, pair in (
            ("around random centres", graph.clustered(count, encoder.dimension)),
            ("invented texts", graph.invented_texts(count, encoder)),
        ):
            rows.append(asdict(graph.compare(data, *pair)))
            print(table(rows[-1:]), flush=True)
    print(table(rows))
    return rows


def _record(path: Path, encoder: Encoder, **found: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    record = {"machine": machine(), "model": encoder.model_id, **found}
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def tasks() -> list[quality.Task]:
    """Return the sample notes of this project and, where they are, the real notes of a user."""
    here = Path(__file__).resolve().parent
    found = [
        quality.Task("sample notes", ROOT / "kb", here / "queries_kb.tsv"),
        quality.Task("sample notes, newer queries", ROOT / "kb", here / "queries_kb_newer.tsv"),
    ]
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
