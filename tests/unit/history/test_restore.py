"""Backups out to a file and back: what is checked, what is kept, and that damage changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from viva.errors import HistoryError
from viva.history.backup.archive import HISTORY, MANIFEST, SETTINGS
from viva.history.backup.backup import Backups
from viva.history.database import migrations
from viva.history.history import History
from viva.history.snapshots import Kind, backups_of
from viva.interview.lifecycle import start
from viva.scheduling.schedule import Schedule
from viva.settings import read_settings


@pytest.fixture
def backups(tmp_path, clock):
    home = tmp_path / "home"
    home.mkdir()
    return Backups(home / "history.db", home / "settings.toml", clock, pytest.fail, read_settings)


@pytest.fixture
def answer(backups, entries, grader, clock):
    def give(*texts):
        with History(backups.history, clock) as history:
            for text in texts:
                start(entries, seed=1, history=history, grader=grader, schedule=Schedule(), clock=clock).submit(text)

    return give


@pytest.fixture
def saved(backups, answer, tmp_path):
    """A backup of a history with two turns and settings, which has since gone on to a third."""
    answer("first", "second")
    backups.settings.write_text("count = 3\n", encoding="utf-8")
    backups.write(tmp_path / "b.zip", "0.1.0", replace=False)
    answer("third")
    return tmp_path / "b.zip"


def answers(path):
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT answer FROM reviews ORDER BY id")]


def everything(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(backups, file, match, **options):
    before = everything(backups.history.parent)
    with pytest.raises(HistoryError, match=match) as caught:
        backups.restore(file, **options)
    assert "\n" not in str(caught.value)
    assert everything(backups.history.parent) == before


def changed(file, to, change):
    """Write a zip again with its members changed, {name: bytes}, and the manifest as `change` leaves it."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(to, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return to


def with_manifest(members):
    files = {
        name: {"bytes": len(members[name]), "sha256": hashlib.sha256(members[name]).hexdigest()}
        for name in (HISTORY, SETTINGS)
        if name in members
    }
    manifest = json.loads(members[MANIFEST])
    members[MANIFEST] = json.dumps({**manifest, "files": files}).encode()


def test_the_file_holds_history_settings_and_manifest_in_order(saved):
    with zipfile.ZipFile(saved) as archive:
        assert archive.namelist() == [MANIFEST, HISTORY, SETTINGS]
        manifest = json.loads(archive.read(MANIFEST))
        assert archive.read(SETTINGS) == b"count = 3\n"
    assert list(manifest) == ["format", "version", "viva", "made_at", "files"]
    assert (manifest["format"], manifest["version"], manifest["viva"]) == ("viva-backup", 1, "0.1.0")
    assert manifest["made_at"].startswith("2026-03-01T")
    assert sorted(path.name for path in saved.parent.iterdir()) == ["b.zip", "home"], "no draft is left"


def test_the_same_history_at_the_same_time_is_the_same_file(saved, backups, tmp_path):
    now = backups.clock()
    backups.clock = lambda: now
    for name in ("x.zip", "y.zip"):
        backups.write(tmp_path / name, "0.1.0", replace=False)
    assert (tmp_path / "x.zip").read_bytes() == (tmp_path / "y.zip").read_bytes()


def test_a_file_that_exists_is_replaced_only_when_asked(saved, backups):
    before = saved.read_bytes()
    with pytest.raises(HistoryError, match="exists"):
        backups.write(saved, "0.1.0", replace=False)
    assert saved.read_bytes() == before
    backups.write(saved, "0.1.0", replace=True)
    assert backups.look(saved).turns == 3


def test_a_place_that_cannot_be_written_is_one_line(saved, backups):
    with pytest.raises(HistoryError, match=r"cannot write .*b\.zip.inside\.zip"):
        backups.write(saved / "inside.zip", "0.1.0", replace=False)
    assert [path.name for path in backups.history.parent.iterdir() if path.name.startswith(".")] == []


