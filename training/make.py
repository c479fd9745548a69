"""The recipe from the text to the model's folder."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from training import sources, terms, vocabulary
from training.bags import Bags
from training.export import rotated, write
from training.flips import opposites
from training.leaks import measuring, measuring_texts, without_leaks
from training.recipe import Recipe
from training.sources import Material, Parallel
from training.table import ComposedTable
from training.train import Teach, Trainer, prepare
from training.validation import Apart, validate

_RARE = 3e-4
"""A token's first length is a / (a + its share of all tokens) (Arora et al. 2017)."""


_HEAD_START = 8
"""What a word of the teacher's vocabulary counts before any text is read: everyday words are rare in documentation."""


@dataclass(frozen=True, slots=True)
class Known:
    """Words from elsewhere."""

    english: Sequence[str]
    inner: Sequence[str]
    """Pieces inside English words."""
    chinese: Sequence[str]


@dataclass(frozen=True, slots=True)
class Made:
    """What a run has to tell."""

    removed: dict[str, int]
    """Rows left out because a measuring text stands in them, per source."""
    rows: dict[str, int]
    tokens: int
    validation: dict[str, float]
    seconds: float


def read(folder: Path, seed: int, dictionary: Sequence[Parallel]) -> Material:
    """Read everything that is learned from."""
    parallel = sources.read_parallel(folder, seed)
    sections = sources.read_sections(folder, seed)
    texts = [text for row in parallel for text in (row.zh, row.en)] + [row.body for row in sections]
    names = [*terms.own_glossary(), *terms.shared_glossary(folder), *terms.mined(texts), *dictionary]
    return Material(
        tuple(parallel),
        tuple(sections),
        tuple(sources.read_scored(folder)),
        tuple(sources.read_judged(folder)),
        tuple({(row.zh, row.en): row for row in names}.values()),
    )


def make(
    recipe: Recipe,
    material: Material,
    teach: Teach,
    out: Path,
    *,
    known: Known,
    swaps: Sequence[tuple[str, str]] = (),
    shared: Path | None = None,
    say: Callable[[str], None] = print,
) -> Made:
    """Make a model folder.

    Args:
        recipe: the settings.
        material: as `read` returns it.
        teach: the teacher; unit vectors of shape (n, 384) for n texts.
        out: the folder that is written.
        known: words that the vocabulary is chosen from beside the text's own.
        swaps: Chinese words with their opposites.
        shared: the folder beside the project with the texts that measure; None when there are none to keep out.
        say: receives progress.
    """
    started = time.monotonic()
    removed: Counter[str] = Counter()
    if shared is not None:
        material, removed = without_leaks(material, measuring(measuring_texts(shared)))
        say(f"left out {removed.total():,} rows that measure")
    material, apart = set_apart(material, recipe)
    tokens, tokenizer = _vocabulary(material, recipe, known)
    say(f"{len(tokens):,} tokens, {time.monotonic() - started:.0f} s")
    lessons = prepare(tokenizer, teach, material, opposites(swaps), recipe.seed)
    assert lessons.parallel.goals is not None
    assert lessons.sentences.goals is not None
    basis = _basis(np.concatenate([lessons.parallel.goals, lessons.sentences.goals]), recipe.dimension)
    counts = _counts([*lessons.parallel.sides, *lessons.sections.sides, *lessons.sentences.sides], len(tokens))
    table = ComposedTable(tokens, _start(tokens, counts, material, teach, basis, recipe.seed), recipe.buckets)
    say(f"ready to train, {time.monotonic() - started:.0f} s")

    def goals(vectors: NDArray[np.float32]) -> Tensor:
        return functional.normalize(torch.from_numpy(vectors @ basis), dim=1)

    Trainer(recipe, lessons, table, goals).run(say)
    plain = table.collapsed()
    plain[0] = 0.0
    write(out, tokenizer, rotated(plain, counts))
    made = Made(
        dict(removed.most_common()),
        {name: len(rows) for name, rows in _kinds(material)},
        len(tokens),
        validate(out, apart, shared),
        time.monotonic() - started,
    )
    say(json.dumps(made.validation))
    return made


