"""Markup, escapes and odd characters in notes, questions and answers are shown as they are, on every screen."""

from tui.person import sitting_at
from viva.tui.screens.report import ReportScreen
from viva.tui.widgets.answer_box import AnswerBox

MARKUP = "[bold]markup[/bold] or [/] or [@click=app.leave]this[/]"
ANSWER = "[red]red[/red] [/] [@click=app.leave]brackets[/] $text {x} 👍 עברית are shown"


async def reach(person, number):
    """Start, and skip until the question with this number is asked."""
    await person.press("enter")
    while person.app.screen.scene.question.entry.number != number:
        await person.press("ctrl+n")


def nothing_steers(person):
    assert not [
        c for line in person.lines for c in line if ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) < 0x202F
    ]


async def test_markup_in_question_answer_and_passage(viva_over):
    async with sitting_at(viva_over("hostile.txt"), 100, 40) as person:
        await reach(person, "1")
        assert person.sees(MARKUP)
        await person.paste(ANSWER)
        assert person.widget(AnswerBox).text == ANSWER
        assert person.sees("[red]red[/red] [/] [@click=app.leave]brackets[/]")
        await person.press("enter")
        assert person.sees("you [red]red[/red] [/] [@click=app.leave]brackets[/] $text {x}")
        assert person.sees("[red]brackets[/red] are shown, $text and {braces} too")
        await person.press("u", "ctrl+r")
        assert person.sees("[red]brackets[/red] are shown")
        nothing_steers(person)


async def test_escapes_are_pictures(viva_over):
    async with sitting_at(viva_over("hostile.txt"), 100, 40) as person:
        await reach(person, "2")
        assert person.sees("␛[31man escape␛]0;title␇ do?")
        await person.say("It is \x1b[31mshown as a picture")
        assert person.sees("␛[2Jshown as a picture", "zerowidth and turned text")
        nothing_steers(person)


async def test_escapes_in_the_report_and_in_search(viva_over):
    async with sitting_at(viva_over("hostile.txt"), 100, 50) as person:
        await person.press("enter")
        for _ in range(2):
            await person.say("[bold]x[/] something entirely different")
            await person.press("enter")
        assert isinstance(person.app.screen, ReportScreen)
        assert person.sees(MARKUP, "␛[31man escape", "you: [bold]x[/]", "[red]brackets[/red]")
        nothing_steers(person)
        await person.press("enter", "s")
        await person.paste("shown as a picture")
        await person.press("enter")
        assert person.sees("␛[31man escape␛]0;title␇ do?", "␛[2Jshown as a picture")
        nothing_steers(person)


async def test_markup_in_topics_file_names_and_near_misses(viva_over, tmp_path):
    notes = tmp_path / "[red]notes[bold].md"
    notes.write_text("# [bold]Nets[/bold]\n\n## What is a net?\n\n- Layers of units.\n", encoding="utf-8")
    async with sitting_at(viva_over(notes)) as person:
        assert person.sees("[red]notes[bold].md", "Nets")
        await person.press("enter")
        assert person.sees("What is a net?", "[red]notes[bold].md ›")
        await person.say("/topic [@click=app.leave]x[/]")
        assert person.sees("[@click=app.leave]x[/]")


async def test_answers_of_odd_characters(viva_over):
    async with sitting_at(viva_over("learning.md"), 80, 40) as person:
        await person.press("enter")
        for text in ("[/]", "[bold", "a[/b]c", "\\[x]", "[[[", "$x", "{0}%s"):
            await person.say(f"momentum {text} average")
            assert person.sees(f"you momentum {text} average")
            await person.press("u")
            assert person.widget(AnswerBox).text == f"momentum {text} average"
            await person.press("ctrl+u")
