"""`backup`, `restore`, and what `doctor` and a damaged history say of them, over a real interview."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from viva.cli.interactive import keyboard
from viva.history.snapshots import backups_of

NAME = re.compile(r"viva-backup-\d{4}-\d\d-\d\d\.zip")


@pytest.fixture
def asked(viva, kb):
    """Two answers in the history."""
    assert viva("ask", "--seed", "3", "--count", "2", "--kb", "kb/small.txt", typed="早停\n标签平滑\n").code == 0


def turns(viva):
    return len(viva("history", "--json", "--kb", "kb/small.txt").rows)


def a_day_later(isolated_home):
    """Put the automatic backups a day back."""
    for each in backups_of(isolated_home / "history.db"):
        earlier = each.made_at.astimezone(UTC) - timedelta(days=1)
        each.path.rename(each.path.with_name(f"history-{earlier:%Y%m%dT%H%M%S.%fZ}.db"))


def test_one_more_is_made_when_asked_for(viva, asked, isolated_home):
    assert viva("backup", "--now", "--output", "x.zip").code == 2
    made = viva("backup", "--now").out
    assert made.startswith(f"written: {isolated_home / 'backups'}")
    again = viva("backup", "--now", "--json").json["file"]
    assert [str(each.path) for each in backups_of(isolated_home / "history.db")] == [again]  # one a day stays


def test_nothing_is_backed_up_before_there_are_answers(viva, kb, isolated_home):
    result = viva("backup", "--now", "--kb", "kb/small.txt")
    assert (result.code, result.err) == (1, "viva: there are no answers to back up yet\n")
    assert backups_of(isolated_home / "history.db") == []


def test_the_automatic_ones_are_listed(viva, asked, isolated_home):
    assert viva("backup", "--list").out.startswith("None yet: ")
    assert viva("backup", "--list", "--json").out == ""
    assert turns(viva) == 2
    a_day_later(isolated_home)
    viva("ask", "--seed", "3", "--count", "1", "--kb", "kb/small.txt", typed="早停\n")
    rows = viva("backup", "--list", "--json").rows
    assert [list(row) for row in rows] == [["file", "made_at", "kind", "bytes", "turns"]] * 2
    assert [(row["kind"], row["turns"]) for row in rows] == [("daily", 2), ("daily", 2)]
    assert datetime.fromisoformat(rows[0]["made_at"]).utcoffset() == timedelta(0)
    plain = viva("backup", "--list").lines
    assert [line.split("  ")[-1] for line in plain] == [row["file"] for row in rows]
    assert "daily, 2 turns, " in plain[0]
    assert viva("backup", "--list", "--force").code == 2


def test_history_and_settings_go_out_and_come_back(viva, asked, isolated_home, tmp_path):
    settings = isolated_home / "settings.toml"
    settings.write_text("count = 4\n", encoding="utf-8")
    result = viva("backup")
    assert result.code == 0
    (name,) = NAME.findall(result.out)
    assert result.out == f"written: {name}, 2 turns\n"
    settings.write_text("count = 5\n", encoding="utf-8")
    viva("ask", "--seed", "3", "--count", "1", "--kb", "kb/small.txt", typed="早停\n")
    restored = viva("restore", name)
    assert (restored.code, restored.err) == (0, "")
    assert re.fullmatch(r"restored: the backup of [-\d]+ [:\d]+, 2 turns \(before: 3 turns\)", restored.lines[0])
    assert restored.lines[1].startswith("the history as it was: ")
    assert turns(viva) == 2
    assert settings.read_text(encoding="utf-8") == "count = 5\n"
    again = viva("restore", restored.lines[1].split(": ", 1)[1], "--json").json
    assert (again["turns_before"], again["turns_after"], again["settings"]) == (2, 3, None)
    assert list(again) == ["file", "made_at", "turns_before", "turns_after", "kept", "settings", "settings_kept"]
    both = viva("restore", name, "--settings", "--yes")
    assert [line.split(":")[0] for line in both.lines] == [
        "restored", "the history as it was", "settings restored", "the settings as they were",
    ]  # fmt: skip
    assert settings.read_text(encoding="utf-8") == "count = 4\n"


def test_backup_never_overwrites_unasked(viva, asked, tmp_path):
    (tmp_path / "mine.zip").write_text("mine", encoding="utf-8")
    refused = viva("backup", "--output", "mine.zip")
    assert refused.code == 1
    assert "mine.zip exists" in refused.err
    assert (tmp_path / "mine.zip").read_text(encoding="utf-8") == "mine"
    done = viva("backup", "--output", "mine.zip", "--force", "--json").json
    assert done == {"file": "mine.zip", "bytes": (tmp_path / "mine.zip").stat().st_size, "turns": 2}
    assert viva("backup", "--output", "no/such/folder/x.zip").err.startswith("viva: cannot write no/such/folder/x.zip")
    assert [path.name for path in tmp_path.rglob(".*")] == []


def test_restore_takes_a_file_or_the_latest(viva, asked, isolated_home):
    assert viva("restore").code == 2
    assert viva("restore", "x.zip", "--latest").code == 2
    none = viva("restore", "--latest")
    assert (none.code, none.err.count("\n")) == (1, 1)
    assert "no automatic backup" in none.err
    assert turns(viva) == 2
    viva("ask", "--seed", "3", "--count", "1", "--kb", "kb/small.txt", typed="早停\n")
    assert "(before: 3 turns)" in viva("restore", "--latest").out
    assert turns(viva) == 2


@pytest.mark.parametrize("content", [b"", b"not a backup", b"PK\x03\x04 cut short", b"SQLite format 3\x00 cut short"])
def test_a_file_that_is_no_backup_changes_nothing(viva, asked, isolated_home, tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    before = (isolated_home / "history.db").read_bytes()
    result = viva("restore", "x.zip")
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert viva("restore", "missing.zip").code == 1
    assert (isolated_home / "history.db").read_bytes() == before
    assert not (isolated_home / "backups").exists()


def test_a_history_that_is_open_elsewhere_is_left_alone(viva, asked, isolated_home):
    viva("backup", "--output", "b.zip")
    with closing(sqlite3.connect(isolated_home / "history.db")) as other:
        other.execute("SELECT count(*) FROM reviews").fetchone()
        result = viva("restore", "b.zip")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "another viva has the history" in result.err


@pytest.mark.parametrize(("typed", "code"), [("y", 0), ("", 1), ("n", 1), ("what?", 1), (None, 1)])
def test_a_terminal_is_asked_once(viva, asked, monkeypatch, typed, code):
    class Terminal:
        interactive = True

        def line(self):
            asked_for.append(True)
            return typed

    asked_for = []
    viva("backup", "--output", "b.zip")
    monkeypatch.setattr("viva.cli.commands.restore.Keyboard", Terminal)
    result = viva("restore", "b.zip")
    assert (result.code, len(asked_for)) == (code, 1)
    assert "holds 2 turns" in result.out
    assert ("nothing was changed" in result.err) == bool(code)
    assert viva("restore", "b.zip", "--yes").code == 0
    assert len(asked_for) == 1
    assert keyboard.Keyboard is not Terminal


def test_doctor_names_the_newest_backup_and_the_way_back(viva, asked, kb, isolated_home):
    def told():
        return next(each for each in viva("doctor", "--json").json["findings"] if each["name"] == "history")

    first = told()
    assert re.search(r", 2 turns, newest backup [-\d]+ [:\d]+$", first["message"])
    for name in ("history.db-wal", "history.db-shm"):
        (isolated_home / name).unlink(missing_ok=True)
    (isolated_home / "history.db").write_bytes(b"no database" * 100)
    damaged = told()
    assert damaged["ok"] is False
    assert "`viva restore --latest` puts the backup of" in damaged["message"]
    assert "viva restore --latest" in viva("history").err
    assert "(before: damaged)" in viva("restore", "--latest").out
    assert turns(viva) == 2
    assert told()["ok"]


def test_doctor_says_that_there_is_none_yet(viva, kb):
    assert ", 0 turns, no backup yet" in viva("doctor").out


def test_a_backup_that_fails_stops_no_interview(viva, asked, isolated_home):
    (isolated_home / "backups").write_text("a file in its place", encoding="utf-8")
    result = viva("ask", "--seed", "3", "--count", "1", "--kb", "kb/small.txt", typed="早停\n")
    assert result.code == 0
    assert result.err.count("the history was not backed up to") == 1
    assert turns(viva) == 3
