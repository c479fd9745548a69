"""What must hold for every question, in both languages, with the real model."""

from __future__ import annotations

import random
import unicodedata
from itertools import permutations

import pytest

from viva.notes.reader import read_notes
from viva.practice.grader import Grader
from viva.types import Entry

from .conftest import make_entry

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


def test_weights_add_up_to_one(grader: Grader, samples: list[Entry]) -> None:
    for entry in samples:
        assert sum(point.weight for point in grader.grade(entry, "something else").points) == pytest.approx(1.0)


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


def test_an_unrelated_sentence_never_raises_the_score(grader: Grader, samples: list[Entry]) -> None:
    for entry in samples:
        for point in entry.points:
            before = grader.grade(entry, point.text).score
            for sentence in UNRELATED:
                after = grader.grade(entry, f"{point.text}\n{sentence}").score
                assert before - 5 <= after <= before, (entry.id, point.text, sentence)


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
    for entry in samples:
        answer = f"嗯， {entry.points[0].text}；另外 Also {entry.points[-1].text.upper()}!!"
        for point in grader.grade(entry, answer).points:
            assert point.evidence in answer
            assert bool(point.evidence) == (point.status != "missed")
            assert -1.0 <= point.similarity <= 1.0
