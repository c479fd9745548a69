"""What the mouse does where it helps, beside the keys."""

from __future__ import annotations

from tui.person import run_app
from viva.tui.common.dialogs import ConfirmScreen
from viva.tui.common.inputs import Stepper
from viva.tui.interview.rating_bar import RatingBar
from viva.tui.interview.report_screen import ReportScreen
from viva.tui.interview.screen import InterviewScreen
from viva.tui.settings.screen import SettingsScreen
from viva.types import Rating


async def test_count_topic_and_rating_are_clicked(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt")) as person:
        before = person.widget(Stepper).value
        await person.pilot.click("#count", offset=(1, 0))
        await person.settle()
        assert person.widget(Stepper).value == before - 1
        await person.press("enter")
        await person.say("small steps settle near a minimum")
        await person.pilot.click(RatingBar, offset=(35, 0))
        await person.settle()
        assert person.app.screen.scene.feedback.rating is Rating.EASY


async def test_a_question_before_something_is_given_up_is_answered_by_a_click(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt")) as person:
        for button, shown in (("#no", InterviewScreen), ("#yes", InterviewScreen)):
            await person.press("escape", "enter")
            session = person.app.screen.session
            await person.press("ctrl+p")
            await person.type("start random")
            await person.press("enter")
            assert isinstance(person.app.screen, ConfirmScreen)
            await person.pilot.click(button)
            await person.settle()
            assert isinstance(person.app.screen, shown)
            assert (person.app.screen.session is session) == (button == "#no")


async def test_an_interview_that_ends_beneath_another_screen_shows_its_report_later(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        await person.say("small steps settle near a minimum")
        interview = person.app.screen
        await person.press("f10")
        interview._pass_on(interview.session.finish)
        await person.settle()
        assert isinstance(person.app.screen, SettingsScreen)
        await person.press("escape")
        assert isinstance(person.app.screen, ReportScreen)
        assert person.sees("1 answered")
