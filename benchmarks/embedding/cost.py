"""What the model costs: room on disk, time until the first vector, sentences a second."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.embedding.tasks import ROOT, SHARED
from training.sources import packed
from viva.models.embedded import StaticModel

_ROUNDS = 9
_OPEN = """
import sys, time
start = time.perf_counter()
from pathlib import Path
from viva.models.embedded import StaticModel
StaticModel(Path(sys.argv[1])).encode(["为什么要用批归一化"])
print(time.perf_counter() - start)
"""
_SENTENCES = (
    "卷积核的参数在整张图上共享",
    "残差连接让梯度直接传到浅层",
    "训练时随机丢弃一部分神经元",
    "What does batch normalization do?",
)


def megabytes(folder: Path) -> float:
    """Return the size of a folder's files in MB (10^6 bytes)."""
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 2)


def first_vector(folders: dict[str, Path]) -> dict[str, float]:
    """Return the median seconds from a bare interpreter to the first vector, numpy's import included.

    Each round runs every folder once, in a process of its own, so that a busy moment hits all; the first round does not
    count.
    """
    spent: dict[str, list[float]] = {name: [] for name in folders}
    for turn in range(_ROUNDS + 1):
        for name, folder in folders.items():
            done = subprocess.run(
                [sys.executable, "-c", _OPEN, str(folder)], capture_output=True, text=True, check=True, cwd=ROOT
            )
            if turn:
                spent[name].append(float(done.stdout))
    return {name: round(statistics.median(times), 4) for name, times in spent.items()}


def sentences_a_second(folder: Path) -> int:
    """Return how many short sentences one core encodes in a second, the best of five rounds of 20,000."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.embedding.cost", str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "TOKENIZERS_PARALLELISM": "false", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
    return int(done.stdout)


def _short_sentences() -> list[str]:
    path = SHARED / "training" / "parallel" / "prompt_guide.jsonl.xz"
    texts = [row["zh"] for row in packed(path)] if path.is_file() else []
    short = [text for text in texts if 10 <= len(text) <= 30] or list(_SENTENCES)
    return (short * (20_000 // len(short) + 1))[:20_000]


def _time(folder: Path) -> int:
    model, texts = StaticModel(folder), _short_sentences()
    model.encode(texts[:100])
    best = 0.0
    for _ in range(5):
        start = time.perf_counter()
        model.encode(texts)
        best = max(best, len(texts) / (time.perf_counter() - start))
    return int(best)


if __name__ == "__main__":
    print(_time(Path(sys.argv[1])))
