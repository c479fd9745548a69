"""The first screen, and everything that can be wrong when viva starts."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

from textual import events

from tui.person import Person, run_app
from viva import open_workspace
from viva.settings import Settings
from viva.tui.app import VivaApp
from viva.tui.common.dialogs import HelpScreen
from viva.tui.common.frame import Notice
from viva.tui.common.inputs import Choice, Stepper
from viva.tui.common.paragraphs import lay_out
from viva.tui.interview.screen import InterviewScreen
from viva.tui.search.screen import SearchScreen
from viva.tui.start.choices import TopicList
from viva.tui.start.overview import Overview, overview_lines
from viva.tui.start.screen import StartScreen


def asked(person):
    return person.app.screen.scene.question


async def test_what_there_is_to_practise(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt")) as person:
        assert person.sees("learning.md, nets.zh.txt", "7 questions · 0 due · 7 new")
        assert person.sees(
            "Questions ◂ 7 ▸",
            "● random ○ due first ○ weak points ○ unanswered",
            "all topics 7",
            "Optimisation 2",
            "Data 1",
        )
        assert person.sees("⏎ Start", "s Search", "q Quit", "F1 Help", "ready")
        assert "to look at" not in person.text


async def test_the_arrow_keys_leave_the_topics_as_they_entered_them(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt")) as person:
        await person.press("down", "down", "down", "down", "down", "down")
        topics = person.widget(TopicList)
        assert topics.has_focus
        assert topics.highlighted == 2
        assert "⏎ Start" in person.lines[-1]
        await person.press("up", "up", "up")
        assert topics.highlighted == 0
        assert person.app.screen.query_one("#mode").has_focus
        await person.press(*["down"] * 20)
        assert topics.highlighted == topics.option_count - 1


async def test_the_buttons_fit_a_narrow_terminal(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), 40, 12) as person:
        await person.press("enter", "escape")
        assert person.sees("Go on: 0 of 7", "Start anew")
        await person.pilot.resize_terminal(80, 24)
        await person.settle()
        assert person.sees("Go on: 0 of 7 asked", "Start anew")


async def test_many_topics_scroll_by_themselves(viva_over, tmp_path):
    notes = tmp_path / "many.md"
    notes.write_text(
        "\n".join(f"# Topic {n}\n## What is thing {n}?\nThing {n}.\n" for n in range(30)), encoding="utf-8"
    )
    async with run_app(viva_over(notes)) as person:
        assert person.widget(TopicList).max_scroll_y > 0
        assert person.app.screen.query_one("#body").max_scroll_y == 0


async def test_going_on_tells_no_longer_that_it_was_left(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("tab", "1", "enter", "escape")
        assert person.sees("0 of 1 asked. We stop here.")
        await person.press("enter")
        await person.say("a running average of past gradients")
        await person.press("enter", "enter")
        assert isinstance(person.app.screen, StartScreen)
        assert "We stop here" not in person.text


async def test_count_and_topic_are_chosen_by_keys(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt")) as person:
        await person.press("tab")
        assert person.widget(Stepper).has_focus
        await person.press("1", "right")
        assert person.widget(Stepper).value == 2
        await person.press("9", "9")
        assert person.widget(Stepper).value == 7
        await person.press("backspace", "1", "left", "2")
        await person.press("tab", "tab", "tab", "down", "enter")
        assert isinstance(person.app.screen, InterviewScreen)
        assert asked(person).total == 2
        assert asked(person).entry.place.headings[-1] == "Optimisation"


async def test_due_first(tmp_path, viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("tab", "1", "enter")
        first = asked(person).entry
        await person.say("no idea what to write about that one here")
        await person.press("1", "enter")
    later = open_workspace(
        [first_note(person)],
        tmp_path / "index",
        settings=Settings(),
        clock=lambda: datetime.now(UTC) + timedelta(days=40),
    )
    async with run_app(VivaApp(later)) as person:
        assert person.sees("1 due", "2 new")
        await person.press("tab", "tab", "right")
        assert person.widget(Choice).chosen == 1
        await person.press("enter")
        assert asked(person).entry.question == first.question


def first_note(person):
    return person.app.workspace.locations.kb[0]


async def test_nothing_due_is_said_and_not_started(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        for _ in range(3):
            await person.say("a running average of past gradients damps oscillation")
            await person.press("4", "enter")
        await person.press("enter", "tab", "tab", "right", "enter")
        assert isinstance(person.app.screen, StartScreen)
        assert person.sees("✗ nothing is due before")


async def test_missing_notes_are_one_line(tmp_path):
    workspace = open_workspace(tmp_path / "nowhere", tmp_path / "index", settings=Settings())
    async with run_app(VivaApp(workspace)) as person:
        assert person.sees("✗", "nowhere", "there is nothing to ask yet")
        await person.press("enter", "s")
        assert isinstance(person.app.screen, StartScreen)
        await person.press("q")
    assert person.app.return_code == 0


async def test_a_model_that_cannot_be_opened_is_one_line(tmp_path, viva_over):
    notes = viva_over("learning.md").workspace.locations.kb
    workspace = open_workspace(notes, tmp_path / "index", str(tmp_path / "no-model"), settings=Settings())
    async with run_app(VivaApp(workspace)) as person:
        assert person.sees("✗", "no-model", "no model")


async def test_help_lists_the_keys(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("question_mark")
        assert isinstance(person.app.screen, HelpScreen)
        assert person.sees("Enter starts.", "⏎ Start", "s Search", "q Quit")
        await person.press("escape", "enter", "f1")
        assert person.sees("Ctrl+J makes a new line", "^t Hint", "^n Skip")
        await person.press("escape")
        assert isinstance(person.app.screen, InterviewScreen)


async def test_search_and_back(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("s")
        assert isinstance(person.app.screen, SearchScreen)
        await person.press("escape")
        assert isinstance(person.app.screen, StartScreen)


async def test_ctrl_c_leaves(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter", "ctrl+c")
    assert person.app.return_code == 0


async def test_the_mouse_works_too(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.pilot.click("#order", offset=(14, 0))
        assert person.widget(Choice).chosen == 1
        await person.pilot.click("#order", offset=(3, 0))
        assert person.widget(Choice).chosen == 0
        await person.pilot.click("#start")
        await person.settle()
        assert isinstance(person.app.screen, InterviewScreen)


async def test_a_click_marks_a_topic_and_another_starts_with_it(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt")) as person:
        await person.pilot.click("#topics", offset=(3, 1))
        await person.settle()
        assert isinstance(person.app.screen, StartScreen)
        assert person.widget(TopicList).highlighted == 1
        await person.pilot.click("#topics", offset=(3, 1))
        await person.settle()
        assert asked(person).entry.place.headings[-1] == "Optimisation"


async def test_the_first_frame_waits_for_nothing(viva_over, monkeypatch):
    app = viva_over("learning.md")
    seen = []
    monkeypatch.setattr(StartScreen, "load", lambda self: seen.append(self.query_one("#overview").region.height))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert seen[0] > 0
        assert "notes" not in app.workspace.__dict__
    app.close()


def test_the_start_imports_no_model_and_nothing_that_grades():
    code = (
        "import sys, viva.tui.app; "
        "heavy = ('numpy', 'faiss', 'torch', 'tokenizers', 'sentence_transformers', 'viva.interview.follow_up.question', "
        "'viva.interview.dialogue.interviewer', 'viva.models', 'viva.notes', 'viva.retrieval'); "
        "print([m for m in heavy if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


async def test_enter_pressed_before_the_notes_are_read_is_obeyed(viva_over):
    app = viva_over("learning.md")
    async with app.run_test() as pilot:
        app.post_message(events.Key("enter", "\r"))
        person = Person(app, pilot)
        await person.settle()
        assert isinstance(app.screen, InterviewScreen)
    app.close()


async def test_leaving_does_not_wait_for_a_slow_model(viva_over, monkeypatch):
    app = viva_over("learning.md")
    opened = threading.Event()
    monkeypatch.setattr(app.workspace, "warm", lambda: opened.wait(30))
    async with app.run_test() as pilot:
        while app.state != "loading the model…":
            await pilot.pause(0.01)
        await pilot.press("q")
    assert app.return_code == 0
    opened.set()
    app.close()


async def test_long_indexing_is_counted_in_the_title(viva_over, monkeypatch):
    app = viva_over("learning.md")
    go_on = threading.Event()

    def slow_warm() -> None:
        app.workspace.progress(512, 4000)
        go_on.wait(30)

    monkeypatch.setattr(app.workspace, "warm", slow_warm)
    async with app.run_test() as pilot:
        while app.state != "indexing 512 of 4000":
            await pilot.pause(0.01)
        go_on.set()
        while app.state != "ready":
            await pilot.pause(0.01)
    app.close()


async def test_what_is_done_is_told_as_done(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        assert person.sees("ready", "indexed 3 questions into")
        assert "indexing 3" not in person.text


async def test_what_is_done_is_told_for_a_while(viva_over, monkeypatch):
    monkeypatch.setattr(StartScreen, "LINGER", 0.3)
    async with run_app(viva_over("learning.md")) as person:
        for _ in range(200):
            if "indexed" not in person.text:
                break
            await person.pilot.pause(0.02)
        assert "indexed" not in person.text
        assert not person.widget(Notice).display


async def test_an_error_stays(viva_over, monkeypatch):
    monkeypatch.setattr(StartScreen, "LINGER", 0.1)
    async with run_app(viva_over("learning.md")) as person:
        person.app.tell("something is wrong", problem=True)
        await person.pilot.pause(0.5)
        assert person.sees("something is wrong")


def test_notes_named_by_a_relative_path_are_in_this_folder():
    seen = Overview(notes=("kb",), origin="flag", questions=3, due=0, new=3, topics=())
    assert lay_out(overview_lines(seen, 0), 80).plain.splitlines()[0] == "kb  in this folder"
