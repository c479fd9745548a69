"""Marked answers as what the reader learns from: pairs of an answer and a point, each with its label.

Twins, an answer and the same with one thing made false, stay together in one `Group`, so that a batch holds both and
the loss can look at their difference.
"""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

from training.reading.e5 import LABELS, MARKS
from training.sources import packed
from viva.models.reader import statement, together
from viva.notes.points.split import split_points

LETTERS = "cpax"
COVERED, PARTIAL, ABSENT, CONTRADICTED = range(len(LABELS))


@dataclass(frozen=True)
class Example:
    """An answer beside a point of a question."""

    answer: str
    question: str
    """Empty where there is none, as in entailment sets."""
    point: str
    target: tuple[float, ...]
    """How likely each of the four labels is; one of them 1 where a person said so."""

    @property
    def statement(self) -> str:
        """What the answer is held against: the point with its question, since notes are terse."""
        return statement(self.question, self.point)


Group = tuple[Example, ...]
"""One example, or twins: the true one first."""


def hard(label: int) -> tuple[float, ...]:
    """The target that is sure of one label."""
    return tuple(float(place == label) for place in range(len(LABELS)))


def questions(split: str, part: slice = slice(None), files: str = "*.jsonl") -> list[dict[str, Any]]:
    """The marked questions of a split (train, validation or test), of each file this part; twins have their `pair`."""
    return paired(row for path in sorted((MARKS / split).glob(files)) for row in translated(path)[part])


