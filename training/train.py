"""Trains the table of token vectors: the steps, the batches, the losses.

A step draws rows of every kind, encodes all their texts at once, and lowers the sum of the losses with Adam.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training import losses
from training.bags import Bags, joined
from training.flips import flipped
from training.recipe import Recipe
from training.sources import SHARES, Material, Parallel, Row, is_chinese, texts_of
from training.table import ComposedTable
from training.typos import mistyped

Rows = NDArray[np.int64]
_SAY_EVERY = 100
_ORDER_SCALE = 20.0
_TERMS_SHARE = 0.5
"""What a word beside its gloss counts against a sentence, of which the teacher knows more."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """The texts of one kind of row as bags, and what else the losses need."""

    sides: tuple[Bags, ...]
    goals: NDArray[np.float32] | None = None
    """Teacher's vectors of the English side, shape (rows, 384)."""
    scores: NDArray[np.float32] | None = None
    groups: NDArray[np.int64] | None = None
    """The source of each row; batches are drawn from one source half of the time, where neighbours are hard to tell."""
    shares: NDArray[np.float64] | None = None
    """How likely each row is to be drawn; None for all alike. They add up to 1."""
    twins: tuple[NDArray[np.int64], ...] = ()
    """For each side, a number that equal texts share."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """All that is learned."""

    parallel: Lesson
    sections: Lesson
    terms: Lesson
    scored: Lesson
    judged: Lesson
    sentences: Lesson
    flips: Lesson


Teach = Callable[[Sequence[str]], NDArray[np.float32]]
"""Gives the teacher's unit vectors, shape (n, dimension of the teacher)."""
Goals = Callable[[NDArray[np.float32]], Tensor]
"""Gives, for the teacher's vectors, the unit vectors where the texts should lie, shape (n, dimension of the table)."""


def prepare(tokenizer: Any, teach: Teach, material: Material, opposites: Mapping[str, str], seed: int) -> Lessons:
    """Turn rows into bags of tokens and ask the teacher for the English sides."""

    def sides(rows: Sequence[Row], *names: str) -> tuple[Bags, ...]:
        return tuple(Bags(tokenizer, [getattr(row, name) for row in rows]) for name in names)

    parallel, sections, terms = material.parallel, material.sections, material.terms
    alone = _english(material)
    rng = random.Random(seed)
    slips = [mistyped(text, rng) for text in alone]
    turned = _turned(parallel, opposites, seed)
    return Lessons(
        parallel=Lesson(
            sides(parallel, "zh", "en"),
            goals=teach([row.en for row in parallel]),
            shares=_shares(parallel),
            twins=_twins(parallel, "zh", "en"),
        ),
        sections=Lesson(
            sides(sections, "heading", "body"),
            groups=_numbered(row.source for row in sections),
            twins=_twins(sections, "heading", "body"),
        ),
        terms=Lesson(
            sides(terms, "zh", "en"),
            goals=teach([row.en for row in terms]),
            shares=_shares(terms),
            twins=_twins(terms, "zh", "en"),
        ),
        scored=Lesson(
            sides(material.scored, "first", "second"),
            scores=np.asarray([row.score for row in material.scored], dtype=np.float32),
            groups=_numbered(row.source for row in material.scored),
        ),
        judged=Lesson(
            sides(material.judged, "anchor", "entailed", "other"), twins=_twins(material.judged, "anchor", "entailed")
        ),
        sentences=Lesson((Bags(tokenizer, alone + slips),), goals=np.tile(teach(alone), (2, 1))),
        flips=Lesson(tuple(Bags(tokenizer, [row[side] for row in turned]) for side in range(3))),
    )


def _english(material: Material) -> list[str]:
    """Return the English sentences without a translation."""
    rows: list[Row] = [*material.scored, *material.judged]
    texts = [text for row in rows for text in texts_of(row)]
    return [text for text in dict.fromkeys(texts) if not is_chinese(text)]


def _turned(parallel: Sequence[Parallel], opposites: Mapping[str, str], seed: int) -> list[tuple[str, str, str]]:
    """Return sentences with their translation and the reverse of that translation, from either language."""
    rng = random.Random(seed)
    found = []
    for row in parallel:
        for anchor, right in ((row.en, row.zh), (row.zh, row.en)):
            wrong = flipped(right, opposites, rng)
            if wrong is not None:
                found.append((anchor, right, wrong))
    return found


def _shares(rows: Sequence[Row]) -> NDArray[np.float64]:
    weights = np.asarray([SHARES.get(row.source, 1.0) for row in rows])
    return np.asarray(weights / weights.sum())


def _twins(rows: Sequence[Row], *names: str) -> tuple[NDArray[np.int64], ...]:
    return tuple(_numbered(getattr(row, name) for row in rows) for name in names)


def _numbered(values: Iterable[str]) -> NDArray[np.int64]:
    known: dict[str, int] = {}
    return np.asarray([known.setdefault(value, len(known)) for value in values], dtype=np.int64)


