from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
import threading
from datetime import UTC, datetime

import pytest

from viva.errors import HistoryError
from viva.history import database
from viva.history.database import Database, migrations
from viva.history.history import History
from viva.interview.lifecycle import resume, start
from viva.scheduling.schedule import Schedule


def run(code, *arguments):
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        capture_output=True, text=True, check=False, env=environment, timeout=60,
    )  # fmt: skip


SESSION = """
    import os, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from viva.history.history import History
    from viva.interview.lifecycle import start
    from viva.scheduling.schedule import Schedule
    from viva.types import Entry, Grade, Place, Point
    clock = lambda: datetime.now(UTC)
    entries = [Entry(f"a#{i}", Place("/nowhere", "a.md", (), str(i)), str(i), f"question {word}", "x", (Point("x"),),
                     "a.md", i, i) for i, word in enumerate(("apple", "river", "cloud"), start=1)]
    class Marker:
        def grade(self, entry, answer):
            if answer == "die while grading":
                os._exit(9)
            return Grade(80, "strong", (), None)
    history = History(Path(sys.argv[1]), clock)
    interview = start(entries, history=history, grader=Marker(), schedule=Schedule(), clock=clock, seed=1)
"""


def test_a_process_killed_right_after_submit_has_stored_the_answer(tmp_path):
    path = tmp_path / "history.db"
    done = run(SESSION + '    interview.submit("the answer")\n    os._exit(9)\n', path)
    assert done.returncode == 9, done.stderr
    with History(path, lambda: datetime.now(UTC)) as history:
        assert [(review.answer, review.score) for review in history.reviews()] == [("the answer", 80)]
        assert history.interview(1).position == 1


def test_a_process_killed_while_grading_has_kept_what_was_typed(tmp_path):
    path = tmp_path / "history.db"
    assert run(SESSION + '    interview.submit("die while grading")\n', path).returncode == 9
    with History(path, lambda: datetime.now(UTC)) as history:
        assert history.reviews() == []
        assert (history.interview(1).position, history.interview(1).draft) == (0, "die while grading")


def test_a_process_killed_inside_the_transaction_leaves_no_half_turn(tmp_path):
    path = tmp_path / "history.db"
    code = SESSION + '    History._fold = lambda *_: os._exit(9)\n    interview.submit("the answer")\n'
    assert run(code, path).returncode == 9
    with History(path, lambda: datetime.now(UTC)) as history:
        assert history.reviews() == []
        assert (history.interview(1).position, history.interview(1).draft) == (0, "the answer")


def test_two_processes_write_at_once_and_lose_nothing(tmp_path):
    path = tmp_path / "history.db"
    code = SESSION + (
        "    for turn in range(15):\n"
        "        interview.submit(f'{sys.argv[2]} {turn}')\n"
        "        if interview.current is None:\n"
        "            interview = start(entries, history=history, grader=Marker(), schedule=Schedule(), clock=clock, seed=1)\n"
        "    history.close()\n"
    )
    results: dict[str, subprocess.CompletedProcess[str]] = {}
    threads = [
        threading.Thread(target=lambda name=name: results.__setitem__(name, run(code, path, name))) for name in "ab"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [result.stderr for result in results.values()] == ["", ""]
    with History(path, lambda: datetime.now(UTC)) as history:
        assert {review.answer for review in history.reviews()} == {
            f"{name} {turn}" for name in "ab" for turn in range(15)
        }
        assert history.database.rows("SELECT count(*) FROM questions")[0][0] == 3


def test_a_lock_that_stays_is_one_line(tmp_path):
    path = tmp_path / "history.db"
    waiting = Database(path, busy_seconds=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(HistoryError, match="in use by another viva"), waiting.transaction():
            pass
    finally:
        other.close()
        waiting.close()


def test_one_history_serves_several_threads(history, entries):
    errors = []

    def work():
        try:
            for _ in range(20):
                history.reconcile(entries)
                history.reviews(entries)
        except Exception as error:  # noqa: BLE001 - told by the assertion
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.mark.parametrize(
    "content", [b"not a database, only text that is long enough" * 10, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path, clock, content):
    path = tmp_path / "history.db"
    path.write_bytes(content)
    with pytest.raises(HistoryError, match=r"history\.db is damaged.*rename it"):
        History(path, clock)
    assert path.read_bytes() == content


def test_damage_deeper_in_the_file_is_one_line_too(tmp_path, clock, entries):
    path = tmp_path / "history.db"
    with History(path, clock) as history:
        history.reconcile(entries)
        history.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))
    with pytest.raises(HistoryError, match="damaged"), History(path, clock) as history:
        history.reconcile(entries)


def test_a_history_of_a_newer_viva_is_refused_untouched(tmp_path, clock):
    path = tmp_path / "history.db"
    History(path, clock).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(HistoryError, match="newer viva: upgrade"):
        History(path, clock)


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="Windows has other permissions")
def test_a_read_only_folder_is_one_line():
    code = """
        import os, tempfile
        from datetime import UTC, datetime
        from pathlib import Path
        from viva.errors import HistoryError
        from viva.history.history import History
        clock = lambda: datetime.now(UTC)
        with tempfile.TemporaryDirectory() as name:
            there = Path(name) / "there"
            History(there / "history.db", clock).close()
            (there / "history.db").chmod(0o444)
            empty = Path(name) / "empty"
            empty.mkdir()
            for folder in (there, empty):
                folder.chmod(0o555)
            Path(name).chmod(0o755)
            if (child := os.fork()) == 0:
                if os.geteuid() == 0:
                    os.setuid(65534)  # root may write everywhere
                for path in (empty / "history.db", empty / "deeper" / "history.db", there / "history.db"):
                    try:
                        with History(path, clock) as history:
                            history.begin([], 1, None, "due")
                    except HistoryError as error:
                        print(str(error).replace(name, ""), flush=True)
                os._exit(0)
            os.waitpid(child, 0)
            for folder in (there, empty):
                folder.chmod(0o755)
    """
    done = run(code)
    lines = done.stdout.splitlines()
    assert done.stderr == ""
    assert len(lines) == 3
    assert lines[0].startswith("cannot write the history /empty/history.db")
    assert lines[1].startswith("cannot make the history's folder /empty/deeper")
    assert lines[2].startswith("cannot write the history /there/history.db")
    assert all("set VIVA_HOME to" in line for line in lines)


