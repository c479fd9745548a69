"""The notes of a real user: the case to get right."""

from __future__ import annotations

from pathlib import Path

import pytest

from viva.notes.checks import check
from viva.notes.chunker import MAXIMUM, chunk, size
from viva.notes.reader import read_notes

pytestmark = pytest.mark.shared
UNANSWERED = ["12", "25", "27", "33", "34", "44"]


def same_entries(left, right):
    return [(e.number, e.question, e.answer, e.points, e.line, e.end_line) for e in left] == [
        (e.number, e.question, e.answer, e.points, e.line, e.end_line) for e in right
    ]


@pytest.fixture(scope="module")
def notes(shared):
    return read_notes([shared / "notes" / "deep-learning-interview.zh.txt"])


@pytest.fixture(scope="module")
def lines(shared):
    return (shared / "notes" / "deep-learning-interview.zh.txt").read_text(encoding="utf-8").split("\n")


def test_every_question_is_found_in_order(notes):
    numbers = [str(n) for n in range(1, 53)]
    numbers.insert(46, "46")
    assert [entry.number for entry in notes.entries] == numbers
    assert [entry.number for entry in notes.entries if not entry.answered] == UNANSWERED
    assert notes.problems == ()


def test_ids_tell_the_two_questions_with_one_number_apart(notes):
    ids = [entry.id for entry in notes.entries]
    assert ids[45:47] == ["deep-learning-interview.zh.txt#46", "deep-learning-interview.zh.txt#46~2"]
    assert len(set(ids)) == 53


def test_the_dot_of_question_four_is_no_decimal_point(notes):
    assert notes.entries[3].question == "1x1卷积的作用"


def test_unindented_inner_lists_belong_to_their_answers(notes, lines):
    fast, gradients = notes.entries[44], notes.entries[45]
    assert (fast.line, fast.end_line) == (183, 197)
    assert (gradients.line, gradients.end_line) == (199, 209)
    for number in range(1, 5):
        assert f"\n{number}. " in "\n" + fast.answer
    for number in range(1, 7):
        assert f"\n{number}. " in "\n" + gradients.answer


def test_an_unindented_answer_is_an_answer(notes, lines):
    assert notes.entries[28].answer == lines[110]


def test_paragraphs_stay(notes):
    for number in ("50", "51", "52"):
        entry = next(e for e in notes.entries if e.number == number)
        assert len([row for row in entry.answer.split("\n") if row.strip()]) >= 6
        assert entry.end_line - entry.line >= 8
    assert next(e for e in notes.entries if e.number == "52").answer.count("\n\n") > 15


def test_every_line_is_where_the_entry_says(notes, lines):
    last = 0
    for entry in notes.entries:
        assert entry.line > last
        assert entry.question in lines[entry.line - 1]
        written = "".join("".join(lines[entry.line : entry.end_line]).split())
        assert "".join(entry.answer.split()) == written
        assert lines[entry.end_line - 1].strip()
        last = entry.end_line


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_other_encodings_give_the_same_entries(notes, lines, tmp_path, encoding):
    text = "\n".join(lines)
    if encoding == "gbk":
        text = text.encode("gbk", errors="ignore").decode("gbk")
    copy = tmp_path / "notes.txt"
    copy.write_bytes(text.encode(encoding))
    read = read_notes([copy])
    if encoding != "gbk":
        assert same_entries(read.entries, notes.entries)
    assert len(read.entries) == 53
    guessed = encoding.startswith("gb")
    assert read.sources[0].guessed is guessed
    assert [p.kind for p in read.problems] == (["guessed-encoding"] if guessed else [])


@pytest.mark.parametrize("change", ["crlf", "cr", "trailing", "spaces", "bom"])
def test_the_way_lines_are_written_changes_nothing(notes, lines, tmp_path, change):
    text = "\n".join(lines)
    text = {
        "crlf": text.replace("\n", "\r\n"),
        "cr": text.replace("\n", "\r"),
        "trailing": text + "\n\n\n",
        "spaces": text.replace("\t", "    "),
        "bom": "\ufeff" + text,
    }[change]
    copy = tmp_path / "notes.txt"
    copy.write_bytes(text.encode())
    read = read_notes([copy]).entries
    assert [(e.number, e.question, e.line, e.end_line) for e in read] == [
        (e.number, e.question, e.line, e.end_line) for e in notes.entries
    ]


