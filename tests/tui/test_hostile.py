"""Markup, escapes and odd characters in notes, questions and answers are shown as they are, on every screen."""

from textual.widgets import OptionList

from tui.mock_steps import is_mock
from tui.person import run_app
from viva import open_workspace
from viva.settings import Settings
from viva.tui.app import VivaApp
from viva.tui.common.inputs import QueryBox
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.find_bar import FindBar
from viva.tui.interview.report_screen import ReportScreen
from viva.tui.interview.review_screen import ReviewScreen

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
    async with run_app(viva_over("hostile.txt"), 100, 40) as person:
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
    async with run_app(viva_over("hostile.txt"), 100, 40) as person:
        await reach(person, "2")
        assert person.sees("␛[31man escape␛]0;title␇ do?")
        await person.say("It is \x1b[31mshown as a picture")
        assert person.sees("␛[2Jshown as a picture", "zerowidth and turned text")
        nothing_steers(person)


async def test_escapes_in_the_report_and_in_search(viva_over):
    async with run_app(viva_over("hostile.txt"), 100, 50) as person:
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
    async with run_app(viva_over(notes)) as person:
        assert person.sees("[red]notes[bold].md", "Nets")
        await person.press("enter")
        assert person.sees("What is a net?", "[red]notes[bold].md ›")
        await person.say("/topic [@click=app.leave]x[/]")
        assert person.sees("[@click=app.leave]x[/]")


async def test_answers_of_odd_characters(viva_over):
    async with run_app(viva_over("learning.md"), 80, 40) as person:
        await person.press("enter")
        for text in ("[/]", "[bold", "a[/b]c", "\\[x]", "[[[", "$x", "{0}%s"):
            await person.say(f"momentum {text} average")
            assert person.sees(f"you momentum {text} average")
            await person.press("u")
            assert person.widget(AnswerBox).text == f"momentum {text} average"
            await person.press("ctrl+u")


async def test_a_mock_interview_its_report_and_the_look_back(viva_over):
    async with run_app(viva_over("hostile.txt"), 100, 50) as person:
        await person.press("tab", "tab", "tab", "right", "enter")
        assert is_mock(person.app.screen)
        for _ in range(2):
            asked = person.app.screen.scene.question.entry.number
            assert person.sees(MARKUP if asked == "1" else "␛[31man escape␛]0;title␇ do?")
            nothing_steers(person)
            await person.paste("[bold]x[/] \x1b[2Jin other words")
            await person.press("enter")
            assert person.sees("you [bold]x[/] [2Jin other words")
            nothing_steers(person)
        await person.press("enter")
        assert isinstance(person.app.screen, ReportScreen)
        assert person.sees(MARKUP, "␛[31man escape␛]0;title␇ do?", "you: [bold]x[/] [2Jin other words")
        nothing_steers(person)
        await person.press("v")
        assert isinstance(person.app.screen, ReviewScreen)
        for key in ("right", "left"):
            assert person.sees("[bold]x[/] [2Jin other words")
            asked = person.app.screen._seen.feedback.question.entry.number
            assert person.sees(MARKUP if asked == "1" else "␛[31man escape␛]0;title␇ do?")
            assert person.sees("[red]brackets[/red] are shown" if asked == "1" else "␛[2Jshown as a picture")
            nothing_steers(person)
            await person.press(key)


async def test_what_is_found_in_the_talk(viva_over):
    async with run_app(viva_over("hostile.txt"), 100, 50) as person:
        await reach(person, "1")
        await person.say(ANSWER)
        await person.press("ctrl+f")
        await person.paste("[red]\x1b[31m")
        assert person.app.screen.query_one("#find", QueryBox).value == "[red][31m"
        assert person.sees("[red][31m", "not found")
        for query in ("[/]", "[@click=app.leave]", "[bold]markup[/bold]", "$text"):
            await person.press("ctrl+u")
            await person.type(query)
            assert person.widget(FindBar).is_open
            assert person.sees(query, "1 of" if query.startswith("[bold]") else " of ")
            assert person.sees("[red]red[/red] [/] [@click=app.leave]brackets[/]")
            nothing_steers(person)


