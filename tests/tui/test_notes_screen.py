"""The notes themselves: list, filter, preview, practice of what is listed, and the person's editor."""

import shlex
import shutil
import sys
from datetime import UTC, datetime, timedelta

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from tui.person import run_app
from tui.test_hostile import MARKUP, nothing_steers
from tui.test_sizes import SIZES, bottom_keys
from viva.tui.common.inputs import QueryBox
from viva.tui.interview.screen import InterviewScreen
from viva.tui.library import question_list
from viva.tui.library.filters import filtered
from viva.tui.library.question_list import QuestionList
from viva.tui.library.question_rows import Heading, list_questions, questions, row_line
from viva.tui.library.screen import NotesScreen
from viva.tui.start.screen import StartScreen

GOOD = "It keeps a running average of past gradients. It damps oscillation across steep directions."
APPEND = """
import sys
line, file = sys.argv[1:] if len(sys.argv) > 2 else ("", sys.argv[1])
with open(file, "a", encoding="utf-8") as notes:
    notes.write("\\n# Added\\n\\n## What is a validation set?\\n\\n- Held out to choose between models.\\n")
"""


def marked(person):
    return person.widget(QuestionList).marked.entry.question


def listed(person):
    return [each.entry.question for each in questions(person.widget(QuestionList).rows)]


async def narrow(person, text):
    await person.press("slash")
    await person.type(text)


# The list


async def test_all_questions_under_their_headings(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), 80, 40) as person:
        await person.press("b")
        assert person.sees("notes 7", "learning.md › Optimisation", "learning.md › Data", "nets.zh.txt")
        assert person.sees("○ new What does momentum do?", "1. 什么是池化层", "4. 什么是教师强制")
        assert marked(person) == "What does momentum do?"


async def test_how_well_each_is_known_in_symbol_and_word(viva_over, tmp_path):
    shutil.copy(viva_over("learning.md").workspace.locations.kb[0], tmp_path / "learning.md")
    with (tmp_path / "learning.md").open("a", encoding="utf-8") as notes:
        notes.write("\n## What is a fold?\n")
    app = viva_over(tmp_path / "learning.md")
    async with run_app(app, 80, 40) as person:
        await person.press("b")
        assert person.sees("? no answer What is a fold?")
        await narrow(person, "momentum")
        await person.press("enter", "p")
        await person.say(GOOD)
        await person.press("enter", "enter")
        assert isinstance(app.screen, NotesScreen)
        assert person.sees("◐ learning What does momentum do?", "asked 1 time · last score")
        await person.press("p")
        await person.say(GOOD)
        await person.press("enter", "enter")
        assert person.sees("✓ mastered What does momentum do?", "asked 2 times")
        later = await app.core.call(list_questions, app.workspace, datetime.now(UTC) + timedelta(days=365))
        assert [each.mastery for each in questions(later)] == ["due", "new", "new", "unanswered"]


async def test_the_cursor_stays_on_questions(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), 80, 24) as person:
        await person.press("b", "up")
        seen = [marked(person)]
        for _ in range(6):
            await person.press("down")
            seen.append(marked(person))
        assert seen == listed(person)
        await person.press("down")
        assert marked(person) == seen[-1]
        await person.press("home")
        assert marked(person) == seen[0]
        await person.press("end")
        assert marked(person) == seen[-1]
        await person.press("pageup", "pageup")
        assert marked(person) == seen[0]
        assert person.sees("learning.md › Optimisation")


async def test_the_mouse_marks_and_reads(viva_over):
    async with run_app(viva_over("learning.md"), 80, 24) as person:
        await person.press("b")
        await person.pilot.click(QuestionList, offset=(5, 2))
        await person.settle()
        assert marked(person) == "Why is the learning rate lowered during training?"
        await person.pilot.click(QuestionList, offset=(5, 0))
        await person.settle()
        assert marked(person) == "Why is the learning rate lowered during training?"
        await person.pilot.click(QuestionList, offset=(5, 2))
        await person.settle()
        assert person.app.screen.has_class("-reading")


# One question


async def test_the_marked_question_is_shown_with_answer_and_points(viva_over, tmp_path):
    notes = tmp_path / "prose.txt"
    notes.write_text("1.What is recall?\n\tIt counts what was found. It ignores false alarms.\n", encoding="utf-8")
    async with run_app(viva_over("learning.md", notes), 80, 40) as person:
        await person.press("b")
        assert person.sees("learning.md:3", "- It keeps a running average", "scored by 2 points: its lines")
        await person.press("end")
        assert person.sees("prose.txt:1", "scored by 2 points", "1. It counts what was found", "2. It ignores")


