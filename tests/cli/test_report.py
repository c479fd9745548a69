"""`viva report`: an interview told on the screen, as Markdown, as a page and as JSON, in both languages."""

from __future__ import annotations

import json

import pytest

TYPED = "验证集损失不降就停止训练，保留最好的权重\n/wrong\n/skip\n看答案\n"


@pytest.fixture
def asked(viva, kb):
    """An interview in Chinese: an answer judged wrong, a skip and a reveal; one question is left."""
    assert viva("ask", "--seed", "8", "--count", "4", "--kb", "kb/small.txt", typed=TYPED).code == 0


def small(viva, *arguments):
    return viva("report", *arguments, "--kb", "kb/small.txt")


def test_no_interview_yet(viva, kb):
    result = viva("report")
    assert (result.code, result.out) == (1, "")
    assert result.err == "viva: no interview on these notes yet: `viva` or `viva ask` begins one\n"
    assert viva("report", "--interview", "3").code == 1


def test_the_last_interview_in_chinese(viva, asked):
    result = small(viva)
    assert (result.code, result.err) == (0, "")
    assert result.lines[:2] == ["面试报告", "编号：1"]
    assert result.lines[2].endswith("（中途离开，还有 1 题）")
    assert "题数：问了 3 题，回答了 1 题，跳过 1 题，看了 1 题的答案" in result.lines
    assert any(line.startswith("1. ") for line in result.lines)


def test_an_interview_in_english(viva, kb):
    viva("ask", "--count", "2", "--kb", "kb/terms.md", typed="It is switched off\n/skip\n")
    result = viva("report", "--kb", "kb/terms.md")
    assert result.lines[0] == "Interview report"
    assert "Questions: 2 asked, 1 answered, 1 skipped" in result.lines


def test_one_by_its_number(viva, asked):
    viva("ask", "--new", "--count", "1", "--kb", "kb/small.txt", typed="/skip\n")
    assert "编号：2" in small(viva).lines
    assert "编号：1" in small(viva, "--interview", "1").lines
    wrong = small(viva, "--interview", "7")
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err == "viva: there is no interview 7: the latest on these notes are 2, 1\n"
    assert small(viva, "--interview", "0").code == 2
    assert small(viva, "--interview", str(2**64)).code == 2


def test_json(viva, asked):
    found = small(viva, "--json").json
    assert list(found) == [
        "interview_id", "language", "started_at", "finished_at", "mode", "limit", "topic", "planned", "asked",
        "answered", "skipped", "revealed", "mean_score", "overall_score", "seconds", "topics", "turns", "weakest",
    ]  # fmt: skip
    assert (found["mode"], found["limit"], found["overall_score"]) == ("practice", None, None)
    assert (found["language"], found["finished_at"], found["planned"], found["asked"]) == ("zh", None, 4, 3)
    history = viva("history", "--json", "--kb", "kb/small.txt").rows
    keys = set(history[0])
    assert [{k: v for k, v in turn.items() if k in keys} for turn in found["turns"]] == history[::-1]
    assert set(found["turns"][0]) - keys == {"grader_score", "points", "flags", "passage", "file", "line"}
    assert found["turns"][0]["overridden"]
    assert found["turns"][0]["file"] == "kb/small.txt"


def test_files(viva, asked, tmp_path):
    result = small(viva, "--markdown", "r.md", "--html", "r.html")
    assert (result.code, result.out) == (0, "")
    assert result.err == "viva: report written to r.md\nviva: report written to r.html\n"
    markdown = (tmp_path / "r.md").read_text(encoding="utf-8")
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert markdown.startswith("# 面试报告 ")
    assert html.startswith('<!doctype html>\n<html lang="zh-CN">')
    for question in (turn["question"] for turn in small(viva, "--json").json["turns"]):
        assert question in markdown
        assert question in html
    both = small(viva, "--markdown", "other.md", "--json")
    assert json.loads(both.out)["interview_id"] == 1
    assert (tmp_path / "other.md").read_text(encoding="utf-8") == markdown


def test_files_are_never_replaced_unasked(viva, asked, tmp_path):
    (tmp_path / "r.html").write_text("mine", encoding="utf-8")
    refused = small(viva, "--markdown", "r.md", "--html", "r.html")
    assert refused.code == 1
    assert refused.err == "viva: r.html exists: choose another name, or add --force to replace it\n"
    assert not (tmp_path / "r.md").exists(), "nothing is written when something is refused"
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == "mine"
    assert small(viva, "--html", "r.html", "--force").code == 0
    assert "</html>" in (tmp_path / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["no/such/folder/r.html", "kb", "kb/small.txt/r.html", "x" * 300])
def test_a_file_that_cannot_be_written(viva, asked, tmp_path, name):
    result = small(viva, "--html", name, "--force")
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert "defect" not in result.err
    assert [path.name for path in tmp_path.rglob(".*")] == []


def test_the_same_file_twice_is_wrong_usage(viva, asked):
    assert small(viva, "--html", "r", "--markdown", "r").code == 2


def test_hostile_notes_and_answers(viva, hostile, tmp_path):
    viva("ask", "--count", "2", "--kb", hostile, typed='<script>alert("x")</script> \x1b[31m *red*\n/wrong\nno | no\n')
    result = viva("report", "--kb", hostile, "--html", "r.html", "--markdown", "r.md")
    assert result.code == 0
    html = (tmp_path / "r.html").read_bytes()
    assert b"<script" not in html
    assert b"&lt;script&gt;alert(&quot;x&quot;)" in html
    assert "␛".encode() in html
    assert b"&lt;script&gt;" in (tmp_path / "r.md").read_bytes()
    printed = viva("report", "--kb", hostile).out
    for text in (html.decode(), (tmp_path / "r.md").read_text(encoding="utf-8"), printed):
        assert "\x1b" not in text
        assert "\u202e" not in text
