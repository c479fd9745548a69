"""`due`, `stats`, `history`, `export`, `import`, `doctor`: what remembers, over a real interview."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from viva.cli.commands.doctor import NEEDED

TYPED = "验证集损失不降就停止训练，保留最好的权重\n/skip\n看答案\n"


@pytest.fixture
def asked(viva, kb):
    """An interview with an answer, a skip and a reveal, in the order of seed 3."""
    result = viva("ask", "--seed", "3", "--count", "3", "--kb", "kb/small.txt", typed=TYPED)
    assert result.code == 0
    return result


def small(viva, *arguments):
    return viva(*arguments, "--kb", "kb/small.txt")


def test_nothing_yet(viva, kb):
    assert viva("history").out == "Nothing yet: `viva` or `viva ask` starts an interview.\n"
    assert viva("history", "--json").out == ""
    assert viva("history", "--vanished").out == "Every question you answered is still in the notes.\n"
    assert viva("due").lines[0] == "0 questions due now, 6 never asked."
    assert viva("stats").lines[:2] == ["questions: 6, 0 met, 6 never asked", "due now: 0"]


def test_history_lists_turns_newest_first(viva, asked):
    rows = small(viva, "history", "--json").rows
    assert [row["outcome"] for row in rows] == ["revealed", "skipped", "answered"]
    answered = rows[2]
    assert list(answered) == [
        "id", "interview_id", "question_id", "question", "answer", "outcome", "score", "verdict", "proposed", "rating",
        "asked_at", "answered_at", "seconds", "hints", "overridden", "follow_up", "overtime", "withheld",
    ]  # fmt: skip
    assert answered["answer"] == TYPED.split("\n", maxsplit=1)[0]
    assert answered["rating"] in {"again", "hard", "good", "easy"}
    assert datetime.fromisoformat(answered["answered_at"]).utcoffset() == timedelta(0)
    plain = small(viva, "history")
    assert len(plain.lines) == 4
    assert plain.lines[0].endswith(f"revealed  {rows[0]['question']}  [{rows[0]['question_id']}]")
    assert plain.lines[-1] == f"    {answered['answer']}"
    assert small(viva, "history", "--limit", "1", "--json").rows == rows[:1]


def test_history_of_one_question(viva, asked):
    rows = small(viva, "history", "--json").rows
    only = small(viva, "history", "--question", rows[2]["question_id"], "--json").rows
    assert only == [rows[2]]
    unknown = small(viva, "history", "--question", "99")
    assert unknown.code == 1
    assert "'99'" in unknown.err
    twice = small(viva, "history", "--question", "2")
    assert twice.code == 1
    assert "small.txt#2, small.txt#2~2" in twice.err


def test_history_follows_a_question_that_was_renumbered(viva, tmp_path):
    notes = tmp_path / "n.txt"
    notes.write_text("1.什么是早停\n\t验证集损失不再下降时停止训练\n", encoding="utf-8")
    viva("ask", "--kb", notes, typed="损失不降就停\n")
    notes.write_text(
        "1.什么是标签平滑\n\t把一小部分概率分给其他类别\n2.什么是早停法\n\t验证集损失不再下降时停止训练\n",
        encoding="utf-8",
    )
    assert [row["question"] for row in viva("history", "--question", "2", "--json", "--kb", notes).rows] == [
        "什么是早停"
    ]
    assert viva("history", "--question", "1", "--json", "--kb", notes).rows == []


def test_a_question_that_vanished_is_listed(viva, asked, kb):
    gone = small(viva, "history", "--json").rows[2]["question"]
    (kb / "small.txt").write_text("1.什么是标签平滑\n\t把一小部分概率分给其他类别\n", encoding="utf-8")
    rows = small(viva, "history", "--vanished", "--json").rows
    assert gone in [row["question"] for row in rows]
    assert list(rows[0]) == ["question", "file", "label", "vanished_at", "reviews"]
    assert any(line.startswith(f"{gone} (small.txt, ") for line in small(viva, "history", "--vanished").lines)


def test_due_now_and_in_the_next_days(viva, asked, isolated_home):
    found = small(viva, "due", "--json", "--days", "30").json
    assert list(found) == ["now", "due", "new", "suspended", "upcoming"]
    assert (found["due"], found["new"]) == ([], 2)
    assert sum(day["count"] for day in found["upcoming"]) == 2
    assert len(found["upcoming"]) == 30
    past = (datetime.now(UTC) - timedelta(days=3, hours=1)).isoformat(timespec="microseconds")
    database = sqlite3.connect(isolated_home / "history.db")
    with database:
        database.execute("UPDATE cards SET due = ?", (past,))
    database.close()
    found = small(viva, "due", "--json").json
    assert len(found["due"]) == 2
    assert list(found["due"][0]) == [
        "question_id", "number", "question", "file", "line", "due", "reviews", "last_score", "retrievability",
    ]  # fmt: skip
    plain = small(viva, "due")
    assert plain.lines[0] == "2 questions due now, 2 never asked."
    assert "(due for 3 days, last score " in plain.lines[1]
    assert len(plain.lines) == 3 + 7


def test_stats(viva, asked):
    found = small(viva, "stats", "--json").json
    assert (found["questions"], found["met"], found["answered"], found["skipped"], found["revealed"]) == (4, 2, 1, 1, 1)
    assert found["per_day"][-1] == [datetime.now().astimezone().date().isoformat(), 1]
    plain = small(viva, "stats").lines
    assert plain[2] == "turns: 1 answered, 1 skipped, 1 shown"
    assert "days in a row: 1" in plain


def test_stats_over_weeks(viva, asked):
    found = small(viva, "stats", "--json").json
    today = datetime.now().astimezone().date()
    assert found["turns_per_day"][-1] == [today.isoformat(), 3]
    assert len(found["weeks"]) == 12
    assert list(found["weeks"][-1]) == ["start", "answers", "mean_score", "due", "recall"]
    assert (found["weeks"][-1]["answers"], found["weeks"][-1]["recall"]) == (0, None), "the notes have no answer"
    assert len(found["forecast"]) == 14
    assert found["forecast"][0] == [today.isoformat(), 0]
    assert sum(count for _, count in found["forecast"]) == 2
    assert all(list(topic) == ["topic", "questions", "asked", "mean_score", "strong"] for topic in found["topics"])
    plain = small(viva, "stats").lines
    days = ", ".join(f"{day} {count}" for day, count in found["forecast"] if count)
    assert f"due in the next 14 days: {days}" in plain


def test_stats_name_the_hardest_points(viva, hostile):
    assert "due in the next 14 days: nothing" in viva("stats", "--kb", hostile).lines
    assert viva("ask", "--seed", "1", "--kb", hostile, typed="no idea at all, something else\n" * 9).code == 0
    hard = viva("stats", "--json", "--kb", hostile).json["hardest_points"]
    assert " ".join(hard[0]) == "point question_id question answers partial missed differs contradicted"
    plain = viva("stats", "--kb", hostile)
    first = plain.lines.index("hardest points:") + 1
    assert plain.lines[first].startswith("  1 missed in 1 answer: ")
    assert "\x1b" not in plain.out


def test_export_and_import(viva, asked, isolated_home, tmp_path):
    before = small(viva, "history", "--json").rows
    whole = viva("export")
    assert whole.code == 0
    assert whole.json["format"] == "viva-history"
    saved = viva("export", "--output", "history.json")
    assert (saved.code, saved.out) == (0, "")
    assert json.loads((tmp_path / "history.json").read_text(encoding="utf-8"))["reviews"] == whole.json["reviews"]

    for name in ("history.db", "history.db-wal", "history.db-shm"):
        (isolated_home / name).unlink(missing_ok=True)
    assert small(viva, "history", "--json").rows == []
    assert viva("import", "history.json").out == "added: 3 turns, 1 interview, 0 questions\n"
    after = small(viva, "history", "--json").rows
    assert [row["answer"] for row in after] == [row["answer"] for row in before]
    assert viva("import", "history.json", "--json").json == {
        "added": {"questions": 0, "interviews": 0, "reviews": 0}
    }, "importing twice adds nothing"


def test_export_as_csv(viva, asked):
    result = viva("export", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.out, newline="")))
    assert [row["outcome"] for row in rows] == ["answered", "skipped", "revealed"]
    assert rows[0]["answer"] == TYPED.split("\n", maxsplit=1)[0]


def test_a_schedule_goes_to_anki_and_its_reviews_come_back(viva, asked, isolated_home):
    done = small(viva, "export", "--format", "apkg", "--output", "notes.apkg", "--with-schedule")
    assert done.code == 0
    again = small(viva, "import", "notes.apkg").lines
    assert again == ["added: 0 reviews of 0 questions", "here already: 2 reviews"], "they are viva's own turns"
    due = small(viva, "due", "--json").json
    for name in ("history.db", "history.db-wal", "history.db-shm"):
        (isolated_home / name).unlink(missing_ok=True)
    assert small(viva, "import", "notes.apkg").out == "added: 2 reviews of 2 questions\n"
    assert small(viva, "due", "--json").json["upcoming"] == due["upcoming"]
    assert small(viva, "import", "notes.apkg", "--json").json == {
        "added": {"reviews": 0, "questions": 0}, "already": 2, "unmatched": 0, "suspended": [],
    }  # fmt: skip
    other = viva("import", "notes.apkg", "--kb", "kb/terms.md")
    assert other.out == "added: 0 reviews of 0 questions\n"
    assert "2 reviewed notes are no questions of these notes" in other.err


@pytest.mark.parametrize(("form", "suffix"), [("markdown", "md"), ("csv", "csv"), ("json", "jsonl")])
def test_notes_are_exported_and_read_back(viva, asked, form, suffix):
    before = viva("questions", "--json").json["questions"]
    options = ("export", "--notes", "--format", form)
    done = viva(*options, "--output", f"notes.{suffix}")
    assert (done.code, done.out) == (0, "")
    assert f"6 questions written to notes.{suffix}: viva reads it as notes" in done.err
    assert viva(*options).out.encode() == Path(f"notes.{suffix}").read_bytes().replace(b"\r\n", b"\n")
    after = viva("questions", "--json", "--kb", f"notes.{suffix}").json["questions"]
    parts = [(each["question"], each["answer"], each["tags"]) for each in before]
    assert [(each["question"], each["answer"], each["tags"]) for each in after] == parts
    assert viva(*options, "--output", f"notes.{suffix}").code == 1, "it exists"


def test_markdown_is_of_the_notes_alone(viva, kb):
    assert viva("export", "--format", "markdown").out == viva("export", "--notes", "--format", "markdown").out


def test_a_schedule_is_for_anki_alone(viva, kb):
    refused = viva("export", "--with-schedule")
    assert refused.code == 2
    assert "only a package for Anki has a schedule" in refused.err


def test_a_package_without_reviews_says_what_to_tick(viva, kb):
    viva("export", "--format", "apkg", "--output", "notes.apkg")
    came = viva("import", "notes.apkg")
    assert (came.code, came.out) == (0, "added: 0 reviews of 0 questions\n")
    assert 'tick "Include scheduling information"' in came.err
    damaged = viva("import", "kb/small.apkg")
    assert (damaged.code, damaged.out) == (1, "")
    assert "check the path" in damaged.err


def test_export_for_anki(viva, kb, tmp_path):
    refused = viva("export", "--format", "apkg")
    assert refused.code == 2
    assert "needs --output FILE" in refused.err
    done = viva("export", "--format", "apkg", "--output", "notes.apkg")
    assert (done.code, done.out) == (0, "")
    assert "6 questions written to notes.apkg" in done.err
    assert viva("export", "--format", "apkg", "--output", "notes.apkg").code == 1
    before = viva("questions", "--json").json["questions"]
    after = viva("questions", "--json", "--kb", "notes.apkg").json["questions"]
    assert [(each["question"], each["points"]) for each in after] == [
        (each["question"], each["points"]) for each in before
    ]
    (tmp_path / "empty.txt").write_text("nothing\n", encoding="utf-8")
    empty = viva("export", "--kb", "empty.txt", "--format", "apkg", "--output", "x.apkg")
    assert empty.code == 1
    assert not (tmp_path / "x.apkg").exists()


def test_export_never_overwrites_unasked(viva, asked, tmp_path):
    (tmp_path / "mine.json").write_text("mine", encoding="utf-8")
    refused = viva("export", "--output", "mine.json")
    assert refused.code == 1
    assert "mine.json exists" in refused.err
    assert (tmp_path / "mine.json").read_text(encoding="utf-8") == "mine"
    assert viva("export", "--output", "mine.json", "--force").code == 0
    assert json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))["format"] == "viva-history"
    assert viva("export", "--output", "no/such/folder/x.json").code == 1
    assert viva("export", "--format", "xml").code == 2
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize("content", ["not json", "{}", '{"format": "viva-history", "version": 1}', "\xff\xfe"])
def test_a_file_that_is_no_export(viva, kb, tmp_path, content):
    (tmp_path / "x.json").write_bytes(content.encode("latin-1"))
    result = viva("import", "x.json")
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert viva("import", "missing.json").code == 1


def test_doctor_finds_all_in_order(viva, kb):
    result = viva("doctor", "--json")
    assert result.code == 0
    assert list(result.json) == ["ok", "findings"]
    names = ["viva", "libraries", "settings", "notes", "model", "reader", "index", "history", "terminal"]
    assert [finding["name"] for finding in result.json["findings"]] == names
    told = {finding["name"]: finding["message"] for finding in result.json["findings"]}
    assert told["notes"].startswith("kb (current folder): 6 questions in 2 files; ")
    assert told["index"] == "index, not built yet; it will be when it is needed"
    viva("index")
    plain = viva("doctor")
    assert [line.split()[0] for line in plain.lines] == ["ok"] * 9
    assert plain.lines[6].endswith(", up to date")
    (kb / "small.txt").unlink()
    assert "to be refreshed when it is needed" in viva("doctor").lines[6]


def test_doctor_knows_all_libraries_that_viva_needs():
    project = tomllib.loads(Path(__file__).parents[2].joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.match(r"[\w.-]+", each)[0] for each in project["dependencies"]}
    assert needed - {"backports.zstd"} == set(NEEDED) - {"backports.zstd"}, "that one is of older Pythons only"


def test_doctor_tells_problems_without_hiding_the_rest(viva, kb, isolated_home, tmp_path):
    (isolated_home / "history.db").write_bytes(b"no database" * 100)
    (tmp_path / "afile").write_text("x", encoding="utf-8")
    result = viva("doctor", "--kb", "nowhere", "--index", "afile/index", "--json")
    assert result.code == 1
    assert result.json["ok"] is False
    wrong = [finding["name"] for finding in result.json["findings"] if not finding["ok"]]
    assert wrong == ["notes", "index", "history"]
    assert "problem  notes: " in viva("doctor", "--kb", "nowhere").out


def test_verdicts_are_listed_and_forgotten(viva, kb):
    assert "Marking: viva's own; it follows you from 5 changed verdicts on (none yet)" in viva("verdicts").out
    typed = "验证集损失不降就停止训练，保留最好的权重\n/wrong\n"
    assert viva("ask", "--topic", "早停", "--kb", "kb/small.txt", typed=typed).code == 0
    found = small(viva, "verdicts", "--json").json
    assert (found["habit"], [one["verdict"] for one in found["verdicts"]]) == (
        {"points": 0, "changed": 1, "judged": 1},
        ["weak"],
    )
    number = str(found["verdicts"][0]["review_id"])
    plain = small(viva, "verdicts").lines
    assert plain[1].startswith(f"{number}  ")
    assert plain[2] == "    验证集损失不降就停止训练，保留最好的权重"
    assert small(viva, "verdicts", "--forget", "999").code == 1
    assert small(viva, "verdicts", "--forget", number, "--reset").code == 2
    assert small(viva, "verdicts", "--forget", number).out == "forgotten: 1 verdict; your history keeps them\n"
    assert small(viva, "verdicts", "--reset", "--json").json == {"forgotten": 0}
    assert small(viva, "history", "--json").rows[0]["overridden"]


def test_words_on_points_are_listed_and_forgotten(viva, kb):
    answer = "保留验证集上最好的那组权重"
    typed = f"{answer}\n/refuse 9\n/不算 2\n/选答 1\n"
    said = viva("ask", "--topic", "早停", "--kb", "kb/small.txt", typed=typed)
    assert said.code == 0
    assert any(line.startswith("没有第 9 个要点") or "no point 9" in line for line in said.lines)
    found = small(viva, "verdicts", "--json").json
    assert found["verdicts"] == []
    assert [(one["word"], bool(one["words"])) for one in found["points"]] == [("extra", False), ("missed", True)]
    number = str(found["points"][0]["review_id"])
    lines = small(viva, "verdicts").lines
    assert lines[1] == "Single points:"
    assert "does not count as said" in small(viva, "verdicts").out
    assert small(viva, "verdicts", "--forget", number).out == "forgotten: 2 verdicts; your history keeps them\n"
    assert small(viva, "verdicts", "--json").json["points"] == []
