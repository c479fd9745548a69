"""Figures that may choose settings: rows kept apart from training, and the development splits of STS-B."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.sources import Parallel, Section, rows
from viva.grading.agreement import spearman
from viva.models.embedded import StaticModel


@dataclass(frozen=True, slots=True)
class Apart:
    """Rows that training never sees."""

    parallel: tuple[Parallel, ...]
    sections: tuple[Section, ...]


def validate(folder: Path, apart: Apart, shared: Path | None = None) -> dict[str, float]:
    """Return the figures of a model folder, all 0 to 1 (Spearman -1 to 1)."""
    model = StaticModel(folder)
    zh, en = (model.encode([getattr(row, side) for row in apart.parallel]) for side in ("zh", "en"))
    headings, bodies = (model.encode([getattr(row, side) for row in apart.sections]) for side in ("heading", "body"))
    found = {
        "zh-en accuracy": _first(zh @ en.T),
        "en-zh accuracy": _first(en @ zh.T),
        "sections MRR": _reciprocal(headings @ bodies.T),
        "mean cosine of texts": _mean_cosine(bodies),
    }
    for name in ("stsb_en", "stsb_mt_zh"):
        listed = rows(shared / "training" / "evaluation" / f"{name}.dev.jsonl.xz") if shared is not None else []
        if listed:
            first, second = (model.encode([row[side] for row in listed]) for side in ("a", "b"))
            cosines = np.sum(first * second, axis=1)
            found[f"{name} dev"] = spearman([float(row["score"]) for row in listed], cosines.tolist()) or 0.0
    return {name: round(value, 4) for name, value in found.items()}


def _first(cosines: NDArray[np.float32]) -> float:
    return float(np.mean(cosines.argmax(axis=1) == np.arange(len(cosines))))


def _reciprocal(cosines: NDArray[np.float32]) -> float:
    ranks = (cosines > np.diag(cosines)[:, None]).sum(axis=1) + 1
    return float(np.mean(np.where(ranks <= 10, 1 / ranks, 0.0)))


def _mean_cosine(vectors: NDArray[np.float32]) -> float:
    """Return the mean cosine of two different texts."""
    count = len(vectors)
    return float((np.square(vectors.sum(axis=0)).sum() - count) / (count * (count - 1)))
