"""What the reader learns from, and how long: the settings that were chosen on the validation subjects."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.reading import made
from training.reading.corpus import Example, Group, entailment, groups, questions, students

ENTAILMENT = ("mnli_en.dev", "snli_en.dev", "scitail_en.dev")
STUDENTS = ("scientsbank", "beetle")


@dataclass(frozen=True)
class Recipe:
    """How much of what a pass holds."""

    passes: int = 3
    entailment: int = 1500
    """Examples of the entailment sets in a pass, drawn anew each time."""
    students: int = 1500
    """Answers of real students in a pass."""
    seed: int = 0


def passes(shared: Path, recipe: Recipe, without: Sequence[str] = ()) -> Iterator[list[Group]]:
    """The groups of each pass; `without` names public sets that are measured and so must not be learned."""
    marked = questions("train")
    points = [point for question in marked for point in question["points"]]
    entailed = [each for name in ENTAILMENT for each in entailment(shared / "training" / "nli" / f"{name}.jsonl.xz")]
    answered = [
        each for name in STUDENTS if name not in without for each in students(shared / "grading" / f"{name}.jsonl.xz")
    ]
    for number in range(recipe.passes):
        rng = random.Random(recipe.seed * 1000 + number)
        found = [group for one in marked for group in (*groups(one, rng), *made.groups(one, points, rng))]
        yield found + drawn(entailed, recipe.entailment, rng) + drawn(answered, recipe.students, rng)


def drawn(examples: Sequence[Example], most: int, rng: random.Random) -> list[Group]:
    """At most so many of the examples, each a group of its own."""
    return [(each,) for each in rng.sample(examples, min(most, len(examples)))]
