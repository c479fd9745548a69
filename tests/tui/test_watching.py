"""Notes that change on disk while viva is open, in whatever program: real files, the real watcher."""

import asyncio
import os
import shutil
import sys
import threading
import time

import pytest
from textual import events

from tui.person import run_app
from viva.history.identity import NotesChanges, notes_changes
from viva.tui import watcher as watching
from viva.tui.common.frame import Notice
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.screen import InterviewScreen
from viva.tui.library.question_list import QuestionList
from viva.tui.library.question_rows import questions

ADDED = "\n# Added\n\n## What is a validation set?\n\n- Held out to choose between models.\n"
PATIENCE = 20.0


@pytest.fixture
def own_notes(viva_over, tmp_path):
    """Return notes that may be changed, in a folder of their own."""
    folder = tmp_path / "own"
    folder.mkdir()
    shutil.copy(viva_over("learning.md").workspace.locations.kb[0], folder / "own.md")
    return folder / "own.md"


async def until(person, true):
    """Wait until something is so; woken by the screens, not by a clock."""
    give_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up, person.text
        await asyncio.sleep(0.02)
        await person.settle()


def told(person):
    return person.app.screen.query_one(Notice).message


def append(path, text):
    with path.open("a", encoding="utf-8") as notes:
        notes.write(text)


async def test_a_question_that_is_added_is_listed_and_found(viva_over, own_notes):
    app = viva_over(own_notes.parent)
    async with run_app(app, 80, 40) as person:
        await person.press("b")
        append(own_notes, ADDED)
        await until(person, lambda: "notes reread" in told(person))
        assert told(person) == "notes reread: 1 question more"
        assert person.sees("own.md › Added", "What is a validation set?", "notes 4")
        hits = await app.core.call(app.workspace.search, "held out to choose between models", 1)
        assert hits[0].question == "What is a validation set?"
        await person.press("escape")
        assert person.sees("4 questions", "ready")


async def test_a_file_that_is_replaced_is_followed(viva_over, own_notes):
    async with run_app(viva_over(own_notes), 80, 40) as person:
        await person.press("b")
        fresh = own_notes.with_name(".own.md.swp")
        fresh.write_text(own_notes.read_text(encoding="utf-8").replace("momentum do", "momentum bring"), "utf-8")
        os.replace(fresh, own_notes)  # noqa: PTH105
        await until(person, lambda: told(person) == "notes reread: 1 changed")
        assert person.sees("What does momentum bring?")
        own_notes.unlink()
        own_notes.write_text("# Data\n\n## What is data leakage?\n\n- Test data in training.\n", encoding="utf-8")
        await until(person, lambda: "fewer" in told(person))
        assert person.sees("notes 1")


async def test_an_interview_keeps_its_question_and_what_is_typed(viva_over, own_notes):
    app = viva_over(own_notes)
    async with run_app(app) as person:
        await person.press("enter")
        asked = app.screen.scene.question.entry
        await person.type("half an answ")
        body = own_notes.read_text(encoding="utf-8")
        other = next(e for e in app.workspace.entries if e.id != asked.id)
        own_notes.write_text(body.replace(asked.answer.splitlines()[0], "- Nothing like it."), encoding="utf-8")
        await until(person, lambda: told(person) == "notes reread: 1 changed")
        assert isinstance(app.screen, InterviewScreen)
        assert person.widget(AnswerBox).text == "half an answ"
        assert app.screen.scene.question.entry.id == asked.id
        await person.type("er")
        await person.press("enter")
        assert "Nothing like it." in [point.text for point in app.screen.scene.feedback.grade.points]
        own_notes.write_text(body.replace(other.question, "Which question is new?"), encoding="utf-8")
        await until(person, lambda: told(person).startswith("notes reread"))
        await person.press("enter")
        seen = set()
        while isinstance(app.screen, InterviewScreen):
            seen.add(app.screen.scene.question.entry.question)
            await person.press("ctrl+n")
        assert other.question not in seen


