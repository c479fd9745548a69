"""While a mock interview waits nothing tells how its answers went, and there is a way to end it."""

from __future__ import annotations

import json
import sqlite3

import pytest

from viva.cli.interactive import keyboard as keyboards

FILE = "notes.md"
NOTES = """# Optimizers

1. What does momentum do
    - It averages past gradients
    - It damps oscillation
2. What is weight decay?
    - It pulls all weights towards zero
    - It lowers overfitting

# Attention

3. Why scale the dot product
    - Large products saturate the softmax
    - Scaling keeps gradients useful
"""
TELLING = (
    ("history",), ("history", "--json"), ("history", "--question", "1", "--json"),
    ("stats",), ("stats", "--json"), ("due", "--days", "60"), ("due", "--days", "60", "--json"),
    ("questions", "--state", "any"), ("questions", "--state", "any", "--json"),
    ("export", "--notes", "--format", "csv"), ("export", "--notes", "--format", "json"), ("report",), ("verdicts",),
)  # fmt: skip


@pytest.fixture
def ask(viva, notes):
    def hold(*options, typed=()):
        return viva("ask", *options, "--kb", notes, typed=typed)

    return hold


@pytest.fixture
def waiting(ask):
    """Practise all questions once, then leave a mock interview after two answers."""
    assert ask("--seed", "3", "--no-follow-ups", typed=["It averages past gradients"] * 3).code == 0
    left = ask("--mock", "--seed", "1", "--no-follow-ups", typed=["It averages past gradients"] * 2)
    assert "viva ask --resume" in left.out
    return left


def rewrite(home, score, verdict, rating, status):
    """Let the answers of the mock interview have gone otherwise."""
    with sqlite3.connect(home / "history.db") as database:
        mock = "interview_id = (SELECT id FROM interviews WHERE answer_limit IS NOT NULL)"
        for number, grade in database.execute(f"SELECT id, grade FROM reviews WHERE {mock}").fetchall():
            told = json.loads(grade)
            told |= {"score": score, "verdict": verdict}
            told["points"] = [each | {"status": status} for each in told["points"]]
            database.execute(
                "UPDATE reviews SET score = ?, verdict = ?, proposed = ?, rating = ?, grade = ? WHERE id = ?",
                (score, verdict, rating, rating, json.dumps(told), number),
            )
        database.execute("DELETE FROM cards")
    database.close()


def everything(viva, notes):
    told = {}
    for command in TELLING:
        result = viva(*command, "--kb", notes)
        rows = [json.loads(line) for line in result.lines] if command[-1] == "--json" and result.code == 0 else None
        for row in rows or []:
            row.pop("now", None)  # of `viva due`
            for each in row.get("due", []):
                each.pop("retrievability")  # of what was only practised; it falls by the second
        told[command] = rows or (result.out + result.err)
    return told


def test_nothing_told_depends_on_how_the_answers_went(viva, notes, waiting, isolated_home):
    rewrite(isolated_home, 96, "strong", 4, "covered")
    well = everything(viva, notes)
    rewrite(isolated_home, 3, "weak", 1, "contradicted")
    badly = everything(viva, notes)
    for command in TELLING:
        assert well[command] == badly[command], command
    stats = viva("stats", "--kb", notes, "--json").json
    assert (stats["withheld"], stats["answered"], stats["new"]) == (2, 5, 0)
    assert "not judged yet, until the mock interview ends: 2 answers" in viva("stats", "--kb", notes).lines


def test_its_answers_are_listed_as_not_judged_yet(viva, notes, waiting):
    rows = viva("history", "--kb", notes, "--json").rows
    assert [row["withheld"] for row in rows] == [True, True, False, False, False]
    assert all(row[key] is None for row in rows[:2] for key in ("score", "verdict", "proposed", "rating"))
    assert all(row["score"] is not None for row in rows[2:])
    lines = viva("history", "--kb", notes).lines
    assert sum("answered, not judged yet" in line for line in lines) == 2
    assert "2 questions of the mock interview that waits are not judged yet." in viva("due", "--kb", notes).lines
    (state,) = {
        tuple(row["states"])
        for row in viva("questions", "--state", "any", "--kb", notes, "--json").json["questions"]
        if row["id"] == rows[0]["question_id"]
    }
    assert state == ("learning",)


