"""Every key that a screen or widget binds does something where it is offered, and its other keys do the same."""

from __future__ import annotations

import importlib
import pkgutil
import shutil
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import TextArea

import viva.tui
from tui.journey import again, fresh, practised
from tui.person import run_app

ANSWER = "it averages past gradients, so that steep directions oscillate less"
INTERVIEW = ("enter",)
FEEDBACK = (*INTERVIEW, f"={ANSWER}", "enter")
POINT = (*FEEDBACK, "tab")
REPORT = (*FEEDBACK, "enter", f"={ANSWER}", "enter", "enter", "=/stop", "enter", "enter")
FOUND = ("s", "=gradients", "enter")
SPOTS: dict[str, tuple[str, ...]] = {
    "StartScreen": (),
    "StartScreen.resume": (*INTERVIEW, "escape"),
    "StartScreen.start_anew": (*INTERVIEW, "escape"),
    "StartScreen.end": ("ctrl+p", "=mock", "enter", "escape"),
    "ConfirmScreen": (*INTERVIEW, "escape", "ctrl+p", "=mock", "enter"),
    "HelpScreen": ("f1",),
    "HelpScreen.scroll(-1)": ("f1", "down"),
    "InterviewScreen": INTERVIEW,
    "InterviewScreen.command": FEEDBACK,
    "InterviewScreen.app.leave": FEEDBACK,
    "NotesScreen": ("b",),
    "NotesScreen.move(1)": ("b", "slash"),
    "NotesScreen.move(-1)": ("b", "slash", "down"),
    "NotesScreen.page(1)": ("b", "slash"),
    "NotesScreen.page(-1)": ("b", "slash", "pagedown"),
    "ProblemsScreen": ("c",),
    "ProgressScreen": ("p",),
    "ReadingScreen": ("c", "enter"),
    "ReportScreen": REPORT,
    "ReviewScreen": (*REPORT, "v"),
    "ReviewScreen.go(-1)": (*REPORT, "v", "right"),
    "ReviewScreen.scroll_lines(-1)": (*REPORT, "v", "down"),
    "ReviewScreen.scroll_page(-1)": (*REPORT, "v", "pagedown"),
    "SearchScreen": FOUND,
    "SearchScreen.step(-1)": (*FOUND, "down"),
    "SearchScreen.page(-1)": (*FOUND, "pagedown"),
    "SettingsScreen": ("comma",),
    "SettingsScreen.unset": ("comma", "right"),
    "SettingsScreen.step(-1)": ("comma", "down"),
    "SettingsScreen.page(-1)": ("comma", "pagedown"),
    "InterviewScreen.find_step(1)": (*FEEDBACK, "ctrl+f", "=e", "escape"),
    "InterviewScreen.find_step(-1)": (*FEEDBACK, "ctrl+f", "=e", "escape"),
    "InterviewScreen.scroll_talk(-1)": FEEDBACK,
    "InterviewScreen.scroll_talk(1)": (*FEEDBACK, "pageup", "pageup"),
    "InterviewScreen.scroll_lines(-1)": FEEDBACK,
    "InterviewScreen.scroll_lines(1)": (*FEEDBACK, "up", "up"),
    "AnswerBox": (*INTERVIEW, f"={ANSWER}"),
    "Choice": ("down", "down"),
    "DoubtBar": (*INTERVIEW, "=/stop", "enter"),
    "FindBar": (*FEEDBACK, "ctrl+f", "=e"),
    "FindBox": (*FEEDBACK, "ctrl+f", "=e"),
    "ProblemList": ("c",),
    "QuestionList": ("b",),
    "QuestionList.step(-1)": ("b", "down"),
    "QuestionList.page(-1)": ("b", "pagedown"),
    "QuestionList.end(-1)": ("b", "end"),
    "PointBar": POINT,
    "PointBar.judge('covered')": (*POINT, "x"),
    "PointBar.judge('missed')": (*POINT, "a"),
    "PointBar.choose(1)": (*POINT, "2"),
    "PointBar.choose(2)": (*POINT, "1"),
    "RatingBar": FEEDBACK,
    "RatingBar.rate(1)": (*FEEDBACK, "4"),
    "Palette": ("ctrl+p",),
    "RatingBar.undo": (*FEEDBACK, "w"),
    "Stepper": ("down", "left"),
    "TopicList": ("down",) * 4,
    "VivaApp": (),
}
"""The keys to a place where an action can be taken: its class and itself, or the class alone. `=` begins what is typed."""


def bindings() -> Iterator[tuple[str, Binding]]:
    """Yield each binding of viva's own, with the class that makes it."""
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(viva.tui.__path__, "viva.tui.")
        if each.name != "viva.tui.page_driver"  # only where there is a page
    ]
    for module in modules:
        for made in vars(module).values():
            if isinstance(made, type) and issubclass(made, DOMNode) and made.__module__ == module.__name__:
                yield from ((made.__name__, each) for each in vars(made).get("BINDINGS", ()) if _has_use(each))


def _has_use(binding: Binding) -> bool:
    """Whether these notes have what a key chooses: their questions have two points."""
    return binding.action not in {f"choose({number})" for number in range(3, 10)}


async def do(person, steps):
    for step in steps:
        await (person.type(step[1:]) if step.startswith("=") else person.press(step))


def seen(person):
    """Return all that a person would tell apart: the screen, where the cursor is, and whether the app has been left."""
    if person.app.return_code is not None:
        return "left"
    at = person.app.focused
    return person.text, at and (type(at).__name__, at.id), at.cursor_location if isinstance(at, TextArea) else None


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A folder with notes that were practised, once for all keys."""
    home = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        patch.setenv("VIVA_HOME", "home")
        fresh(home, "en").close()
        practised().close()
    return home


@pytest.mark.parametrize(("where", "binding"), [pytest.param(w, b, id=f"{w}-{b.key}") for w, b in bindings()])
async def test_every_key_does_something_and_keys_of_one_action_do_the_same(at_home, made, monkeypatch, where, binding):
    outcomes = []
    for key in binding.key.split(","):
        home = at_home / f"for {key}"
        shutil.copytree(made, home)
        monkeypatch.chdir(home)
        async with run_app(again(), 40, 12) as person:
            await do(person, SPOTS.get(f"{where}.{binding.action}", SPOTS[where]))
            before = seen(person)
            await person.press("f12")
            assert seen(person) == before, "the screen is not at rest"
            await person.press(key)
            assert seen(person) != before, f"{key} does nothing on\n{person.text}"
            outcomes.append(seen(person))
    assert all(outcome == outcomes[0] for outcome in outcomes), outcomes