async def test_enter_gives_the_question_the_whole_screen(viva_over):
    async with run_app(viva_over("learning.md"), 40, 12) as person:
        await person.press("b", "down", "enter")
        assert "Optimisation" not in person.text
        assert person.sees("Why is the learning rate", "Small steps let the loss settle near a minimum.")
        await person.press("down", "pagedown", "escape")
        assert marked(person) == "Why is the learning rate lowered during training?"
        assert person.widget(QuestionList).has_focus
        await person.press("escape")
        assert isinstance(person.app.screen, StartScreen)


# The filter


async def test_words_of_question_heading_or_tag_narrow_it_down(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), 80, 30) as person:
        await person.press("b")
        await narrow(person, "OPTIM learn")
        assert listed(person) == ["Why is the learning rate lowered during training?"]
        assert person.sees("notes 1 of 7", "learning.md › Optimisation")
        await person.press("ctrl+u")
        await person.type("池化")
        assert listed(person) == ["什么是池化层"]
        assert person.sees("缩小特征图的尺寸")
        await person.type("nothing")
        assert listed(person) == []
        assert person.sees("no question has all of these words", "notes 0 of 7")
        assert "缩小特征图的尺寸" not in person.text


async def test_escape_clears_the_filter_and_leaves_then(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), 80, 30) as person:
        await person.press("b")
        await narrow(person, "data")
        await person.press("enter")
        assert person.widget(QuestionList).has_focus
        assert len(listed(person)) == 1
        await person.press("escape")
        assert len(listed(person)) == 7
        assert person.widget(QueryBox).value == ""
        assert marked(person) == "What is data leakage?"
        await person.press("escape")
        assert isinstance(person.app.screen, StartScreen)


