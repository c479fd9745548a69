"""The answer of the notes opens in the person's editor, once it may be seen."""

import shlex
import sys

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from tui.conftest import FIRST
from tui.mock_steps import is_mock
from tui.person import run_app
from viva.tui.interview.rating_bar import RatingBar
from viva.tui.interview.report_screen import ReportScreen
from viva.tui.interview.review_screen import ReviewScreen

NOTE = """
import pathlib, sys
pathlib.Path({told!r}).open("a", encoding="utf-8").write(" ".join(sys.argv[1:]) + "\\n")
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the editor is a script with a shebang")


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Set an editor that only tells how it was called; return what it told."""
    told, script = tmp_path / "told.txt", tmp_path / "vim"
    script.write_text(f"#!{sys.executable}\n{NOTE.format(told=str(told))}", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", shlex.quote(str(script)))
    monkeypatch.setattr(HeadlessDriver, "can_suspend", True)
    return lambda: told.read_text(encoding="utf-8").splitlines() if told.exists() else []


def feedback(person):
    return person.app.screen.scene.feedback


async def test_the_answer_of_the_notes_opens_at_its_line(viva_over, opened):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.press("ctrl+o")
        assert opened() == []
        assert person.sees("your notes open once the answer is graded")
        await person.say("梯度可以沿捷径直接传到浅层")
        asked, passage = feedback(person).question.entry, feedback(person).grade.passage
        assert passage.question_id == asked.id
        assert person.sees(f"nets.zh.txt:{asked.line} · Ctrl+O opens it", "^o Edit")
        await person.press("ctrl+o")
        root = person.app.workspace.locations.kb[0]
        assert opened() == [f"+{passage.line} {root}"]
        assert feedback(person).grade.passage == passage
        assert person.widget(RatingBar).has_focus


async def test_without_a_passage_the_question_opens(viva_over, opened, tmp_path):
    notes = tmp_path / "bare.txt"
    notes.write_text("1.What is a zzyzx?\n2.What is dropout?\n", encoding="utf-8")
    async with run_app(viva_over(notes)) as person:
        await person.press("enter")
        await person.say("qwxz")
        assert feedback(person).grade.passage is None or feedback(person).grade.passage.line
        asked, passage = feedback(person).question.entry, feedback(person).grade.passage
        await person.press("ctrl+o")
        assert opened() == [f"+{passage.line if passage else asked.line} {notes}"]


async def test_while_a_follow_up_waits_nothing_opens(viva_over, opened, early_stopping):
    async with run_app(viva_over(early_stopping, follow_ups=True), 90, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        assert person.app.screen.scene.follows_up
        await person.press("ctrl+o")
        assert person.sees("your notes open once the answer is graded")
        await person.say("保留验证集上最好的那组权重")
        await person.press("ctrl+o")
        assert len(opened()) == 1


async def test_a_mock_interview_opens_none_before_its_end(viva_over, opened):
    async with run_app(viva_over("learning.md", count=1), 100, 40) as person:
        await person.press("tab", "tab", "tab", "right", "enter")
        assert is_mock(person.app.screen)
        await person.press("ctrl+o")
        assert person.sees("in a mock interview your notes stay closed")
        await person.say("large steps make fast progress early on")
        await person.press("ctrl+o")
        assert opened() == []
        while not isinstance(person.app.screen, ReportScreen):
            await person.press("enter" if person.app.screen.scene.question is None else "ctrl+n")
        await person.app.push_screen(ReviewScreen(person.app.screen.report.interview_id))
        await person.settle()
        await person.press("ctrl+o")
        [called] = opened()
        assert called.endswith("learning.md")


async def test_a_skipped_question_opens_when_it_is_looked_back_at(viva_over, opened):
    async with run_app(viva_over("learning.md", count=1), 100, 40) as person:
        await person.press("enter")
        asked = person.app.screen.scene.question.entry
        await person.press("ctrl+n")
        await person.app.push_screen(ReviewScreen(person.app.screen.report.interview_id))
        await person.settle()
        await person.press("ctrl+o")
        [called] = opened()
        assert called.startswith(f"+{asked.line} ")
