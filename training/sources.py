"""The text that the embedded model learns from: which files, which share of each, and how a line is cleaned.

The files are described in `../shared/training/SOURCES.md`; what is read here has a licence that allows it, and NOTICE
names it. What measures the model is never read here: see `HELD_OUT` and `training.leaks`.
"""

from __future__ import annotations

import json
import lzma
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "training"

HELD_OUT = ("prompt_guide", "system_design_primer", "oiwiki", "advanced_java", "cs231n_en", "rasbt_mlbook_en")
"""Sources that the benchmarks measure on: neither their sentences, nor their sections, nor their words are read."""

PARALLEL = {
    "d2l": (0.5, None),
    "d2l_origin": (0.5, None),
    "hf_course": (0.5, None),
    "hf_course_tw": (0.5, None),
    "cs229_cheatsheet": (0.5, None),
    "mmpretrain": (0.5, None),
    "mmpretrain_po": (0.5, None),
    "paddle_docs": (0.9, None),
    "tf_docs": (0.5, None),
    "mindspore_docs": (0.5, None),
    "python_docs": (0.5, 70_000),
    "django_docs": (0.5, None),
    "cppdocs": (0.7, 40_000),
    "tatoeba_cmn": (0.5, None),
}
"""Least alignment score and the most pairs that are taken, per file."""

SHARES = {
    "tatoeba_cmn": 4.0,
    "stsb train": 4.0,
    "d2l": 4.0,
    "d2l_origin": 4.0,
    "cs229_cheatsheet": 4.0,
    "hf_course": 2.0,
    "mmpretrain": 2.0,
    "glossary": 12.0,
    "d2l terms": 12.0,
    "mined": 3.0,
}
"""How much more often a row is drawn than one of the manuals or of the dictionary: everyday language and deep learning
are rare in them."""

SECTIONS = {
    "d2l_en": None,
    "d2l_zh": None,
    "hf_course": None,
    "mmpretrain": None,
    "awesome_dl_paddle": None,
    "ds_interviews_en": None,
    "iamtodor_ds_interview_en": None,
    "javaguide": None,
    "db_tutorial": None,
    "tidb_docs": None,
    "paddle_docs": None,
    "tf_docs": None,
    "mindspore_docs": None,
    "sqldocs_zh": 8_000,
    "cppdocs": 8_000,
    "cppdocs_cn": 4_000,
    "cmrc2018_trial_dev": None,
    "drcd_dev_test_hant": None,
    "qnli_dev_en": None,
}
"""The most sections taken per file of headings and questions with their texts."""

NLI = ("snli_en.dev", "mnli_en.dev", "scitail_en.dev", "qnli_en.dev")
_LONGEST = 600  # characters of a sentence
_BODY = 2_000  # characters of a section that are read
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_NOISE = (
    (re.compile(r"\[\[[^\]]*\]\]"), " "),  # anchors
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),  # links
    (re.compile(r"\[!INCLUDE ?([^\]]*)\]"), r"\1"),
    (re.compile(r"https?://\S+"), " "),
    (re.compile(r"<[^<>]{1,80}>"), " "),
    (re.compile(r"[`*]+"), " "),
    (re.compile(r"\s+"), " "),
)


@dataclass(frozen=True, slots=True)
class Parallel:
    """A sentence in both languages."""

    zh: str
    en: str
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading or a question, and the text under it, in one language."""

    heading: str
    body: str
    source: str


@dataclass(frozen=True, slots=True)
class Scored:
    """Two sentences and how alike people found them, 0 to 1."""

    first: str
    second: str
    score: float
    source: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, one that follows from it, and one that contradicts it or does not follow."""

    anchor: str
    entailed: str
    other: str
    source: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that is learned from, before leaks are removed."""

    parallel: tuple[Parallel, ...]
    sections: tuple[Section, ...]
    scored: tuple[Scored, ...]
    judged: tuple[Judged, ...]
    terms: tuple[Parallel, ...]
    """Names of one thing: two languages, an abbreviation and what it stands for, a dictionary's word and its gloss."""

    def texts(self) -> Iterator[str]:
        """Yield every text once for each place it stands in."""
        for name in (field.name for field in fields(self)):
            for row in getattr(self, name):
                yield from texts_of(row)


Row = Parallel | Section | Scored | Judged


def texts_of(row: Row) -> tuple[str, ...]:
    """Return the texts of a row, without its source."""
    return tuple(
        value for field in fields(row) if field.name != "source" and isinstance(value := getattr(row, field.name), str)
    )