async def test_arrows_walk_while_the_filter_is_typed(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("b")
        await narrow(person, "optimisation")
        await person.press("down")
        assert marked(person) == "Why is the learning rate lowered during training?"
        await person.type(" pe")
        assert person.widget(QueryBox).value == "optimisation pe"


async def test_tags_are_found_too(viva_over, tmp_path):
    notes = tmp_path / "cards.md"
    notes.write_text("#flashcards/stats\n\nWhat is bias?::A steady error\n", encoding="utf-8")
    app = viva_over(notes)
    try:
        rows = list_questions(app.workspace, datetime.now(UTC))
        assert questions(rows)[0].entry.tags
        tag = questions(rows)[0].entry.tags[0]
        assert len(questions(filtered(rows, tag))) == 1
        assert isinstance(filtered(rows, tag)[0], Heading)
        assert filtered(rows, f"{tag} none") == ()
    finally:
        app.workspace.close()


# Practice


async def test_exactly_what_is_listed_is_asked(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt", count=1)) as person:
        await person.press("b")
        await narrow(person, "optimisation")
        wanted = set(listed(person))
        await person.press("enter", "p")
        assert isinstance(person.app.screen, InterviewScreen)
        asked = []
        for _ in range(2):
            question = person.app.screen.scene.question
            assert question.total == 2
            asked.append(question.entry.question)
            await person.press("ctrl+n")
        assert set(asked) == wanted


async def test_nothing_listed_is_nothing_to_ask(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("b")
        await narrow(person, "nowhere")
        await person.press("enter", "p", "e", "enter", "down")
        assert isinstance(person.app.screen, NotesScreen)
        assert person.sees("nothing is listed that could be asked")


# The editor


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Set an editor that appends a question to the file; the terminal of a test can be lent."""
    script = tmp_path / "vim"
    script.write_text(f"#!{sys.executable}\n{APPEND}", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", shlex.quote(str(script)))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(HeadlessDriver, "can_suspend", True)


@pytest.fixture
def own_notes(viva_over, tmp_path):
    """Return notes that may be changed."""
    return shutil.copy(viva_over("learning.md").workspace.locations.kb[0], tmp_path / "own.md")


posix = pytest.mark.skipif(sys.platform == "win32", reason="the editor is a script with a shebang")


@posix
async def test_a_question_added_in_the_editor_is_there_afterwards(viva_over, own_notes, editor):
    async with run_app(viva_over(own_notes), 80, 40) as person:
        await person.press("b", "down", "e")
        assert person.sees("own.md › Added", "What is a validation set?", "notes 4")
        assert marked(person) == "Why is the learning rate lowered during training?"
        assert person.app.ready
        await person.press("escape")
        assert person.sees("4 questions", "ready")
        hits = await person.app.core.call(person.app.workspace.search, "held out to choose between models", 1)
        assert hits[0].question == "What is a validation set?"


@posix
async def test_the_editor_opens_from_the_search_too(viva_over, own_notes, editor):
    async with run_app(viva_over(own_notes), 80, 40) as person:
        await person.press("s")
        await person.type("data leakage")
        await person.press("enter", "ctrl+o")
        assert "What is a validation set?" in own_notes.read_text(encoding="utf-8")
        await person.press("ctrl+u")
        await person.type("validation set")
        await person.press("enter")
        assert person.app.screen.hits[0].question == "What is a validation set?"


@posix
async def test_an_editor_with_a_window_leaves_the_screen_alone(viva_over, own_notes, editor, tmp_path, monkeypatch):
    windowed = tmp_path / "code"
    (tmp_path / "vim").rename(windowed)
    windowed.write_text(windowed.read_text(encoding="utf-8").replace("sys.argv[1:] if", "sys.argv[2:] if"), "utf-8")
    body = windowed.read_text(encoding="utf-8").replace("open(file,", 'open(file.rpartition(":")[0],')
    windowed.write_text(body, encoding="utf-8")
    monkeypatch.setenv("VISUAL", shlex.quote(str(windowed)))
    monkeypatch.setattr(HeadlessDriver, "can_suspend", False)
    async with run_app(viva_over(own_notes), 80, 40) as person:
        await person.press("b", "e")
        assert person.sees("What is a validation set?", "notes 4")


async def test_without_an_editor_the_note_is_shown(viva_over, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with run_app(viva_over("learning.md"), 120, 24) as person:
        await person.press("b", "e")
        assert person.sees("note learning.md:3", "no editor is set: put its command into VISUAL or EDITOR")


async def test_an_editor_that_does_not_start_leaves_everything_as_it_was(viva_over, monkeypatch):
    monkeypatch.setattr(HeadlessDriver, "can_suspend", True)
    monkeypatch.setenv("VISUAL", "no-such-editor")
    async with run_app(viva_over("learning.md"), 120, 24) as person:
        await person.press("b", "e")
        assert person.sees("✗ cannot start no-such-editor")
        await person.press("down")
        assert marked(person) == "Why is the learning rate lowered during training?"


@posix
async def test_notes_that_are_gone_after_the_editor_are_told(viva_over, own_notes, monkeypatch):
    monkeypatch.setattr(HeadlessDriver, "can_suspend", True)
    monkeypatch.setenv("VISUAL", "rm -f")
    async with run_app(viva_over(own_notes), 120, 24) as person:
        await person.press("b", "e")
        assert not own_notes.exists()
        assert person.sees("✗", "own.md", "What does momentum do?")


# What every screen must do


async def test_text_of_the_notes_is_literal(viva_over):
    async with run_app(viva_over("hostile.txt"), 100, 40) as person:
        await person.press("b")
        assert person.sees(MARKUP, "[red]brackets[/red] are shown, $text and {braces} too")
        await person.press("down")
        assert person.sees("␛[31man escape␛]0;title␇ do?", "␛[2Jshown as a picture")
        nothing_steers(person)
        await person.press("slash")
        await person.paste("[bold]\x1b[31m")
        assert person.widget(QueryBox).value == "[bold][31m"
        nothing_steers(person)


async def test_headings_and_file_names_are_literal(viva_over, tmp_path):
    notes = tmp_path / "[red]notes[bold].md"
    notes.write_text("# [bold]Nets[/bold] \x1b[31m\n\n## What is a net?\n\n- Layers of units.\n", encoding="utf-8")
    async with run_app(viva_over(notes), 120, 24) as person:
        await person.press("b")
        assert person.sees("[red]notes[bold].md › [bold]Nets[/bold]", "[red]notes[bold].md:3")
        nothing_steers(person)


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_it_is_usable_at_every_size(viva_over, width, height):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), width, height) as person:
        await person.press("b")
        bottom_keys(person, "⏎ Read", "/ Filter", "p Practise", "e Edit")
        assert person.sees("learning.md › Optimisation", "○ new What does mom", "It keeps a running")
        await narrow(person, "池化")
        assert person.sees("池化", "什么是池化层", "缩小特征图的尺寸")
        await person.pilot.resize_terminal(60, 20)
        await person.settle()
        assert person.sees("什么是池化层", "缩小特征图的尺寸")
        await person.press("enter", "f1")
        assert person.sees("Keys: notes")


async def test_the_list_needs_no_colour(viva_over, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with run_app(viva_over("learning.md")) as person:
        await person.press("b")
        assert person.sees("○ new What does momentum do?")


async def test_ten_thousand_questions_cost_no_more_than_those_that_are_seen(viva_over, monkeypatch):
    async with run_app(viva_over("learning.md"), 80, 24) as person:
        await person.press("b")
        heading, question = person.widget(QuestionList).rows[:2]
        drawn = []
        monkeypatch.setattr(question_list, "row_line", lambda row: drawn.append(row) or row_line(row))
        person.widget(QuestionList).put((heading, *[question] * 10_000))
        await person.press("end", "pageup", "home")
        assert 0 < len(drawn) < 500
