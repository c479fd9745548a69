"""Each format over a file of its own, through the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from viva.notes.chunker import chunk
from viva.notes.reader import read_notes

DATA = Path(__file__).resolve().parents[2] / "data" / "notes"


def read(name):
    return read_notes([DATA / name]).entries


def read_text(tmp_path, text, name="n.md"):
    return read_notes([write_text(tmp_path, text, name)]).entries


def write_text(tmp_path, text, name="n.txt"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def brief(entries):
    return [(e.question, e.answer) for e in entries]


def points(entry):
    return [point.text for point in entry.points]


class TestMarkdown:
    def test_headings_and_lists_are_questions_with_their_path(self):
        assert [(e.id.split("#", 1)[1], e.question, e.line, e.end_line) for e in read("vision.md")] == [
            ("Computer vision/Pooling/q1", "What does max pooling keep?", 13, 31),
            ("Computer vision/Pooling/q2", "Average pooling", 33, 35),
            ("Computer vision/2", "Why are small kernels stacked?", 37, 39),
            ("Computer vision/Quick questions/1", "What is stride?", 44, 45),
            ("Computer vision/Quick questions/2", "What is padding?", 46, 48),
            ("Computer vision/q1", "Unanswered: how is NMS parallelised?", 50, 50),
        ]

    def test_code_tables_and_formulas_are_shown_but_not_scored(self):
        entry = read("vision.md")[0]
        for part in (
            "```python\n# Not a heading\n1. not a question either\n```",
            "| pool1 | 2      |",
            "$$\ny = \\max_i x_i\n$$",
        ):
            assert part in entry.answer
        assert points(entry)[-2:] == ["the strongest response survives", "its exact place is forgotten"]
        assert not any("pool1" in text or "max_i" in text or "Not a heading" in text for text in points(entry))

    def test_tags_of_front_matter_and_text(self):
        entries = read("vision.md")
        assert entries[0].tags == ("vision", "deep learning", "pooling")
        assert entries[1].tags == ("vision", "deep learning")
        assert "#" not in entries[0].question

    def test_tags_as_a_yaml_list(self, tmp_path):
        (entry,) = read_text(tmp_path, "---\ntags:\n  - one\n  - 'two'\nother: x\n---\n## What is a? #three\nb\n")
        assert entry.tags == ("one", "two", "three")
        assert (entry.line, entry.end_line) == (7, 8)

    def test_schedule_comments_are_dropped(self):
        assert not any("SR:" in e.answer or "SR:" in e.question for e in [*read("vision.md"), *read("cards.md")])

    def test_a_subtree_answers_a_heading_that_asks(self, tmp_path):
        (entry,) = read_text(
            tmp_path, "# Norms\n\n## What is batch norm?\n\n### Definition\nscales\n\n### Use\ntraining\n"
        )
        assert entry.question == "What is batch norm?"
        assert "scales" in entry.answer
        assert "training" in entry.answer
        assert entry.end_line == 9

    def test_a_list_below_a_question_is_its_answer(self, tmp_path):
        (entry,) = read_text(tmp_path, "## How does training go?\n\n1. forward pass\n2. loss\n3. backward pass\n")
        assert points(entry) == ["forward pass", "loss", "backward pass"]

    def test_setext_headings_and_rules(self, tmp_path):
        entries = read_text(tmp_path, "What is a?\n----------\nx\n\n- item y\n---\nmore\n")
        assert [e.question for e in entries] == ["What is a?"]
        assert "more" in entries[0].answer

    def test_headings_in_code_and_quotes_are_none(self, tmp_path):
        (entry,) = read_text(tmp_path, "## What is a?\n\n> ## quoted\n\n    # indented code\n\nx\n")
        assert "quoted" in entry.answer

    def test_plain_text_with_headings(self, tmp_path):
        assert len(read_text(tmp_path, "# A\n## What is x?\ny\n## What is z?\nw\n", "n.txt")) == 2


class TestCards:
    def test_all_kinds(self):
        assert [(e.question, e.answer, e.line, e.end_line) for e in read("cards.md")] == [
            ("Overfitting", "The model learns the noise of its training set", 5, 5),
            ("precision", "share of the reported items that are right", 6, 6),
            ("share of the reported items that are right", "precision", 6, 6),
            ("What does dropout switch off?", "Random units,\na new choice for every batch", 10, 14),
            ("weight decay", "a penalty on large weights", 17, 19),
            ("a penalty on large weights", "weight decay", 17, 19),
            ("Why normalise inputs?", "Features get one scale,\nso that one step size fits all.", 23, 25),
            ("学习率太大会怎样？", "损失来回震荡，甚至发散。", 27, 28),
            ("What is early stopping?", "Training ends when the validation loss stops falling.", 33, 35),
            ("Why shuffle the data?", "So that batches differ from epoch to epoch.", 39, 42),
        ]

    def test_tags_on_their_own_line_hold_for_the_file(self):
        assert {e.tags for e in read("cards.md")} == {("flashcards/ml",)}

    def test_pairs_in_plain_text(self, tmp_path):
        entries = read_text(tmp_path, "Q1: What is a?\nA: x\ny\n\nQ2: What is b?\nA: z\n", "n.txt")
        assert [(e.number, e.question, e.answer) for e in entries] == [
            ("1", "What is a?", "x\ny"),
            ("2", "What is b?", "z"),
        ]

    @pytest.mark.parametrize("line", ["std::vector<int> x;", "`a::b` is a path", "status:: done", "Foo::bar() returns"])
    def test_code_and_fields_are_no_cards(self, tmp_path, line):
        assert read_text(tmp_path, f"## What is x?\n{line}\n")[0].question == "What is x?"


class TestQuestionsOnLinesOfTheirOwn:
    @pytest.mark.parametrize(
        "text",
        [
            "What is a stack?\nLast in, first out.\n\nWhat is a queue?\nFirst in, first out.\n",
            "**What is a stack?**\n\nLast in, first out.\n\n**What is a queue?**\n\nFirst in, first out.\n",
            "- What is a stack?\n  Last in, first out.\n- What is a queue?\n  First in, first out.\n",
            "一、What is a stack?\nLast in, first out.\n二、What is a queue?\nAnswer: First in, first out.\n",
        ],
    )
    @pytest.mark.parametrize("name", ["n.txt", "n.md"])
    def test_plain_bold_bulleted_and_in_chinese_numerals(self, tmp_path, text, name):
        assert brief(read_text(tmp_path, text, name)) == [
            ("What is a stack?", "Last in, first out."),
            ("What is a queue?", "First in, first out."),
        ]

    def test_prose_that_asks_once_holds_no_questions(self, tmp_path):
        text = "We tried many things.\n\nBut why did it fail?\nNobody knows.\n"
        assert read_notes([write_text(tmp_path, text)]).entries == ()


class TestTables:
    def test_csv_with_a_chinese_header_and_cells_of_several_lines(self):
        assert [(e.number, e.question, e.answer, e.line, e.end_line, e.tags) for e in read("deck.csv")] == [
            ("1", "什么是早停?", "验证损失不再下降时\n停止训练", 2, 3, ("训练", "正则化")),
            ("2", "批大小 有什么影响", "大批次更稳定，小批次噪声更多", 4, 5, ("训练",)),
            ("3", "没有答案的题", "", 6, 6, ()),
        ]

    def test_chunks_of_a_table_lie_in_their_row(self):
        entry = read("deck.csv")[0]
        assert [(c.kind, c.line, c.end_line) for c in chunk(entry)] == [("question", 2, 2), ("passage", 2, 3)]

    def test_tsv_without_a_header(self):
        assert [e.question for e in read("plain.tsv")] == ["What is recall?", "What is F1?"]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_delimiters(self, tmp_path, delimiter):
        text = f"Front{delimiter}Back\nWhat is a?{delimiter}b\n"
        assert brief(read_text(tmp_path, text, "n.csv")) == [("What is a?", "b")]

    def test_a_text_file_that_is_a_table(self, tmp_path):
        assert brief(read_text(tmp_path, "What is a?\tb\nWhat is c?\td\n", "n.txt")) == [
            ("What is a?", "b"),
            ("What is c?", "d"),
        ]

    def test_json_lines(self):
        entries = read("rows.jsonl")
        assert [(e.number, e.question, e.line, e.tags) for e in entries] == [
            ("7", "What is a tensor?", 1, ("basics",)),
            (None, "张量的秩是什么？", 4, ()),
        ]
        assert points(entries[1]) == ["轴的个数", "标量的秩为零"]
        problems = read_notes([DATA / "rows.jsonl"]).problems
        assert [(p.kind, p.line) for p in problems] == [("unreadable", 2), ("unreadable", 5)]

    def test_anki_export(self):
        assert [(e.question, e.answer, e.line, e.end_line, e.tags) for e in read("export.txt")] == [
            ("What is attention?", "A weighted mean\nweights come from queries & keys", 5, 5, ("nlp", "seq2seq")),
            ("The ____（function） makes weights that add up to one.", "softmax", 6, 6, ("nlp",)),
            ("The softmax makes weights that add up to ____.", "one", 6, 6, ("nlp",)),
            ("Two lines?", "- first\n- second", 7, 8, ()),
        ]

    def test_anki_without_html_keeps_signs(self, tmp_path):
        text = "#separator:Semicolon\n#html:false\n#tags:x\nIs a<b?;yes & no\n"
        (entry,) = read_text(tmp_path, text, "n.txt")
        assert (entry.question, entry.answer, entry.tags) == ("Is a<b?", "yes & no", ("x",))

    def test_a_quote_that_is_never_closed_costs_its_line_only_and_is_reported(self, tmp_path):
        text = 'question,answer\nWhat is A?,"first\nWhat is B?,"two\nlines"\nWhat is C?,third\n'
        notes = read_notes([write_text(tmp_path, text, "q.csv")])
        assert [e.question for e in notes.entries][-2:] == ["What is B?", "What is C?"]
        assert brief(notes.entries)[1] == ("What is B?", "two\nlines")
        assert [(p.kind, p.line) for p in notes.problems] == [("unreadable", 2)]

    def test_a_table_of_nothing_but_open_quotes_is_read_in_time(self, tmp_path):
        text = "question,answer\n" + "".join(f'What is word {n}?,"a""b\n' for n in range(20_000))
        assert len(read_notes([write_text(tmp_path, text, "q.csv")]).entries) == 20_000


class TestColonsThatAskNothing:
    def test_scopes_and_addresses_in_an_answer(self, tmp_path):
        text = (
            "## What is a vector?\nEigen::Matrix is fast,\nwhile std::vector grows.\n\n"
            "## What is IPv6?\nAddresses such as fe80::1 and ::1.\nRatio 3::4 is odd.\nperl: Foo::Bar->new\n"
        )
        assert [e.question for e in read_text(tmp_path, text)] == ["What is a vector?", "What is IPv6?"]

    def test_cards_of_one_line_after_a_pair(self, tmp_path):
        text = "Q: What is stride?\nA: The step.\n\nIt may be 2.\n\nPadding::zeros around\nDilation::gaps inside\n"
        assert brief(read_text(tmp_path, text)) == [
            ("What is stride?", "The step.\n\nIt may be 2."),
            ("Padding", "zeros around"),
            ("Dilation", "gaps inside"),
        ]


def test_a_table_of_questions_in_markdown(tmp_path):
    text = "# Notes\n\n| Question | Answer |\n|---|---|\n| What is `a \\| b`? | either |\n| 什么是乙？ | 第二 |\n\n## Plain\nx\n"
    found = read_text(tmp_path, text)
    assert brief(found) == [("What is `a | b`?", "either"), ("什么是乙？", "第二"), ("Plain", "x")]
    assert [e.line for e in found] == [5, 6, 8]


def test_tags_of_headings_above_and_of_the_answer(tmp_path):
    text = "# Vision #cv\n\n## What is a kernel?\nA filter. #conv\n\n```\n#define X\n```\n"
    (entry,) = read_text(tmp_path, text)
    assert entry.tags == ("cv", "conv")
