"""The key line tells only keys that can be pressed: those of the help, the palette or a question over the screen."""

import pytest

from tui.person import run_app
from viva.i18n import speaking


def keys(person):
    return person.lines[-1].strip()


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_help_tells_its_own_key(viva_over, language):
    with speaking(language):
        async with run_app(viva_over("nets.zh.txt")) as person:
            before = keys(person)
            await person.press("f1")
            assert keys(person) == {"en": "esc Close", "zh": "esc 关闭"}[language]
            await person.press("escape")
            assert keys(person) == before


async def test_the_palette_tells_its_own_key(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        before = keys(person)
        await person.press("ctrl+p")
        assert keys(person) == "esc Close"
        await person.press("escape")
        assert keys(person) == before


async def test_a_question_tells_its_answers(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        person.app.navigator.confirm("Sure?", lambda: None)
        await person.settle()
        assert keys(person) == "y Yes n No"
        await person.press("n")
        assert "Start" in keys(person)
