"""The command palette: everything by its name, from everywhere, and nothing is lost on the way."""

from __future__ import annotations

import asyncio

import pytest
from textual.command import CommandPalette
from textual.widgets import OptionList

from tui.person import Person, run_app
from viva import i18n
from viva.settings import Settings, read_settings
from viva.tui.common.dialogs import ConfirmScreen, HelpScreen
from viva.tui.common.inputs import QueryBox
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.report_screen import ReportScreen
from viva.tui.interview.screen import InterviewScreen
from viva.tui.library.screen import NotesScreen
from viva.tui.progress.screen import ProgressScreen
from viva.tui.search.screen import SearchScreen
from viva.tui.settings.screen import SettingsScreen
from viva.tui.start.screen import StartScreen
from viva.tui.themes import LIGHT

BOTH = ("learning.md", "nets.zh.txt")


@pytest.fixture(autouse=True)
def english():
    """Put back the language that a test changes."""
    with i18n.speaking("en"):
        yield


async def opened(person: Person, typed: str = "") -> list[str]:
    """Open the palette, type, and return the names of what it offers."""
    await person.press("ctrl+p")
    for _ in range(50):  # a page that keeps what was typed first opens it a little later
        if isinstance(person.app.screen, CommandPalette):
            break
        await person.pilot.pause(0.02)
    assert isinstance(person.app.screen, CommandPalette)
    if typed:
        await person.type(typed)
    listed = person.widget(OptionList)
    for _ in range(50):
        names = [str(option.prompt).split("\n")[0] for option in listed.options]
        if names and (not typed or len(names) < 20):
            return names
        await asyncio.sleep(0.02)
    raise AssertionError(person.text)


async def chosen(person: Person, typed: str) -> None:
    """Do the first thing that the palette offers for what is typed."""
    await opened(person, typed)
    await person.press("enter")


def stack(person: Person) -> list[type]:
    return [type(screen) for screen in person.app.screen_stack]


async def test_everything_is_offered_and_textuals_own_is_not(viva_over):
    async with run_app(viva_over(*BOTH)) as person:
        names = await opened(person)
    assert {
        "Start an interview: random order",
        "Start an interview: weak points",
        "Notes",
        "Search",
        "Progress",
        "Report",
        "Settings",
        "Colours: high contrast",
        "Language: 简体中文",
        "Help",
        "Screenshot",
        "Quit",
        "Practise: Optimisation",
    } <= set(names)
    assert not {"Theme", "Keys", "Maximize", "Go on with the interview"} & set(names)
    assert len(names) == len(set(names))


async def test_pages_are_opened_once_and_from_each_other(viva_over):
    async with run_app(viva_over(*BOTH)) as person:
        for typed, page in (("notes", NotesScreen), ("progress", ProgressScreen), ("settings", SettingsScreen)):
            await chosen(person, typed)
            assert isinstance(person.app.screen, page)
        assert stack(person) == [StartScreen, NotesScreen, ProgressScreen, SettingsScreen]
        await chosen(person, "notes")
        assert stack(person) == [StartScreen, NotesScreen]
        await chosen(person, "help")
        assert isinstance(person.app.screen, HelpScreen)


async def test_an_interview_is_begun_and_a_topic_practised(viva_over):
    async with run_app(viva_over(*BOTH)) as person:
        await chosen(person, "unanswered")
        assert person.app.screen.scene.question.total == 7
        await person.press("escape", "s")
        await chosen(person, "practise optim")
        assert isinstance(person.app.screen, ConfirmScreen)
        assert person.sees("An interview waits: 0 of 7 asked.")
        await person.press("escape")
        assert stack(person) == [StartScreen, SearchScreen]
        await chosen(person, "practise optim")
        await person.press("y")
        assert stack(person) == [StartScreen, InterviewScreen]
        assert person.app.screen.scene.question.entry.place.headings[-1] == "Optimisation"


async def test_a_half_typed_answer_outlives_every_way_out(viva_over):
    async with run_app(viva_over(*BOTH)) as person:
        await person.press("enter")
        question = person.app.screen.scene.question.entry.id
        await person.type("写到一半")
        await chosen(person, "settings")
        assert stack(person) == [StartScreen, InterviewScreen, SettingsScreen]
        await chosen(person, "go on")
        assert person.widget(AnswerBox).text == "写到一半"
        await chosen(person, "notes")
        assert stack(person) == [StartScreen, NotesScreen]
        await chosen(person, "go on")
        assert person.app.screen.scene.question.entry.id == question
        assert person.widget(AnswerBox).text == "写到一半"
        await chosen(person, "quit")
    async with run_app(viva_over(*BOTH)) as person:
        await chosen(person, "go on")
        assert person.widget(AnswerBox).text == "写到一半"