def clean(text: str) -> str:
    """Return a line without links, anchors, tags and emphasis, with single blanks."""
    for pattern, replacement in _NOISE:
        text = pattern.sub(replacement, text)
    return text.strip()


def is_chinese(text: str) -> bool:
    """Tell whether a text holds a Chinese character."""
    return _CHINESE.search(text) is not None


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a compressed JSONL file, or nothing where the file is absent."""
    return packed(path) if path.is_file() else []


def packed(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a compressed JSONL file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_parallel(folder: Path, seed: int) -> list[Parallel]:
    """Return aligned sentences; of large files a seeded sample, so that no house's prose outweighs the others."""
    found: dict[tuple[str, str], Parallel] = {}
    for source, (least, most) in PARALLEL.items():
        good = [
            Parallel(clean(row["zh"]), clean(row["en"]), source)
            for row in rows(folder / "parallel" / f"{source}.jsonl.xz")
            if row["s"] >= least
        ]
        for row in _sample([row for row in good if _translated(row)], most, seed):
            found.setdefault((row.zh, row.en), row)
    for zh, en in _sts_sentences(folder):
        found.setdefault((zh, en), Parallel(zh, en, "stsb train"))
    return list(found.values())


def read_sections(folder: Path, seed: int) -> list[Section]:
    """Return headings and questions with the text under them."""
    found: dict[tuple[str, str], Section] = {}
    for source, most in SECTIONS.items():
        listed = [
            Section(clean(row["q"]), clean(row["a"][:_BODY]), source)
            for row in rows(folder / "pairs" / f"{source}.jsonl.xz")
        ]
        for row in _sample([one for one in listed if one.heading and len(one.body) > 20], most, seed):
            found.setdefault((row.heading, row.body), row)
    return list(found.values())


def read_scored(folder: Path) -> list[Scored]:
    """Return sentence pairs scored by people: the STS training split in both languages and across, and SemEval."""
    sides = {name: rows(folder / "sts" / f"{name}.train.jsonl.xz") for name in ("stsb_en", "stsb_mt_zh")}
    found = []
    for name, side in sides.items():
        found += [Scored(row["a"], row["b"], row["score"] / 5, name) for row in side]
    if all(sides.values()):
        for en, zh in zip(sides["stsb_en"], sides["stsb_mt_zh"], strict=True):
            found.append(Scored(en["a"], zh["b"], en["score"] / 5, "stsb across"))
    extra = rows(folder / "sts" / "semeval_sts12_16_en.train_clean.jsonl.xz")
    return found + [Scored(row["a"], row["b"], row["score"] / 5, "semeval") for row in extra]


def read_judged(folder: Path) -> list[Judged]:
    """Return what follows from a sentence beside what does not, where the sets have both for one sentence."""
    found = []
    for name in NLI:
        kinds: dict[str, tuple[list[str], list[str]]] = {}
        for row in rows(folder / "nli" / f"{name}.jsonl.xz"):
            entailed, others = kinds.setdefault(row["premise"], ([], []))
            if row["label"] == "entailment":
                entailed.append(row["hypothesis"])
            elif row["label"] in ("contradiction", "not_entailment"):
                others.append(row["hypothesis"])
        for premise, (entailed, others) in kinds.items():
            found += [Judged(premise, yes, no, name) for yes in entailed for no in others[:2]]
    return found


def _sts_sentences(folder: Path) -> Iterator[tuple[str, str]]:
    zh, en = (rows(folder / "sts" / f"{name}.train.jsonl.xz") for name in ("stsb_mt_zh", "stsb_en"))
    for ours, theirs in zip(zh, en, strict=False):
        yield ours["a"], theirs["a"]
        yield ours["b"], theirs["b"]


def _translated(row: Parallel) -> bool:
    """Tell whether both sides are sentences of their language: a line of code left in English teaches nothing."""
    if max(len(row.zh), len(row.en)) > _LONGEST or not is_chinese(row.zh) or is_chinese(row.en):
        return False
    return _LATIN.search(row.en) is not None


def _sample(listed: list[Any], most: int | None, seed: int) -> list[Any]:
    if most is None or len(listed) <= most:
        return listed
    chosen = np.random.default_rng(seed).permutation(len(listed))[:most]
    return [listed[index] for index in sorted(chosen)]


def folded(text: str) -> str:
    """Return letters, digits and Chinese characters alone, lower case: what a comparison of texts looks at."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())
