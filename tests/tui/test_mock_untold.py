"""While a mock interview waits no screen tells how its answers went; it can be ended from the first screen."""

from __future__ import annotations

import re

from tui.mock_steps import begin_mock, is_mock
from tui.person import run_app
from viva.tui.common.dialogs import ConfirmScreen
from viva.tui.interview.report_screen import ReportScreen
from viva.tui.start.screen import StartScreen

GOOD = "mini batches average past gradients, damp oscillation, and small steps settle near a minimum"


async def seen(person):
    """Return what the first screen, the progress and each question of the notes show."""
    screens = []
    await person.press("home")
    for key, steps in (("p", ()), ("b", ("down", "down", "down", "down"))):
        await person.press(key)
        screens.append(person.text)
        for step in steps:
            await person.press(step)
            screens.append(person.text)
        await person.press("escape")
    screens.append(person.text)
    return screens


async def leave_after_one_answer(person, answer):
    await begin_mock(person)
    await person.say(answer)
    await person.press("escape")
    assert isinstance(person.app.screen, StartScreen)


async def test_screens_tell_only_that_it_was_answered(viva_over, clock):
    async with run_app(viva_over("learning.md"), 100, 40) as person:
        await leave_after_one_answer(person, GOOD)
        shown = "\n".join(await seen(person))
    assert "1 not judged yet" in shown
    assert "the last answer is not judged yet" in shown
    assert "1 answered · not judged yet" in shown
    assert "none: no point was left out or got wrong" in shown
    assert not re.search(r"mean (?:score )?\d|last score|due 20|failed|[━]", shown)


async def test_it_is_ended_by_a_key_after_a_question(viva_over, clock):
    async with run_app(viva_over("learning.md")) as person:
        await leave_after_one_answer(person, GOOD)
        assert "e End it" in person.lines[-1]
        await person.press("e")
        assert isinstance(person.app.screen, ConfirmScreen)
        await person.press("n")
        assert isinstance(person.app.screen, StartScreen)
        await person.press("e", "y")
        assert isinstance(person.app.screen, ReportScreen)
        assert person.sees("overall score", "1 asked · 1 answered")
        await person.press("escape")
        assert person.app.screen.overview.waiting is None
        assert "End it" not in person.text
        assert person.sees("1 answered · mean")


async def test_a_new_one_is_begun_only_after_a_question(viva_over, clock):
    async with run_app(viva_over("learning.md")) as person:
        await leave_after_one_answer(person, GOOD)
        await person.press("n")
        assert person.sees("A mock interview waits: 1 of 3 asked.")
        await person.press("escape")
        assert person.app.screen.overview.waiting.mock
        await person.press("n", "y")
        assert is_mock(person.app.screen)
        assert person.sees("0 of 3")


async def test_what_was_begun_is_judged_when_it_is_ended_by_name(viva_over, clock):
    async with run_app(viva_over("learning.md")) as person:
        await begin_mock(person)
        await person.say(GOOD)
        await person.type("begun")
        await person.press("ctrl+p")
        await person.type("End the interview that waits")
        await person.press("enter", "y")
        assert isinstance(person.app.screen, ReportScreen)
        stored = await person.app.core.call(person.app.workspace.history.reviews)
        assert [review.answer for review in stored] == ["begun", GOOD]
