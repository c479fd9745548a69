"""The time that a question has been there, in practice."""

from datetime import UTC, datetime, timedelta

import pytest

from tui.conftest import NOTES
from tui.mock_steps import is_mock
from tui.person import run_app
from viva import open_workspace
from viva.settings import Settings
from viva.tui.app import VivaApp
from viva.tui.interview import clocks
from viva.tui.interview.clocks import Stopwatch


class Clock:
    """One time for the screen and for the core, which passes when told."""

    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds

    def now(self):
        return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(clocks, "monotonic", made)
    return made


@pytest.fixture
def app(clock, tmp_path):
    settings = Settings(follow_ups=False)
    return VivaApp(open_workspace([NOTES / "nets.zh.txt"], tmp_path / "index", settings=settings, clock=clock.now))


async def later(person, clock, seconds):
    clock.seconds += seconds
    person.widget(Stopwatch).look()
    await person.settle()


async def test_it_runs_from_the_question_to_the_answer(app, clock):
    async with run_app(app) as person:
        await person.press("enter")
        [line] = [line for line in person.lines if "1 of 4 · nets.zh.txt" in line]
        assert line.endswith(" 0:00")
        await later(person, clock, 64.9)
        [line] = [line for line in person.lines if "1 of 4 · nets.zh.txt" in line]
        assert line.endswith(" 1:04")
        await person.press("ctrl+t")
        assert person.sees("1:04"), "a hint takes no time away"
        await later(person, clock, 4)
        assert person.sees("1:08")
        await person.say("缩小特征图的尺寸")
        assert "1:08" not in person.text
        [review] = await person.app.core.call(person.app.workspace.reviews)
        assert review.seconds == pytest.approx(68.9)
        await later(person, clock, 30)
        await person.press("enter")
        assert person.sees("2 of 4", "0:00")
        await later(person, clock, 3725)
        assert person.sees("62:05")


async def test_a_doubt_does_not_stop_the_time(app, clock):
    async with run_app(app) as person:
        await person.press("enter")
        await person.say("/stop")
        await later(person, clock, 20)
        await person.press("n")
        assert person.sees("0:20")


async def test_while_an_answer_is_graded_the_time_stands(app, clock):
    async with run_app(app) as person:
        await person.press("enter")
        panel = person.widget(clocks.Stopwatch)
        panel.stop()
        await later(person, clock, 20)
        assert panel.shown == "0:00"


async def test_a_mock_interview_shows_only_what_is_left(app, clock):
    async with run_app(app) as person:
        await person.press("tab", "tab", "tab", "right", "enter")
        assert is_mock(person.app.screen)
        assert person.sees("3:00 left")
        assert person.widget(Stopwatch).shown == ""
        assert "0:00" not in person.text
