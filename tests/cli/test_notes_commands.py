"""`questions`, `check`, `config`: what needs the notes alone."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path


def test_questions_are_listed_with_state_and_place(viva, kb):
    result = viva("questions")
    assert result.code == 0
    assert result.err == ""
    assert result.out == (
        "1  ✓ answered   什么是早停  kb/small.txt:1\n"
        "2  ✓ answered   批次大小怎么选  kb/small.txt:4  [small.txt#2]\n"
        "2  ✓ answered   学习率预热的作用  kb/small.txt:7  [small.txt#2~2]\n"
        "3  – no answer  为什么要打乱训练数据  kb/small.txt:10\n"
        "-  ✓ answered   What is weight decay?  kb/terms.md:6  [terms.md#Regularisation/q1]\n"
        "-  ✓ answered   What does dropout do at test time?  kb/terms.md:11  [terms.md#Regularisation/q2]\n"
    )


def test_questions_as_json_have_exactly_the_shape_of_the_contract(viva, kb):
    result = viva("questions", "--json", "--kb", "kb/small.txt")
    assert list(result.json) == ["questions"]
    assert [each["number"] for each in result.json["questions"]] == ["1", "2", "2", "3"]
    assert result.json["questions"][0] == {
        "id": "small.txt#1",
        "number": "1",
        "question": "什么是早停",
        "answer": "验证集损失连续若干轮不再下降时停止训练\n保留验证集上最好的那组权重",
        "points": ["验证集损失连续若干轮不再下降时停止训练", "保留验证集上最好的那组权重"],
        "file": "kb/small.txt",
        "line": 1,
        "end_line": 3,
        "answered": True,
        "tags": [],
    }
    assert list(result.json["questions"][3]) == list(result.json["questions"][0])
    assert result.json["questions"][3]["answered"] is False
    assert "什么是早停" in result.out, "Chinese stays readable"
    assert len(result.lines) == 1


def test_an_unnumbered_question_has_null_for_a_number(viva, kb):
    rows = viva("questions", "--json", "--kb", "kb/terms.md").json["questions"]
    assert [each["number"] for each in rows] == [None, None]
    assert rows[0]["tags"] == ["training"]


def test_kb_may_be_repeated_and_stand_before_the_command(viva, kb):
    both = viva("questions", "--kb", "kb/terms.md", "--kb", "kb/small.txt")
    assert len(both.lines) == 6
    assert viva("--kb", "kb/terms.md", "questions").out == viva("questions", "--kb", "kb/terms.md").out


def test_check_names_file_and_line(viva, kb):
    result = viva("check")
    assert result.code == 0
    assert any(line.startswith("kb/small.txt:10: No answer: ") for line in result.lines)
    assert any(line.startswith("kb/small.txt:7: repeated-number: ") for line in result.lines)
    assert result.lines[-1] == f"6 questions, 5 answered, in 2 files: {len(result.lines) - 1} things to look at."


def test_check_as_json(viva, kb):
    found = viva("check", "--json").json
    assert list(found) == ["questions", "files", "problems"]
    assert (found["questions"], found["files"]) == (6, 2)
    assert [list(problem) for problem in found["problems"]] == [["kind", "file", "line", "message", "other"]] * len(
        found["problems"]
    )
    assert {"no-answer", "repeated-number"} <= {problem["kind"] for problem in found["problems"]}


def test_config_says_where_each_value_comes_from(viva, kb, isolated_home):
    (isolated_home / "settings.toml").write_text('count = 3\nmodel = "some/model"\n', encoding="utf-8")
    result = viva("config")
    assert result.lines == [
        f"settings file: {isolated_home / 'settings.toml'} (read)",
        "kb: kb (from: current folder)",
        "index: index (from: current folder)",
        "model: some/model (from: settings)",
        "reader: embedded (from: default)",
        "count: 3 (from: settings)",
        "retention: 0.9 (from: default)",
        "follow_ups: true (from: default)",
        "theme: auto (from: default)",
        "language: en (from: system)",
        "limit: 3m (from: default)",
        f"history: {isolated_home / 'history.db'} (from: system)",
    ]


def test_config_as_json(viva, kb, isolated_home):
    found = viva("config", "--json", "--kb", "elsewhere", "--index", "here").json
    assert found["settings_file"] == str(isolated_home / "settings.toml")
    assert found["exists"] is False
    assert found["values"]["kb"] == {"value": ["elsewhere"], "origin": "flag"}
    assert found["values"]["index"] == {"value": "here", "origin": "flag"}
    assert found["values"]["model"] == {"value": "embedded", "origin": "default"}


def test_config_sets_and_unsets_a_key(viva, kb, isolated_home):
    file = isolated_home / "settings.toml"
    file.write_text("# mine\ncount = 3  # few\n", encoding="utf-8")
    assert viva("config", "set", "count", "7").lines == [f"count: 7 (saved in {file})"]
    assert viva("config", "set", "kb", "kb", "~/more").code == 0
    assert file.read_text(encoding="utf-8") == f'# mine\ncount = 7  # few\nkb = ["{kb}", "~/more"]\n'
    assert viva("config", "unset", "count").lines == ["count: 10 (the default again)"]
    assert viva("config", "set", "theme", "dark", "--json").json == {
        "settings_file": str(file),
        "key": "theme",
        "value": "dark",
    }
    assert "theme: dark (from: settings)" in viva("config").lines


def test_config_refuses_what_cannot_be_set(viva, kb, isolated_home):
    file = isolated_home / "settings.toml"
    file.write_text("count = 0\n", encoding="utf-8")
    refused = viva("config", "set", "retention", "2")
    assert (refused.code, refused.out, len(refused.err.splitlines())) == (1, "", 1)
    assert viva("config", "set", "count", "many").err.endswith('"count" must be a whole number, at least 1\n')
    assert "known are kb, index" in viva("config", "set", "colour", "1").err
    assert viva("config", "set", "count", "5").code == 0
    for wrong in (
        ["set", "count"],
        ["set"],
        ["unset", "count", "5"],
        ["put", "count", "5"],
        ["set", "a", "b", "--path"],
    ):
        assert viva("config", *wrong).code == 2
    assert file.read_text(encoding="utf-8") == "count = 5\n"


def test_config_path_alone(viva, isolated_home):
    assert viva("config", "--path").out == f"{isolated_home / 'settings.toml'}\n"
    assert Path(viva("config", "--path", "--json").json["settings_file"]).name == "settings.toml"


def test_a_broken_settings_file_is_one_line(viva, kb, isolated_home):
    (isolated_home / "settings.toml").write_text("count = 0\n", encoding="utf-8")
    result = viva("questions")
    assert result.code == 1
    assert result.out == ""
    assert result.err.startswith("viva: ")
    assert "count" in result.err
    assert result.err.count("\n") == 1


def test_escapes_in_the_notes_are_shown_literally(viva, hostile):
    plain = viva("questions", "--kb", hostile)
    assert "What is \\x1b]0;owned\\x07 [bold]this[/bold]?" in plain.out
    assert "Is \\x9b31m a colour?" in plain.out
    as_json = viva("questions", "--kb", hostile, "--json")
    for text in (plain.out, as_json.out, viva("check", "--kb", hostile).out):
        assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert as_json.json["questions"][0]["question"] == "What is \x1b]0;owned\x07 [bold]this[/bold]?"


def test_an_anki_package_is_read_like_other_notes(viva, tmp_path):
    folder = tmp_path / "cards"
    folder.mkdir()
    anki_package(folder / "deck.apkg", "What is a token?\x1fA <b>unit</b> of text.")
    (folder / "broken.apkg").write_bytes(b"PK")

    (row,) = viva("questions", "--json", "--kb", folder).json["questions"]
    assert (row["id"], row["number"], row["question"]) == ("deck.apkg#ML/NLP/g1", None, "What is a token?")
    assert (row["answer"], row["line"], row["tags"]) == ("A unit of text.", 1, ["nlp"])
    checked = viva("check", "--kb", folder)
    assert checked.code == 0
    assert checked.lines[0].startswith("cards/broken.apkg: unreadable: Cannot be read: it is damaged")
    assert checked.lines[-1] == "1 question, 1 answered, in 1 file: 1 thing to look at."
    alone = viva("questions", "--kb", folder / "broken.apkg")
    assert alone.code == 1
    assert len(alone.err.splitlines()) == 1


def anki_package(file, fields):
    with sqlite3.connect(":memory:") as base:
        base.executescript(
            "CREATE TABLE col (models, decks); CREATE TABLE cards (id, nid, did, ord, odid);"
            "CREATE TABLE notes (id, guid, mid, tags, flds); INSERT INTO cards VALUES (1, 1, 5, 0, 0);"
            """INSERT INTO col VALUES ('{"7": {"type": 0}}', '{"5": {"name": "ML::NLP"}}');"""
        )
        base.execute("INSERT INTO notes VALUES (1, 'g1', 7, ' nlp ', ?)", (fields,))
        base.commit()
        data = base.serialize()
    base.close()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("collection.anki2", data)
