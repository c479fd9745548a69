"""The copies that viva makes by itself: real histories in real folders."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from viva.errors import HistoryError
from viva.history.backup.backup import OTHERS, Backups
from viva.history.database import migrations
from viva.history.history import History
from viva.history.snapshots import DAILY_KEPT, MONTHLY_KEPT, Kind, backups_of, latest
from viva.interview.lifecycle import start
from viva.scheduling.schedule import Schedule
from viva.settings import read_settings


@pytest.fixture
def told():
    return []


@pytest.fixture
def backups(tmp_path, clock, told):
    return Backups(tmp_path / "history.db", tmp_path / "settings.toml", clock, told.append, read_settings)


@pytest.fixture
def opened(backups, clock):
    """Open the history as the workspace does."""
    return lambda: History(backups.history, clock, backups)


@pytest.fixture
def answered(opened, entries, grader, clock):
    """Answer a question in the history, which is opened for it and closed again."""

    def answer(text="不知道"):
        with opened() as history:
            start(entries, seed=1, history=history, grader=grader, schedule=Schedule(), clock=clock).submit(text)

    return answer


def answers(path):
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT answer FROM reviews ORDER BY id")]


def names(backups):
    return sorted(path.name for path in backups.folder.iterdir()) if backups.folder.exists() else []


def test_nothing_is_copied_while_there_is_no_turn(opened, backups):
    opened().close()
    opened().close()
    assert names(backups) == []


def test_one_copy_a_day_holds_what_was_there(opened, answered, backups, clock, told):
    answered("first")
    assert names(backups) == []
    answered("second")
    (first,) = backups_of(backups.history)
    assert answers(first.path) == ["first"]
    assert abs(first.made_at - clock.now) < timedelta(minutes=1)
    clock.wait(hours=23)
    opened().close()
    assert backups_of(backups.history) == [first]
    clock.wait(hours=1)
    opened().close()
    second, again = backups_of(backups.history)
    assert again == first
    assert answers(second.path) == ["first", "second"]
    assert latest(backups.history) == second
    assert told == []
    assert names(backups) == [first.path.name, second.path.name], "no file beside the copies, no draft left"


def test_a_copy_is_one_file_that_needs_no_other(opened, answered, backups, clock):
    answered()
    with opened() as history:
        assert history.database.rows("PRAGMA journal_mode")[0][0] == "wal"
        (copy,) = backups_of(backups.history)
    with closing(sqlite3.connect(copy.path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_copy_made_while_another_writes_is_consistent(opened, answered, backups, clock):
    answered("kept")
    with closing(sqlite3.connect(backups.history, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE reviews SET answer = 'half'")
        opened().close()
        other.execute("ROLLBACK")
    assert answers(backups_of(backups.history)[0].path) == ["kept"]


def test_names_are_legal_everywhere_and_sort_by_time(answered, opened, backups, clock):
    answered()
    for _ in range(3):
        clock.wait(days=1)
        opened().close()
    found = names(backups)
    assert not set('<>:"/\\|?*') & set("".join(found))
    assert [each.path.name for each in backups_of(backups.history)] == found[::-1]


def test_over_the_years_few_remain(answered, opened, backups, clock):
    answered()
    for _ in range(170):
        clock.wait(days=3, minutes=1)
        opened().close()
    found = backups_of(backups.history)
    assert len(found) == DAILY_KEPT + MONTHLY_KEPT
    assert clock.now - found[0].made_at < timedelta(minutes=1)


def test_rotation_touches_only_its_own_files(answered, opened, backups, clock):
    answered()
    backups.folder.mkdir()
    strange = {
        "mine.db",
        "history-2020.db",
        "history-20209999T000000.000000Z.db",
        ".history-20260101T000000.000000Z.db",
    }
    for name in strange:
        (backups.folder / name).write_bytes(b"mine")
    stale = ".history-20260101T000000.000000Z.db.0a1b2c3d"
    (backups.folder / stale).write_bytes(b"cut short")
    for _ in range(10):
        clock.wait(days=1)
        opened().close()
    assert strange <= set(names(backups))
    assert stale not in names(backups)
    assert len(names(backups)) - len(strange) == DAILY_KEPT + 1, "the last days and the month before them"


def test_what_a_restore_set_aside_is_not_pushed_out_by_the_days(answered, opened, backups, clock):
    answered()
    aside = backups.keep(Kind.BEFORE_RESTORE)
    for _ in range(100):
        clock.wait(days=1)
        opened().close()
    assert aside.exists()
    assert latest(backups.history).kind is Kind.DAILY
    for _ in range(OTHERS):
        backups.keep(Kind.BEFORE_RESTORE)
    assert aside.exists(), "in one sitting nothing is deleted"
    clock.wait(days=1)
    opened().close()
    assert not aside.exists()


def test_two_copies_of_one_moment_have_names_of_their_own(answered, backups):
    answered()
    backups.clock = lambda: datetime(2026, 5, 1, tzinfo=UTC)
    assert len({backups.keep(kind) for kind in (Kind.DAILY, Kind.DAILY, Kind.BEFORE_RESTORE, Kind.BEFORE_RESTORE)}) == 4


def test_a_clock_that_ran_ahead_does_not_stop_it(answered, opened, backups, clock):
    answered()
    clock.wait(days=4000)
    opened().close()
    clock.wait(days=-3990)
    opened().close()
    opened().close()
    assert len(backups_of(backups.history)) == 2


# What goes wrong stops nothing


def test_a_folder_that_cannot_be_made_is_told_once(answered, opened, backups, told):
    answered("first")
    backups.folder.write_text("a file in its place", encoding="utf-8")
    answered("second")
    opened().close()
    assert len(told) == 1
    assert "the history was not backed up to" in told[0]
    assert "\n" not in told[0]
    assert answers(backups.history) == ["first", "second"]
    assert backups.folder.read_text(encoding="utf-8") == "a file in its place"


ONE_TURN = """
    import os, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from viva.history.backup.backup import Backups
    from viva.history.history import History
    path = Path(sys.argv[1])
    clock = lambda: datetime.now(UTC)
    now = clock().isoformat(timespec="microseconds")
    with History(path, clock) as history, history.database.transaction() as connection:
        connection.execute("INSERT INTO questions (key, root, file, headings, label, entry_id, text, answer_digest, "
                           "first_seen, last_seen) VALUES (1, '/n', 'a', '[]', '1', 'a#1', 'q', '', ?, ?)", (now, now))
        connection.execute("INSERT INTO interviews (id, uid, plan, position, seed, mode, started_at) "
                           "VALUES (1, 'u', '[1]', 1, 7, 'random', ?)", (now,))
        connection.execute("INSERT INTO reviews (uid, interview_id, question_key, entry_id, question, position, answer, "
                           "outcome, asked_at, answered_at, seconds) VALUES ('r', 1, 1, 'a#1', 'q', 0, ?, 'skipped', ?, ?, 1)",
                           ("x" * 200_000, now, now))
    backups = Backups(path, path.with_name("settings.toml"), clock, lambda line: print(line, flush=True), lambda path: None)
    def open_twice():
        for _ in range(2):
            with History(path, clock, backups) as history:
                assert len(history.reviews()) == 1
        assert list(backups.folder.iterdir()) == [], list(backups.folder.iterdir())
