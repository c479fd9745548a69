"""Graded answers beside the project: public sets, and answers to the real notes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from training.sources import packed
from viva.notes.points.split import split_points
from viva.types import Entry, Place

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
NAMES = ("scientsbank", "beetle", "saf", "stita", "cunlp", "ads_zh", "le_zh", "sr_zh")
TRAINING_SPLITS = ("train", "all")
SEED = 20261123
UNSEEN = ("prompt_guide", "system_design_primer")
_WELL_ALIGNED = 0.7
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer with the score that a person gave."""

    dataset: str
    split: str
    entry: Entry
    answer: str
    score: float
    """0 to 1."""
    accepted: tuple[Entry, ...] = ()
    """The entry in further wordings that the set accepts."""

    @property
    def wordings(self) -> tuple[Entry, ...]:
        """The entry and its further wordings; an answer is held against the one that it comes closest to."""
        return (self.entry, *self.accepted)


def load(name: str, most: int | None, splits: tuple[str, ...] | None = None) -> list[Graded]:
    """Return the answers of one public set, at most `most` of them, drawn with a fixed seed."""
    listed = [
        row for row in packed(SHARED / "grading" / f"{name}.jsonl.xz") if splits is None or row["split"] in splits
    ]
    if most is not None and len(listed) > most:
        listed = _drawn(listed, most)
    known: dict[tuple[str, str], Entry] = {}
    return [_graded(row, known) for row in listed]


def _graded(row: dict[str, Any], known: dict[tuple[str, str], Entry]) -> Graded:
    reference = row["reference"]
    text = reference if isinstance(reference, str) else "\n".join(reference)
    others = [one if isinstance(one, str) else one["text"] for one in row["meta"].get("references") or ()]
    first, *further = (_entry(row, one, known) for one in dict.fromkeys([text, *others]))
    accepted = tuple(one for one in further if one.points)
    return Graded(row["dataset"], row["split"], first, row["answer"], float(row["score"]), accepted)


def _entry(row: dict[str, Any], text: str, known: dict[tuple[str, str], Entry]) -> Entry:
    name = str(row["question_id"])
    if (name, text) not in known:
        place = Place("", str(row["dataset"]), (), name)
        question = str(row["question"] or "")
        known[name, text] = Entry(name, place, None, question, text, split_points(text), "", 1, 1)
    return known[name, text]


def load_tsv(name: str) -> list[list[str]]:
    """Return the rows of a table in `dev/`."""
    lines = (SHARED / "dev" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip()]


def real_entries() -> dict[str, Entry]:
    """Return the real notes by the number that `dev/` uses: "46b" is the second entry numbered 46."""
    from viva.notes.reader import read_notes

    found: dict[str, Entry] = {}
    for entry in read_notes([SHARED / "notes" / "deep-learning-interview.zh.txt"]).entries:
        number = entry.number or entry.id
        found[f"{number}b" if number in found else number] = entry
    return found


def load_translations(most: int) -> list[tuple[str, str, float]]:
    """Return Chinese and English texts and how much of one is in the other, 0 to 1; at most `most` of each kind.

    Everyday sentences that people scored (STS-B, development split), and technical sentences that no model of ours was
    trained on: beside their translation, which is worth full marks, and beside another sentence's, worth nothing.
    """
    folder = SHARED / "training"
    zh, en = (packed(folder / "evaluation" / f"{name}.dev.jsonl.xz") for name in ("stsb_mt_zh", "stsb_en"))
    scored = [(ours["a"], theirs["b"], float(theirs["score"]) / 5.0) for ours, theirs in zip(zh, en, strict=True)]
    technical = [
        row for name in UNSEEN for row in packed(folder / "parallel" / f"{name}.jsonl.xz") if row["s"] >= _WELL_ALIGNED
    ]
    right = _drawn([(row["zh"], row["en"], 1.0) for row in technical], most // 2)
    wrong = [(ours, theirs, 0.0) for (ours, _, _), (_, theirs, _) in pairwise(right)]
    return [*_drawn(scored, most), *right, *wrong]


def _drawn(listed: list[_Row], most: int) -> list[_Row]:
    chosen = np.random.default_rng(SEED).permutation(len(listed))[:most]
    return [listed[index] for index in sorted(chosen)]
