"""A vault of Obsidian as notes: what Obsidian shows is what is asked."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.notes.formats.markdown.obsidian import plain_markdown
from viva.notes.reader import read_notes

VAULT = Path(__file__).resolve().parents[2] / "data" / "notes" / "vault"


@pytest.fixture
def entries():
    return {entry.question: entry for entry in read_notes([VAULT]).entries}


def test_the_questions_of_the_vault(entries):
    assert list(entries) == [
        "What does the chain rule give?",
        "Why keep the activations?",
        "什么是梯度检查点？",
        "What is a Logit?",
        "Batch norm",
        "Normalises over the batch",
        "What does pooling do?",
        "Overfitting",
        "Low error on seen data, high on new data",
        "Why shuffle the training data?",
        "为什么要归一化？",
        "Index",
    ]


def test_links_highlights_comments_embeds_and_ids(entries):
    assert entries["What does the chain rule give?"].answer == (
        "- The derivative of a composition, from Derivative > Product rule to `[[code]]`.\n"
        "- It is applied layer by layer, see Network."
    )
    assert entries["Why keep the activations?"].answer == (
        "The backward pass needs them: $a==b, c==d$ stays a formula.\n\n"
        "```python\nx = [[1, 2], [3, 4]]  # ==kept== %%kept%%\n```"
    )


def test_lines_are_those_of_the_file(entries):
    lines = (VAULT / "Backpropagation.md").read_text(encoding="utf-8").split("\n")
    entry = entries["什么是梯度检查点？"]
    assert lines[entry.line - 1] == "## 什么是梯度检查点？"
    assert lines[entry.end_line - 1].startswith("只保存==一部分==激活")


def test_tags_of_the_front_matter_in_both_forms_and_of_the_text(entries):
    assert entries["What does the chain rule give?"].tags == ("learning", "maths/calculus", "exam/oral")
    assert entries["什么是梯度检查点？"].tags == ("learning", "maths/calculus", "memory")
    assert entries["Overfitting"].tags == ("flashcards", "cards", "flashcards/ml")


def test_cards_of_the_repetition_plugin_without_their_schedule(entries):
    assert entries["What is a Logit?"].answer == "The score before the softmax."
    assert entries["Normalises over the batch"].answer == "Batch norm"
    assert entries["What does pooling do?"].answer == (
        "It lowers the resolution.\nIt makes features less sensitive to shifts."
    )
    assert entries["Low error on seen data, high on new data"].answer == "Overfitting"


def test_callouts(entries):
    assert entries["Why shuffle the training data?"].answer == (
        "So that the order of the batches\ndoes not bias the updates."
    )
    assert entries["为什么要归一化？"].answer == "让不同特征的尺度一致"


def test_what_is_no_note_is_left_out_and_named():
    problems = {Path(p.file).name: p.message for p in read_notes([VAULT]).problems}
    assert problems == {
        ".obsidian": "Left out: hidden folder.",
        ".trash": "Left out: hidden folder.",
        "Templates": "Left out: templates of an Obsidian vault.",
        "Sketch.excalidraw.md": "Left out: a drawing.",
    }


def test_a_folder_and_a_file_of_a_vault_are_read_as_in_the_vault(tmp_path, entries):
    for part in (VAULT / "Cards", VAULT / "Cards" / "Flash.md"):
        found = read_notes([part]).entries
        assert [(e.question, e.answer) for e in found] == [
            (e.question, e.answer) for e in entries.values() if e.file.endswith("Flash.md")
        ]
    assert read_notes([VAULT / "Templates"]).entries, "named by the person"


def test_without_a_vault_the_marks_are_text(tmp_path):
    shutil.copytree(VAULT / "Cards", tmp_path / "Cards")
    assert read_notes([tmp_path]).entries[0].question == "What is a [[Logit]]?"


def test_templates_of_templater(tmp_path):
    settings = tmp_path / ".obsidian" / "plugins" / "templater-obsidian"
    settings.mkdir(parents=True)
    (settings / "data.json").write_text(json.dumps({"templates_folder": "a/b/"}), encoding="utf-8")
    for folder in ("a/b", "a/c"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "n.md").write_text(f"Q: {folder}?\nA: yes\n", encoding="utf-8")
    assert [entry.question for entry in read_notes([tmp_path]).entries] == ["a/c?"]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"folder": 3}', '{"folder": ""}', '{"folder": "/"}', "\0"])
def test_settings_that_name_no_templates(tmp_path, content):
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian" / "templates.json").write_text(content, encoding="utf-8")
    (tmp_path / "n.md").write_text("Q: a?\nA: yes\n", encoding="utf-8")
    assert len(read_notes([tmp_path]).entries) == 1


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("- ![[x.png]]", ""),
        ("> ![[x.png]]", ">"),
        ("- [ ] ==do==", "- [ ] do"),
        ("[[Note]]", "Note"),
        ("[[Note|shown]] and [[a/b\\|in a table]]", "shown and in a table"),
        ("[[Note#Heading#Sub]]", "Note > Heading > Sub"),
        ("[[#Here]] [[Note#^abc]]", "Here Note"),
        ("[[]]", ""),
        ("a ![[x.png|200]] b", "a  b"),
        ("==a== and ==b c==", "a and b c"),
        ("==a=b==", "a=b"),
        ("a == b and c == d", "a == b and c == d"),
        ("=====", "====="),
        ("%%a%% b %%c%%", "b"),
        ("100%% sure", "100%% sure"),
        ("text ^id-1", "text"),
        ("> text ^id", "> text"),
        ("^id", ""),
        ("x^2", "x^2"),
        ("`[[a]] ==b== %%c%%` ``d ` [[e]]``", "`[[a]] ==b== %%c%%` ``d ` [[e]]``"),
        ("$x == y == z$ \\(==a==\\)", "$x == y == z$ \\(==a==\\)"),
        ("`= this.file.name` is `=x`", "is `=x`"),
        ("done [due:: 2026-01-01] (by:: me)", "done"),
        ("a [std::vector] (see::it)", "a [std::vector] (see::it)"),
        ("q (short)::a", "q (short)::a"),
        ("    indented ==a==", "    indented a"),
    ],
)
def test_a_line(line, plain):
    (found,) = plain_markdown([line])
    assert found.rstrip() == plain


@pytest.mark.parametrize("language", ["dataview", "dataviewjs", "tasks", "query"])
def test_queries_leave_nothing_and_code_stays(language):
    text = [f"```{language}", "a::b", "```", "````md", "```", "[[x]]", "````", "[[y]]"]
    assert plain_markdown(text) == ["", "", "", *text[3:7], "y"]


def test_comments_and_formulas_over_lines():
    text = ["a %%b", "## no?", "```", "c%% d", "$$", "==x==", "$$", "==y=="]
    assert plain_markdown(text) == ["a", "", "", "d", "$$", "==x==", "$$", "y"]


@given(st.lists(st.text(alphabet="ab []|#^=%`$\\:()!>~-\u4e00", max_size=20), min_size=1, max_size=12))
def test_every_line_keeps_its_number_and_plain_text_is_left_alone(lines):
    found = plain_markdown(lines)
    assert len(found) == len(lines)
    for before, after in zip(lines, found, strict=True):
        assert len(after) <= len(before) + 4
        if not set(before) & set("[=%`$^:~\\") and not set("".join(lines)) & set("%`$~"):
            assert after == before


@pytest.mark.parametrize("piece", ["`", "``a`", "$a ", "[[", "![[", "==a ", "%%", "[a:: ", "\\(", "(a::", "^"])
def test_marks_that_never_end_take_no_time(piece):
    start = time.perf_counter()
    plain_markdown([piece * (100_000 // len(piece))])
    assert time.perf_counter() - start < 5
