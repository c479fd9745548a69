"""A mock interview at the keyboard: a clock, no word on how it goes, and all answers to go through at the end."""

from __future__ import annotations

import asyncio
import re

import pytest

from tui.mock_steps import begin_mock, is_mock, look
from tui.person import run_app
from viva.errors import HistoryError
from viva.tui.common.inputs import LimitStepper
from viva.tui.interview import clocks
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.clocks import Countdown
from viva.tui.interview.rating_bar import ReviewBar
from viva.tui.interview.report_screen import ReportScreen
from viva.tui.interview.review_screen import ReviewScreen
from viva.tui.start.screen import StartScreen

GOOD = "mini batches average past gradients, damp oscillation, and small steps settle near a minimum"
TELLING = re.compile(r"covered|missed|strong|not yet|partly|mean|points|[━─]{3}|Again")


def reviews(person):
    """Return all turns as they are stored."""
    return person.app.core.call(person.app.workspace.history.reviews)


async def test_it_is_chosen_by_keys_alone(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        assert person.sees("Mode ● practice ○ mock interview", "Order ● random")
        await person.press("tab", "tab", "tab", "right")
        assert person.sees("○ practice ● mock interview", "Time each ◂ 3:00 ▸")
        assert "Order" not in person.text
        await person.press("tab", "right", "right", "left")
        assert person.widget(LimitStepper).value == 210
        await person.press("1", "0")
        assert person.sees("◂ 10:00 ▸")
        await person.press("right", "left", "left", "9", "9")
        assert person.sees("◂ 15:00 ▸")
        await person.press("backspace", "backspace", "left")
        assert person.sees("◂ 0:30 ▸")
        await person.press("shift+tab", "left")
        assert person.sees("● practice", "Order ● random")
        assert "Time each" not in person.text


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 12)])
async def test_a_whole_mock_interview(viva_over, clock, width, height):
    async with run_app(viva_over("learning.md"), width, height) as person:
        await begin_mock(person)
        scene = person.app.screen.scene
        assert person.sees(scene.question.entry.question, "1 of 3", "3:00 left")
        assert "Hint" not in person.lines[-1]
        assert "Show" not in person.lines[-1]
        clock.now += 61
        await look(person)
        assert person.sees("1:59 left")
        await person.say(GOOD)
        assert person.sees("2 of 3")
        assert not TELLING.search(person.text)
        assert person.sees("3:00 left")
        await person.press("ctrl+n")
        await person.say(GOOD)
        assert person.sees("That was the last question.", "Enter shows the report.")
        assert not TELLING.search(person.text)
        assert " left" not in person.lines[0]
        await person.press("enter")
        assert isinstance(person.app.screen, ReportScreen)
        assert person.sees("overall score", "3 asked · 2 answered · 1 skipped", "mock interview · 3:00 an answer")
        assert "v Answers" in person.lines[-1]


async def test_the_last_half_minute_is_marked_by_sign_and_colour(viva_over, clock):
    async with run_app(viva_over("learning.md")) as person:
        await begin_mock(person)
        clock.now += 149
        await look(person)
        assert person.lines[0].endswith("0:31 left")
        assert not person.widget(Countdown).has_class("-soon")
        clock.now += 2
        await look(person)
        assert person.lines[0].endswith("! 0:29 left")
        assert person.widget(Countdown).has_class("-soon")


async def test_when_time_runs_out_what_is_typed_is_taken(viva_over, clock):
    async with run_app(viva_over("learning.md")) as person:
        await begin_mock(person)
        await person.type("half an answer that was not se")
        clock.now += 180
        await look(person)
        assert person.sees(
            "half an answer that was not se", "Time is up; I take your answer as it stands.", "2 of 3", "3:00 left"
        )
        assert person.widget(AnswerBox).text == ""
        clock.now += 180
        await look(person)
        assert person.sees("Time is up, and there was no answer.", "3 of 3")
        await look(person)
        latest, first = await reviews(person)
        assert (first.answer, first.outcome, first.overtime) == ("half an answer that was not se", "answered", True)
        assert (latest.answer, latest.outcome, latest.score, latest.overtime) == ("", "answered", 0, True)


async def test_time_runs_on_behind_a_doubt_and_behind_help(viva_over, clock):
    async with run_app(viva_over("learning.md")) as person:
        await begin_mock(person)
        await person.say("/skpi")
        assert person.sees("y / n")
        clock.now += 200
        await look(person)
        assert person.sees("2 of 3", "Time is up")
        assert (await reviews(person))[0].answer == "/skpi"
        await person.press("f1")
        clock.now += 200
        person.app.screen_stack[-2]._look()
        await person.settle()
        await person.press("escape")
        assert is_mock(person.app.screen)
        assert person.sees("3 of 3", "there was no answer")


async def test_nothing_that_would_help_is_given(viva_over, clock):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await begin_mock(person)
        question = person.app.screen.scene.question
        for line in ("给个提示", "/答案", "查一下 残差连接", "/话题 CNN", "/撤销", "/对", "/评分 3"):
            await person.say(line)
            assert person.sees("模拟面试")
            assert person.app.screen.scene.question == question
        await person.press("ctrl+t", "ctrl+r", "enter")
        assert person.sees("Type an answer first. Ctrl+N skips the question.")
        await person.say("我答得怎么样")
        assert person.sees("4 题里已经问了 0 题")
        await person.say("/帮助")
        assert person.sees("/跳过")
        assert "/提示" not in person.text
        assert await reviews(person) == []