async def test_the_palette_with_topics_and_queries(viva_over, tmp_path):
    notes = tmp_path / "[red]notes[bold].md"
    text = "# [bold]Nets[/bold] \x1b[31m [/]\n\n## What is [/] a net?\n\n- Layers.\n\n# Other\n\n## Why?\n\n- So.\n"
    notes.write_text(text, encoding="utf-8")
    async with run_app(viva_over(notes), 100, 50) as person:
        await person.press("ctrl+p")
        await person.type("[bold]nets[/bold]")
        await _until(person, lambda: person.widget(OptionList).option_count == 2)
        assert person.sees("Practise: [bold]Nets[/bold] ␛[31m [/]", "Search the notes for “[bold]nets[/bold]”")
        nothing_steers(person)
        await person.press("down", "enter")
        assert person.widget(QueryBox).value == "[bold]nets[/bold]"
        assert person.sees("What is [/] a net?", "[red]notes[bold].md:")
        nothing_steers(person)
        await person.press("ctrl+u")
        await person.type("file:[r")
        await person.press("right")
        assert person.widget(QueryBox).value == "file:[red]notes[bold].md"
        await person.press("enter")
        assert person.sees("search 2", "What is [/] a net?")
        nothing_steers(person)


async def _until(person, done):
    """Wait for what comes by itself."""
    for _ in range(200):
        if done():
            return
        await person.pilot.pause(0.02)
    raise AssertionError(person.text)


async def test_paths_in_the_settings(tmp_path):
    notes = tmp_path / "[red]my notes[@click=app.leave]"
    notes.mkdir()
    (notes / "[bold]a.md").write_text("# Nets\n\n## What is a net?\n\n- Layers.\n", encoding="utf-8")
    index = tmp_path / "[b]index[bold"
    async with run_app(VivaApp(open_workspace([notes], index, settings=Settings())), 200, 50) as person:
        assert person.sees(notes.name)
        await person.press("comma")
        assert person.sees(notes.name, "[b]index[bold")
        nothing_steers(person)


async def test_follow_ups(viva_over, tmp_path):
    notes = tmp_path / "labels.txt"
    notes.write_text(
        "1.What does [bold]early stopping[/bold] \x1b[31mdo?\n\t[red]Watching[/]: it ends training when loss rises\n"
        "\t[@click=app.leave]Keeping[/]: the best weights stay\n",
        encoding="utf-8",
    )
    async with run_app(viva_over(notes, follow_ups=True), 100, 50) as person:
        await person.press("enter")
        await person.say("[red]Watching[/]: it ends training when loss rises. [/] [bold]x")
        assert person.app.screen.scene.follows_up
        assert "[bold]early stopping[/bold]" in person.text or "[@click=app.leave]Keeping[/]" in person.text
        nothing_steers(person)
        await person.say("[red]the best weights[/red] stay \\[x]")
        assert person.sees("you [red]the best weights[/red] stay \\[x]")
        nothing_steers(person)
        await person.press("enter")
        assert isinstance(person.app.screen, ReportScreen)
        assert person.sees(
            "you: [red]the best weights[/red] stay", "you: [red]Watching[/]: it ends training when loss rises"
        )
        nothing_steers(person)
        await person.press("v")
        assert person.sees("[red]the best weights[/red] stay", "[red]Watching[/]")
        nothing_steers(person)


async def test_notes_progress_and_a_question_before_something_is_given_up(viva_over):
    async with run_app(viva_over("hostile.txt"), 200, 50) as person:
        await reach(person, "1")
        await person.say("[bold]x[/] something entirely different")
        await person.press("escape", "b")
        assert person.sees(MARKUP, "␛[31man escape␛]0;title␇ do?")
        nothing_steers(person)
        await person.press("escape", "p", "end")
        assert person.sees("[red]brackets[/red] are shown")
        nothing_steers(person)
        person.app.navigator.confirm("Give up [bold]this[/] \x1b[31m[@click=app.leave]?", lambda: None)
        await person.settle()
        assert person.sees("Give up [bold]this[/] ␛[31m[@click=app.leave]?")
        nothing_steers(person)


async def test_what_is_wrong_with_the_notes_and_the_note_itself(viva_over, tmp_path, monkeypatch):
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    notes = tmp_path / "[red]odd.txt"
    notes.write_text(
        "1.What is [bold]this[/] \x1b[31m?\n\tIt is [@click=app.leave]so[/]\n2.And [red]that[/]?\n", "utf-8"
    )
    async with run_app(viva_over(notes), 200, 50) as person:
        await person.press("c")
        assert person.sees("[red]odd.txt:3", "And [red]that[/]?")
        nothing_steers(person)
        await person.press("enter")
        assert person.sees("note [red]odd.txt", "1.What is [bold]this[/] ␛[31m?", "It is [@click=app.leave]so[/]")
        nothing_steers(person)
