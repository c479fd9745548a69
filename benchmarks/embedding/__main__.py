"""Measures the embedded model beside others; prints Markdown and writes `benchmarks/results/embedding.json`.

The held-out text lies beside the project; without it only the flips over the sample notes, the geometry and the cost
are measured. `--dev` asks the development splits of STS-B only, which may choose settings.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.embedding import cost, geometry
from benchmarks.embedding.encoders import contestants
from benchmarks.embedding.tasks import SHARED, all_tasks, development_tasks
from benchmarks.machine import machine
from benchmarks.retrieval.__main__ import table
from viva.models.embedded import EMBEDDED_FOLDER
from viva.models.encoder import open_encoder

RESULT = Path(__file__).resolve().parents[1] / "results" / "embedding.json"
FIRST = SHARED / "model-v0"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run everything that the data beside the project allows."""
    chosen = _parser().parse_args(arguments)
    if chosen.dev:
        print(table(_quality(chosen, dev=True)))
        return
    quality = _quality(chosen, dev=False)
    print(table(quality))
    encoder = open_encoder(chosen.model, notify=print)
    lengths = geometry.by_length(encoder)
    print(table(lengths))
    folders = {"viva": Path(chosen.model) if chosen.model else EMBEDDED_FOLDER}
    if FIRST.is_dir():
        folders["model-v0"] = FIRST
    first = cost.first_vector(folders)
    costs = [
        {
            "model": name,
            "MB on disk": cost.megabytes(folder),
            "first vector, s": first[name],
            "short sentences a second, one core": cost.sentences_a_second(folder),
            **{f"mean cosine, {pair}": value for pair, value in _isotropy(folder).items()},
        }
        for name, folder in folders.items()
    ]
    print(table(costs))
    result = {"machine": machine(), "model": encoder.model_id, "quality": quality, "lengths": lengths, "cost": costs}
    chosen.out.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.embedding", description=__doc__)
    parser.add_argument("--model", help="the folder of another static model; default: the embedded one")
    parser.add_argument("--dev", action="store_true", help="only what may choose settings")
    parser.add_argument("--no-teacher", action="store_true", help="leave out all-MiniLM-L6-v2, which takes minutes")
    parser.add_argument("--out", type=Path, default=RESULT, help="file of the results (default: %(default)s)")
    return parser


def _quality(chosen: argparse.Namespace, *, dev: bool) -> list[dict[str, object]]:
    others = contestants(chosen.model, FIRST, teacher=not chosen.no_teacher)
    found = []
    for task in development_tasks() if dev else all_tasks():
        row: dict[str, object] = {"task": task.name, "figure": task.figure, "rows": task.size}
        for name, one in others.items():
            row[name] = "–" if "English" in name and not task.english else round(task.measure(one), 3)
        found.append(row)
    return found


def _isotropy(folder: Path) -> dict[str, float]:
    return geometry.isotropy(open_encoder(str(folder), notify=print))


if __name__ == "__main__":
    main()