class Trainer:
    """One run."""

    def __init__(self, recipe: Recipe, lessons: Lessons, table: ComposedTable, goals: Goals) -> None:
        """Prepare a run.

        Args:
            recipe: the settings.
            lessons: what is learned.
            table: what learns.
            goals: from teacher's vectors to the place where a text should be, unit vectors of the table's dimension.
        """
        self._recipe = recipe
        self._lessons = lessons
        self._table = table
        self._goals = goals
        self._rng = np.random.default_rng(recipe.seed)

    def run(self, say: Callable[[str], None] = print) -> None:
        """Train for the recipe's steps."""
        torch.manual_seed(self._recipe.seed)
        optimiser = torch.optim.Adam(self._table.parameters(), lr=self._recipe.rate, betas=(0.9, 0.98), fused=True)
        started = time.monotonic()
        seen: dict[str, float] = {}
        for step in range(self._recipe.steps):
            for group in optimiser.param_groups:
                group["lr"] = self._recipe.rate * self._pace(step)
            parts = self._losses()
            loss = torch.stack([weight * value for weight, value in parts.values()]).sum()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            for name, (_, value) in parts.items():
                seen[name] = 0.95 * seen.get(name, float(value.detach())) + 0.05 * float(value.detach())
            if (step + 1) % _SAY_EVERY == 0:
                figures = " ".join(f"{name} {value:.3f}" for name, value in seen.items())
                say(f"step {step + 1} of {self._recipe.steps}, {time.monotonic() - started:.0f} s: {figures}")

    def _pace(self, step: int) -> float:
        done = (step + 1) / self._recipe.steps
        if done < self._recipe.warm_up:
            return done / self._recipe.warm_up
        return 0.5 * (1 + math.cos(math.pi * (done - self._recipe.warm_up) / (1 - self._recipe.warm_up)))

    def _losses(self) -> dict[str, tuple[float, Tensor]]:
        batch, lessons = self._recipe.batch, self._lessons
        drawn = {
            name: self._draw(getattr(lessons, name), getattr(batch, name))
            for name in ("parallel", "sections", "terms", "scored", "judged", "sentences", "flips")
        }
        taken = [
            (name, bags.take(rows, self._recipe.longest, self._rng))
            for name, rows in drawn.items()
            for bags in getattr(lessons, name).sides
        ]
        vectors = self._table(*joined([bag for _, bag in taken]))
        sides: dict[str, list[Tensor]] = {}
        place = 0
        for name, (_, lengths) in taken:
            sides.setdefault(name, []).append(vectors[place : place + len(lengths)])
            place += len(lengths)
        return self._weigh(sides, drawn)

    def _weigh(self, sides: dict[str, list[Tensor]], drawn: dict[str, Rows]) -> dict[str, tuple[float, Tensor]]:
        weights, scale, lessons = self._recipe.weights, self._recipe.scale, self._lessons
        taught = {
            name: self._taught(getattr(lessons, name), drawn[name]) for name in ("parallel", "terms", "sentences")
        }
        same = {
            name: self._same(getattr(lessons, name), drawn[name])
            for name in ("parallel", "sections", "terms", "judged")
        }
        zh, en = sides["parallel"]
        first, second = sides["scored"]
        anchor, entailed, other = sides["judged"]
        headings, bodies = sides["sections"]
        words, glosses = sides["terms"]
        true, right, wrong = sides["flips"]
        scores = lessons.scored.scores
        assert scores is not None
        return {
            "towards": (weights.towards, self._towards(sides, taught)),
            "relations": (weights.relations, self._relations(sides, taught)),
            "contrast": (weights.contrast, losses.contrast(zh, en, scale, same["parallel"])),
            "sections": (
                weights.sections,
                losses.contrast(headings, bodies, self._recipe.sections_scale, same["sections"]),
            ),
            "terms": (weights.terms, losses.contrast(words, glosses, scale, same["terms"])),
            "scored": (
                weights.scored,
                losses.order((first * second).sum(dim=1), torch.from_numpy(scores[drawn["scored"]]), _ORDER_SCALE),
            ),
            "judged": (weights.judged, losses.contrast(anchor, entailed, scale, same["judged"], other)),
            "flips": (weights.flips, losses.nearer(true, right, wrong, _ORDER_SCALE)),
        }

    def _towards(self, sides: dict[str, list[Tensor]], taught: dict[str, NDArray[np.float32]]) -> Tensor:
        """Return how far texts are from where the teacher puts them, or their English side."""
        shares = {"parallel": 1.0, "sentences": 1.0, "terms": _TERMS_SHARE}
        goals = {name: self._goals(vectors) for name, vectors in taught.items()}
        return torch.stack(
            [share * losses.towards(side, goals[name]) for name, share in shares.items() for side in sides[name]]
        ).mean()

    def _relations(self, sides: dict[str, list[Tensor]], taught: dict[str, NDArray[np.float32]]) -> Tensor:
        """Return how far the cosines within a batch are from the teacher's."""
        zh, en = sides["parallel"]
        (alone,) = sides["sentences"]
        wanted, wanted_alone = (vectors @ vectors.T for vectors in (taught["parallel"], taught["sentences"]))
        pairs = [(zh, en, wanted), (en, zh, wanted), (en, en, wanted), (zh, zh, wanted), (alone, alone, wanted_alone)]
        scale = self._recipe.scale
        return torch.stack([losses.relations(a, b, torch.from_numpy(goal), scale) for a, b, goal in pairs]).mean()

    def _draw(self, lesson: Lesson, count: int) -> Rows:
        total = len(lesson.sides[0])
        if lesson.groups is not None and self._rng.random() < 0.5:
            members = np.flatnonzero(lesson.groups == lesson.groups[self._rng.integers(total)])
            return np.asarray(self._rng.choice(members, size=count, replace=len(members) < count), dtype=np.int64)
        return np.asarray(self._rng.choice(total, size=count, p=lesson.shares), dtype=np.int64)

    def _taught(self, lesson: Lesson, rows: Rows) -> NDArray[np.float32]:
        assert lesson.goals is not None
        return np.asarray(lesson.goals[rows], dtype=np.float32)

    def _same(self, lesson: Lesson, rows: Rows) -> Tensor:
        """Return which rows have the same text on a side, off the diagonal: they are no counter-examples."""
        found = np.zeros((len(rows), len(rows)), dtype=bool)
        for numbers in lesson.twins:
            found |= numbers[rows][:, None] == numbers[rows][None, :]
        np.fill_diagonal(found, val=False)
        return torch.from_numpy(found)
