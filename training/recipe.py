"""The settings of a training run. What was tried and what it gave is in the README beside this file."""

from __future__ import annotations

from dataclasses import dataclass, field

from training.vocabulary import Sizes


@dataclass(frozen=True, slots=True)
class Batch:
    """How many rows of each kind a step takes."""

    parallel: int = 1024
    sections: int = 512
    terms: int = 512
    scored: int = 256
    judged: int = 256
    sentences: int = 512
    """English sentences without a translation, for the teacher's sake, half of them with slips of the keyboard."""
    flips: int = 256


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each loss counts."""

    towards: float = 5.0
    contrast: float = 1.0
    relations: float = 0.5
    sections: float = 0.5
    terms: float = 0.5
    scored: float = 0.02
    judged: float = 0.3
    flips: float = 0.1


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what comes out, beside the data."""

    seed: int = 20261125
    dimension: int = 256
    sizes: Sizes = field(default_factory=Sizes)
    buckets: int = 60_000
    steps: int = 1_500
    rate: float = 0.003
    warm_up: float = 0.05
    """Share of the steps in which the rate rises from 0; after them it falls to 0 along a cosine."""
    scale: float = 12.0
    """What cosines are multiplied by before a softmax over sentences and terms."""
    sections_scale: float = 20.0
    """The same for headings and their texts, where right and wrong lie closer together."""
    longest: int = 96
    """Tokens of a text that are read in one step."""
    kept_apart: int = 1_000
    """Rows of parallel text and of sections that only choose settings."""
    batch: Batch = field(default_factory=Batch)
    weights: Weights = field(default_factory=Weights)


SMALL = Recipe(
    dimension=32,
    sizes=Sizes(english=600, inner=100, chinese=400),
    buckets=500,
    steps=40,
    kept_apart=20,
    batch=Batch(parallel=64, sections=32, terms=32, scored=16, judged=16, sentences=32, flips=16),
)
"""A run of seconds, for the tests: everything happens, little is learned."""
