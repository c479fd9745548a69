"""What the reader learns from, and how long: the settings that were chosen on the validation subjects."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.reading import made
from training.reading.corpus import Example, Group, entailment, groups, marked, parallel, questions, students
from training.sources import packed

ENTAILMENT = ("mnli_en.dev", "snli_en.dev", "scitail_en.dev")
PARALLEL = ("tatoeba_cmn", "python_docs", "d2l", "tf_docs", "hf_course", "paddle_docs")
STUDENTS = ("scientsbank", "beetle")
MARKED = ("saf", "stita", "ads_zh", "le_zh", "sr_zh")
"""Sets of marks alone; cunlp states no licence and is never learned."""


@dataclass(frozen=True)
class Recipe:
    """How much of what a pass holds."""

    passes: int = 2
    entailment: int = 2000
    """Examples of the entailment sets in a pass, drawn anew each time, as are the following."""
    parallel: int = 800
    students: int = 2500
    """Answers of real students to one-sentence references."""
    marked: int = 2500
    """Answers of real people with a mark alone."""
    seed: int = 0


def passes(shared: Path, recipe: Recipe, without: Sequence[str] = ()) -> Iterator[list[Group]]:
    """The groups of each pass; `without` names public sets that are measured and so must not be learned."""
    asked = questions("train")
    points = [point for question in asked for point in question["points"]]
    training, grading = shared / "training", shared / "grading"
    learned = [name for name in STUDENTS if name not in without]
    weighed = [packed(grading / f"{name}.jsonl.xz") for name in MARKED if name not in without]
    aligned = [packed(training / "parallel" / f"{name}.jsonl.xz") for name in PARALLEL if recipe.parallel]
    entailed = [each for name in ENTAILMENT for each in entailment(training / "nli" / f"{name}.jsonl.xz")]
    answered = [each for name in learned for each in students(grading / f"{name}.jsonl.xz")]
    for number in range(recipe.passes):
        rng = random.Random(recipe.seed * 1000 + number)
        found = [group for one in asked for group in (*groups(one, rng), *made.groups(one, points, rng))]
        found += drawn(entailed, recipe.entailment, rng) + drawn(answered, recipe.students, rng)
        for sentences in aligned:
            found += drawn(list(parallel(sentences, rng)), recipe.parallel // len(aligned), rng)
        for answers in weighed:
            found += drawn(list(marked(answers, rng)), recipe.marked // len(weighed), rng)
        yield found


def drawn(examples: Sequence[Example], most: int, rng: random.Random) -> list[Group]:
    """At most so many of the examples, each a group of its own."""
    return [(each,) for each in rng.sample(examples, min(most, len(examples)))]