def test_restoring_puts_it_back_and_keeps_what_was_there(saved, backups, clock):
    assert (backups.look(saved).turns, backups.look(saved).settings) == (2, b"count = 3\n")
    backups.settings.write_text("count = 9\n", encoding="utf-8")
    done = backups.restore(saved)
    assert (done.turns_before, done.turns_after) == (3, 2)
    assert answers(backups.history) == ["first", "second"]
    assert answers(done.kept) == ["first", "second", "third"]
    assert [each.kind for each in backups_of(backups.history)] == [Kind.BEFORE_RESTORE]
    assert (done.settings, done.settings_kept) == (None, None)
    assert backups.settings.read_text(encoding="utf-8") == "count = 9\n"
    with History(backups.history, clock) as history:
        assert [review.answer for review in history.reviews()] == ["second", "first"]
    again = backups.restore(done.kept)
    assert (again.turns_before, again.turns_after) == (2, 3)
    assert answers(backups.history) == ["first", "second", "third"]


def test_settings_come_back_when_asked_and_the_old_ones_are_kept(saved, backups):
    backups.settings.write_text("count = 9\n", encoding="utf-8")
    done = backups.restore(saved, settings=True)
    assert done.settings == backups.settings
    assert backups.settings.read_text(encoding="utf-8") == "count = 3\n"
    assert done.settings_kept.read_text(encoding="utf-8") == "count = 9\n"


def test_an_empty_home_takes_a_backup(saved, backups, tmp_path, clock):
    other = Backups(tmp_path / "new" / "history.db", tmp_path / "new" / "settings.toml", clock, print, read_settings)
    done = other.restore(saved, settings=True)
    assert (done.turns_before, done.turns_after, done.kept, done.settings_kept) == (0, 2, None, None)
    assert answers(other.history) == ["first", "second"]
    assert sorted(path.name for path in other.history.parent.iterdir()) == ["history.db", "settings.toml"]


def test_a_bare_copy_with_its_log_beside_it_counts_whole(backups, answer, tmp_path, clock):
    answer("first")
    with History(backups.history, clock) as history:
        history.database.rows("PRAGMA wal_autocheckpoint = 0")
        with history.database.transaction() as connection:
            connection.execute("UPDATE reviews SET answer = 'in the log'")
        for suffix in ("", "-wal"):
            shutil.copy(f"{backups.history}{suffix}", tmp_path / f"copy.db{suffix}")
    before = everything(tmp_path)
    backups.look(tmp_path / "copy.db")
    assert everything(tmp_path) == before, "looking changes nothing"
    backups.restore(tmp_path / "copy.db")
    assert answers(backups.history) == ["in the log"]


def test_what_sqlite_left_beside_the_old_file_is_not_read_into_the_new_one(saved, backups):
    """A viva that was killed leaves a log whose pages belong to the old file."""
    child = os.fork() if hasattr(os, "fork") else pytest.skip("needs a process to kill")
    if child == 0:
        connection = sqlite3.connect(backups.history, isolation_level=None)
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE reviews SET answer = 'in the log'")
        os._exit(9)
    os.waitpid(child, 0)
    assert backups.history.with_name("history.db-wal").stat().st_size > 0
    done = backups.restore(saved)
    assert answers(backups.history) == ["first", "second"]
    assert answers(done.kept) == ["in the log"] * 3


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_history_that_is_a_link_stays_one(saved, backups, tmp_path):
    real = tmp_path / "elsewhere" / "mine.db"
    real.parent.mkdir()
    backups.history.rename(real)
    backups.history.symlink_to(real)
    backups.restore(saved)
    assert backups.history.is_symlink()
    assert answers(real) == ["first", "second"]


