"""Two windows over one history: only one of them has an interview open."""

from __future__ import annotations

import pytest

from tui.person import run_app
from viva.history import session_lock as lock
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.screen import InterviewScreen
from viva.tui.start.screen import StartScreen

TOLD = "this interview is open in another window: go on with it there, or start a new one here"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.05)


async def test_the_second_begins_a_new_one(viva_over):
    async with run_app(viva_over("learning.md")) as first:
        await first.press("enter")
        await first.type("begun here")
        async with run_app(viva_over("learning.md")) as second:
            assert second.sees("an interview is open in another window")
            assert "Go on" not in second.text
            await second.press("enter")
            assert isinstance(second.app.screen, InterviewScreen)
            assert second.widget(AnswerBox).text == ""
            await second.say("small steps settle near a minimum")
        await first.press("enter")
        stored = await first.app.core.call(first.app.workspace.history.reviews)
        assert {review.answer for review in stored} == {"begun here", "small steps settle near a minimum"}
        assert len({review.interview_id for review in stored}) == 2


async def test_what_the_other_window_took_is_no_longer_offered(viva_over):
    async with run_app(viva_over("learning.md")) as first:
        await first.press("enter", "escape")
        async with run_app(viva_over("learning.md")) as second:
            assert second.sees("Go on")
            await first.press("enter")
            await second.press("enter")
            assert second.sees("an interview is open in another window", TOLD[:40])
            assert "Go on" not in second.text
            await second.press("ctrl+p")
            await second.type("random")
            await second.press("enter")
            assert isinstance(second.app.screen, InterviewScreen), "nothing is given up: nothing is asked"


async def test_it_goes_on_where_the_first_has_left_it(viva_over):
    async with run_app(viva_over("learning.md")) as first:
        await first.press("enter")
        await first.type("begun here")
        await first.press("escape")
        async with run_app(viva_over("learning.md")) as second:
            await second.press("enter")
            assert isinstance(second.app.screen, InterviewScreen)
            assert second.widget(AnswerBox).text == "begun here"
            await first.press("enter")
            assert isinstance(first.app.screen, StartScreen)
            assert first.sees(TOLD)
            await second.press("escape")
            await first.press("enter")
            assert isinstance(first.app.screen, InterviewScreen)
