"""The marked answers of a split as single judgements, with what is known of each."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from training.reading import made
from training.reading.corpus import LETTERS, across, twins


@dataclass(frozen=True)
class Case:
    """An answer beside a point."""

    question: str
    points: tuple[str, ...]
    point: str
    answer: str
    label: int
    """A `Reading`."""
    kind: str
    lang: str
    subject: str
    mark: float
    """Of the whole answer, 0 to 1."""


Questions = Sequence[dict[str, Any]]


def cases(questions: Questions) -> list[Case]:
    """Return every labelled point of every answer."""
    return [one for question in questions for answer in question["answers"] for one in of_answer(question, answer)]


def elsewhere(questions: Questions, kinds: Sequence[str]) -> list[Case]:
    """Return the labelled points of answers of these kinds, with question and points in the other language."""
    return [
        one
        for question in questions
        for answer in question["answers"]
        if answer["kind"] in kinds
        for one in of_answer(across(question), answer)
    ]


def of_answer(question: dict[str, Any], answer: dict[str, Any]) -> list[Case]:
    """Return an answer beside each point of its question."""
    return [case(question, place, answer["text"], LETTERS.index(letter), answer["kind"], answer["score"])
            for place, letter in enumerate(answer["labels"])]  # fmt: skip


def case(question: dict[str, Any], place: int, answer: str, label: int, kind: str, mark: float = 0.0) -> Case:
    """Return an answer beside the point at this place."""
    points = tuple(question["points"])
    return Case(
        question["question"], points, points[place], answer, label, kind, question["lang"], question["subject"], mark
    )


def pairs(questions: Questions, kinds: Sequence[str]) -> list[tuple[Case, Case, str]]:
    """Return twins whose false one is of these kinds: the true case, the false case, the sort of mistake."""
    found = []
    for question in questions:
        for true, false, place in twins(question):
            if false["kind"] in kinds:
                right, wrong = (of_answer(question, answer)[place] for answer in (true, false))
                found.append((right, wrong, false.get("mistake", "")))
    return found


def recited(questions: Questions) -> list[Case]:
    """Return points in their own words, in another order and with slips, each beside one of them."""
    found = []
    for number, question in enumerate(questions):
        rng = random.Random(number)
        for place, point in enumerate(question["points"]):
            others = rng.sample(
                [other for other in question["points"] if other != point], min(2, len(question["points"]) - 1)
            )
            order = rng.sample([point, *others], 1 + len(others))
            joint = "，" if question["lang"] == "zh" else ", "
            found.append(case(question, place, made.mistyped(joint.join(order), rng), 0, "recited"))
    return found


def shuffled(questions: Questions) -> list[Case]:
    """Return each point beside its own words in a random order."""
    found = []
    for number, question in enumerate(questions):
        rng = random.Random(number)
        for place, point in enumerate(question["points"]):
            text = made.shuffle(point, rng)
            if text:
                found.append(case(question, place, text, 2, "shuffled"))
    return found