async def test_what_the_open_screen_offers(viva_over):
    async with run_app(viva_over(*BOTH)) as person:
        await person.press("enter")
        names = await opened(person)
        assert {"Hint", "Skip", "Show answer", "Leave", "Go on with the interview"} <= set(names)
        assert not {"Scroll up", "Scroll back"} & set(names)
        await person.press("escape")
        first = person.app.screen.scene.question.entry.id
        await chosen(person, "skip")
        assert person.app.screen.scene.question.entry.id != first
        await person.say("small steps settle near a minimum")
        assert {"Next", "Again", "Mark right", "Undo"} <= set(await opened(person))


async def test_the_notes_are_searched_for_what_is_typed(viva_over):
    async with run_app(viva_over(*BOTH)) as person:
        names = await opened(person, "[b]momentum")
        assert names == ["Search the notes for “[b]momentum”"]
        await person.press("escape")
        await chosen(person, "momentum")
        assert person.widget(QueryBox).value == "momentum"
        assert person.sees("What does momentum do?")


async def test_the_last_report(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await chosen(person, "report")
        assert stack(person) == [StartScreen]
        assert person.sees("✗")
        await person.press("enter")
        await person.say("small steps settle near a minimum")
        await chosen(person, "report")
        assert stack(person) == [StartScreen, InterviewScreen, ReportScreen]
        assert person.sees("1 answered")
        await person.press("escape")
        assert isinstance(person.app.screen, InterviewScreen)


async def test_colours_and_language_are_chosen_and_remembered(viva_over, isolated_home):
    async with run_app(viva_over("learning.md")) as person:
        await chosen(person, "colours: light")
        assert person.app.theme == LIGHT
        assert person.sees("Colours: light, saved")
        await chosen(person, "language zh")
        assert i18n.spoken() == "zh"
        await person.press("comma")
        assert person.app.screen.query_one("#language").chosen == 1
    assert read_settings(isolated_home / "settings.toml") == Settings(theme="light", language="zh")


async def test_without_notes_the_rest_is_there(viva_over, tmp_path):
    (tmp_path / "empty.txt").write_text("nothing to ask", encoding="utf-8")
    async with run_app(viva_over(tmp_path / "empty.txt")) as person:
        names = await opened(person)
        assert {"Settings", "Help", "Quit"} <= set(names)
        assert not {"Notes", "Search", "Report"} & set(names)


async def test_a_topic_with_markup_is_shown_as_it_is(viva_over, tmp_path):
    (tmp_path / "odd.md").write_text("# [red]Odd[/] \x1b[31m\n\n1. What is odd?\n   Not even.\n", encoding="utf-8")
    async with run_app(viva_over(tmp_path / "odd.md")) as person:
        assert any(name.startswith("Practise: [red]Odd[/]") for name in await opened(person, "practise odd"))
        assert "\x1b" not in person.text


@pytest.mark.parametrize(("width", "height"), [(40, 12), (200, 60)])
async def test_the_palette_fits(viva_over, width, height):
    async with run_app(viva_over(*BOTH), width, height) as person:
        await chosen(person, "progress")
        assert isinstance(person.app.screen, ProgressScreen)


@pytest.mark.parametrize("query", ["zzzz", "qqq xyz"])
async def test_that_nothing_is_called_so_is_said_in_the_language_in_force(viva_over, tmp_path, all_translated, query):
    nothing = tmp_path / "empty.txt"
    nothing.write_text("", encoding="utf-8")  # without notes nothing can be searched for either
    app = viva_over(nothing)
    async with run_app(app) as person:
        await person.press("ctrl+p")
        await person.type(query)
        for _ in range(100):
            if person.widget(OptionList).option_count:
                break
            await asyncio.sleep(0.05)
        (option,) = person.widget(OptionList).options
        assert option.disabled
        assert set(str(option.prompt).split()) == {"译"}
        assert "matches" not in person.text
