"""Follow-ups of a mock interview at the keyboard: a clock of their own, no grade, left in three ways, shown at the end."""

from __future__ import annotations

import re

import pytest

from tui.conftest import FIRST, SECOND
from tui.mock_steps import begin_mock, is_mock, look
from tui.person import run_app
from viva.tui.interview import clocks
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.report_screen import ReportScreen
from viva.tui.start.screen import StartScreen

ASKED = "关于早停，还能补充什么？"
TELLING = re.compile(r"✓|○ \d|covered|missed|mean|points|[━─]{3}|Again|In your notes")


@pytest.fixture
def app(viva_over, early_stopping):
    return viva_over(early_stopping, follow_ups=True)


async def to_the_follow_up(person):
    await begin_mock(person)
    await person.say(FIRST)
    assert person.sees(ASKED, "Add to your answer. Enter alone leaves it.")
    assert not TELLING.search(person.text)


async def review(person):
    """Return the only turn as it may be told."""
    [found] = await person.app.core.call(person.app.workspace.reviews)
    return found


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 14)])
async def test_it_is_asked_at_once_and_seen_at_the_end(app, clock, width, height):
    async with run_app(app, width, height) as person:
        await to_the_follow_up(person)
        assert re.search(r"[23]:\d\d left", person.lines[0])
        assert person.widget(AnswerBox).has_focus
        assert "Hint" not in person.lines[-1]
        await person.say(SECOND)
        assert person.sees("Enter shows the report.")
        assert not TELLING.search(person.text)
        assert " left" not in person.lines[0]
        assert (await review(person)).score is None, "nothing tells before the end"
        await person.press("enter", "v")
        found = await review(person)
        assert found.follow_up.answer == SECOND
        assert found.score > found.follow_up.first_score
        assert person.sees("with the follow-up")
        seen = person.text
        for _ in range(2):
            await person.press("pagedown")
            seen += person.text
        assert seen.index(FIRST[:12]) < seen.index(ASKED) < seen.index(SECOND)
        assert f"+{found.score - found.follow_up.first_score}" in seen


@pytest.mark.parametrize("way", ["enter", "skip", "/next", "time"])
async def test_it_can_be_left_without_an_answer(app, clock, way):
    async with run_app(app) as person:
        await to_the_follow_up(person)
        if way == "enter":
            await person.press("enter")
        elif way == "skip":
            await person.press("ctrl+n")
        elif way == "time":
            clock.now += 180
            await look(person)
            assert person.sees("时间到，这个追问先放下。")
        else:
            await person.say(way)
        assert person.sees("Enter shows the report.")
        found = await review(person)
        assert found.follow_up.first_score is None
        assert not found.follow_up.waits
        assert found.overtime is (way == "time")
        await person.press("enter")
        assert isinstance(person.app.screen, ReportScreen)


async def test_what_is_typed_when_its_time_runs_out_is_taken(app, clock):
    async with run_app(app) as person:
        await to_the_follow_up(person)
        await person.type(SECOND)
        clock.now += 180
        await look(person)
        assert person.sees("时间到，就按你写到的这些算。", "Enter shows the report.")
        assert person.widget(AnswerBox).text == ""
        assert (await review(person)).follow_up.answer == SECOND


async def test_left_there_it_waits_with_what_was_typed_and_its_clock(app, clock, monkeypatch):
    async with run_app(app) as person:
        await to_the_follow_up(person)
        await person.type("保留验证集")
        mock = person.app.screen.session._interview
        monkeypatch.setattr(type(mock), "used", lambda self: 70.0)
        await person.press("escape")
        monkeypatch.undo()
        monkeypatch.setattr(clocks, "monotonic", clock)
        assert isinstance(person.app.screen, StartScreen)
        assert person.sees("Go on: 1 of 1 asked, mock")
        await person.press("enter")
        assert is_mock(person.app.screen)
        assert person.sees("什么是早停", FIRST, ASKED)
        assert re.search(r"1:(4\d|50) left", person.lines[0])
        assert person.widget(AnswerBox).text == "保留验证集"
        assert not TELLING.search(person.text)
        await person.press("enter")
        assert (await review(person)).follow_up.answer == "保留验证集"


async def test_left_with_nothing_typed_it_waits_too(app, clock):
    async with run_app(app) as person:
        await to_the_follow_up(person)
        await person.press("escape")
        assert person.sees("Go on: 1 of 1 asked, mock")


async def test_nothing_that_would_help_is_given_while_it_waits(app, clock):
    async with run_app(app, 80, 40) as person:
        await to_the_follow_up(person)
        for line in ("/提示", "/答案", "/不再问", "/撤销", "/对", "查一下 早停"):
            await person.say(line)
            assert person.sees("模拟面试")
            assert person.app.screen.scene.more == ASKED
        await person.say("/重复")
        assert person.text.count(ASKED) >= 2
        await person.say("/skpi")
        assert person.sees("y / n")
        await person.press("n")
        assert (await review(person)).follow_up.answer == "/skpi"