def translated(path: Path) -> list[dict[str, Any]]:
    """The questions of a file, each with question and points in the other language as `other`."""
    others = rows(path.parents[1] / "translated" / path.parent.name / path.name)
    return [{**row, "other": other} for row, other in zip(rows(path), others, strict=True)]


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def paired(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The questions with a `pair` for all twins."""
    listed = list(found)
    for question in listed:
        pair_up(question["answers"])
    return listed


def pair_up(answers: list[dict[str, Any]]) -> None:
    """Gives twins the same `pair` where the file does not say it: the false one goes with the nearest true one."""
    if any("pair" in answer for answer in answers):
        return
    free = {"flip": ["twin"], "flip2": ["twin2"], "unsay": ["say"]}
    for number, false in enumerate(answer for answer in answers if answer["kind"] in free):
        fitting = [
            answer
            for answer in answers
            if answer["kind"] in free[false["kind"]] and "pair" not in answer and differ_by_truth(answer, false)
        ]
        if fitting:
            true = min(fitting, key=lambda answer: Indel.distance(answer["text"], false["text"]))
            true["pair"] = false["pair"] = number


def differ_by_truth(true: dict[str, Any], false: dict[str, Any]) -> bool:
    """Whether the labels differ at one point alone, covered in the one and contradicted in the other."""
    letters = zip(true["labels"], false["labels"], strict=True)
    return [both for both in letters if both[0] != both[1]] == [("c", "x")]


def twins(question: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any], int]]:
    """The true and the false answer of each pair, and the place of the point that is made false."""
    by_pair: dict[int, list[dict[str, Any]]] = {}
    for answer in question["answers"]:
        if "pair" in answer:
            by_pair.setdefault(answer["pair"], []).append(answer)
    for both in by_pair.values():
        if len(both) == 2:
            true, false = sorted(both, key=lambda answer: "x" in answer["labels"] and answer["kind"] in FALSE)
            place = next(i for i, (a, b) in enumerate(zip(true["labels"], false["labels"], strict=True)) if a != b)
            yield true, false, place


FALSE = {"flip", "flip2", "unsay"}


def example(question: dict[str, Any], answer: dict[str, Any], place: int) -> Example:
    """An answer beside the point at this place."""
    label = LETTERS.index(answer["labels"][place])
    return Example(answer["text"], question["question"], question["points"][place], hard(label))


def wholes(question: dict[str, Any], most: int, rng: random.Random) -> Iterator[Group]:
    """Some answers beside all points at once, as likely covered as the mark is high; whole twins together."""
    asked = (question, across(question))
    pairs = [both for *both, _ in twins(question) if both[0]["score"] > both[1]["score"] + 0.1]
    for true, false in rng.sample(pairs, min(2, len(pairs))):
        one = asked[rng.random() < CROSSING]
        yield whole(one, true), whole(one, false)
    for answer in rng.sample(question["answers"], min(most, len(question["answers"]))):
        yield (whole(asked[rng.random() < CROSSING], answer),)


def whole(question: dict[str, Any], answer: dict[str, Any]) -> Example:
    """An answer beside all points of its question, with its mark."""
    wrong = 0.75 if "x" in answer["labels"] else 0.0
    points = together(question["points"])
    return Example(answer["text"], question["question"], points, earned(answer["score"], wrong))


def across(question: dict[str, Any]) -> dict[str, Any]:
    """The question as notes in the other language have it; its answers stay, and so do their labels."""
    return {**question, **question["other"]}


def groups(question: dict[str, Any], rng: random.Random) -> Iterator[Group]:
    """What one pass learns from a question: all twins, and of each answer two points that it speaks of at most.

    Further points of the same answer teach little that is new and cost as much. Points that an answer does not speak of
    are half of all labels and learned first, so one for two answers is enough. One in six is read against notes in the
    other language.
    """
    seen = set()
    asked = (question, across(question))
    for true, false, place in twins(question):
        one = asked[rng.random() < CROSSING]
        yield example(one, true, place), example(one, false, place)
        seen |= {(id(true), place), (id(false), place)}
    for answer in question["answers"]:
        most, silent = (1, 0.3) if "pair" in answer else (2 if answer["kind"] in SUBTLE else 1, 0.5)
        spoken = [place for place, letter in enumerate(answer["labels"]) if letter != "a"]
        absent = [place for place, letter in enumerate(answer["labels"]) if letter == "a"]
        half_said = [place for place in spoken if answer["labels"][place] == "p"]
        chosen = half_said + rng.sample(spoken, min(len(spoken), most))
        if absent and (rng.random() < silent or not spoken):
            chosen.append(rng.choice(absent))
        yield from (
            (example(asked[rng.random() < CROSSING], answer, place),)
            for place in sorted(set(chosen))
            if (id(answer), place) not in seen
        )


CROSSING = 1 / 6
"""How often an answer is read against the notes in the other language."""

SUBTLE = {"wrong", "mixed", "negative", "borrowed", "cross"}
"""Kinds of answers that say more about what a point means than others do."""


ENTAILED = {"entailment": hard(COVERED), "neutral": hard(ABSENT), "contradiction": hard(CONTRADICTED)}
TURNED = {"entailment": (0.15, 0.5, 0.35, 0.0), "neutral": hard(ABSENT), "contradiction": (0.0, 0.0, 0.2, 0.8)}
"""Labels with premise and hypothesis exchanged: what follows from a sentence says most often only a part of it."""


def entailment(path: Path) -> Iterator[Example]:
    """An entailment set, and the same turned round: what follows is covered, what is left open absent."""
    for row in packed(path):
        if row["label"] in ENTAILED:
            yield Example(row["premise"], "", row["hypothesis"], ENTAILED[row["label"]])
            yield Example(row["hypothesis"], "", row["premise"], TURNED[row["label"]])


def parallel(listed: Iterable[dict[str, Any]], rng: random.Random) -> Iterator[Example]:
    """Sentences in one language beside their translation, which covers them, or beside the one that stands next."""
    found = [row for row in listed if 12 <= len(row["en"]) <= 200 and len(row["zh"]) >= 5]
    for row, following in pairwise(found):
        answer, point = rng.choice((("zh", "en"), ("en", "zh")))
        yield Example(row[answer], "", row[point], hard(COVERED))
        if rng.random() < 0.3:
            yield Example(row[answer], "", following[point], (0.0, 0.05, 0.9, 0.05))


STUDENTS = {
    "correct": hard(COVERED),
    "contradictory": hard(CONTRADICTED),
    "partially_correct_incomplete": hard(PARTIAL),
    "irrelevant": hard(ABSENT),
    "non_domain": hard(ABSENT),
    "incorrect": (0.0, 0.35, 0.65, 0.0),
}
"""Labels of scientsbank and beetle. An incorrect answer of scientsbank is partly right or beside the point."""


def students(path: Path) -> Iterator[Example]:
    """Real answers of students to one-sentence references."""
    for row in packed(path):
        reference = row["reference"]
        if row["split"] == "train" and isinstance(reference, str) and row["label"] in STUDENTS:
            yield Example(row["answer"], row["question"] or "", reference, STUDENTS[row["label"]])


def marked(listed: Iterable[dict[str, Any]], rng: random.Random) -> Iterator[Example]:
    """Real answers with a mark alone, beside a passage of the reference: as likely covered as the mark is high."""
    for row in listed:
        if row["split"] not in ("train", "all"):
            continue
        reference = row["reference"]
        text = reference if isinstance(reference, str) else "\n".join(reference)
        points = split_points(text)
        shown = points if len(points) <= MOST_POINTS else rng.sample(points, MOST_POINTS)
        for said in (*(point.text for point in shown), together([point.text for point in points])):
            yield Example(row["answer"], row["question"] or "", said, earned(row["score"]))


MOST_POINTS = 2
"""Passages of a reference that an answer is read beside, in a pass."""


def earned(mark: float, wrong: float = 0.25) -> tuple[float, ...]:
    """What a mark (0 to 1) says of each point: half marks are as often a point half said as one said and one not.

    `wrong` is the part of what earns nothing that contradicts.
    """
    partly = 2 * mark * (1 - mark)
    left = 1 - mark - partly / 2
    return mark - partly / 2, partly, left * (1 - wrong), left * wrong


def soften(target: Iterable[float], by: float) -> tuple[float, ...]:
    """The target with a little of its certainty spread over all labels."""
    return tuple(value * (1 - by) + by / len(LABELS) for value in target)
