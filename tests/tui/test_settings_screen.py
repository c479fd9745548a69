"""The settings screen: what is shown, what is changed and kept, and what is not overridden."""

from __future__ import annotations

import errno
import os

import pytest

from tui.person import run_app
from viva import files as whole_file
from viva import i18n
from viva.settings import Settings, read_settings
from viva.tui.app import VivaApp
from viva.tui.common.dialogs import ConfirmScreen
from viva.tui.common.inputs import Percent, Stepper
from viva.tui.interview.screen import InterviewScreen
from viva.tui.settings.screen import SettingsScreen
from viva.tui.start.screen import StartScreen
from viva.tui.themes import CONTRAST, DARK, LIGHT


@pytest.fixture(autouse=True)
def english():
    """Put back the language that a test changes."""
    with i18n.speaking("en"):
        yield


@pytest.fixture
def file(isolated_home):
    return isolated_home / "settings.toml"


@pytest.mark.parametrize(("width", "height"), [(40, 12), (80, 24), (200, 60)])
async def test_every_setting_is_changed_by_keys_at_every_size(viva_over, file, width, height):
    file.write_text("# mine\ncount = 10  # enough\n", encoding="utf-8")
    async with run_app(viva_over("learning.md"), width, height) as person:
        await person.press("comma")
        assert person.sees("viva settings", "Questions ◂ 10 ▸", "esc Back")
        await person.press("right")
        assert person.sees("Questions: 11, saved")
        await person.press("down", "left", "down", "right", "down", "right", "right")
        assert person.sees("Language: English, saved")
        await person.press(*["pagedown"] * 6)
        assert person.sees("settings.toml", "Reports")
        await person.press("escape")
        assert isinstance(person.app.screen, StartScreen)
    assert file.read_text(encoding="utf-8") == (
        '# mine\ncount = 11  # enough\nretention = 0.89\ntheme = "dark"\nlanguage = "en"\n'
    )
    assert person.app.workspace.settings == Settings(
        count=11, retention=0.89, theme="dark", language="en", follow_ups=False
    )


async def test_where_each_value_comes_from(viva_over, file):
    file.write_text('retention = 0.85\ntheme = "light"\n', encoding="utf-8")
    async with run_app(viva_over("learning.md", retention=0.85, theme="light")) as person:
        await person.press("f10")
        assert person.sees("Questions ◂ 10 ▸ default", "Recall ◂ 85 % ▸ from the settings", "● light")
        assert person.sees("learning.md by a flag", "Index", "Model the one that comes with viva default")
        await person.press("down", "d")
        assert person.sees("Recall: 90 %, saved", "Recall ◂ 90 % ▸ default")
    assert file.read_text(encoding="utf-8") == 'theme = "light"\n'


async def test_digits_are_taken_and_kept_within_bounds(viva_over, file):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("comma", "1", "2", "down", "8", "5")
        assert person.app.screen.query_one("#count", Stepper).value == 12
        assert person.widget(Percent).value == 85
        await person.press("backspace", "3", "left")
        assert person.widget(Percent).value == 84
    assert read_settings(file) == Settings(count=12, retention=0.84)


async def test_the_next_interview_follows_the_settings(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt")) as person:
        await person.press("comma", "2", "escape")
        assert person.app.screen.query_one("#count", Stepper).value == 2
        await person.press("enter")
        assert person.app.screen.scene.question.total == 2


async def test_the_theme_is_shown_at_once_and_remembered(viva_over, file, monkeypatch):
    monkeypatch.setenv("COLORFGBG", "0;15")
    async with run_app(viva_over("learning.md")) as person:
        assert person.app.theme == LIGHT
        await person.press("comma", "down", "down")
        assert person.sees("● auto", "default: light")
        await person.press("right")
        assert person.app.theme == DARK
        await person.press("left", "left")
        assert person.app.theme == CONTRAST
        assert person.sees("Colours: high contrast, saved")
    async with run_app(viva_over("learning.md", theme=read_settings(file).theme)) as person:
        assert person.app.theme == CONTRAST


async def test_no_color_wins_and_is_said(viva_over, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with run_app(viva_over("learning.md", theme="light")) as person:
        await person.press("comma")
        assert person.sees("● light", "NO_COLOR is set")


async def test_the_language_is_spoken_at_once(viva_over, file):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("comma", "down", "down", "down", "right")
        assert i18n.spoken() == "zh"
        await person.press("left")
        assert i18n.spoken() == i18n.language_of_system(os.environ)
    assert read_settings(file).language == "auto"


async def test_what_cannot_be_saved_is_told_and_put_back(viva_over, file, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    file.write_text("count = 10\n", encoding="utf-8")
    async with run_app(viva_over("learning.md")) as person:
        await person.press("comma")
        monkeypatch.setattr(whole_file.os, "fsync", full)
        await person.press("right")
        assert person.sees("✗ the disk is full", "was left as it is")
        assert person.app.screen.query_one("#count", Stepper).value == 10
    assert file.read_text(encoding="utf-8") == "count = 10\n"


async def test_a_file_broken_meanwhile_is_left_alone(viva_over, file):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("comma")
        file.write_text("count = \n# half typed", encoding="utf-8")
        await person.press("right")
        assert person.sees("✗ the settings file", "correct or delete it")
    assert file.read_text(encoding="utf-8") == "count = \n# half typed"


async def test_backups_are_counted_and_made(viva_over, isolated_home):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("comma", "up", "enter")
        assert person.sees("none yet", "there are no answers to back up yet")
        await person.press("escape", "enter")
        await person.say("a running average of past gradients damps oscillation")
        await person.press("f10", "up", "enter")
        assert person.sees("backed up: history-", "1 copy")
        await person.press("escape")
        assert isinstance(person.app.screen, InterviewScreen)
    assert len(list((isolated_home / "backups").iterdir())) == 1


async def test_what_the_verdicts_teach_is_told_and_forgotten_on_a_yes(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt")) as person:
        await person.press("comma")
        assert person.sees("Marking", "from 5 changed verdicts on none yet")
        assert "Forget" not in person.text
        await person.press("escape", "enter")
        for _ in range(5):
            await person.say("small steps settle near a minimum after the noise of large ones")
            await person.press("r", "enter")
        await person.press("f10")
        assert person.sees("5 verdicts of the last 5 changed", "you mark kinder than viva", "Forget my verdicts")
        await person.pilot.click("#forget")
        await person.settle()
        assert isinstance(person.app.screen, ConfirmScreen)
        await person.press("n")
        assert len(person.app.workspace.practice_stats.verdicts()) == 5
        await person.press("enter", "y")
        assert person.sees("forgotten: 5 verdicts", "from 5 changed verdicts on none yet")
        assert person.app.workspace.practice_stats.verdicts() == []


async def test_settings_are_changed_by_the_mouse(viva_over, file):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("comma")
        await person.pilot.click("#count", offset=(7, 0))
        await person.settle()
        await person.pilot.click("#theme", offset=(13, 0))
        await person.settle()
    assert read_settings(file) == Settings(count=11, theme="dark")


async def test_help_names_the_keys(viva_over):
    async with run_app(viva_over("learning.md"), 100, 50) as person:
        await person.press("comma", "f1")
        assert person.sees("Keys: settings", "Default", "Ctrl+P finds everything by its name")
        await person.press("escape", "f10")
        assert isinstance(person.app.screen, SettingsScreen)
        assert len(person.app.screen_stack) == 2


def test_a_theme_of_the_settings_is_taken_at_the_start(viva_over):
    app: VivaApp = viva_over("learning.md", theme="contrast")
    assert app.theme == CONTRAST
    app.close()