async def test_leaving_keeps_the_interview_and_the_time_used(viva_over, clock, monkeypatch):
    app = viva_over("learning.md")
    async with run_app(app) as person:
        await begin_mock(person)
        await person.say(GOOD)
        await person.type("begun")
        mock = person.app.screen.session._interview
        monkeypatch.setattr(type(mock), "used", lambda self: 70.0)
        await person.press("escape")
        monkeypatch.undo()
        monkeypatch.setattr(clocks, "monotonic", clock)
        assert isinstance(person.app.screen, StartScreen)
        assert person.sees("Go on: 1 of 3 asked, mock")
        assert "mean" not in person.text
        assert "%" not in person.text  # no bar of a topic tells how the answer was
        assert person.sees("1 answered · not judged yet")
        await person.press("enter")
        assert is_mock(person.app.screen)
        assert person.widget(AnswerBox).text == "begun"
        assert person.sees("2 of 3", "1:50 left")
        await person.press("ctrl+q")
    assert app.return_code == 0


async def test_an_answer_that_cannot_be_stored_at_the_end_of_its_time_is_not_lost(viva_over, clock, monkeypatch):
    async with run_app(viva_over("learning.md")) as person:
        await begin_mock(person)
        await person.type("words that must stay")

        def full(*_args, **_changes):
            raise HistoryError("the history cannot be written: free some space")

        monkeypatch.setattr(person.app.workspace.history, "record", full)
        clock.now += 180
        await look(person)
        await look(person)
        assert person.sees("✗ the history cannot be written", "words that must stay")
        monkeypatch.undo()
        await person.press("enter")
        assert person.sees("2 of 3")
        assert (await reviews(person))[0].answer == "words that must stay"


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 12)])
async def test_all_answers_are_gone_through_and_judged_at_the_end(viva_over, clock, width, height):
    async with run_app(viva_over("learning.md"), width, height) as person:
        await begin_mock(person)
        await person.say("something about cooking pasta with tomato sauce")
        await person.press("ctrl+n")
        await person.say(GOOD)
        await person.press("enter", "v")
        assert isinstance(person.app.screen, ReviewScreen)
        assert person.sees("look back 1 of 3", " of 3:00", "something about cooking", "▸1 Again")
        assert "Undo" not in person.lines[-1]
        await person.press("r")
        assert person.widget(ReviewBar).feedback.overridden
        await person.press("2")
        assert person.sees("▸2 Hard", "your choice")
        await person.press("right")
        assert person.sees("2 of 3", "skipped")
        await person.press("enter")
        assert person.sees("3 of 3", "Good")
        await person.press("enter", "right")
        assert person.sees("3 of 3")
        await person.press("left", "left", "b")
        assert person.sees("1 of 3")
        await person.press("escape")
        assert isinstance(person.app.screen, ReportScreen)
        score = next(r.score for r in person.app.screen.report.reviews if r.overridden)
        assert score >= 75
        assert person.sees(f"{round(person.app.screen.report.overall_score)} ━")


async def test_the_answers_of_practice_are_gone_through_too(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        await person.say(GOOD)
        await person.press("enter", "ctrl+r", "ctrl+n", "v")
        assert isinstance(person.app.screen, ReviewScreen)
        assert person.sees("1 of 3", GOOD)
        assert " of 3:00" not in person.text
        await person.press("right")
        assert person.sees("the answer was shown")
        await person.press("f1")
        assert person.sees("go through the answers")


async def test_the_time_is_a_setting_too(viva_over, isolated_home):
    async with run_app(viva_over("learning.md"), 80, 30) as person:
        await person.press("comma", "up")
        while person.app.screen.focused.id != "limit":
            await person.press("up")
        await person.press("left")
        assert person.sees("Time each: 2:30, saved", "Time each ◂ 2:30 ▸ from the settings")
        await person.press("escape", "tab", "tab", "tab", "right")
        assert person.sees("Time each ◂ 2:30 ▸")
        await person.press("f10")
        while person.app.screen.focused.id != "limit":
            await person.press("up")
        await person.press("d")
        assert person.sees("Time each: 3:00, saved", "Time each ◂ 3:00 ▸ default")
    assert (isolated_home / "settings.toml").read_text(encoding="utf-8").strip() == ""


async def test_it_is_begun_left_and_gone_on_with_by_name(viva_over, clock):
    async with run_app(viva_over("learning.md")) as person:
        await by_name(person, "Start a mock interview")
        assert is_mock(person.app.screen)
        await person.type("begun")
        await by_name(person, "Search")
        assert not any(is_mock(screen) for screen in person.app.screen_stack), "nothing is looked up in it"
        await by_name(person, "Go on with the interview")
        assert is_mock(person.app.screen)
        assert person.widget(AnswerBox).text == "begun"
        await by_name(person, "Report")
        assert is_mock(person.app.screen)


async def by_name(person, typed):
    """Do what the palette offers under a name."""
    from textual.widgets import OptionList

    await person.press("ctrl+p")
    await person.type(typed)
    for _ in range(100):
        offered = person.widget(OptionList).options
        if offered and str(offered[0].prompt).startswith(f"{typed}\n"):
            break
        await asyncio.sleep(0.02)
    else:
        raise AssertionError(person.text)
    await person.press("enter")
    await person.settle()
