"""The tasks: what is asked of an encoder, and the one figure that each gives. All figures are 0 to 1, or -1 to 1."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.embedding.encoders import Contestant
from benchmarks.embedding.flips import flips
from benchmarks.grading.sets import load_tsv, real_entries
from training.sources import packed
from viva.grading.agreement import spearman
from viva.notes.reader import read_notes

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
_CANDIDATES = 1000
_LEAST_ALIGNED = 0.5
_LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the table."""

    name: str
    figure: str
    size: int
    english: bool
    """Whether all of its text is English, so that the teacher can be asked."""
    measure: Callable[[Contestant], float]


def all_tasks() -> list[Task]:
    """Return the tasks whose data is on this machine."""
    return [*_similarity(), *_translation(), *_headings(), *_queries(), *_flips()]


def development_tasks() -> list[Task]:
    """Return the tasks that may choose settings: the development splits of STS-B."""
    return [_scored(f"STS-B dev, {name}", f"stsb_{name}.dev") for name in ("en", "mt_zh") if _path(f"stsb_{name}.dev")]


def _similarity() -> Iterator[Task]:
    for name, file in (
        ("STS-B test, Chinese", "stsb_mt_zh.test"),
        ("STS-B test, English", "stsb_en.test"),
        ("AFQMC dev", "afqmc_zh.dev"),
        ("LCQMC test", "lcqmc_zh.test"),
        ("PAWS-X zh dev", "pawsx_zh.dev"),
        ("PAWS-X zh test", "pawsx_zh.test"),
        ("ATEC test (overlaps AFQMC)", "atec_zh.test"),
        ("OPPO dev", "oppo_xiaobu_zh.dev"),
    ):
        if _path(file):
            yield _scored(name, file)


def _path(name: str) -> Path | None:
    path = SHARED / "training" / "evaluation" / f"{name}.jsonl.xz"
    return path if path.is_file() else None


def _scored(name: str, file: str) -> Task:
    path = _path(file)
    assert path is not None
    listed = packed(path)
    first, second = ([row[side] for row in listed] for side in ("a", "b"))
    human = [float(row["score"] if "score" in row else row["label"]) for row in listed]

    def measure(one: Contestant) -> float:
        return spearman(human, one.rows(first, second).tolist()) or 0.0

    return Task(name, "Spearman", len(listed), "en" in file.partition(".")[0].split("_"), measure)


def _translation() -> Iterator[Task]:
    folder = SHARED / "training"
    for name, path in (
        ("prompt_guide", folder / "parallel" / "prompt_guide.jsonl.xz"),
        ("system_design_primer", folder / "parallel" / "system_design_primer.jsonl.xz"),
        ("xquad_eval", folder / "evaluation" / "xquad_eval.jsonl.xz"),
    ):
        if path.is_file():
            good = [row for row in packed(path) if row["s"] >= _LEAST_ALIGNED]
            for chosen, label in ((good, ""), (_distinct(good), ", distinct")):
                zh, en = ([row[side] for row in chosen[:_CANDIDATES]] for side in ("zh", "en"))
                yield _found(f"{name}{label}, Chinese to English", zh, en)
                yield _found(f"{name}{label}, English to Chinese", en, zh)


def _distinct(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the first row of each text: of repeated ones no encoder can tell which was meant."""
    seen: set[str] = set()
    found = []
    for row in listed:
        sides = {row["zh"].casefold(), row["en"].casefold()}
        if not sides & seen:
            found.append(row)
        seen |= sides
    return found


def _found(name: str, wanted: Sequence[str], among: Sequence[str]) -> Task:
    def measure(one: Contestant) -> float:
        return float(np.mean(one.table(wanted, among).argmax(axis=1) == np.arange(len(wanted))))

    return Task(name, "accuracy@1", len(wanted), english=False, measure=measure)


def _headings() -> Iterator[Task]:
    for name in ("oiwiki", "advanced_java", "cs231n_en", "rasbt_mlbook_en"):
        path = SHARED / "training" / "pairs" / f"{name}.jsonl.xz"
        if path.is_file():
            listed = packed(path)
            yield _ranked(name, [row["q"] for row in listed], [row["a"] for row in listed])


def _ranked(name: str, headings: Sequence[str], bodies: Sequence[str]) -> Task:
    def measure(one: Contestant) -> float:
        return reciprocal_rank(one.table(headings, bodies), np.arange(len(headings)))

    return Task(f"heading to text, {name}", "MRR@10", len(headings), name.endswith("_en"), measure)


def reciprocal_rank(cosines: NDArray[np.float32], right: NDArray[np.int64]) -> float:
    """Return the mean reciprocal rank of the right column of each row, 0 where it is below the tenth."""
    own = cosines[np.arange(len(right)), right]
    ranks = (cosines > own[:, None]).sum(axis=1) + 1
    return float(np.mean(np.where(ranks <= _LOOKED_AT, 1 / ranks, 0.0)))


def _queries() -> Iterator[Task]:
    notes = SHARED / "notes" / "deep-learning-interview.zh.txt"
    if not notes.is_file():
        return
    entries = read_notes([notes]).entries
    places: dict[str, int] = {}
    for place, entry in enumerate(entries):
        number = entry.number or entry.id
        places[f"{number}b" if number in places else number] = place
    lines = (SHARED / "dev" / "queries.tsv").read_text(encoding="utf-8").splitlines()
    asked = [line.split("\t") for line in lines if line]
    queries, right = [query for _, query in asked], np.array([places[number] for number, _ in asked])
    questions = [entry.question for entry in entries]
    wholes = [f"{entry.question}\n{entry.answer}" for entry in entries]

    def ranks(one: Contestant) -> NDArray[np.int64]:
        cosines = np.maximum(one.table(queries, questions), one.table(queries, wholes))
        return np.asarray((cosines >= cosines[np.arange(len(right)), right][:, None]).sum(axis=1))

    for depth in (1, 3):
        yield Task(
            f"queries over the real notes, question line or whole entry, @{depth}",
            f"recall@{depth}",
            len(asked),
            english=False,
            measure=lambda one, depth=depth: float(np.mean(ranks(one) <= depth)),  # type: ignore[misc]
        )


def _flips() -> Iterator[Task]:
    notes = SHARED / "notes" / "deep-learning-interview.zh.txt"
    if notes.is_file():
        entries = real_entries()
        yield _told("flips of the development set", [(entries[n].answer, t, f) for n, t, f in load_tsv("flips.tsv")])
    for language, chinese in (("Chinese", True), ("English", False)):
        chosen = [flip for flip in flips(ROOT / "kb") if flip.chinese == chinese]
        yield _told(f"flips over the sample notes, {language}", [(f.reference, f.true, f.false) for f in chosen])


def _told(name: str, triples: Sequence[tuple[str, str, str]]) -> Task:
    references, true, false = ([triple[side] for triple in triples] for side in range(3))

    def measure(one: Contestant) -> float:
        gaps = one.rows(references, true) - one.rows(references, false)
        return float(np.mean(np.where(gaps == 0, 0.5, gaps > 0)))

    english = not any("一" <= character <= "龥" for character in "".join(references))
    return Task(name, "true one nearer", len(triples), english, measure)
