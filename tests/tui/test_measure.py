"""Lines that are read are no longer than the eye can follow, in however wide a terminal."""

from tui.person import run_app
from viva.tui.common.paragraphs import MEASURE, Prose
from viva.tui.interview.answer_box import AnswerBox

WORDS = "gradient " * 60
WIDE = (200, 60)
LONGEST = MEASURE + len("  ") + len("  0:00")


def long_lines(person):
    return [line for line in person.lines if len(line.rstrip()) > LONGEST and "ready" not in line]


def notes_of(tmp_path):
    path = tmp_path / "long.md"
    path.write_text(f"# What is a long answer?\n\n{WORDS}\n", encoding="utf-8")
    return path


async def test_talk_feedback_and_report_keep_to_the_measure(viva_over, tmp_path):
    async with run_app(viva_over(notes_of(tmp_path)), *WIDE) as person:
        await person.press("enter")
        await person.type(WORDS)
        assert long_lines(person) == []
        assert person.widget(AnswerBox).outer_size.width == MEASURE
        await person.press("enter")
        assert long_lines(person) == []
        await person.press("enter", "enter")
        assert long_lines(person) == []


async def test_a_note_in_the_search_and_in_full_keeps_to_the_measure(viva_over, tmp_path):
    async with run_app(viva_over(notes_of(tmp_path)), 300, 60) as person:
        await person.press("s")
        await person.type("gradient")
        await person.press("enter")
        assert person.app.screen.query_one("#passage", Prose).size.width == MEASURE
        await person.press("escape", "b", "enter")
        assert person.app.screen.query_one("#passage", Prose).size.width == MEASURE


async def test_charts_may_use_the_width(viva_over, tmp_path):
    async with run_app(viva_over(notes_of(tmp_path)), *WIDE) as person:
        await person.press("p")
        assert person.app.screen.query_one("#figures", Prose).size.width > MEASURE


async def test_a_narrow_terminal_is_used_whole(viva_over, tmp_path):
    async with run_app(viva_over(notes_of(tmp_path)), 80, 24) as person:
        await person.press("enter")
        assert person.widget(AnswerBox).outer_size.width == 80 - 4
