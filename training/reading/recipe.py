"""What the reader learns from, and how long: the settings that were chosen on the validation subjects."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.reading import made
from training.reading.corpus import Example, Group, entailment, groups, marked, parallel, questions, students, wholes
from training.sources import packed

ENTAILMENT = ("mnli_en.dev", "snli_en.dev", "scitail_en.dev")
PARALLEL = ("tatoeba_cmn", "python_docs", "d2l", "tf_docs", "hf_course", "paddle_docs")
STUDENTS = ("scientsbank", "beetle")
TERSE = "[de]-*.jsonl"
"""Files of notes as terse as real ones, with near words and denials."""
MARKED = ("saf", "stita", "ads_zh", "le_zh", "sr_zh")
"""Sets of marks alone; cunlp states no licence and is never learned."""


@dataclass(frozen=True)
class Recipe:
    """How much of what a pass holds."""

    passes: int = 2
    questions: int | None = None
    """Marked questions whose points are learned in a pass; all of them where it is None."""
    made: int | None = None
    """Marked questions from whose points examples are made; all of them where it is None."""
    terse: int = 0
    """How often more a pass holds the questions of terse notes with near words."""
    wholes: int = 2
    """Answers of each marked question that are read beside all its points, twins apart."""
    entailment: int = 2000
    """Examples of the entailment sets in a pass, drawn anew each time, as are the following."""
    parallel: int = 800
    students: int = 2500
    """Answers of real students to one-sentence references."""
    marked: int = 2500
    """Answers of real people with a mark alone."""
    seed: int = 0


FURTHER = Recipe(questions=600, made=900, terse=1, entailment=300, parallel=200, students=600, marked=900)
"""For a reader that has learned all of it, and goes on with what it knows least: terse notes, denials, marks."""


def passes(shared: Path, recipe: Recipe, without: Sequence[str] = ()) -> Iterator[list[Group]]:
    """The groups of each pass; `without` names public sets that are measured and so must not be learned."""
    asked, terse = questions("train"), questions("train", files=TERSE)
    points = [point for question in asked for point in question["points"]]
    training, grading = shared / "training", shared / "grading"
    learned = [name for name in STUDENTS if name not in without]
    weighed = [packed(grading / f"{name}.jsonl.xz") for name in MARKED if name not in without]
    aligned = [packed(training / "parallel" / f"{name}.jsonl.xz") for name in PARALLEL if recipe.parallel]
    entailed = [each for name in ENTAILMENT for each in entailment(training / "nli" / f"{name}.jsonl.xz")]
    answered = [each for name in learned for each in students(grading / f"{name}.jsonl.xz")]
    for number in range(recipe.passes):
        rng = random.Random(recipe.seed * 1000 + number)
        found = [group for one in some(asked, recipe.questions, rng) for group in groups(one, rng)]
        found += [group for _ in range(recipe.terse) for one in terse for group in groups(one, rng)]
        found += [group for one in some(asked, recipe.made, rng) for group in made.groups(one, points, rng)]
        found += [group for one in asked for group in wholes(one, recipe.wholes, rng)]
        found += drawn(entailed, recipe.entailment, rng) + drawn(answered, recipe.students, rng)
        for sentences in aligned:
            found += drawn(list(parallel(sentences, rng)), recipe.parallel // len(aligned), rng)
        for answers in weighed:
            found += drawn(list(marked(answers, rng)), recipe.marked // len(weighed), rng)
        yield found


def some(asked: Sequence[dict[str, Any]], most: int | None, rng: random.Random) -> Sequence[dict[str, Any]]:
    """At most so many of the questions."""
    return asked if most is None else rng.sample(asked, min(most, len(asked)))


def drawn(examples: Sequence[Example], most: int, rng: random.Random) -> list[Group]:
    """At most so many of the examples, each a group of its own."""
    return [(each,) for each in rng.sample(examples, min(most, len(examples)))]