def test_a_part_of_the_notes_tells_no_more(viva, notes, waiting, tmp_path):
    """Left to ask is a question of the other file."""
    folder = tmp_path / "more"
    folder.mkdir()
    for name, question in (
        ("a.txt", "1.What does momentum do\n\tIt averages past gradients\n"),
        ("b.txt", "1.What is weight decay\n\tIt pulls weights to zero\n"),
    ):
        (folder / name).write_text(question, encoding="utf-8")
    for seed in range(20):
        left = viva("ask", "--mock", "--seed", seed, "--kb", folder, typed="It averages past gradients\n")
        if "momentum" in left.lines[3] + left.lines[2]:
            break
    (row,) = viva("history", "--kb", folder, "--limit", "1", "--json").rows
    assert row["withheld"]
    (row,) = viva("history", "--kb", folder / "a.txt", "--limit", "1", "--json").rows
    assert row["withheld"]


def test_it_can_be_ended_as_it_is(viva, notes, ask, waiting):
    ended = ask("--finish")
    assert ended.code == 0
    assert "2 asked, 2 answered." in ended.out
    assert ended.out.count("of 100") == 1
    rows = viva("history", "--kb", notes, "--json").rows
    assert [row["withheld"] for row in rows] == [False] * 5
    assert viva("report", "--kb", notes, "--json").json["mode"] == "mock"
    again = ask("--finish")
    assert (again.code, again.out) == (1, "")
    assert "no interview waits to be ended" in again.err


def test_an_unfinished_answer_is_judged_with_it(viva, notes, ask, waiting, isolated_home):
    with sqlite3.connect(isolated_home / "history.db") as database:
        database.execute("UPDATE interviews SET draft = 'half of an answer' WHERE answer_limit IS NOT NULL")
    database.close()
    assert "3 asked, 3 answered." in ask("--finish").out
    assert viva("history", "--kb", notes, "--json").rows[0]["answer"] == "half of an answer"


def test_an_unfinished_answer_in_practice_stays_in_the_history(viva, notes, ask, isolated_home):
    ask("--seed", "3", typed=["It averages past gradients"])
    with sqlite3.connect(isolated_home / "history.db") as database:
        database.execute("UPDATE interviews SET draft = 'half of an answer'")
    database.close()
    assert "2 asked, 1 answered, 1 skipped." in ask("--finish").out
    row = viva("history", "--kb", notes, "--json").rows[0]
    assert (row["answer"], row["outcome"]) == ("half of an answer", "skipped")


def test_a_new_interview_ends_it_and_says_so(viva, notes, ask, waiting):
    rows = viva("history", "--kb", notes, "--json").rows
    begun = ask("--mock", "--seed", "4")
    number = rows[0]["interview_id"]
    assert (
        f"this ends the mock interview that waited: `viva report --interview {number}` tells how it went" in begun.err
    )
    assert viva("report", "--interview", number, "--kb", notes).code == 0
    assert viva("history", "--kb", notes, "--json").rows[0]["score"] is not None
    assert ask("--mock", "--seed", "4").err == "", "nothing was answered in it"


def test_at_a_terminal_it_is_offered_before_a_new_one_ends_it(ask, waiting, monkeypatch):
    begin = keyboards.Keyboard.__init__

    def at_a_terminal(self):
        begin(self)
        self.interactive = True

    monkeypatch.setattr(keyboards.Keyboard, "__init__", at_a_terminal)
    offered = ask("--mock", typed=["yes"])
    assert "viva ask --resume" in offered.out
    assert "this ends" not in offered.err
    declined = ask("--mock", typed=["no"])
    assert "this ends the mock interview" in declined.err
