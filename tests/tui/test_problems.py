"""What is wrong with the notes: told on the first screen, and mended from a list."""

import pytest

from tui.person import run_app
from viva.i18n import speaking
from viva.tui.library.problems_screen import ProblemsScreen
from viva.tui.start.screen import StartScreen

GAPS = "1.What is recall?\n\tFound among relevant\n2.What is precision?\n3.什么是[red]精确率[/]\n"


@pytest.fixture
def gaps(tmp_path):
    path = tmp_path / "gaps.txt"
    path.write_text(GAPS, encoding="utf-8")
    return path


async def test_they_are_listed_on_a_key(viva_over, gaps):
    async with run_app(viva_over(gaps)) as person:
        assert person.sees("2 things to look at: c shows them")
        await person.press("c")
        assert isinstance(person.app.screen, ProblemsScreen)
        assert person.sees("check of the notes 2", "gaps.txt:3", "What is precision?", "gaps.txt:4", "[red]精确率[/]")
        assert "⏎ Edit" in person.lines[-1]
        await person.press("escape")
        assert isinstance(person.app.screen, StartScreen)


async def test_one_is_opened_in_the_editor_and_gone_when_it_is_mended(viva_over, gaps, monkeypatch):
    opened = []

    async def mend(_, file, line):
        opened.append((file.name, line))
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("precision?", "precision?\n\tRelevant among found"), encoding="utf-8")

    monkeypatch.setenv("EDITOR", "vi")
    monkeypatch.setattr("viva.tui.app.open_note", mend)
    monkeypatch.setenv("VISUAL", "some-editor")
    async with run_app(viva_over(gaps)) as person:
        await person.press("c", "enter")
        assert opened == [("gaps.txt", 3)]
        assert person.sees("check of the notes 1", "gaps.txt:5")
        assert "gaps.txt:3" not in person.text


async def test_good_notes_say_so(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("c")
        assert isinstance(person.app.screen, StartScreen)
        await person.app.push_screen(ProblemsScreen())
        await person.settle()
        assert person.sees("Nothing is wrong with the notes.")


@pytest.mark.parametrize(("width", "height"), [(40, 12), (200, 60)])
async def test_they_fit_any_terminal_and_are_said_in_chinese(viva_over, gaps, width, height):
    with speaking("zh"):
        async with run_app(viva_over(gaps), width, height) as person:
            await person.press("c", "down")
            assert person.sees("gaps.txt:4", "精确率")
            await person.press("f2")
            assert person.sees("check of the notes 2", "No answer: 2. What is precision?")
