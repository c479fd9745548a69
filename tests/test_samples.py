"""The shipped notes and the examples in docs/notes.md are read as they claim to be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import viva
from viva.notes.checks import check
from viva.notes.reader import Notes, read_notes
from viva.text.normal import language_of

ROOT = Path(__file__).resolve().parent.parent
KB = ROOT / "kb"
ENGLISH = {"machine-learning.md": 32, "deep-learning.md": 29, "python-and-systems.md": 43}
"""The English notes and how many questions each holds."""
_EXAMPLE = re.compile(
    r"^`(?P<name>[\w.]+)`\n\n(?P<fence>`{3,})text\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)
EXAMPLES = {
    match["name"]: match["body"] for match in _EXAMPLE.finditer((ROOT / "docs/notes.md").read_text(encoding="utf-8"))
}
EXPECTED = {
    "example.txt": [
        "什么是早停",
        "为什么要打乱训练数据",
        "批次大小怎么选",
        "What is an embedding?",
        "What is transfer learning?",
    ],
    "example.md": ["What does stride do?", "Padding"],
    "between.md": ["How is a second-level heading written?"],
    "pairs.md": ["What is weight decay?", "什么是学习率预热？"],
    "cards.md": ["What is a logit?", "什么是批次？", "What does a pooling layer do?"],
    "folded.md": ["What is label smoothing?"],
    "table.csv": ["What is a token?", "什么是词表？"],
    "rows.jsonl": ["What is a checkpoint?"],
    "anki.txt": ["What is an anchor box?", "什么是锚框？"],
}


@pytest.fixture(scope="module")
def notes() -> Notes:
    return read_notes([KB])


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    with viva.open_workspace(kb=KB, index=tmp_path_factory.mktemp("index")) as opened:
        yield opened


def of(notes, name):
    return [entry for entry in notes.entries if entry.place.file == name]


def test_there_are_enough_questions_in_both_languages(notes):
    chinese = of(notes, "deep-learning.zh.txt")
    english = [entry for name in ENGLISH for entry in of(notes, name)]

    assert [entry.number for entry in chinese] == [str(number) for number in range(1, 76)]
    assert {name: len(of(notes, name)) for name in ENGLISH} == ENGLISH
    assert len(english) >= 66
    assert len(chinese) + len(english) == len(notes.entries), "the README must not be read as questions"
    assert {language_of(entry.question) for entry in chinese} == {"zh"}
    assert {language_of(entry.question) for entry in english} == {"en"}


def test_each_question_has_an_answer_worth_practising(notes):
    for entry in notes.entries:
        assert entry.answered, entry.id
        fewest = 1 if {"Short cards", "One line each"} & set(entry.place.headings) else 3
        assert fewest <= len(entry.points) <= 7, (entry.id, [point.text for point in entry.points])


def test_each_line_of_the_chinese_answers_is_scored_by_itself(notes):
    for entry in of(notes, "deep-learning.zh.txt"):
        assert len(entry.points) >= len(entry.answer.splitlines()), (entry.id, [point.text for point in entry.points])


def test_each_line_of_the_english_lists_is_one_point(notes):
    for entry in (entry for name in ENGLISH for entry in of(notes, name)):
        lines = [line for line in entry.answer.splitlines() if line.startswith("- ")]
        assert not lines or len(entry.points) == len(lines), (entry.id, [point.text for point in entry.points])


def test_code_formulas_and_tables_are_shown_but_not_scored(notes):
    answers = "\n".join(entry.answer for entry in notes.entries)
    points = "\n".join(point.text for entry in notes.entries for point in entry.points)

    for fragment in (
        "cross_val_score(make_pipeline",
        r"\hat{\beta}",
        "| sparse weights |",
        "torch.rand_like",
        r"\operatorname{Attention}",
        "class D(B, C)",
    ):
        assert fragment in answers
        assert fragment not in points


def test_a_formula_in_a_line_is_one_point(notes):
    adam = next(entry for entry in notes.entries if entry.question.startswith("Adam怎样更新参数"))

    assert adam.points[0].text == "一阶矩：m = β1 * m + (1 - β1) * g，二阶矩：v = β2 * v + (1 - β2) * g²"


def test_tags_of_the_front_matter_reach_every_question(notes):
    for name, tag in (
        ("machine-learning.md", "machine-learning"),
        ("deep-learning.md", "deep-learning"),
        ("python-and-systems.md", "python"),
    ):
        assert all(tag in entry.tags for entry in of(notes, name))
    assert [entry.question for entry in notes.entries if "training" in entry.tags] == ["What is an epoch?"]


def test_nothing_is_wrong_with_them(notes):
    assert check(notes) == []


def test_the_notes_own_answers_get_full_marks(workspace):
    scores = {entry.id: workspace.grade(entry, entry.answer).score for entry in workspace.entries}

    assert {name: score for name, score in scores.items() if score != 100} == {}


def test_another_questions_answer_gets_few(workspace):
    entries = [entry for entry in workspace.entries if entry.file.endswith(".txt")]
    scores = [
        workspace.grade(asked, other.answer).score
        for asked, other in zip(entries, entries[7:] + entries[:7], strict=True)
    ]

    assert sum(scores) / len(scores) < 35, scores


def test_every_question_is_found_by_its_own_words(workspace):
    first = [workspace.search(entry.question, top=1)[0].question_id for entry in workspace.entries]

    assert first == [entry.id for entry in workspace.entries]


def test_the_guide_shows_every_format():
    assert EXAMPLES.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_the_examples_of_the_guide_are_read(name, tmp_path):
    (tmp_path / name).write_text(EXAMPLES[name], encoding="utf-8")

    entries = read_notes([tmp_path]).entries

    assert [entry.question for entry in entries] == EXPECTED[name]
    assert [entry.question for entry in entries if not entry.answered] == (
        ["What is transfer learning?"] if name == "example.txt" else []
    )


def test_tags_in_the_guide_are_read(tmp_path):
    (tmp_path / "example.md").write_text(EXAMPLES["example.md"], encoding="utf-8")

    assert {tag for entry in read_notes([tmp_path]).entries for tag in entry.tags} >= {"vision"}
