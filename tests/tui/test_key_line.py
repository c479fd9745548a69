"""The line of keys: one widget, as many keys as fit, and the mouse on them."""

import gc

from tui.person import run_app
from viva.tui.common.frame import KeyLine
from viva.tui.progress.screen import ProgressScreen


async def test_a_key_that_does_not_fit_is_left_out_whole(viva_over):
    async with run_app(viva_over("learning.md"), 200, 24) as person:
        wide = person.lines[-1].split()
    async with run_app(viva_over("learning.md"), 40, 12) as person:
        narrow = person.lines[-1].split()
        assert 4 <= len(narrow) < len(wide)
        assert wide[: len(narrow)] == narrow


async def test_a_key_can_be_pressed_with_the_mouse(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.pilot.click(KeyLine, offset=(person.lines[-1].index("Progress"), 0))
        await person.settle()
        assert isinstance(person.app.screen, ProgressScreen)


def key_lines(app):
    """Return all key lines that are kept, by their own type: other libraries' objects may warn when asked for theirs."""
    gc.collect()
    return [each for each in gc.get_objects() if type(each) is KeyLine and each.app is app]


async def test_an_interview_of_many_turns_keeps_no_widgets_of_the_line(viva_over):
    """Textual's footer kept seven widgets for each change of the keys."""
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        before = len(key_lines(person.app))
        for _ in range(2):
            await person.say("an answer")
            await person.press("enter")
        assert len(key_lines(person.app)) == before
        assert not any(line.children for line in key_lines(person.app))
