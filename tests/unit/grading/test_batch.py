"""JSON lines in, JSON values out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from viva.grading.batch import grade_rows
from viva.grading.grader import Grader
from viva.types import Entry


def rows(grader: Grader, entries: list[Entry], *lines: object) -> list[dict[str, object]]:
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    return list(grade_rows(texts, entries, grader))


def test_rows_keep_their_keys_and_order(grader: Grader, chinese: Entry) -> None:
    given = {"who": "a", "question_id": chinese.id, "answer": chinese.answer, "score_human": 1}
    found = rows(grader, [chinese], given, "", "  \n", {"question_id": "1", "answer": ""})
    assert len(found) == 2
    assert list(found[0])[:4] == list(given)
    assert found[0]["score"] == 100
    assert found[0]["verdict"] == "strong"
    passage = found[0]["passage"]
    assert isinstance(passage, dict)
    assert passage["question_id"] == chinese.id
    assert found[0]["flags"] == []
    assert set(found[0]["points"][0]) == {"text", "status", "similarity", "evidence"}
    assert (found[1]["score"], found[1]["flags"]) == (0, ["empty"])
    json.dumps(found)


def test_rows_with_their_own_reference(grader: Grader) -> None:
    answer = "It averages neighbouring pixels"
    found = rows(
        grader,
        [],
        {"question": "What does a box blur do?", "reference": answer, "answer": answer},
        {"question": None, "reference": [answer, "It loses detail"], "answer": answer},
        {"reference": answer, "answer": answer},
    )
    assert [row["score"] == 100 for row in found] == [True, False, True]
    assert [point["text"] for point in found[1]["points"]] == [answer, "It loses detail"]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("{", "JSON"),
        ("[1]", "object"),
        ('{"question_id": "nowhere", "answer": "a"}', "nowhere"),
        ('{"question_id": "7", "answer": "a"}', "ids"),
        ('{"question_id": [], "answer": "a"}', "question_id"),
        ('{"question_id": "own#1"}', "answer"),
        ('{"question_id": "own#1", "answer": 5}', "answer"),
        ('{"answer": "a"}', "reference"),
        ('{"reference": [], "answer": "a"}', "reference"),
        ('{"reference": "   ", "answer": "a"}', "reference"),
        ('{"reference": [1], "answer": "a"}', "reference"),
        ('{"question": 3, "reference": "a", "answer": "a"}', "question"),
    ],
)
def test_a_bad_row_says_why_in_its_place(grader: Grader, chinese: Entry, line: str, hint: str) -> None:
    twins = [replace(chinese, id="own#7", number="7"), replace(chinese, id="own#7~2", number="7")]
    good = {"question_id": chinese.id, "answer": "不知道", "error": None}
    bad, after = rows(grader, [chinese, *twins], line, good)
    assert hint in str(bad["error"])
    assert "score" not in bad
    assert after["flags"] == ["dont-know"]


def test_numbers_name_entries_in_any_width(grader: Grader, chinese: Entry) -> None:
    found = rows(grader, [chinese], {"question_id": "１", "answer": "x"}, {"question_id": 1, "answer": "x"})
    assert all("score" in row for row in found)


def test_rows_are_graded_one_by_one(grader: Grader, chinese: Entry) -> None:
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for _ in range(10_000):
            read += 1
            yield json.dumps({"question_id": chinese.id, "answer": "跳过"})

    stream = grade_rows(lines(), [chinese], grader)
    next(stream)
    next(stream)
    assert read == 2


def test_further_accepted_answers_count(grader: Grader) -> None:
    row = {"question": "What does a box blur do?", "reference": "It replaces a pixel by the mean of its neighbours"}
    said = "Edges become softer"
    lines = [json.dumps({**row, "answer": said}), json.dumps({**row, "answer": said, "accepted": [said]})]
    alone, accepted = grade_rows(lines, [], grader)
    assert alone["score"] < 50
    assert (accepted["score"], accepted["accepted"]) == (100, [said])


@pytest.mark.parametrize("accepted", ["text", [1], [" "], {}])
def test_accepted_must_be_answers(grader: Grader, accepted: object) -> None:
    (row,) = grade_rows([json.dumps({"reference": "a", "answer": "a", "accepted": accepted})], [], grader)
    assert "accepted" in str(row["error"])