# A damaged history


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_history_is_set_aside_byte_for_byte(saved, backups, content, clock):
    backups.history.write_bytes(content)
    done = backups.restore(saved)
    assert answers(backups.history) == ["first", "second"]
    if content:
        assert done.turns_before is None
        assert done.kept.read_bytes() == content
        assert [each.kind for each in backups_of(backups.history)] == [Kind.DAMAGED]
        assert backups.listed()[0].turns is None
        assert done.kept.read_bytes() == content, "listing opens it not"
        with pytest.raises(HistoryError, match="no automatic backup"):
            backups.latest()
    else:
        assert done.turns_before == 0
    with History(backups.history, clock) as history:
        assert len(history.reviews()) == 2


# In use


def test_a_history_that_another_has_open_is_not_replaced(saved, backups, clock):
    with History(backups.history, clock) as other:
        with pytest.raises(HistoryError, match=r"another viva has the history .* open: close it"):
            backups.restore(saved)
        assert len(other.reviews()) == 3
        assert backups_of(backups.history) == []
    assert answers(backups.history) == ["first", "second", "third"]
    assert backups.restore(saved).turns_before == 3


def test_a_locked_history_without_a_log_is_not_replaced(saved, backups):
    with closing(sqlite3.connect(backups.history, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(HistoryError, match=r"another viva has the history .* open: close it"):
            backups.restore(saved)
        other.execute("ROLLBACK")
    assert answers(backups.history) == ["first", "second", "third"]


def test_without_a_place_for_what_was_there_nothing_is_replaced(saved, backups):
    backups.folder.write_text("a file in its place", encoding="utf-8")
    with pytest.raises(HistoryError, match="cannot restore"):
        backups.restore(saved, settings=True)
    assert answers(backups.history) == ["first", "second", "third"]
    assert sorted(path.name for path in backups.history.parent.iterdir()) == [
        "backups", "history.db", "history.db-open", "settings.toml",
    ]  # fmt: skip


# Files that are no backup


def test_what_is_no_backup_is_refused(saved, backups, tmp_path):
    refused(backups, tmp_path / "none.zip", "cannot read .*none.zip")
    refused(backups, tmp_path, "cannot read")
    for number, content in enumerate((b"", b"text", b"PK\x03\x04", b"SQLite format 3\x00" + b"\xff" * 9000)):
        file = tmp_path / f"x{number}"
        file.write_bytes(content)
        refused(backups, file, f"x{number} is (neither|damaged)")


def test_a_database_of_something_else_is_refused(saved, backups, tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    refused(backups, tmp_path / "other.db", "no history of viva")


def test_a_history_of_a_newer_viva_is_refused(saved, backups, tmp_path):
    shutil.copy(backups.history, tmp_path / "new.db")
    with closing(sqlite3.connect(tmp_path / "new.db")) as connection:
        connection.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    refused(backups, tmp_path / "new.db", "newer viva: upgrade")


def test_a_history_of_an_older_viva_is_taken_and_carried_over(backups, answer, tmp_path, clock):
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection:
        connection.executescript(migrations()[0])
        connection.execute("PRAGMA user_version = 1")
    answer("mine")
    assert backups.restore(tmp_path / "old.db").turns_after == 0
    with History(backups.history, clock) as history:
        assert history.database.rows("PRAGMA user_version")[0][0] == len(migrations())


def test_a_copy_with_a_damaged_page_is_refused(saved, backups, tmp_path):
    content = bytearray(backups.history.read_bytes())
    content[4096 * 2 : 4096 * 3] = b"\x5a" * 4096
    (tmp_path / "bad.db").write_bytes(content)
    refused(backups, tmp_path / "bad.db", r"bad\.db is damaged .*nothing was changed")


def test_a_damaged_page_with_right_checksums_is_refused(saved, backups, tmp_path):
    def spoil(members):
        content = bytearray(members[HISTORY])
        content[4096 * 2 : 4096 * 3] = b"\x5a" * 4096
        members[HISTORY] = bytes(content)
        with_manifest(members)

    refused(backups, changed(saved, tmp_path / "bad.zip", spoil), r"bad\.zip is damaged .*nothing was changed")


@pytest.mark.parametrize("name", ["../../evil", "/evil", "C:\\evil", "extra.txt", "history.db-wal"])
def test_other_members_are_refused_whatever_their_path(saved, backups, tmp_path, name):
    file = changed(saved, tmp_path / "bad.zip", lambda members: members.update({name: b"evil"}))
    refused(backups, file, "other files are in it")
    assert not (tmp_path.parent / "evil").exists()


def test_a_member_twice_is_refused(saved, backups, tmp_path):
    with zipfile.ZipFile(saved, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(HISTORY, b"another")
    refused(backups, saved, "other files are in it")


@pytest.mark.parametrize("missing", [MANIFEST, HISTORY])
def test_a_missing_member_is_refused(saved, backups, tmp_path, missing):
    refused(backups, changed(saved, tmp_path / "bad.zip", lambda members: members.pop(missing)), "other files are in")


@pytest.mark.parametrize("member", [HISTORY, SETTINGS])
def test_other_content_than_the_manifest_says_is_refused(saved, backups, tmp_path, member):
    file = changed(saved, tmp_path / "bad.zip", lambda members: members.update({member: members[member] + b"\n"}))
    refused(backups, file, "is not what the manifest says")


@pytest.mark.parametrize(
    "manifest",
    ["{}", "[]", "null", "not json", "\ufeff", "[" * 5000, '{"format": "other"}', '{"format": "viva-backup", "version": 1}',
     '{"format": "viva-backup", "version": 1, "made_at": "yesterday", "files": {}}',
     '{"format": "viva-backup", "version": 1, "made_at": 3, "files": []}',
     '{"format": "viva-backup", "version": 1, "made_at": "2026-01-01T00:00:00+00:00", "files": {"history.db": 1}}'],
)  # fmt: skip
def test_a_manifest_that_makes_no_sense_is_refused(saved, backups, tmp_path, manifest):
    file = changed(saved, tmp_path / "bad.zip", lambda members: members.update({MANIFEST: manifest.encode()}))
    refused(backups, file, "damaged or no backup")


def test_a_later_format_asks_for_an_upgrade(saved, backups, tmp_path):
    def later(members):
        members[MANIFEST] = members[MANIFEST].replace(b'"version": 1', b'"version": 2')

    refused(backups, changed(saved, tmp_path / "new.zip", later), "version 2, not 1: upgrade viva")


def test_what_would_fill_the_disk_is_refused(saved, backups, tmp_path):
    file = changed(saved, tmp_path / "bad.zip", lambda members: members.update({SETTINGS: b" " * (1024 * 1024 + 1)}))
    refused(backups, file, "settings.toml is too large")


@pytest.mark.parametrize(("text", "match"), [("colour = 1", "unknown setting"), ("count = ", "not valid TOML")])
def test_settings_that_cannot_be_used_are_refused_before_anything_changes(saved, backups, tmp_path, text, match):
    def spoil(members):
        members[SETTINGS] = text.encode()
        with_manifest(members)

    file = changed(saved, tmp_path / "bad.zip", spoil)
    refused(backups, file, match, settings=True)
    assert backups.restore(file).turns_after == 2


def test_settings_that_are_not_there_are_refused(backups, answer, tmp_path):
    answer("first")
    backups.write(tmp_path / "b.zip", "0.1.0", replace=False)
    refused(backups, tmp_path / "b.zip", "holds no settings", settings=True)
    refused(backups, backups.keep(Kind.DAILY), "holds no settings", settings=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_flipped_or_missing_bytes_change_nothing_or_are_harmless(saved, backups, data):
    """Either the line says why, or what is read is exactly what was written."""
    content = bytearray(saved.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=3)):
        content[place] ^= data.draw(st.integers(1, 255))
    file = Path(saved.parent / "flipped.zip")
    file.write_bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content)
    try:
        found = backups.look(file)
    except HistoryError as error:
        assert "\n" not in str(error)  # noqa: PT017  # either outcome is right
    else:
        assert found.turns == 2
    assert answers(backups.history) == ["first", "second", "third"]
    assert [path.name for path in backups.history.parent.iterdir() if path.name.startswith(".")] == []
