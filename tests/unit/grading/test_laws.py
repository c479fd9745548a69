"""What must hold for every question, in both languages, with the real model."""

from __future__ import annotations

import json
import random
import unicodedata
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from training.reading.made import taken_back
from viva.grading.grader import Grader
from viva.notes.reader import read_notes
from viva.text.normal import language_of
from viva.types import Encoder, Entry, Point, Reader

from .conftest import ROOT, make_entry

UNRELATED = ("今天食堂的番茄炒蛋偏咸。", "The ferry to the island leaves at noon.")


@pytest.fixture(params=["chinese", "english"])
def entry(request: pytest.FixtureRequest) -> Entry:
    return request.getfixturevalue(request.param)


def test_every_sample_reference_scores_100_against_itself(grader: Grader, samples: list[Entry]) -> None:
    assert len(samples) >= 35
    assert {entry.id: grader.grade(entry, entry.answer).score for entry in samples} == {e.id: 100 for e in samples}


@pytest.mark.shared
def test_every_real_reference_scores_100_against_itself(grader: Grader, real_notes) -> None:
    entries = [entry for entry in read_notes([real_notes]).entries if entry.answered]
    assert len(entries) == 47
    for entry in entries:
        grade = grader.grade(entry, entry.answer)
        assert (grade.score, grade.verdict, grade.flags) == (100, "strong", ()), entry.id
        assert all(point.status == "covered" and point.evidence for point in grade.points)


def test_points_alone_in_any_order_score_100(grader: Grader, samples: list[Entry]) -> None:
    rng = random.Random(5)
    for entry in samples:
        texts = [point.text for point in entry.points]
        rng.shuffle(texts)
        assert grader.grade(entry, "\n".join(texts)).score == 100, entry.id


def test_weights_add_up_to_one(encoder: Encoder, samples: list[Entry]) -> None:
    alone = Grader(encoder, None)
    for entry in samples:
        assert sum(point.weight for point in alone.grade(entry, "something else").points) == pytest.approx(1.0)


def test_empty_is_nothing(grader: Grader, entry: Entry) -> None:
    for answer in ("", "   ", "\n\t", "\u200b", "\u3000"):
        grade = grader.grade(entry, answer)
        assert (grade.score, grade.verdict, grade.flags) == (0, "weak", ("empty",))
        assert all(point.status == "missed" and point.evidence == "" for point in grade.points)


def test_doubling_order_and_a_covered_point(grader: Grader, samples: list[Entry]) -> None:
    rng = random.Random(11)
    for entry in samples:
        said = [point.text for point in rng.sample(entry.points, rng.randint(1, min(4, len(entry.points))))]
        alone = grader.grade(entry, "\n".join(said)).score
        assert grader.grade(entry, "\n".join(said + said)).score == alone
        assert grader.grade(entry, "\n".join(reversed(said))).score == alone
        for point in entry.points:
            assert grader.grade(entry, "\n".join([*said, point.text])).score >= alone


ORDERED = """- asyncio runs very many waiting tasks in one thread and switches between them only at await.
- Threads suit blocking I/O with libraries that know nothing of async; shared data needs locks.
- Processes suit heavy computation, since each has its own interpreter and can use its own core.
- Data passed between processes has to be pickled, which costs time and excludes some objects.
- A blocking call inside a coroutine stops the whole event loop; `asyncio.to_thread` moves it to a thread.
- A coroutine does nothing until it is awaited or wrapped in a task."""
"""Points that name each other's heads: the first, third and fifth of them scored 74 or 77, by their order."""


def test_sentences_may_stand_in_any_order(grader: Grader, samples: list[Entry]) -> None:
    rng = random.Random(17)
    fixed = make_entry("When would you use asyncio, threads or processes in Python?", ORDERED)
    answers = [(entry, rng.sample(entry.points, min(3, len(entry.points)))) for entry in samples]
    for entry, said in [(fixed, [fixed.points[place] for place in (0, 2, 4)]), *answers]:
        orders = permutations([point.text for point in said])
        assert len({grader.grade(entry, "\n".join(order)).score for order in orders}) == 1, entry.id


def test_an_unrelated_sentence_hardly_moves_the_score(grader: Grader, samples: list[Entry]) -> None:
    for entry in samples[::10]:
        for point in entry.points[:2]:
            before = grader.grade(entry, point.text).score
            for sentence in UNRELATED:
                after = grader.grade(entry, f"{point.text}\n{sentence}").score
                assert before - 5 <= after <= before + 2, (entry.id, point.text, sentence)


def test_width_case_and_punctuation_do_not_matter(grader: Grader, entry: Entry) -> None:
    said = "；".join(point.text for point in entry.points[:2])
    score = grader.grade(entry, said).score
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in said)
    assert unicodedata.normalize("NFKC", wide) == unicodedata.normalize("NFKC", said)
    for variant in (wide, said.upper(), said.replace("；", "。"), said.replace("，", ","), f"  {said} \n"):
        assert grader.grade(entry, variant).score == score