async def test_what_cannot_be_read_is_told_and_throws_nothing_away(viva_over, own_notes):
    app = viva_over(own_notes)
    async with run_app(app, 120, 40) as person:
        await person.press("b")
        body = own_notes.read_text(encoding="utf-8")
        own_notes.unlink()
        await until(person, lambda: "own.md" in told(person))
        assert len(questions(person.widget(QuestionList).rows)) == 3
        own_notes.write_text(body + ADDED, encoding="utf-8")
        await until(person, lambda: told(person) == "notes reread: 1 question more")
        own_notes.write_text("nothing is asked here\n", encoding="utf-8")
        await until(person, lambda: "no question now" in told(person))
        assert len(questions(person.widget(QuestionList).rows)) == 4


@pytest.mark.parametrize("first", [True, False], ids=["at first", "later"])
async def test_a_file_that_is_missing_for_a_moment_is_no_change(viva_over, own_notes, monkeypatch, first):
    app = viva_over(own_notes.parent)
    async with run_app(app, 120, 40) as person:
        if not first:
            append(own_notes, ADDED)
            await until(person, lambda: "1 question more" in told(person))
        missed = asyncio.Event()
        sleep = asyncio.sleep

        async def grace(seconds):
            missed.set()
            await sleep(0.5)

        monkeypatch.setattr(watching.asyncio, "sleep", grace)
        app.tell("quiet")
        hidden = own_notes.rename(own_notes.with_name("~own"))
        await asyncio.wait_for(missed.wait(), PATIENCE)
        hidden.rename(own_notes)
        await sleep(0.6)
        await person.settle()
        assert told(person) == "quiet"


async def test_other_files_beside_the_notes_wake_nobody(viva_over, own_notes, monkeypatch):
    app = viva_over(own_notes)
    async with run_app(app, 120, 40) as person:
        reread = []
        monkeypatch.setattr(app.workspace, "reread", lambda: reread.append(1))
        append(own_notes, "\n")
        await until(person, lambda: reread)
        (own_notes.parent / "picture.png").write_bytes(b"x")
        (own_notes.parent / ".own.md.swp").write_text("1. What?\n", encoding="utf-8")
        (own_notes.parent / "other.md").write_text("1. What?\n", encoding="utf-8")
        append(own_notes, "\n")
        await until(person, lambda: len(reread) == 2)


async def test_where_nothing_can_be_watched_the_focus_is_the_sign(viva_over, own_notes, monkeypatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    app = viva_over(own_notes)
    async with run_app(app, 120, 40) as person:
        append(own_notes, ADDED)
        app.post_message(events.AppFocus())
        await until(person, lambda: told(person) == "notes reread: 1 question more")
        app.post_message(events.AppFocus())
        await person.settle()
        assert told(person) == "notes reread: 1 question more"


async def test_notes_that_appear_late_are_read(viva_over, tmp_path):
    late = tmp_path / "late"
    late.mkdir()
    app = viva_over(late)
    async with run_app(app) as person:
        assert person.sees("there is nothing to ask yet")
        (late / "new.md").write_text(ADDED, encoding="utf-8")
        await until(person, lambda: "1 question" in person.text)


def test_the_watcher_ends_at_once_and_costs_nothing_while_nothing_changes(tmp_path):
    watch = watching.DiskWatch([tmp_path], lambda: None)
    watch.start()
    time.sleep(0.3)  # the library is loaded
    before = time.process_time()
    time.sleep(1)
    assert time.process_time() - before < 0.1
    start = time.monotonic()
    watch.stop()
    assert time.monotonic() - start < 1
    assert not [thread for thread in threading.enumerate() if thread.name == "viva-watch"]


def test_a_root_that_is_not_there_is_not_watched(tmp_path):
    watch = watching.DiskWatch([tmp_path / "none" / "x.md"], lambda: None)
    watch.start()
    watch.stop()


def test_changes_are_counted_by_question_not_by_place(viva_over, own_notes):
    app = viva_over(own_notes)
    before = app.workspace.entries
    body = own_notes.read_text(encoding="utf-8")
    own_notes.write_text("\n\n" + ADDED + body.replace("data leakage", "data leakage, then"), encoding="utf-8")
    assert app.workspace.reread() == NotesChanges(more=1, fewer=0, changed=1)
    assert notes_changes(before, before) == NotesChanges()
    assert notes_changes(before, ()) == NotesChanges(fewer=3)
    assert app.workspace.reread() is None
    app.close()
