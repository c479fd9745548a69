"""`suspend`, `resume`, `questions --state`."""

from __future__ import annotations

import json
import sqlite3
import zipfile


def test_a_suspended_question_is_listed_but_neither_asked_nor_counted(viva, kb):
    done = viva("suspend", "早停", "small.txt#2", "dropout")
    assert done.code == 0
    assert done.out.splitlines()[0] == "3 questions suspended"
    assert "什么是早停 [small.txt#1]" in done.out
    assert viva("due").lines[:2] == ["0 questions due now, 3 never asked.", "3 questions are suspended."]
    assert viva("due", "--json").json["suspended"] == 3
    assert "suspended: 3" in viva("stats").lines
    listed = viva("questions", "--state", "suspended")
    assert listed.lines[0] == "1  ‖ suspended  什么是早停  kb/small.txt:1"
    assert len(listed.lines) == 3
    asked = viva("ask", "--count", "9", "--seed", "1", typed="/skip\n" * 9)
    assert "早停" not in asked.out
    assert "Question 1 of 3" in asked.out or "共 3 题" in asked.out
    assert viva("resume", "1", "dropout", "--json").json == {
        "resumed": 2,
        "questions": ["small.txt#1", "terms.md#Regularisation/q2"],
    }
    assert viva("resume", "1").out.splitlines()[0] == "0 questions resumed (1 so already)"
    assert [each["states"] for each in viva("questions", "--state", "any", "--json").json["questions"]] == [
        ["new"], ["suspended"], ["new"], ["unanswered"], ["new"], ["new"],
    ]  # fmt: skip


def test_what_is_not_one_question_is_one_line_and_changes_nothing(viva, kb):
    none = viva("suspend", "什么是早停", "zork")
    assert (none.code, none.out) == (1, "")
    assert "no question 'zork' in the notes" in none.err
    several = viva("suspend", "what")
    assert several.code == 1
    assert '"what" fits 2 questions: name one of terms.md#Regularisation/q1' in several.err
    twice = viva("suspend", "2")
    assert twice.code == 1
    assert "the number 2 is used 2 times" in twice.err
    assert viva("questions", "--state", "suspended").out == ""
    assert viva("suspend").code == 2
    assert viva("questions", "--state", "sleepy").code == 2


def test_said_in_the_interview(viva, kb):
    said = viva("ask", "--seed", "1", "--topic", "Regularisation", typed="/suspend\nnever ask this again\n/undo\n")
    assert "Suspended: it is asked no more." in said.out
    assert len(viva("questions", "--state", "suspended").lines) == 1


def test_a_leech_is_told_and_listed(viva, kb):
    for _ in range(8):
        said = viva("ask", "--new", "--topic", "weight decay", typed="no idea at all, sorry\n")
    assert "This one was failed many times: rewrite its note" in said.out
    listed = viva("questions", "--state", "leech")
    assert listed.lines == ["-  ! leech      What is weight decay?  kb/terms.md:6  [terms.md#Regularisation/q1]"]
    assert "rewrite its note" in listed.err
    assert "leeches, whose notes are worth rewriting: 1" in viva("stats").lines
    assert viva("questions", "--state", "leech", "--json").json["questions"][0]["states"] == ["leech", "learning"]


def test_the_package_for_anki_and_the_export_know_it(viva, kb, tmp_path):
    viva("suspend", "早停")
    assert viva("export", "--format", "apkg", "--output", "out.apkg").code == 0
    with zipfile.ZipFile("out.apkg") as package:
        (tmp_path / "c.db").write_bytes(package.read("collection.anki2"))
    connection = sqlite3.connect(tmp_path / "c.db")
    assert [queue for (queue,) in connection.execute("SELECT queue FROM cards ORDER BY id")] == [-1, 0, 0, 0, 0, 0]
    connection.close()
    rows = json.loads(viva("export").out)["questions"]
    assert [row["suspended"] for row in rows] == [1, 0, 0, 0, 0, 0]
