"""Keeps what measures the model out of what it learns from.

A training text leaks when it is the same as a measuring text once folded (case, width, blanks, punctuation), or when
a fair share of its letters lies in windows that stand in measuring texts too.
"""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.sources import HELD_OUT, Material, folded, is_chinese, texts_of

_WINDOW_CHINESE = 10
_WINDOW_LATIN = 28
_SHARE = 0.3
_LEAST = 6
"""Shorter texts ("卷积层", "BN") are words of the language, not sentences of a test."""
_BASE = np.uint64(1_000_003)


@dataclass(frozen=True, slots=True)
class Measuring:
    """Fingerprints of all texts that measure."""

    whole: frozenset[str]
    windows: dict[bool, NDArray[np.uint64]]
    """Sorted hashes of all windows, of Chinese texts (True) and of others."""

    def holds(self, text: str) -> bool:
        """Tell whether a training text is one of the measuring texts, or shares a good part with them."""
        letters = folded(text)
        if len(letters) < _LEAST:
            return False
        if letters in self.whole:
            return True
        chinese = is_chinese(letters)
        hashes = _hashes(letters, _window(chinese))
        known = self.windows[chinese]
        if not len(hashes) or not len(known):
            return False
        places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
        met = np.flatnonzero(known[places] == hashes)
        covered = np.unique(met[:, None] + np.arange(_window(chinese)))
        return len(covered) >= _SHARE * len(letters)


def measuring(texts: Iterable[str]) -> Measuring:
    """Fingerprint the texts that measure."""
    whole = frozenset(letters for text in texts if len(letters := folded(text)) >= _LEAST)
    windows = {}
    for chinese in (True, False):
        parts = [_hashes(text, _window(chinese)) for text in whole if is_chinese(text) == chinese]
        windows[chinese] = np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.uint64)
    return Measuring(whole, windows)


def measuring_texts(shared: Path) -> Iterator[str]:
    """Yield every text beside the project that a benchmark measures on; nothing where a folder is absent."""
    training = shared / "training"
    files = [*sorted((training / "evaluation").glob("*.xz")), *sorted((shared / "grading").glob("*.xz"))]
    files += [training / kind / f"{name}.jsonl.xz" for kind in ("parallel", "pairs") for name in HELD_OUT]
    files.append(training / "nli" / "breaking_nli_en.test.jsonl.xz")
    for path in files:
        if path.is_file():
            with lzma.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    yield from _strings(json.loads(line))
    for path in [*sorted((shared / "dev").glob("*.tsv")), *sorted((shared / "notes").glob("*.txt"))]:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from line.split("\t")


def without_leaks(material: Material, known: Measuring) -> tuple[Material, Counter[str]]:
    """Return the material without rows that hold a leaking text, and how many were removed per source."""
    removed: Counter[str] = Counter()
    kept = {}
    for field in fields(material):
        listed = getattr(material, field.name)
        good = [row for row in listed if not any(known.holds(text) for text in texts_of(row))]
        before, after = (Counter(row.source for row in side) for side in (listed, good))
        removed.update({f"{field.name}: {source}": count for source, count in (before - after).items()})
        kept[field.name] = tuple(good)
    return Material(**kept), removed


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Sequence):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in ("dataset", "lang", "split", "question_id", "label", "category"):
                yield from _strings(one)


def _window(chinese: bool) -> int:
    return _WINDOW_CHINESE if chinese else _WINDOW_LATIN


def _hashes(letters: str, window: int) -> NDArray[np.uint64]:
    """Return a polynomial hash of every window of `letters`; none where the text is shorter."""
    codes = np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - window + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    found = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for offset in range(window):
            found = found * _BASE + codes[offset : offset + count]
    return found
