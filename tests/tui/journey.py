"""A walk over every screen, at a fixed time and over a fixed history, in a language and a size."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from textual.widgets import OptionList

from tui.conftest import NOTES
from tui.person import Person, run_app
from tui.still import NOW
from viva import open_workspace
from viva.history.records import Turn
from viva.settings import Settings
from viva.tui.app import VivaApp
from viva.tui.interview.report_screen import ReportScreen
from viva.types import Entry, Grade, Language, PointResult, Rating, Status

PAST: list[tuple[int, int, int, Status]] = [
    (0, 40, 45, "missed"),
    (1, 40, 62, "partial"),
    (0, 8, 90, "covered"),
    (2, 8, 20, "contradicted"),
    (1, 1, 66, "partial"),
    (2, 2, 30, "missed"),
    (0, 0, 95, "covered"),
]
"""Which question, how many days ago, its score, and what became of its first point."""
SAID: dict[Language, dict[str, str]] = {
    "en": {
        "query": "steep directions",
        "filter": "momentum",
        "answer": "it averages past gradients, so that steep directions oscillate less",
        "command": "colours",
        "commands": "5",
        "find": "steep",
        "mock": "information from the test set reaches training, so the score is better than in real use",
        "end": "stop",
    },
    "zh": {
        "query": "陡峭方向",
        "filter": "动量",
        "answer": "把过去的梯度平均起来，陡峭方向上就不会来回振荡",
        "command": "配色",
        "commands": "5",
        "find": "陡峭",
        "mock": "测试集的信息进到了训练里，所以分数偏高",
        "end": "结束",
    },
}


def fresh(home: Path, language: Language) -> VivaApp:
    """Return the app over notes in `home`, the current folder, that were never practised."""
    (home / "kb").mkdir()
    shutil.copy(NOTES / f"practice.{language}.md", home / "kb")
    return VivaApp(open_workspace(settings=Settings(), clock=lambda: NOW))


def practised() -> VivaApp:
    """Return the app over the notes of the current folder, now practised as `PAST` tells."""
    with open_workspace(settings=Settings(), clock=lambda: NOW) as workspace:
        workspace.warm()
        keys = workspace.history.reconcile(workspace.entries)
        for at, days, score, status in PAST:
            entry = workspace.entries[at]
            stored = workspace.history.begin([keys[entry.id]], 1, None, "random")
            turn = _turn(keys[entry.id], entry, score, status, NOW - timedelta(days=days))
            workspace.history.record(stored.id, turn, workspace.schedule, 1)
    return again()


def again() -> VivaApp:
    """Return the app over the notes of the current folder, whatever was practised before."""
    return VivaApp(open_workspace(settings=Settings(), clock=lambda: NOW))


def _turn(key: int, entry: Entry, score: int, status: Status, moment: datetime) -> Turn:
    points = tuple(PointResult(p.text, "covered" if at else status, 0.5, "") for at, p in enumerate(entry.points))
    verdict = "strong" if score >= 75 else "partial" if score >= 40 else "weak"
    rating = Rating.GOOD if score >= 40 else Rating.AGAIN
    grade = Grade(score, verdict, points, None)
    return Turn(key, entry, 0, "…", "answered", grade, rating, rating, 0, moment, moment + timedelta(seconds=30))


See = Callable[[str, Person], None]


async def walk(home: Path, language: Language, size: tuple[int, int], see: See) -> None:
    """Go from screen to screen, over notes in `home`; on each, call `see` with its name and the person who sees it."""
    said = SAID[language]
    async with run_app(fresh(home, language), *size) as person:
        await person.press("p")
        see("progress-empty", person)
    async with run_app(practised(), *size) as person:
        await _look_around(person, said, see)
        await _narrow_down(person, said, see)
        await _practise(person, said, see)
        await _stand_a_mock(person, said, see)


async def _look_around(person: Person, said: dict[str, str], see: See) -> None:
    see("start", person)
    await person.press("f1")
    see("help", person)
    await person.press("escape", "comma")
    see("settings", person)
    await person.press("escape", "ctrl+p")
    await person.type(said["command"])
    await _until(person, lambda: person.widget(OptionList).option_count == int(said["commands"]))
    see("palette", person)
    await person.press("escape", "p")
    see("progress", person)
    await person.press("escape", "c")
    see("problems", person)
    await person.press("enter")
    see("reading", person)
    await person.press("escape")


async def _narrow_down(person: Person, said: dict[str, str], see: See) -> None:
    await person.press("escape", "s")
    see("search-empty", person)
    await person.type(said["query"])
    await person.press("enter")
    see("search", person)
    await person.press("escape", "b")
    see("notes", person)
    await person.press("g", "g", "s", "s")
    see("notes-by-tag", person)
    await person.press("g", "slash", "ctrl+u")
    await person.type(said["filter"])


async def _practise(person: Person, said: dict[str, str], see: See) -> None:
    await person.press("enter", "p")
    await person.type(said["answer"])
    see("question", person)
    await person.press("enter")
    see("feedback", person)
    await person.press("ctrl+f")
    await person.type(said["find"])
    see("find", person)
    await person.press("escape", "slash")
    await person.say(said["end"])
    see("doubt", person)
    await person.press("y")
    see("report", person)


async def _stand_a_mock(person: Person, said: dict[str, str], see: See) -> None:
    """Leave an interview, and answer one question of a mock in its place."""
    await person.press(*["escape"] * 3, "enter", "escape")
    person.app.navigator.in_background(person.app.navigator.begin(mock=True))
    await person.settle()
    see("confirm", person)
    await person.press("y")
    await person.type(said["mock"])
    see("mock", person)
    await person.press("enter")
    while not isinstance(person.app.screen, ReportScreen):
        going_on = person.app.screen.scene.question is not None
        await person.press("ctrl+n" if going_on else "enter")
    see("mock-report", person)
    await person.press("v")
    see("review", person)


async def _until(person: Person, done: Callable[[], bool]) -> None:
    """Wait for what comes by itself."""
    for _ in range(200):
        if done():
            await person.settle()
            return
        await person.pilot.pause(0.02)
    raise AssertionError(person.text)
