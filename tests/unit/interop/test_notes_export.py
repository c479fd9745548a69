"""The notes out as Markdown, as a table and as JSON lines, and the first two read back as the same questions."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viva.interop.notes_export import notes_csv, notes_json, notes_markdown
from viva.notes.formats import parse
from viva.notes.formats.tables import guarded, unguarded
from viva.notes.reader import read_notes
from viva.types import CardState, Entry, Place

ROOT = Path(__file__).resolve().parents[3]
NOTES = [ROOT / "kb", *sorted((ROOT / "tests" / "data").glob("*/*.*"))]
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def asked(entries):
    return [(entry.question, entry.answer) for entry in entries]


def as_table(entries):
    return parse(notes_csv(entries, {}, NOW), ".csv").entries


def as_markdown(entries):
    return parse(notes_markdown(entries), ".md").entries


@pytest.mark.parametrize("path", [path for path in NOTES if path.suffix != ".py"], ids=lambda path: path.name)
def test_real_notes_come_back_as_they_were(path):
    entries = read_notes([path]).entries
    assert asked(as_markdown(entries)) == asked(entries)
    assert asked(as_table(entries)) == asked(entries)
    assert [entry.number for entry in as_table(entries)] == [entry.number for entry in entries]


def test_a_heading_each_and_tags_beside_the_question(tmp_path):
    (tmp_path / "n.md").write_text(
        "---\ntags: [deep learning]\n---\n# Optimizers\n\n## Momentum #b/c\n\n- smooth\n", encoding="utf-8"
    )
    text = notes_markdown(read_notes([tmp_path]).entries)
    assert text == "# Optimizers\n\n## 1. Momentum #deep_learning #b/c\n\n- smooth\n"
    (entry,) = parse(text, ".md").entries
    assert (entry.question, entry.headings, entry.tags) == ("Momentum", ("Optimizers",), ("deep_learning", "b/c"))


def entry_of(question, answer, *, headings=(), number=None, file="a.md", tags=()):
    return Entry(f"{file}#{question}", Place("/n", file, headings, "1"), number, question, answer, (), file, 1, 2, tags)


AWKWARD = [
    ("What is `#`?", "# a heading\n\n## 2. and a question?\n\nits text"),
    ("Unclosed?", "```python\nx = 1"),
    ("Unclosed too?", "<details><summary>a</summary>"),
    ("Cards?", "a::b\n\nQ: c?\nA: d"),
    ("Callout?", "> [!question] What?\n> That."),
    ("A list?", "1. What is this?\n2. What is that?\n3. Why?"),
    ("A table?", "| question | answer |\n|---|---|\n| a | b |"),
    ("Nothing?", ""),
    ("Marked?", "Answer: yes"),
    ("Indented?", "    code\n\ntext"),
    ("A tag #here is text?", "#tag"),
    ("Comments?", "<!-- end -->\n<!-- end ~ -->\n<!-- question 1 -->\nx\n<!-- answer -->\n<!-- end -->"),
    ("42?", "=1+1"),
    ("'=1?", "'-v' is verbose"),
    ('-v, and "quotes"?', 'a,b;"c"\n\td'),
    ("1. first?", "---\na: b\n---"),
    ("C#", "Setext\n==="),
    ("如何训练 #", "$$\nx"),
]


@pytest.mark.parametrize("pair", AWKWARD, ids=lambda pair: pair[0])
def test_what_markdown_would_read_otherwise_comes_back(pair):
    ones = [entry_of(*pair), entry_of("What follows?", "This.", headings=("如何训练", "Deep")), entry_of(*pair)]
    assert asked(as_markdown(ones)) == asked(ones)
    assert asked(as_table(ones)) == asked(ones)


def test_headings_and_order_of_all_of_them():
    ones = [entry_of(q, a, headings=("如何训练", "1. Basics")[: at % 3]) for at, (q, a) in enumerate(AWKWARD)]
    found = as_markdown(ones)
    assert asked(found) == asked(ones)
    assert found[2].headings == ("如何训练", "Basics")
    assert found[4].headings == ("如何训练",)


def test_notes_of_several_files_are_told_apart():
    ones = [entry_of("a?", "b", file="x/one.md"), entry_of("c?", "d", file="two.txt", headings=("H",), number="7")]
    text = notes_markdown(ones)
    assert text.startswith("# x/one.md\n\n## 1. a?\n\nb\n\n# two.txt\n\n## H\n\n### 7. c?\n")
    assert [entry.headings for entry in parse(text, ".md").entries] == [("x/one.md",), ("two.txt", "H")]


LINES = st.text(alphabet="ab 1.?#-*>`~=:|<!\\$[]()问：答。\u3000\t", min_size=0, max_size=14)


@st.composite
def answers(draw):
    from viva.notes.raw import answer_of

    lines = [line.rstrip() for line in draw(st.lists(LINES, max_size=6))]
    return answer_of(lines, 0, len(lines))[0]


@given(st.lists(st.tuples(LINES, answers(), st.sampled_from([(), ("A",), ("A", "为什么"), ("B",)])), max_size=5))
@settings(deadline=None)
def test_any_notes_come_back(parts):
    from viva.notes.formats import _bare_bold

    ones = [
        entry_of(f"q {_bare_bold(question)}x".strip(), answer, headings=headings)
        for question, answer, headings in parts
    ]
    assert asked(as_table(ones)) == asked(ones)
    assert asked(as_markdown(ones)) == asked(ones)


@given(st.text(alphabet="'=+-@\t\ra", max_size=6))
def test_a_guard_goes_and_comes(cell):
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_table_is_safe_and_tells_the_state():
    ones = [entry_of("=HYPERLINK()?", "- a\n- b", tags=("two words", "x"), number="3", headings=("A", "B"))]
    card_state = CardState(ones[0].id, datetime(2026, 3, 4, tzinfo=UTC), 2, 80, 0.9)
    text = notes_csv(ones, {ones[0].id: card_state}, NOW)
    assert "\r\n" in text
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row == {
        "question": "'=HYPERLINK()?", "answer": "'- a\n- b", "tags": "two_words x", "number": "3", "headings": "A / B",
        "file": "a.md", "line": "1", "state": "mastered", "due": "2026-03-04T00:00:00.000000+00:00", "reviews": "2",
        "last_score": "80",
    }  # fmt: skip
    (entry,) = parse(text, ".csv").entries
    assert (entry.question, entry.answer, entry.tags, entry.number) == (
        "=HYPERLINK()?", "- a\n- b", ("two_words", "x"), "3",
    )  # fmt: skip


def test_json_lines():
    ones = [entry_of("a?", "b\nc", tags=("two words",)), entry_of("d?", "")]
    rows = [json.loads(line) for line in notes_json(ones, {}, NOW).splitlines()]
    assert [(row["question"], row["answer"], row["tags"], row["state"], row["due"]) for row in rows] == [
        ("a?", "b\nc", ["two words"], "new", None),
        ("d?", "", [], "unanswered", None),
    ]
    assert asked(parse(notes_json(ones, {}, NOW), ".jsonl").entries) == asked(ones)
