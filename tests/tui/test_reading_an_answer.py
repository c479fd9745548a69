"""While an answer is graded, it is shown already, beside what the notes answer where no follow-up can ask for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from tui.conftest import FIRST, SECOND
from tui.person import run_app
from viva.tui.common.paragraphs import Prose
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.question_panel import QuestionPanel
from viva.types import Entry, Grade, PointResult
from viva.workspace import Workspace


class Slow:
    """A grader that grades nothing before it is let."""

    def __init__(self) -> None:
        self.begun, self.may = threading.Event(), threading.Event()
        self.fails = False

    def reference(self, entry: Entry) -> None:
        """Make nothing ready."""

    def rescored(self, grade: Grade) -> Grade:
        """Leave the score as it is."""
        return grade

    def grade(self, entry: Entry, answer: str) -> Grade:
        """Cover the points that the answer holds."""
        if answer == entry.question:  # the app warms up
            return Grade(0, "weak", (), None)
        self.begun.set()
        assert self.may.wait(30)
        if self.fails:
            raise RuntimeError("no luck")
        points = tuple(
            PointResult(point.text, "covered" if point.text in answer else "missed", 1.0, "") for point in entry.points
        )
        return Grade(50, "partial", points, None)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    grader = Slow()
    monkeypatch.setattr(Workspace, "grader", grader)
    yield grader
    grader.may.set()


async def answer(person, slow, text=FIRST):
    """Send an answer, and wait until it is being graded and all that is known before is shown."""
    await person.type(text)
    await person.pilot.press("enter")
    await asyncio.to_thread(slow.begun.wait, 30)
    await person.pilot.pause(0.1)


async def let(person, slow):
    slow.may.set()
    await person.settle()
    slow.begun.clear()
    slow.may.clear()


async def test_the_notes_are_on_the_screen_while_the_answer_is_read(viva_over, slow, early_stopping):
    async with run_app(viva_over(early_stopping), 90, 40) as person:
        await person.press("enter")
        await answer(person, slow)
        assert person.sees("什么是早停", f"you {FIRST}", "In your notes", SECOND, "viva 正在读……")
        assert not person.widget(QuestionPanel).has_class("-asked")
        await let(person, slow)
        assert person.sees("什么是早停", f"you {FIRST}", "In your notes", "50 ━", "partly", "✓ covered", "○ missed")
        assert "正在读" not in person.text
        assert person.text.count("In your notes") == 1
        assert person.text.index("In your notes") < person.text.index("50 ━")
        assert all(prose.display for prose in person.app.screen.query("Transcript Prose").results(Prose))


async def test_what_a_follow_up_may_ask_for_is_kept_back(viva_over, slow, early_stopping):
    async with run_app(viva_over(early_stopping, follow_ups=True), 90, 40) as person:
        await person.press("enter")
        await answer(person, slow)
        assert person.sees(f"you {FIRST}", "viva 正在读……")
        assert SECOND not in person.text
        slow.may.set()  # the follow-up is graded, too: it must give nothing away
        await person.settle()
        slow.begun.clear()
        slow.may.clear()
        assert person.app.screen.scene.follows_up
        assert SECOND not in person.text
        await answer(person, slow, SECOND)
        assert person.sees("In your notes", f"you {SECOND}", "正在读")
        await let(person, slow)
        assert person.sees("In your notes", "50 ━")
        assert person.text.count("In your notes") == 1


async def test_who_leaves_the_follow_up_sees_the_notes_first(viva_over, slow, early_stopping):
    slow.may.set()
    async with run_app(viva_over(early_stopping, follow_ups=True), 90, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        assert "In your notes" not in person.text
        await person.press("enter")
        assert person.sees("In your notes", "○ missed")
        assert person.text.index("In your notes") < person.text.index("50 ━")


async def test_an_answer_that_cannot_be_graded_is_asked_again(viva_over, slow, early_stopping):
    async with run_app(viva_over(early_stopping), 90, 40) as person:
        await person.press("enter")
        slow.fails = True
        await answer(person, slow)
        await let(person, slow)
        assert person.sees("the answer could not be graded", "什么是早停")
        assert "正在读" not in person.text
        assert "In your notes" not in person.text
        assert person.widget(QuestionPanel).has_class("-asked")
        assert person.widget(AnswerBox).text == FIRST


async def test_a_command_is_not_read_as_an_answer(viva_over, slow, early_stopping):
    async with run_app(viva_over(early_stopping), 90, 40) as person:
        await person.press("enter")
        await person.say("/hint")
        assert not slow.begun.is_set()
        assert "正在读" not in person.text
