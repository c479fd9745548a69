"""Every screen in a small, a usual and a large terminal."""

import pytest

from tui.person import run_app
from viva.tui.common.paragraphs import Prose
from viva.tui.interview.report_screen import ReportScreen
from viva.tui.interview.transcript import Transcript

SIZES = [(40, 12), (80, 24), (200, 60)]
GOOD = "mini batches average past gradients, damp oscillation, and small steps settle near a minimum"


def bottom_keys(person, *keys):
    for key in keys:
        assert key in person.lines[-1], person.text


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_every_screen_is_usable(viva_over, width, height):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), width, height) as person:
        assert person.sees("viva", "7 questions", "Start", "random")
        bottom_keys(person, "⏎ Start", "s Search", "q Quit")

        await person.press("enter")
        question = person.app.screen.scene.question
        assert person.sees(question.entry.question, f"{question.position} of {question.total}")
        await person.type("一行回答 one line")
        assert person.sees("一行回答 one line")
        bottom_keys(person, "⏎ Send", "^t Hint", "^n Skip")
        await person.press("enter")
        score = person.app.screen.scene.feedback.grade.score
        assert any(f"{score} {stroke}" in person.text for stroke in "━─"), person.text
        assert person.sees("1 Again", "2 Hard", "3 Good", "4 Easy")
        bottom_keys(person, "⏎ Next", "r Mark right", "p Partly", "w Wrong")

        await person.press("slash", "backspace")
        await person.say("/stop")
        await person.press("y")
        assert isinstance(person.app.screen, ReportScreen)
        assert person.sees("1 asked · 1 answered", "mean score")
        bottom_keys(person, "⏎ Back", "q Quit")

        await person.press("enter", "s")
        await person.type("momentum")
        await person.press("enter")
        assert person.sees("momentum", "What does momentum do?")
        bottom_keys(person, "esc Back")
        await person.press("f1")
        assert person.sees("Keys: search")


async def test_a_terminal_that_is_resized_in_the_middle(viva_over):
    async with run_app(viva_over("nets.zh.txt"), 200, 60) as person:
        await person.press("enter")
        await person.type("写到一半")
        for width, height in [(40, 12), (80, 24), (20, 6), (100, 30)]:
            await person.pilot.resize_terminal(width, height)
            await person.settle()
        assert person.sees("写到一半", person.app.screen.scene.question.entry.question)
        await person.press("enter")
        assert person.sees("1 Again", "In your notes")


async def test_a_file_name_gives_way_to_the_question_in_a_narrow_terminal(viva_over):
    async with run_app(viva_over("nets.zh.txt"), 40, 12) as person:
        await person.press("enter")
        assert "nets.zh.txt" not in person.text
        assert person.sees("1 of 4")


async def test_a_long_path_keeps_to_one_line_in_a_low_terminal(viva_over, tmp_path):
    notes = tmp_path / "deep.md"
    notes.write_text("# 深度学习的基本概念\n## 卷积神经网络的结构\n### 什么是空洞卷积？\n插入间隔\n", encoding="utf-8")
    async with run_app(viva_over(notes), 40, 12) as person:
        await person.press("enter")
        at = next(number for number, line in enumerate(person.lines) if "1 of 1" in line)
        assert "1 of 1 · … › 卷积神经网络的结构" in person.lines[at]
        assert "0:0" in person.lines[at]
        assert "什么是空洞卷积？" in person.lines[at + 1]
        await person.pilot.resize_terminal(80, 24)
        await person.settle()
        assert person.sees("1 of 1 · deep.md › 深度学习的基本概念 › 卷积神经网络的结构")


async def test_without_colour_the_words_remain(viva_over, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        await person.say("nothing of the kind, only words about cooking")
        colours = {s.style.color for strip in person.app.screen._compositor.render_strips() for s in strip if s.style}
        assert person.sees("○ missed", "not yet", "▸1 Again")
        assert all(colour is None or colour.triplet is None or len({*colour.triplet}) == 1 for colour in colours)


async def test_light_and_dark(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        dark = person.app.screen.background_colors[1]
        person.app.theme = "textual-light"
        await person.settle()
        assert person.app.screen.background_colors[1].brightness > dark.brightness
        await person.press("enter")
        assert person.sees("Your answer. Enter sends it.")


async def test_feedback_is_read_on_where_it_was_when_the_terminal_changes(viva_over):
    async with run_app(viva_over("learning.md"), 80, 24) as person:
        await person.press("enter")
        await person.say("nothing of the kind, only words about cooking")
        score = next(line for line in person.lines if "─── not yet" in line)
        long = score.count("─")
        for width, height in [(40, 12), (80, 24), (60, 16)]:
            await person.pilot.resize_terminal(width, height)
            await person.settle()
            assert any(line.strip().startswith(score.split()[0]) and "not yet" in line for line in person.lines), (
                person.text
            )
            shown = next(line for line in person.lines if "─ not yet" in line)
            assert (shown.count("─") < long) == (width < 56), "bars are short where there is little room"


async def test_what_was_scrolled_back_to_stays_when_the_terminal_changes(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), 80, 24) as person:
        await person.press("enter")
        for number in range(3):
            await person.say(f"answer number {number}, only words about cooking")
            await person.press("enter")
        await person.press("pageup")
        talk = person.widget(Transcript)
        top = next(block for block in talk.query(Prose) if block.virtual_region.bottom > talk.scroll_y)
        await person.pilot.resize_terminal(50, 24)
        await person.settle()
        assert top.virtual_region.y <= talk.scroll_y < top.virtual_region.bottom, person.text
