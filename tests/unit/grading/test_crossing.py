"""One thing's properties given to another and the other's to the first; and right answers that only look like that."""

from __future__ import annotations

import pytest

from viva.notes.points import split_points
from viva.practice.compared import compared
from viva.practice.crossing import Contrasts, crossed
from viva.practice.grader import Grader
from viva.semantics.terms import terms
from viva.text.segment import clauses, sentences
from viva.types import Entry

from .conftest import make_entry

EXCHANGED = [
    (
        "BN normalizes each feature over the batch\nLN normalizes all features within a sample",
        "BN normalizes over the batch, LN within a sample",
        "LN normalizes over the batch, BN within a sample",
    ),
    (
        "BN在batch维度上做归一化\nLN在单个样本内部做归一化",
        "LN在单个样本内部做归一化，BN在batch维度上做归一化",
        "LN在batch维度上做归一化，BN在单个样本内部做归一化",
    ),
    (
        "二阶段：Faster R-CNN、R-FCN\n一阶段：YOLO、SSD",
        "一阶段：SSD、YOLO。二阶段：R-FCN、Faster R-CNN",
        "一阶段：R-FCN、Faster R-CNN。二阶段：SSD、YOLO",
    ),
    (
        "二阶段：Faster R-CNN、R-FCN。一阶段：YOLO、SSD",
        "一阶段：SSD、YOLO。二阶段：R-FCN、Faster R-CNN",
        "一阶段：R-FCN、Faster R-CNN。二阶段：SSD、YOLO",
    ),
    (
        "遗忘门：决定丢弃哪些过时信息\n输入门：控制当前输入中哪些信息需要加入",
        "遗忘门决定丢弃哪些信息，输入门决定加入哪些信息",
        "输入门决定丢弃哪些信息，遗忘门决定加入哪些信息",
    ),
    (
        "A stack gives back the newest element first. A queue gives back the oldest element first.",
        "queue: oldest first; stack: newest first",
        "stack: oldest first; queue: newest first",
    ),
]
COMPARED = [
    (
        "How do a hash index and a tree index differ?",
        "A hash index finds one key in constant time. A tree index keeps keys sorted and serves ranges.",
        "a tree index finds a key in constant time and a hash index keeps the keys sorted",
    ),
    (
        "What is the difference between eager and lazy loading?",
        "Eager loading fetches rows at once, in the first query. With lazy loading rows wait until somebody reads them.",
        "lazy loading fetches everything in the first query whereas eager loading waits until somebody reads it",
    ),
    (
        "生产者和消费者各做什么",
        "生产者把任务放进队列，队列满了就等待。消费者从队列取出任务并处理，队列空了就休眠。",
        "消费者把任务放进队列，满了就等待；生产者取出任务来处理，空了就休眠",
    ),
]
"""A question that compares two things, its answer, and the two exchanged in words that do not begin alike."""
RIGHT = [
    "丢弃由遗忘门决定，加入由输入门决定",
    "输入门不像遗忘门那样丢弃信息，它控制加入哪些",
    "遗忘门决定丢弃哪些信息",
    "遗忘门和输入门分别决定丢弃和加入哪些信息",
]


def exchanged(answer: str, said: str) -> dict[int, list[int]]:
    points = [point.text for point in split_points(answer)]
    numbers = iter(range(1_000))
    spoken = [[(next(numbers), clause) for clause in clauses(sentence)] for sentence in sentences(said)]
    return crossed(Contrasts.of(points), spoken)


@pytest.mark.parametrize(("answer", "right", "wrong"), EXCHANGED)
def test_exchanged_things_contradict_both_points(grader: Grader, answer: str, right: str, wrong: str) -> None:
    asked = make_entry("区别", answer)
    told, crossed_over = grader.grade(asked, right), grader.grade(asked, wrong)
    assert told.score >= 75
    assert crossed_over.score <= 10
    assert {point.status for point in crossed_over.points} == {"contradicted"}


@pytest.mark.parametrize(("question", "answer", "wrong"), COMPARED)
def test_the_two_things_of_a_question_exchanged_are_contradicted(
    grader: Grader, question: str, answer: str, wrong: str
) -> None:
    grade = grader.grade(make_entry(question, answer), wrong)
    assert grade.score < 40
    assert sum(point.status == "contradicted" or bool(point.against) for point in grade.points) >= 2


@pytest.mark.parametrize(
    "said",
    [
        "a tree index keeps its keys sorted and a hash index finds one in constant time",
        "unlike a tree index, a hash index serves no ranges, but it finds a key in constant time",
        "hash and tree index: constant time and sorted keys respectively",
    ],
)
def test_right_comparisons_exchange_nothing(grader: Grader, said: str) -> None:
    question, answer, _ = COMPARED[0]
    grade = grader.grade(make_entry(question, answer), said)
    assert not any(point.against or point.status == "contradicted" for point in grade.points)


def test_a_question_compares_what_begins_its_points() -> None:
    points = ["A hash index finds keys", "A tree index sorts keys"]
    assert compared("How do a hash index and a tree index differ?", points, terms) == [("hash", "tree")]
    assert compared("How does a hash index find keys?", points, terms) == []
    assert compared("", [], terms) == []


def test_the_clause_that_names_a_thing_stands_against_its_point(grader: Grader) -> None:
    answer, _, wrong = EXCHANGED[1]
    first, second = grader.grade(make_entry("区别", answer), wrong).points
    assert (first.evidence, second.evidence) == ("BN在单个样本内部做归一化", "LN在batch维度上做归一化")


@pytest.mark.parametrize("said", RIGHT)
def test_right_answers_in_other_order_exchange_nothing(said: str) -> None:
    assert exchanged(EXCHANGED[4][0], said) == {}


def test_who_denies_an_exchange_makes_none() -> None:
    said = "a hash index does not keep keys sorted, a tree index does not find one in constant time"
    assert exchanged(COMPARED[0][1], said) == {}


def test_one_side_alone_is_no_exchange() -> None:
    assert exchanged(EXCHANGED[0][0], "LN does not depend on the batch, BN normalizes over it") == {}
    assert exchanged(EXCHANGED[0][0], "LN works over the batch") == {}


def test_statements_that_begin_differently_or_have_no_word_in_common_are_no_contrast() -> None:
    for points in (
        ["Training uses dropout", "In tests nothing is dropped by it"],
        ["dropout thins the layers", "momentum smooths updates"],
        ["BN uses the batch"] * 2,
        [],
        [""],
    ):
        assert Contrasts.of(points).known == ()


def test_no_note_exchanges_its_own_points(samples: list[Entry]) -> None:
    for one in samples:
        assert exchanged(one.answer, one.answer) == {}, one.question