"""


def told_by(code, path):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(ONE_TURN + code), str(path)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("the history was not backed up to")
    assert done.stdout.count("\n") == 1
    return done.stdout


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="Windows has other permissions")
def test_a_read_only_folder_is_told_once():
    code = """
    backups.folder.mkdir()
    if (child := os.fork()) == 0:
        if os.geteuid() == 0:
            for each in (path.parent, *path.parent.glob("history.db*")):
                os.chown(each, 65534, -1)
            os.setuid(65534)  # root may write everywhere
        else:
            backups.folder.chmod(0o555)
        open_twice()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    backups.folder.chmod(0o755)
    """
    with tempfile.TemporaryDirectory() as name:
        assert "ermission denied" in told_by(code, Path(name) / "history.db")


@pytest.mark.bare
def test_a_full_disk_is_told_once_and_leaves_no_half_copy(tmp_path):
    """A limit on the size of files stands in for the disk."""
    pytest.importorskip("resource")
    code = """
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    open_twice()
    """
    told_by(code, tmp_path / "history.db")


def test_a_damaged_history_pushes_out_no_sound_copy(answered, opened, backups, clock, told):
    for number in range(12):
        answered(f"answer {number} " * 100)
    (sound,) = backups_of(backups.history)
    with closing(sqlite3.connect(backups.history)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'reviews_interview'").fetchone()[0]
    content = bytearray(backups.history.read_bytes())
    content[(root - 1) * 4096 + 100 : root * 4096] = b"\x5a" * 3996
    backups.history.write_bytes(content)
    clock.wait(days=1)
    opened().close()
    assert backups_of(backups.history) == [sound]
    assert len(told) == 1
    assert "is damaged" in told[0]
    assert "`viva restore --latest` puts the backup of" in told[0]


def test_the_line_about_damage_names_the_way_back(answered, opened, backups):
    answered()
    opened().close()
    backups.history.write_bytes(b"not a database, only text that is long enough" * 10)
    with pytest.raises(
        HistoryError, match=r"is damaged.*`viva restore --latest` puts the backup of 2026-03-01.*rename"
    ):
        opened()


# Two at once


def test_several_processes_at_once_do_not_clash(answered, backups, clock, told):
    answered("kept")
    code = """
        import sys
        from datetime import UTC, datetime
        from pathlib import Path
        from viva.history.backup.backup import Backups
        from viva.history.history import History
        path = Path(sys.argv[1])
        for day in range(1, 6):
            clock = lambda: datetime(2026, 5, day, 12, tzinfo=UTC)  # the same moment in all of them
            History(path, clock, Backups(path, path.with_name("s.toml"), clock, print, lambda path: None)).close()
    """
    results = []

    def run():
        results.append(
            subprocess.run(
                [sys.executable, "-c", textwrap.dedent(code), str(backups.history)],
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
        )

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(each.returncode, each.stdout, each.stderr) for each in results] == [(0, "", "")] * 3
    found = backups_of(backups.history)
    assert {each.made_at.day for each in found} == {1, 2, 3, 4, 5}
    assert all(answers(each.path) == ["kept"] for each in found)
    assert len(names(backups)) == len(found)


# Upgrades


def test_a_history_of_an_older_viva_is_copied_before_it_is_carried_over(opened, backups, told):
    with closing(sqlite3.connect(backups.history)) as connection:
        connection.executescript(migrations()[0])
        connection.execute("PRAGMA user_version = 1")
    opened().close()
    (copy,) = backups_of(backups.history)
    assert (copy.kind, latest(backups.history), told) == (Kind.BEFORE_UPGRADE, copy, [])
    for path, version in ((copy.path, 1), (backups.history, len(migrations()))):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone()[0] == version
    opened().close()
    assert backups_of(backups.history) == [copy]


def test_an_upgrade_goes_on_without_its_copy(opened, backups, told):
    with closing(sqlite3.connect(backups.history)) as connection:
        connection.executescript(migrations()[0])
        connection.execute("PRAGMA user_version = 1")
    backups.folder.write_text("", encoding="utf-8")
    with opened() as history:
        assert history.database.rows("PRAGMA user_version")[0][0] == len(migrations())
    assert len(told) == 1
