"""The entries that an answer is near, beside its closest passage."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from viva.grading.grader import Grader, notes_passage
from viva.grading.near_entries import near_hits
from viva.history.records import grade_json, grade_of
from viva.retrieval.build import open_index
from viva.retrieval.searcher import Searcher
from viva.tui.interview.grade_lines import feedback_lines
from viva.types import Feedback, Grade, Hit, Near, Question, Rating
from viva.wording.feedback import graded_lines, kept_reference_lines, near_line
from viva.wording.passages import without_aims


def hit(name, score):
    return Hit(1, score, name, "1", f"question {name}", "passage", "a.md", 3, 4)


def names(entry, *hits):
    return [near.question_id for near in near_hits(entry, hits)]


def test_near_is_what_is_close_and_hardly_farther_than_the_closest(chinese):
    assert names(chinese, hit("a", 0.7), hit("b", 0.65), hit("c", 0.59)) == ["a", "b"], "c is near nothing"
    assert names(chinese, hit("a", 0.9), hit("b", 0.75)) == ["a"], "much farther than the closest"
    assert names(chinese, hit("a", 0.7), hit(chinese.id, 0.69), hit("c", 0.68)) == ["a", "c"], "not the one asked"
    german = replace(hit("c", 0.68), question="问题")
    assert names(chinese, hit("a", 0.7), german) == ["c", "a"], "the language of the question first"
    assert names(chinese, hit(chinese.id, 0.7), hit("c", 0.68)) == ["c"]
    assert names(chinese) == []


@pytest.fixture(scope="module")
def searching(encoder, reader, samples, tmp_path_factory):
    index = open_index(tmp_path_factory.mktemp("index"), samples, encoder, notify=lambda line: None)
    return Grader(encoder, reader, Searcher(index, samples, encoder), entries=samples)


def entry_of(samples, words):
    return next(entry for entry in samples if words in entry.question)


def test_an_answer_between_two_entries_names_the_other(searching, samples):
    asked = entry_of(samples, "bias–variance")
    answer = "simple models have high bias and underfit, complex models have high variance and overfit"
    grade = searching.grade(asked, answer)
    near = grade.near[0]
    assert grade.passage.question_id == asked.id
    assert near.question_id != asked.id
    assert "overfit" in near.question.lower() or "fit" in near.question.lower()
    assert near.file.endswith(".md")
    assert near.line > 0
    assert f"({near.file}:{near.line})" in near_line(near, "en")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("GRU和LSTM有什么区别", "GRU只有两个门，没有单独的细胞状态，参数更少，训练更快"),
        ("BERT和GPT有什么不同", "BERT是双向的编码器，做完形填空；GPT是单向解码器，预测下一个词"),
        ("random forest", "it averages many decorrelated trees, so the variance goes down"),
        ("多头注意力有什么好处", "不同的头关注不同的子空间，计算量和单头差不多"),
        ("GRU和LSTM有什么区别", "不知道"),
    ],
)
def test_an_answer_that_fits_its_own_entry_has_no_neighbours(searching, samples, asked, answer):
    assert searching.grade(entry_of(samples, asked), answer).near == ()


def test_hardly_any_entry_has_neighbours_of_its_own_points(searching, samples):
    told = [searching.grade(entry, entry.points[0].text) for entry in samples if entry.points and len(entry.points) > 1]
    assert sum(bool(grade.near) for grade in told) <= len(told) * 0.12


def test_neighbours_are_stored_only_where_there_are_any():
    bare = Grade(50, "partial", (), None)
    assert "near" not in json.loads(grade_json(bare))
    assert grade_of(grade_json(bare)) == bare
    full = Grade(50, "partial", (), None, near=(Near("a", None, "what", "a.md", 7),))
    assert grade_of(grade_json(full)) == full
    assert without_aims(full).near == ()


def test_a_neighbour_is_one_line_in_the_language_of_the_question():
    near = Near("a", None, "什么是\n早停", "a.md", 7)
    assert near_line(near, "zh") == "也接近：“什么是 早停”（a.md:7）"
    assert near_line(near, "en") == 'Also near: "什么是 早停" (a.md:7)'


def test_both_faces_name_the_neighbours_after_the_passage(chinese):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    grade = Grade(50, "partial", (), notes_passage(chinese), near=(Near("b", "2", "什么是早停", "a.md", 7),))
    told = Feedback(Question(chinese, 1, 1, "zh"), "早停", grade, Rating.HARD, Rating.HARD, now, 1)
    lines = [*kept_reference_lines(told), *graded_lines(told, now)]
    own = next(place for place, line in enumerate(lines) if chinese.answer.splitlines()[0] in line)
    assert lines.index("也接近：“什么是早停”（a.md:7）") > own
    assert feedback_lines(told)[-1].content.plain == "Also near  a.md:7  2. 什么是早停"
