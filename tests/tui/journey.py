"""A walk over every screen, at a fixed time and over a fixed history, in a language and a size."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui.conftest import NOTES
from tui.person import Person, sitting_at
from viva import open_workspace
from viva.practice.records import Turn
from viva.settings import Settings
from viva.tui.app import VivaApp
from viva.types import Entry, Grade, Language, PointResult, Rating, Status

NOW = datetime(2026, 4, 2, 12, 0, tzinfo=UTC)
"""A Thursday, noon: the same day in most time zones."""
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
        "end": "stop",
    },
    "zh": {
        "query": "陡峭方向",
        "filter": "动量",
        "answer": "把过去的梯度平均起来，陡峭方向上就不会来回振荡",
        "end": "结束",
    },
}


class Then(datetime):
    """The time at which the walk is made."""

    @classmethod
    def now(cls, tz=None):
        return NOW.astimezone(tz)


def practised(home: Path, language: Language) -> VivaApp:
    """Return the app over notes in `home`, the current folder, that were practised as `PAST` tells."""
    (home / "kb").mkdir()
    shutil.copy(NOTES / f"practice.{language}.md", home / "kb")
    with open_workspace(settings=Settings(), clock=lambda: NOW) as workspace:
        workspace.warm()
        keys = workspace.history.reconcile(workspace.entries)
        for at, days, score, status in PAST:
            entry = workspace.entries[at]
            stored = workspace.history.begin([keys[entry.id]], 1, None, "random")
            turn = _turn(keys[entry.id], entry, score, status, NOW - timedelta(days=days))
            workspace.history.record(stored.id, turn, workspace.schedule, 1)
    return VivaApp(open_workspace(settings=Settings(), clock=lambda: NOW))


def _turn(key: int, entry: Entry, score: int, status: Status, moment: datetime) -> Turn:
    points = tuple(PointResult(p.text, "covered" if at else status, 0.5, "") for at, p in enumerate(entry.points))
    verdict = "strong" if score >= 75 else "partial" if score >= 40 else "weak"
    rating = Rating.GOOD if score >= 40 else Rating.AGAIN
    grade = Grade(score, verdict, points, None)
    return Turn(key, entry, 0, "…", "answered", grade, rating, rating, 0, moment, moment + timedelta(seconds=30))


See = Callable[[str, Person], None]


async def walk(app: VivaApp, language: Language, size: tuple[int, int], see: See) -> None:
    """Go from screen to screen; on each, call `see` with its name and the person who sees it."""
    said = SAID[language]
    async with sitting_at(app, *size) as person:
        see("start", person)
        await person.press("f1")
        see("help", person)
        await person.press("escape", "p")
        see("progress", person)
        await person.press("escape", "s")
        await person.type(said["query"])
        await person.press("enter")
        see("search", person)
        await person.press("escape", "b")
        see("notes", person)
        await person.press("slash")
        await person.type(said["filter"])
        await person.press("enter", "p")
        await person.type(said["answer"])
        see("question", person)
        await person.press("enter")
        see("feedback", person)
        await person.press("slash")
        await person.say(said["end"])
        see("doubt", person)
        await person.press("y")
        see("report", person)