def set_apart(material: Material, recipe: Recipe) -> tuple[Material, Apart]:
    """Return the material without the rows that only choose settings, and those rows."""
    rng = random.Random(recipe.seed)
    parallel, sections = list(material.parallel), list(material.sections)
    rng.shuffle(parallel)
    rng.shuffle(sections)
    most = recipe.kept_apart
    apart = Apart(tuple(parallel[:most]), tuple(sections[:most]))
    known = {text for row in apart.parallel for text in (row.zh, row.en)} | {row.body for row in apart.sections}
    kept = replace(
        material,
        parallel=tuple(row for row in parallel[most:] if not known & {row.zh, row.en}),
        sections=tuple(row for row in sections[most:] if row.body not in known),
    )
    return kept, apart


def _kinds(material: Material) -> Iterable[tuple[str, Sequence[object]]]:
    return ((name, getattr(material, name)) for name in ("parallel", "sections", "scored", "judged", "terms"))


def _vocabulary(material: Material, recipe: Recipe, known: Known) -> tuple[list[str], Any]:
    counts = vocabulary.runs(material.texts())
    counts.update(dict.fromkeys(known.english, _HEAD_START))
    names = [name for row in material.terms if row.source != "cedict" for name in (row.zh, row.en)]
    tokens = vocabulary.choose(counts, known.chinese, names, known.inner, recipe.sizes)
    return tokens, vocabulary.build(tokens)


def _basis(vectors: NDArray[np.float32], dimension: int) -> NDArray[np.float32]:
    """Return the directions, shape (384, dimension), that keep most of the teacher's vectors (PCA, not centred)."""
    _, directions = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    return np.ascontiguousarray(directions[:, ::-1][:, :dimension], dtype=np.float32)


def _counts(bags: Iterable[Bags], tokens: int) -> NDArray[np.int64]:
    return np.asarray(sum(np.bincount(one.ids, minlength=tokens) for one in bags), dtype=np.int64)


def _start(
    tokens: Sequence[str],
    counts: NDArray[np.int64],
    material: Material,
    teach: Teach,
    basis: NDArray[np.float32],
    seed: int,
) -> NDArray[np.float32]:
    """Return the first vector of each token, shape (tokens, dimension).

    An English token begins where the teacher puts it alone, a Chinese one where the teacher puts its gloss, one
    without a gloss at the mean of its characters; rare tokens are long, common ones short.
    """
    glosses: dict[str, list[str]] = {}
    for row in material.terms:
        glosses.setdefault(row.zh, []).append(row.en)
    read_as = {token: token for token in tokens if token.isascii()}
    read_as |= {token: "; ".join(glosses[token][:2]) for token in tokens if token in glosses and not token.isascii()}
    vectors = teach(list(read_as.values())) @ basis
    vectors -= vectors.mean(axis=0)  # single words share a direction that says only that they are single words
    known = dict(zip(read_as, vectors, strict=True))
    rng = np.random.default_rng(seed)
    found = rng.normal(0.0, 0.3 / np.sqrt(basis.shape[1]), (len(tokens), basis.shape[1])).astype(np.float32)
    for number, token in enumerate(tokens):
        characters = [known[one] for one in token if one in known]
        if token in known:
            found[number] = known[token]
        elif characters:
            found[number] = np.mean(characters, axis=0)
    share = counts / max(1, counts.sum())
    return np.asarray(found * (_RARE / (_RARE + share))[:, None], dtype=np.float32)


def write_report(path: Path, recipe: Recipe, made: Made) -> None:
    """Keep settings and figures of a run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"recipe": asdict(recipe), **asdict(made)}, indent=2) + "\n", encoding="utf-8")
