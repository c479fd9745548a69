"""Which language the command line speaks, and that it speaks it: help, reports and errors in Chinese, JSON in neither."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from viva.cli.app import COMMANDS
from viva.cli.language import Decision, decide
from viva.text.cells import cells

RUN = "from viva.cli.main import main; main()"

NAMES = set(
    re.findall(
        r"\w+",
        "viva Anki Face FSRS Hugging Markdown Pearson Python Spearman Linux Darwin Windows HNSW HTML JSON KB MiB QWK RMSE"
        " TOML UTF shell id kappa ascii utf sentence transformers json csv apkg zh en auto random weak score query tag"
        " file embedded any colpkg markdown Ctrl set unset dark light contrast true false kb",
    )
)
"""Names, units and values that stay as they are in every language."""

_CODE = (
    re.compile(r"`[^`]*`|\"[^\"]*\"|'[^']*'|“[a-z_]+”|@\w+"),  # what is quoted is typed or written like that
    re.compile(r"[\w.~-]*/[\w./~#-]*|\b[\w-]+\.(?:md|txt|html|json|jsonl|toml|zip|apkg|csv|db)\b[\w:#~]*"),  # paths
    re.compile(r"<[^>]*>|\{[^}]*\}|(?<!\w)--?[a-z][\w-]*(?:=\S+)?"),  # choices, rows, options
    re.compile(r"\b[A-Z_]{2,}\b|\b\d*<=x<=\d+|x>=\d+"),  # metavariables and ranges
)


def english_words(text: str) -> list[str]:
    """Return the words of English prose in a text."""
    for code in _CODE:
        text = code.sub(" ", text)
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in NAMES and word not in COMMANDS]


def prose_of_help(page: str) -> str:
    """Return a page of help without what is typed: the names at the left, and commands in its examples."""
    lines = []
    for line in page.splitlines():
        typed = re.match(
            r"\s*(?:viva|printf|echo|kb|index|model|reader|count|retention|follow_ups|theme|language|limit)\b.*?(?:\s{3,}|$)",
            line,
        )
        lines.append(line[typed.end() :] if typed and "：" not in line[: typed.end()] else line)
    return "\n".join(lines)


@pytest.fixture
def chinese(monkeypatch):
    monkeypatch.setenv("VIVA_LANGUAGE", "zh")


@pytest.fixture
def chinese_notes(tmp_path):
    """Notes without a word of English."""
    (tmp_path / "kb").mkdir()
    notes = Path(__file__).resolve().parent.parent / "data" / "cli" / "small.txt"
    (tmp_path / "kb" / "small.txt").write_text(notes.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path / "kb"


@pytest.fixture
def asked(viva, chinese_notes):
    """An interview with an answer, a skip and a reveal."""
    typed = "验证集损失不降就停止训练，保留最好的权重\n/skip\n看答案\n"
    assert viva("ask", "--seed", "3", "--count", "3", typed=typed).code == 0


# Which language


@pytest.mark.parametrize(
    ("arguments", "environ", "written", "decision"),
    [
        ([], {}, None, ("en", "system")),
        ([], {"LANG": "zh_CN.UTF-8"}, None, ("zh", "system")),
        ([], {"LANG": "zh_CN.UTF-8"}, "en", ("en", "settings")),
        ([], {"LANG": "zh_CN.UTF-8"}, "auto", ("zh", "system")),
        ([], {"LANG": "zh_CN.UTF-8", "VIVA_LANGUAGE": "zh"}, "en", ("zh", "environment")),
        ([], {"LANG": "zh_CN.UTF-8", "VIVA_LANGUAGE": "auto"}, "en", ("zh", "system")),
        ([], {"VIVA_LANGUAGE": "fr"}, "zh", ("zh", "settings")),
        (["--language", "en"], {"VIVA_LANGUAGE": "zh"}, "zh", ("en", "flag")),
        (["--language=en", "due"], {"VIVA_LANGUAGE": "zh"}, "zh", ("en", "flag")),
        (["--kb", "--language", "--language", "zh"], {}, None, ("zh", "flag")),
        (["--kb", "x", "--help", "--language", "zh"], {}, None, ("zh", "flag")),
        (["--language", "fr"], {}, "zh", ("zh", "settings")),
        (["--language"], {}, None, ("en", "system")),
        (["search", "--language", "zh"], {}, None, ("en", "system")),
    ],
)
def test_the_later_of_system_settings_variable_and_flag_decides(tmp_path, arguments, environ, written, decision):
    file = tmp_path / "settings.toml"
    if written:
        file.write_text(f'language = "{written}"\n', encoding="utf-8")
    assert decide(arguments, {"LANG": "C.UTF-8", **environ}, lambda: file) == Decision(*decision)


def test_where_no_variable_is_set_the_locale_of_the_process_decides(tmp_path, monkeypatch):
    monkeypatch.setattr("locale.getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    assert decide([], {}, lambda: tmp_path / "none.toml") == Decision("zh", "system")
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert decide([], {}, lambda: tmp_path / "none.toml") == Decision("en", "system")


def test_config_tells_the_language_and_why(viva, chinese_notes, isolated_home, monkeypatch):
    (isolated_home / "settings.toml").write_text('language = "zh"\n', encoding="utf-8")
    assert "language：zh（来自：设置）" in viva("config").lines
    assert viva("config", "--json").json["values"]["language"] == {"value": "zh", "origin": "settings"}
    monkeypatch.setenv("VIVA_LANGUAGE", "en")
    assert "language: en (from: environment)" in viva("config").lines
    assert "language：zh（来自：命令行选项）" in viva("--language", "zh", "config").lines


@pytest.mark.parametrize("text", ['language = "fr"\n', "language = \n", "count = 0\n", f"x = {'[' * 5000}\n"])
def test_broken_settings_are_told_and_help_does_not_need_them(viva, kb, isolated_home, monkeypatch, text):
    (isolated_home / "settings.toml").write_text(text, encoding="utf-8")
    told = viva("questions")
    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert str(isolated_home / "settings.toml") in told.err
    assert viva("--help").code == viva("due", "--help").code == viva("--version").code == 0
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert english_words(viva("questions").err.replace(str(isolated_home), "").partition("（")[0]) == []


def test_a_language_that_viva_does_not_speak_is_wrong_usage(viva, monkeypatch):
    result = viva("--language", "fr", "questions")
    assert result.code == 2
    assert "--language" in result.err
    assert "'zh', 'en', 'auto'" in result.err
    monkeypatch.setenv("VIVA_LANGUAGE", "fr")
    assert viva("questions").code == 2
    assert viva("--help").code == 0


def test_the_language_of_the_environment_in_a_process_of_its_own(chinese_notes, tmp_path):
    for environ, expected in (({"LANG": "zh_CN.UTF-8"}, "4 道题，"), ({"LANG": "en_GB.UTF-8"}, "4 questions, ")):
        command = [sys.executable, "-c", RUN, "check"]
        done = subprocess.run(
            command, cwd=tmp_path, env={**os.environ, **environ}, capture_output=True, check=True, encoding="utf-8"
        )
        assert done.stdout.splitlines()[-1].startswith(expected)


# Help


def test_help_is_in_chinese(viva, chinese):
    page = viva("--help").out
    assert page.startswith("用法：viva [选项] 命令 [参数]...")
    assert english_words(prose_of_help(page)) == []
    assert all(line == line.rstrip() for line in page.splitlines())


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_is_in_chinese(viva, chinese, name):
    page = viva(name, "--help").out
    assert page.startswith(f"用法：viva {name} [选项]")
    assert english_words(prose_of_help(page)) == []


def test_summaries_begin_in_one_column(viva, chinese):
    lines = viva("--help").lines
    first = lines.index("命令：") + 1
    rows = lines[first : first + len(COMMANDS)]
    assert {re.match(r"  \w+ +", row).end() for row in rows} == {13}


def test_the_flag_reaches_the_help_wherever_it_stands(viva):
    assert viva("--language", "zh", "due", "--help").out == viva("--language=zh", "due", "-h").out
    assert viva("--help", "--language", "zh").out.startswith("用法：")
    assert viva("due", "--help").out.startswith("Usage: ")


def test_the_shell_completes_with_help_in_the_language(kb, tmp_path):
    asked = {"_VIVA_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "viva que", "VIVA_LANGUAGE": "zh"}
    done = subprocess.run(
        [sys.executable, "-c", RUN], cwd=tmp_path, env={**os.environ, **asked}, capture_output=True, check=True
    )
    assert "列出笔记里的题目，附文件和行号。" in done.stdout.decode("utf-8")


# Reports


@pytest.mark.parametrize(
    "arguments",
    [
        ["questions"], ["stats"], ["due"], ["check"], ["config"], ["index"], ["index", "--rebuild"], ["history"],
        ["history", "--vanished"], ["verdicts"], ["report"], ["search", "权重"], ["search", "tag:没有"], ["backup"],
        ["backup", "--list"], ["export", "--output", "all.json"], ["export", "--format", "apkg", "--output", "all.apkg"],
        ["report", "--markdown", "report.md"], ["verdicts", "--reset"], ["doctor"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_reports_are_in_chinese(viva, asked, chinese, arguments, isolated_home, tmp_path):
    result = viva(*arguments)
    assert result.code == 0, result.err
    said = (result.out + result.err).replace(str(isolated_home), "").replace(str(tmp_path), "")
    if arguments == ["doctor"]:
        said = "\n".join(line for line in said.splitlines() if "依赖库" not in line and "viva：" not in line)
    if arguments == ["config"]:
        said = re.sub(r"^\w+：", "", said, flags=re.MULTILINE)  # the keys of the settings file
    words = [word for word in english_words(said) if word not in {"embedded", "index", "kb", "utf", "small", "txt"}]
    assert [word for word in words if word not in {"US", "xterm", "model"}] == []


def test_export_and_restore_and_import_are_in_chinese(viva, asked, chinese, tmp_path):
    viva("export", "--output", "all.json")
    viva("backup", "--output", "mine.zip")
    said = viva("import", "all.json").out + viva("restore", "mine.zip").out + viva("restore", "--latest").out
    assert "已并入：0 次作答，0 场面试，0 道题" in said
    assert "已恢复：" in said
    assert english_words(re.sub(r"/\S+", "", said)) == []


def test_columns_keep_their_places(viva, kb, chinese):
    asked = [each["question"] for each in viva("questions", "--json").json["questions"]]
    rows = viva("questions").lines
    assert {cells(row[: row.index(question)]) for row, question in zip(rows, asked, strict=True)} == {15}


@pytest.mark.parametrize(
    "arguments",
    [
        ["questions"], ["stats"], ["check"], ["index"], ["history"], ["history", "--vanished"], ["verdicts"], ["report"],
        ["search", "权重"], ["search", "--queries", "queries.txt"], ["grade", "--answers", "rows.jsonl"],
        ["eval", "rows.jsonl"], ["doctor"], ["backup", "--list"], ["due"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_json_is_the_same_in_both_languages(viva, asked, tmp_path, arguments):
    (tmp_path / "queries.txt").write_text("权重\n???\n", encoding="utf-8")
    rows = [
        {"question_id": "1", "answer": "保留最好的权重", "score": 1},
        {"question_id": "99", "answer": "没有这道题"},
        {"question_id": "1", "answer": "不知道", "score": 0},
        {"question": 1, "answer": "不是文字"},
    ]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    viva("index")
    english, chinese = (viva("--language", language, *arguments, "--json") for language in ("en", "zh"))
    now = re.compile(r'"now": "[^"]*"')
    assert now.sub("", english.out) == now.sub("", chinese.out)
    assert english.code == chinese.code


# Errors

WRONG = [
    ["serch"], ["zzz"], ["search"], ["search", "x", "--top", "0"], ["search", "x", "--top", "viel"],
    ["search", "x", "--top", "2.5"], ["search", "x", "--top"], ["search", "x", "--jso"], ["search", "x", "--nonsense"],
    ["grade"], ["eval"], ["questions", "mehr"], ["questions", "--json=1"], ["export", "--format", "xml"],
    ["ask", "--seed", "99999999999999999999"], ["ask", "--due", "--order", "weak"], ["ask", "--resume", "--new"],
    ["restore"], ["backup", "--list", "--force"], ["verdicts", "--forget", "1", "--reset"],
    ["report", "--markdown", "a", "--html", "a"], ["export", "--format", "apkg"], ["--language", "xx", "due"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_told_in_chinese(viva, kb, monkeypatch, arguments):
    in_english = viva(*arguments)
    monkeypatch.setenv("VIVA_LANGUAGE", "zh")
    result = viva(*arguments)
    assert (result.code, result.out) == (in_english.code, "") == (2, "")
    assert result.err.count("\n") == 1
    told = result.err.replace("(mehr)", "").replace("（mehr）", "")
    assert english_words(told) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["questions", "--kb", "nowhere"], ["search", "x", "--kb", "empty"], ["search", "???"], ["search", "--", "-x"],
        ["search", ""], ["eval", "nofile"], ["grade", "--answers", "nofile"], ["import", "nofile"],
        ["import", "kb/small.txt"], ["restore", "kb/small.txt"], ["restore", "--latest"], ["report"],
        ["report", "--interview", "7"], ["ask", "--resume"], ["ask", "--topic", "没有的"], ["ask", "--order", "weak"],
        ["history", "--question", "99"], ["verdicts", "--forget", "9"], ["export", "--output", "kb/small.txt"],
        ["search", "x", "--model", "nomodel"], ["search", "x", "--model", "kb"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_chinese(viva, chinese_notes, isolated_home, tmp_path, monkeypatch, arguments):
    (tmp_path / "empty").mkdir()
    in_english = viva(*arguments)
    monkeypatch.setenv("VIVA_LANGUAGE", "zh")
    result = viva(*arguments)
    assert (result.code, result.out) == (in_english.code, "") == (1, "")
    said = result.err.replace(str(isolated_home), "").replace(str(tmp_path), "")
    assert [word for word in english_words(said) if word not in {"nowhere", "empty", "nofile", "nomodel", "kb"}] == []