@pytest.mark.parametrize("style", ["{}.", "{}. ", "{}、", "{})", "（{}）", "Q{}: ", "第{}题 "])
@pytest.mark.parametrize("indented", [True, False])
def test_other_numbers_and_no_indentation_give_the_same_questions(notes, lines, tmp_path, style, indented):
    rows = list(lines) if indented else [row.lstrip() for row in lines]
    for entry in notes.entries:
        rows[entry.line - 1] = style.format(entry.number) + entry.question
    copy = tmp_path / "notes.txt"
    copy.write_text("\n".join(rows), encoding="utf-8")
    read = read_notes([copy]).entries
    assert [(e.number, e.question, e.line, e.end_line) for e in read] == [
        (e.number, e.question, e.line, e.end_line) for e in notes.entries
    ]


def test_notes_that_start_in_the_middle(notes, lines, tmp_path):
    copy = tmp_path / "notes.txt"
    copy.write_text("\n".join(lines[notes.entries[19].line - 1 :]), encoding="utf-8")
    assert [e.number for e in read_notes([copy]).entries] == [e.number for e in notes.entries[19:]]


def test_as_markdown_they_are_the_same_questions(notes, lines, tmp_path):
    copy = tmp_path / "notes.md"
    copy.write_text("\n".join(lines), encoding="utf-8")
    assert same_entries(read_notes([copy]).entries, notes.entries)


def test_below_a_title_they_are_the_same_questions(notes, lines, tmp_path):
    copy = tmp_path / "notes.md"
    copy.write_text("# 面试题\n\n" + "\n".join(lines), encoding="utf-8")
    assert [e.number for e in read_notes([copy]).entries] == [e.number for e in notes.entries]


def test_points_are_pieces_of_the_answer(notes):
    for entry in notes.entries:
        assert bool(entry.points) == entry.answered
        for point in entry.points:
            assert 1 <= len(point.text) <= 200
    texts = {entry.id.split("#")[1]: [point.text for point in entry.points] for entry in notes.entries}
    assert len(texts["1"]) == 3
    assert len(texts["4"]) == 2
    assert texts["3"] == [notes.entries[2].answer]
    assert len(texts["10"]) == 3
    assert len(texts["46"]) == 7
    assert len(texts["42"]) == 3


def test_chunks_hold_all_text_and_know_their_lines(notes, lines):
    for entry in notes.entries:
        question, *passages = chunk(entry)
        assert (question.kind, question.text, question.line) == ("question", entry.question, entry.line)
        assert "".join("".join(p.text for p in passages).split()) == "".join(entry.answer.split())
        for passage in passages:
            assert size(passage.text) <= MAXIMUM * 1.01
            written = "".join("".join(lines[passage.line - 1 : passage.end_line]).split())
            assert "".join(passage.text.split()) in written
            assert entry.line <= passage.line <= passage.end_line <= entry.end_line


def test_check_names_what_is_wrong_with_file_and_line(notes):
    found = check(notes)
    assert [p.line for p in found if p.kind == "no-answer"] == [39, 95, 99, 134, 135, 182]
    assert [(p.line, p.other.rsplit(":", 1)[1]) for p in found if p.kind == "repeated-number"] == [(210, "199")]
    pairs = {(p.line, int(p.other.rsplit(":", 1)[1])) for p in found if p.kind == "near-duplicate"}
    assert {(227, 144), (183, 178)} <= pairs
    assert len(pairs) <= 4
    assert [p.line or 0 for p in found] == sorted(p.line or 0 for p in found)
    assert all("\n" not in p.message and Path(p.file).name == "deep-learning-interview.zh.txt" for p in found)
