"""Lines that are heard and not looked at: no signs, no empty words, each question on one line."""

from __future__ import annotations

import random
import re
import sys

import pytest

from viva.cli.app import COMMANDS
from viva.interview.dialogue.interviewer import Interviewer


@pytest.mark.parametrize("name", COMMANDS)
def test_help_names_arguments_without_braces_and_types(viva, name):
    told = viva(name, "--help")
    assert told.code == 0
    usage, _, arguments = told.out.partition("\n")
    assert "{" not in usage
    assert not re.search(r"<(?:str|path|int range|list\[str\])>", arguments.partition("Options:")[0])
    assert "<int range>" not in told.out


def test_what_is_wrong_with_a_choice_is_said_once(viva):
    assert viva("ask", "--order", "x").err.startswith("viva: Invalid value for '--order': 'x' is not one of")


def test_an_empty_list_is_told(viva, kb):
    told = viva("questions", "--state", "suspended")
    assert (told.code, told.out) == (0, "")
    assert told.err.startswith("viva: no question is in this state")
    assert viva("questions", "--state", "suspended", "--json").err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_line_break_in_a_name_breaks_no_line(viva, kb):
    (kb / "new\nline.txt").write_text("1. What is dropout?\n\tNoise\n", encoding="utf-8")
    lines = viva("questions").lines
    assert len(lines) == len(viva("questions", "--json").json["questions"])
    assert any(line.endswith("[new line.txt#1]") for line in lines)


def test_history_says_what_its_numbers_are(viva, kb):
    viva("ask", "--count", "1", "--topic", "Regularisation", typed="/hint\nan answer of no use\n")
    [line] = [each for each in viva("history").lines if "of 100" in each]
    assert re.search(r"  \d+ of 100 \([\w ]+\), rated \w+, 1 hint  ", line)


def test_help_in_chinese_names_commands_in_chinese():
    lines = Interviewer("zh", random.Random(1)).help_lines()
    assert not any(re.search("[A-Za-z]", line) for line in lines)
    assert "/评分　给自己评级（/评分 1 到 4）" in lines


def test_many_broken_lines_are_told_in_two(viva, kb, tmp_path):
    (tmp_path / "answers.bin").write_bytes(b"\xff\n" * 500)
    told = viva("grade", "--answers", "answers.bin", "--json")
    assert (told.code, len(told.rows)) == (1, 500)
    said = [line for line in told.err.splitlines() if "UTF-8" in line]
    assert said == [
        "viva: answers.bin line 1 is not UTF-8: the bytes that cannot be read were replaced",
        "viva: answers.bin: 499 further lines are not UTF-8 either",
    ]


def test_a_backup_is_no_export(viva, kb, tmp_path):
    viva("ask", "--count", "1", typed="an answer\n")
    viva("backup", "--output", "all.zip")
    told = viva("import", "all.zip")
    assert told.code == 1
    assert "`viva restore`" in told.err


@pytest.mark.parametrize(("language", "said"), [("en", "Left out: hidden file."), ("zh", "没有读取：隐藏的文件。")])
def test_what_is_left_out_is_said_once(viva, kb, language, said):
    (kb / ".hidden.md").write_text("1. What is dropout?\n\tNoise\n", encoding="utf-8")
    [line] = [line for line in viva("--language", language, "check").lines if ".hidden.md" in line]
    assert line == f"kb/.hidden.md: {said}"