def test_a_file_in_place_of_the_folder_is_one_line(tmp_path, clock):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(HistoryError, match="cannot make the history's folder"):
        History(tmp_path / "file" / "history.db", clock)


def test_a_folder_in_place_of_the_file_is_one_line(tmp_path, clock):
    (tmp_path / "history.db").mkdir()
    with pytest.raises(HistoryError, match="cannot write the history"):
        History(tmp_path / "history.db", clock)


def test_a_full_disk_is_one_line_and_takes_nothing_half(tmp_path, clock, entries, grader):
    with History(tmp_path / "history.db", clock) as history:
        parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock}
        interview = start(entries, seed=1, **parts)
        pages = history.database.rows("PRAGMA page_count")[0][0]
        history.database.rows(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(HistoryError, match="no room left"):
            interview.submit("a long answer " * 5000)
        assert interview.current.position == 1
        history.database.rows("PRAGMA max_page_count = 100000")
        interview.submit("a shorter answer")
        assert [review.answer for review in history.reviews()] == ["a shorter answer"]


def test_version_1_is_carried_over(tmp_path, clock, entries, grader):
    path = tmp_path / "history.db"
    connection = sqlite3.connect(path)
    connection.executescript(migrations()[0])
    now = "2026-01-01T00:00:00.000000+00:00"
    for key, entry in enumerate(entries, start=1):
        place = entry.place
        connection.execute(
            "INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, NULL)",
            (key, place.root, place.file, f'["{place.headings[0]}"]', place.label, entry.id, entry.question, now, now),
        )
    connection.execute("INSERT INTO interviews VALUES (1, 'u', '[2, 1, 3]', 1, 7, NULL, 'random', ?, NULL)", (now,))
    connection.execute(
        "INSERT INTO reviews VALUES (1, 'r', 1, 2, 'old', 'old text', 0, 'typed', 'answered', 80, 'strong', NULL, 3, 3, 0, "
        "0, 0, ?, ?, 5.0, 0)",
        (now, now),
    )
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    with History(path, clock) as history:
        assert history.database.rows("PRAGMA user_version")[0][0] == len(migrations())
        assert [review.answer for review in history.reviews(entries)] == ["typed"]
        assert history.card_states(entries, Schedule())[1].due is not None
        interview = resume(entries, history=history, grader=grader, schedule=Schedule(), clock=clock)
        assert (interview.current.entry, interview.draft, interview.hints) == (entries[0], "", 0)


def test_a_migration_that_fails_leaves_the_old_version(tmp_path, clock, monkeypatch):
    path = tmp_path / "history.db"
    History(path, clock).close()
    known = migrations()
    monkeypatch.setattr(database, "migrations", lambda: [*known, "CREATE TABLE extra (x TEXT) STRICT;\nnonsense;\n"])
    with pytest.raises(HistoryError):
        History(path, clock)
    monkeypatch.undo()
    with History(path, clock) as history:
        assert history.database.rows("SELECT name FROM sqlite_master WHERE name = 'extra'") == []


def test_another_retention_moves_what_is_due(begin_one, history, entries):
    begin_one()
    relaxed, strict = (history.card_states(entries, Schedule(goal)) for goal in (0.8, 0.95))
    due = [next(row.due for row in rows if row.due) for rows in (relaxed, strict)]
    assert due[0] > due[1]


@pytest.fixture
def begin_one(history, entries, grader, clock):
    def answer():
        parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock}
        start(entries, seed=1, topic="动量", **parts).submit("让更新方向更平稳；加快收敛")

    return answer


def test_opening_loads_neither_numpy_nor_torch(tmp_path):
    code = """
        import sys
        from datetime import UTC, datetime
        from pathlib import Path
        from viva.history.history import History
        from viva.scheduling.schedule import Schedule
        import viva.interview.interview, viva.interview.dialogue.interviewer, viva.progress.stats, viva.interop.transfer
        with History(Path(sys.argv[1]), lambda: datetime.now(UTC)) as history:
            history.card_states([], Schedule())
        print({"numpy", "torch", "faiss", "textual", "fsrs"} & set(sys.modules))
    """
    done = run(code, tmp_path / "history.db")
    assert (done.stdout.strip(), done.stderr) == ("set()", "")
