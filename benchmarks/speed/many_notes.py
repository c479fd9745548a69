"""Writes made-up notes, the same on every machine. Usage: FILE COUNT."""

import random
import sys
from pathlib import Path

from benchmarks.retrieval.scale import sentence

CHAPTER = 50
"""Questions under one heading."""


def notes(count: int, seed: int = 11) -> str:
    """Return so many questions as Markdown, each with a few sentences, under headings and with tags."""
    rng = random.Random(seed)
    parts = []
    for number in range(count):
        if number % CHAPTER == 0:
            parts.append(f"# Chapter {number // CHAPTER + 1} #topic{number // CHAPTER % 20}")
        answer = "\n".join(f"- {sentence(rng)}" for _ in range(rng.randint(2, 5)))
        parts.append(f"## {number + 1}. {sentence(rng)}？\n\n{answer}")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(notes(int(sys.argv[2])), encoding="utf-8")
