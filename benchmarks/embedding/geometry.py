"""How the vectors lie: do unrelated texts stay apart, and does length alone make texts alike. Grades rest on both."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.embedding.tasks import ROOT, SHARED
from training.sources import packed
from viva.notes.reader import read_notes
from viva.types import Encoder

_EDGES = (0, 15, 40, 100, 250, 100_000)
"""Limits of the classes of length, in characters."""
_SEED = 20261125
_MOST = 2_000


def passages() -> dict[str, list[str]]:
    """Return unseen passages by language: held-out sections where they are, else the points of the sample notes."""
    folder = SHARED / "training" / "pairs"
    found = {"zh": [], "en": []} if (folder / "oiwiki.jsonl.xz").is_file() else _sample_points()
    for name in ("oiwiki", "advanced_java", "cs231n_en", "rasbt_mlbook_en"):
        if (folder / f"{name}.jsonl.xz").is_file():
            for row in packed(folder / f"{name}.jsonl.xz"):
                found.setdefault(row["lang"], []).extend((row["q"], row["a"], *row["a"].splitlines()))
    return found


def _sample_points() -> dict[str, list[str]]:
    texts = [point.text for entry in read_notes([ROOT / "kb"]).entries for point in entry.points]
    chinese = [any("一" <= character <= "龥" for character in text) for text in texts]
    return {
        "zh": [text for text, is_chinese in zip(texts, chinese, strict=True) if is_chinese],
        "en": [text for text, is_chinese in zip(texts, chinese, strict=True) if not is_chinese],
    }


def isotropy(encoder: Encoder) -> dict[str, float]:
    """Return the mean cosine of two different random passages, within each language and across."""
    sides = {name: encoder.encode(_drawn(texts)) for name, texts in passages().items()}
    found = {name: _mean_within(side) for name, side in sides.items()}
    found["zh with en"] = float(sides["zh"].mean(axis=0) @ sides["en"].mean(axis=0))
    return {name: round(value, 4) for name, value in found.items()}


def by_length(encoder: Encoder) -> list[dict[str, object]]:
    """Return what unrelated texts of like length reach: mean cosine, its spread, and the 95th percentile."""
    found: list[dict[str, object]] = []
    for language, texts in passages().items():
        for low, high in pairwise(_EDGES):
            chosen = _drawn([text for text in texts if low < len(text) <= high])
            if len(chosen) > 50:
                cosines = _unrelated(encoder.encode(chosen))
                found.append(
                    {
                        "language": language,
                        "characters": f"{low + 1}-{high}" if high < _EDGES[-1] else f"over {low}",
                        "texts": len(chosen),
                        "mean": round(float(cosines.mean()), 3),
                        "spread": round(float(cosines.std()), 3),
                        "95 %": round(float(np.quantile(cosines, 0.95)), 3),
                    }
                )
    return found


def _drawn(texts: list[str]) -> list[str]:
    distinct = list(dict.fromkeys(text for text in texts if text.strip()))
    order = np.random.default_rng(_SEED).permutation(len(distinct))[:_MOST]
    return [distinct[place] for place in order]


def _mean_within(vectors: NDArray[np.float32]) -> float:
    count = len(vectors)
    return float((np.square(vectors.sum(axis=0)).sum() - np.square(vectors).sum()) / (count * (count - 1)))


def _unrelated(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    cosines = vectors @ vectors.T
    return np.asarray(cosines[np.triu_indices(len(vectors), 1)])
