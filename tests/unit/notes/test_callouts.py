"""Obsidian callouts that ask, and text that only looks like a card."""

from __future__ import annotations

import pytest

from viva.notes.reader import read_notes


def read(tmp_path, text, name="n.md"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return [(e.question, e.answer, e.line, e.end_line) for e in read_notes([file]).entries]


@pytest.mark.parametrize("name", ["n.md", "n.txt"])
def test_a_callout_asks_and_its_quoted_lines_answer(tmp_path, name):
    text = "> [!question] What is a logit?\n> The score\n> before it.\n\n> [!faq]- 什么是批次？\n> - 一组样本\n\n其他\n"
    assert read(tmp_path, text, name) == [
        ("What is a logit?", "The score\nbefore it.", 1, 3),
        ("什么是批次？", "- 一组样本", 5, 6),
    ]


def test_an_answer_folded_inside_a_callout_loses_its_mark(tmp_path):
    text = "# N\n\n> [!question] Why clip gradients?\n> > [!success]- Answer\n> > Steps stay small.\n"
    assert read(tmp_path, text) == [("Why clip gradients?", "Steps stay small.", 3, 5)]


def test_cards_beside_callouts_are_read_and_those_inside_are_not_read_twice(tmp_path):
    text = "> [!help] What is a stride?\n> Step::width.\n\nWhat is padding?::Zeros around the border.\n"
    assert [entry[0] for entry in read(tmp_path, text)] == ["What is a stride?", "What is padding?"]


def test_a_callout_in_the_answer_of_a_heading_stays_there(tmp_path):
    text = "## What is dropout?\n\nIt drops units.\nAt random.\n\n> [!question] Why?\n> Less reliance.\n\nOnly in training.\n"
    [(question, answer, *_)] = read(tmp_path, text)
    assert question == "What is dropout?"
    assert "Less reliance." in answer


@pytest.mark.parametrize(
    "text", ["> [!note] An aside\n> no question\n", "```\n> [!question] In code?\n> no\n```\n", "> [!question] Open?\n"]
)
def test_other_callouts_code_and_empty_bodies_make_no_answer(tmp_path, text):
    assert not any(answer in {"no question", "no"} for _, answer, *_ in read(tmp_path, text))


def test_a_question_mark_in_indented_code_is_no_card(tmp_path):
    text = (
        "Q: What is in a prompt?\nA: Lines such as\n\n    Q: example\n    A: reply\n\nin turn.\n\nQ: Second?\nA: yes\n"
    )
    assert read(tmp_path, text) == [
        ("What is in a prompt?", "Lines such as\n\n    Q: example\n    A: reply\n\nin turn.", 1, 7),
        ("Second?", "yes", 9, 10),
    ]


@pytest.mark.parametrize(
    "text", ["    Q: One?\n    A: 1\n\n    Q: Two?\n    A: 2\n", "- Q: One?\n  A: 1\n\n\t- Q: Two?\n\t  A: 2\n"]
)
def test_cards_that_are_all_indented_or_in_lists_stay_cards(tmp_path, text):
    assert [entry[0] for entry in read(tmp_path, text, "n.txt")] == ["One?", "Two?"]