def test_same_input_same_output(grader: Grader, entry: Entry) -> None:
    assert grader.grade(entry, entry.points[0].text) == grader.grade(entry, entry.points[0].text)


def test_evidence_is_typed_text(grader: Grader, samples: list[Entry]) -> None:
    for entry in samples[::6]:
        answer = f"嗯， {entry.points[0].text}；另外 Also {entry.points[-1].text.upper()}!!"
        for point in grader.grade(entry, answer).points:
            assert point.evidence in answer
            assert bool(point.evidence) == (point.status != "missed")
            assert -1.0 <= point.similarity <= 1.0


QUESTIONS = [
    row
    for path in sorted((ROOT / "training" / "marks" / "validation").glob("va-??.jsonl"))
    for row in [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line][::8]
]
"""Marked questions of the validation subjects, which choose settings and are no test of how good a grade is."""


def marked(question: dict[str, Any]) -> Entry:
    entry = make_entry(question["question"], "\n".join(question["points"]))
    return replace(entry, points=tuple(map(Point, question["points"])))


def test_the_words_of_a_point_in_another_order_are_not_that_point(grader: Grader, samples: list[Entry]) -> None:
    rng = random.Random(3)
    covered = []
    for entry in samples[::3]:
        for point in entry.points:
            words = list(point.text) if language_of(point.text) == "zh" else point.text.split()
            if len(words) >= 12:
                rng.shuffle(words)
                said = ("" if language_of(point.text) == "zh" else " ").join(words)
                covered.append(grader.grade(replace(entry, points=(point,)), said).points[0].status == "covered")
    assert len(covered) > 60
    assert sum(covered) / len(covered) <= 0.05


def test_a_grade_depends_on_nothing_that_is_graded_beside_it(encoder: Encoder, reader: Reader, grader: Grader) -> None:
    for question in QUESTIONS[:4]:
        entry, answer = marked(question), question["answers"][0]["text"]
        assert Grader(encoder, reader).grade(entry, answer) == Grader(encoder, reader).grade(entry, answer)
        before = grader.grade(entry, answer)
        grader.grade(entry, question["answers"][1]["text"])
        assert grader.grade(entry, answer) == before


def test_width_marks_and_politeness_move_a_score_by_five_at_most(grader: Grader) -> None:
    moved = []
    for question in QUESTIONS:
        entry = marked(question)
        for answer in question["answers"][::9]:
            text = answer["text"]
            polite = f"好的，我来回答：{text}" if question["lang"] == "zh" else f"Sure, let me answer: {text}"
            wide = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)
            marks = text.translate({ord("，"): ",", ord("。"): ".", ord(","): "，", ord("."): "。"})
            score = grader.grade(entry, text).score
            moved += [abs(grader.grade(entry, said).score - score) > 5 for said in (polite, wide, marks)]
    assert len(moved) > 60
    assert sum(moved) / len(moved) <= 0.25


def test_one_thing_made_false_costs_on_the_whole(grader: Grader) -> None:
    true, false = [], []
    for question in QUESTIONS:
        entry = marked(question)
        pairs: dict[int, dict[str, str]] = {}
        for answer in question["answers"]:
            if answer["kind"] in ("twin", "flip"):
                pairs.setdefault(answer["pair"], {})[answer["kind"]] = answer["text"]
        for both in pairs.values():
            true.append(grader.grade(entry, both["twin"]).score)
            false.append(grader.grade(entry, both["flip"]).score)
    assert sum(true) > sum(false)


def test_without_a_reader_every_grade_is_unsure(encoder: Encoder, samples: list[Entry]) -> None:
    alone = Grader(encoder, None, entries=samples)
    for entry in samples[:10]:
        grade = alone.grade(entry, entry.points[0].text[:-1] + " and more")
        assert grade.verdict == "unsure"
        assert {point.status for point in grade.points} <= {"covered", "partial", "missed"}
        assert alone.grade(entry, entry.answer).score == 100, "word for word needs no reader"
        assert alone.grade(entry, "").verdict == "weak"


def test_what_the_person_says_of_points_moves_the_score_with_it(grader: Grader) -> None:
    question = QUESTIONS[0]
    entry = marked(question)
    grade = grader.grade(entry, question["answers"][2]["text"])
    assert grader.rescored(grade).score == grade.score
    accepted = replace(grade, points=tuple(replace(one, status="covered", judged=True) for one in grade.points))
    assert grader.rescored(accepted).score == 100
    refused = replace(grade, points=tuple(replace(one, status="missed", judged=True) for one in grade.points))
    assert grader.rescored(refused).score == 0


def test_a_point_that_is_said_and_taken_back_is_not_covered(grader: Grader) -> None:
    rng = random.Random(1)
    covered = []
    for question in QUESTIONS:
        for place, point in enumerate(question["points"][:2]):
            said = taken_back(point, question["lang"], rng)
            covered.append(grader.grade(marked(question), said).points[place].status == "covered")
    assert len(covered) > 15
    assert sum(covered) / len(covered) <= 0.25
