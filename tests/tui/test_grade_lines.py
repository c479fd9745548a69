"""Feedback as it is shown, over grades made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from viva.i18n import speaking
from viva.tui.interview.grade_lines import feedback_lines, kept_reference_lines, reference_lines, score_line
from viva.tui.interview.rating_bar import RatingBar
from viva.types import Entry, Feedback, Grade, Hit, Near, Place, Point, PointResult, Question, Rating

NOW = datetime.now(UTC)
ENTRY = Entry(
    "a.md#1", Place("/notes", "a.md", (), "1"), "1", "为什么要用动量", "更平稳；\n更快", (Point("更平稳"), Point("更快")),
    "a.md", 3, 5,
)  # fmt: skip
OTHER = Hit(1, 0.9, "b.md#2", "2", "What is momentum", "a secret answer", "b.md", 7, 9)
NEAR = Near("c.md#4", "4", "什么是步长", "c.md", 2)


def told(*points: PointResult, score=50, verdict="partial", flags=(), passage=None, near=(), **changes) -> Feedback:
    grade = Grade(score, verdict, points, passage, flags, near)
    parts = {"proposed": Rating.HARD, "rating": Rating.HARD, "due": NOW + timedelta(days=3), "review_id": 1}
    return Feedback(Question(ENTRY, 1, 1, "zh"), "所有的话", grade, **(parts | changes))


def plain(paragraphs) -> list[str]:
    return [line.content.plain for line in paragraphs]


def coloured(paragraphs, text: str) -> str:
    [style] = {
        str(span.style)
        for line in paragraphs
        for span in line.content.spans
        if text in line.content.plain[span.start : span.end]
    }
    return style


def test_a_point_that_differs_has_a_sign_and_the_colour_of_a_warning():
    lines = feedback_lines(told(PointResult("更快", "differs", 0.5, "更慢"), PointResult("更平稳", "missed", 0, "")))
    assert plain(lines)[1:] == ["1 ≠ differs 更快", "you: 更慢", "2 ○ missed  更平稳"]
    assert coloured(lines, "≠ differs") == "$text-warning"
    with speaking("zh"):
        assert plain(feedback_lines(told(PointResult("更快", "differs", 0.5, ""))))[1] == "1 ≠ 与笔记不同 更快"


@pytest.mark.parametrize(("status", "style"), [("differs", "$text-warning"), ("partial", "$text-error")])
def test_words_against_a_point_are_told_after_but(status, style):
    lines = feedback_lines(told(PointResult("更快", status, 0.5, "更快了", against="更慢了")))
    assert plain(lines)[2:] == ["you: 更快了", "but: 更慢了"]
    assert coloured(lines, "but: ") == style
    against = feedback_lines(told(PointResult("更快", "differs", 0.5, "", against="更慢了")))
    assert plain(against)[2:] == ["you: 更慢了"]


@pytest.mark.parametrize(
    ("score", "verdict", "flags", "overridden", "words"),
    [
        (90, "strong", (), False, "strong"),
        (80, "strong", ("brief",), False, "right, but brief"),
        (80, "strong", ("brief",), True, "strong (your verdict)"),
        (50, "partial", (), False, "partly"),
        (20, "weak", (), True, "not yet (your verdict)"),
    ],
)
def test_verdicts(score, verdict, flags, overridden, words):
    line = score_line(told(score=score, verdict=verdict, flags=flags, overridden=overridden))
    assert line.content.plain.startswith(f" {score} ━")
    assert line.content.plain.endswith(f" {words}")


def test_where_viva_is_unsure_there_is_no_score_and_no_rating_but_a_question():
    unsure = told(score=0, verdict="unsure", hints=1)
    assert score_line(unsure).content.plain == "unsure, please judge for yourself · 1 hint"
    bar = RatingBar()
    bar.set_reactive(RatingBar.feedback, unsure)
    first, second = bar._lines(100).plain.split("\n")
    assert " ".join(first.split()) == "1 Again 2 Hard 3 Good 4 Easy"
    assert second.strip() == "Right, partly or wrong? r, p or w: what you call right counts from then on"
    assert max(len(line) for line in bar._lines(40).plain.split("\n")[1:]) <= 40
    assert {name.key for name in RatingBar.BINDINGS} >= {"r", "p", "w"}


def test_what_was_judged_waits_for_nothing():
    rated = told(score=0, verdict="unsure", rated=True)
    assert score_line(rated).content.plain == "unsure"
    bar = RatingBar()
    bar.set_reactive(RatingBar.feedback, rated)
    assert "▸2 Hard" in bar._lines(100).plain
    assert "your choice · again in 3 days" in bar._lines(100).plain
    bar.set_reactive(RatingBar.feedback, told())
    assert "proposed · again in 3 days" in bar._lines(100).plain


def test_the_notes_answer_with_their_place_and_the_key_that_opens_it():
    assert plain(reference_lines(ENTRY)) == ["In your notes  a.md:3 · Ctrl+O opens it", "更平稳；", "更快"]
    assert reference_lines(replace(ENTRY, answer="")) == []


def test_the_answer_to_another_question_is_never_shown():
    """Older grades kept the passage that was closest, whichever question it answers."""
    older = told(passage=OTHER, near=(NEAR,))
    assert plain(feedback_lines(older))[1:] == [
        "Also near  c.md:2  4. 什么是步长",
        "Also near  b.md:7  2. What is momentum",
    ]
    assert plain(kept_reference_lines(older))[1:] == ["更平稳；", "更快"]
    nearer = Near("b.md#2", "2", "What is momentum", "b.md", 7)
    warned = told(passage=OTHER, near=(NEAR,), flags=("other-entry",), nearer=nearer)
    assert plain(feedback_lines(warned))[1:] == [
        "! 比起这题，更接近另一题“What is momentum”（b.md:7）。",
        "Also near  c.md:2  4. 什么是步长",
    ]
