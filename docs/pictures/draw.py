"""Draws the pictures of the documents from real sessions over the sample notes: `python docs/pictures/draw.py`.

Nothing is staged: keys are pressed in the real application, with the real model and grader, and the screen is saved.
Only the calendar is turned: weeks of practice are answered at once, and an answer takes as long as it takes to type.
"""

from __future__ import annotations

import asyncio
import html
import json
import os
import random
import re
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot

from viva.errors import InterviewError
from viva.i18n import speaking
from viva.settings import Settings, ThemeChoice
from viva.tui.app import VivaApp
from viva.tui.interview.screen import InterviewScreen
from viva.types import Language
from viva.workspace import Workspace, open_workspace

HERE = Path(__file__).resolve().parent
KB = HERE.parent.parent / "kb"
SIZE = (96, 32)
ASKED: dict[Language, str] = {"zh": "考我棋盘格", "en": "ask me about dropout"}
ANSWERED: dict[Language, tuple[str, ...]] = {
    "zh": (
        (
            "先在输入的元素之间插零，再做一次普通卷积。"
            "核的大小除不尽步长时，各处被覆盖的次数不一样，就会一明一暗。可以先插值放大，再卷积"
        ),
        "输出尺寸是 s(i-1)+k-2p",
    ),
    "en": (
        (
            "While training, each unit is dropped at random with some probability. At inference nothing is dropped. "
            "It is like averaging many smaller networks, and units cannot rely on each other, so features are robust"
        ),
    ),
}
"""An answer; in Chinese also what is added when viva asks once more."""
NOTES: dict[Language, str] = {"zh": "deep-learning.zh.txt", "en": "deep-learning.md"}
ANSWERS: dict[str, list[str]] = json.loads((HERE / "answers.json").read_text(encoding="utf-8"))
"""What is answered to a question of `machine-learning.md` the first time, and the times after it."""
TODAY = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
WEEKS = 9
_TEXT = re.compile(r'(<text [^>]*)\bx="([\d.]+)"( [^>]*textLength=")[^"]*("[^>]*>)([^<]*)(</text>)')
_FETCHED_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""A picture needs no network; the fonts of whoever looks at it will do."""
_CELL = 12.2
"""Width of a terminal cell in Rich's drawing."""


async def settle(app: VivaApp, pilot: Pilot[None]) -> None:
    """Wait until screens and core are quiet."""
    for _ in range(6):
        await pilot.pause()
        await app.workers.wait_for_complete()


async def type_in(app: VivaApp, text: str) -> None:
    """Type as an input method does, one key event a character."""
    for character in text:
        app.post_message(events.Key(f"typed_{ord(character):x}", character))


def with_wide_characters(svg: str) -> str:
    """Give each run of text the width of its cells: Rich counts characters, and a Chinese one takes two cells."""

    def measured(found: re.Match[str]) -> str:
        text = html.unescape(found.group(5))
        said = text.lstrip("\xa0 ")
        left = float(found.group(2)) + (len(text) - len(said)) * _CELL
        shown = html.escape(said).replace(" ", "&#160;")
        return f'{found.group(1)}x="{left:g}"{found.group(3)}{cell_len(said) * _CELL:g}{found.group(4)}{shown}</text>'

    return _TEXT.sub(measured, _FETCHED_FONT.sub("", svg))


class Clock:
    """Shows the time to which it was turned."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


@asynccontextmanager
async def sitting(
    workspace: Workspace, language: Language, height: int = SIZE[1]
) -> AsyncIterator[tuple[VivaApp, Pilot[None]]]:
    """Open the application in a language, and hand it over when it is ready."""
    with speaking(language):
        app = VivaApp(workspace)
        async with app.run_test(size=(SIZE[0], height)) as pilot:
            await settle(app, pilot)
            yield app, pilot
        app.close()


async def press(app: VivaApp, pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait for what they do."""
    await pilot.press(*keys)
    await settle(app, pilot)


async def interview(folder: Path, language: Language, name: str) -> None:
    """Answer a question on one topic, and keep the picture of the feedback."""
    settings = Settings(theme="dark", follow_ups=len(ANSWERED[language]) > 1)
    workspace = open_workspace(kb=KB / NOTES[language], index=folder / language, settings=settings)
    async with sitting(workspace, language, height=38) as (app, pilot):
        await press(app, pilot, "enter")
        for line in (ASKED[language], *ANSWERED[language]):
            await type_in(app, line)
            await press(app, pilot, "enter")
        save(app, name)


def over_answers(folder: Path, clock: Clock, theme: ThemeChoice) -> tuple[Workspace, list[str]]:
    """Return the notes that there are answers to, and the ids of these questions."""
    settings = Settings(theme=theme, follow_ups=False)
    workspace = open_workspace(kb=KB / "machine-learning.md", index=folder / "ml", settings=settings, clock=clock)
    return workspace, [entry.id for entry in workspace.entries if entry.question in ANSWERS]


def practise(folder: Path, clock: Clock) -> None:
    """Practise what is due for weeks, on about five days of each, with better answers each time."""
    rng = random.Random(5)  # noqa: S311  # the same picture each time, nothing secret
    times: Counter[str] = Counter()
    workspace, known = over_answers(folder, clock, "dark")
    with workspace:
        for day in range(WEEKS * 7, -1, -1):
            clock.now = TODAY - timedelta(days=day, minutes=rng.randrange(120))
            if day and rng.random() > 5 / 7:
                continue
            try:
                asked = workspace.interview(count=rng.randint(3, 5), seed=day, only=known, order="due")
            except InterviewError:  # nothing is
                continue
            while (question := asked.present()) is not None:
                clock.now += timedelta(seconds=rng.randint(30, 100))
                said = ANSWERS[question.entry.question]
                asked.submit(said[min(times[question.entry.id], len(said) - 1)])
                times[question.entry.id] += 1
            asked.finish()


async def weeks(folder: Path) -> None:
    """Keep the pictures of how weeks of practice went, and of the notes after them."""
    clock = Clock(TODAY)
    practise(folder, clock)
    clock.now = TODAY
    workspace, _ = over_answers(folder, clock, "dark")
    async with sitting(workspace, "en", height=44) as (app, pilot):
        await press(app, pilot, "p")
        save(app, "progress.svg")
        await pilot.resize_terminal(*SIZE)
        await press(app, pilot, "escape", "b", *["down"] * 3)
        save(app, "notes.svg")


async def mock(folder: Path) -> None:
    """Stand a mock interview, and keep the picture of its report."""
    clock = Clock(TODAY)
    workspace, known = over_answers(folder, clock, "light")
    async with sitting(workspace, "en") as (app, pilot):
        begun = await app.core.call(workspace.interview, count=5, mode="mock", limit=120, only=known, seed=6)
        screen = InterviewScreen(workspace.session(begun))
        await app.push_screen(screen)
        await settle(app, pilot)
        for at in range(5):
            assert screen.scene.question is not None
            versions = ANSWERS[screen.scene.question.entry.question]
            said = versions[min(at % 3, len(versions) - 1)]
            await type_in(app, said)
            clock.now += timedelta(seconds=20 + len(said) // 5)
            await press(app, pilot, "enter")
        await press(app, pilot, "enter")
        save(app, "mock.svg")


def save(app: VivaApp, name: str) -> None:
    """Keep what is on the screen."""
    (HERE / name).write_text(with_wide_characters(app.export_screenshot(title="viva")), encoding="utf-8")


async def draw(home: Path) -> None:
    """Draw all pictures, each over a history of its own."""
    for number, picture in enumerate(
        (
            lambda folder: interview(folder, "en", "interview.svg"),
            lambda folder: interview(folder, "zh", "interview.zh.svg"),
            weeks,
            mock,
        )
    ):
        os.environ["VIVA_HOME"] = str(home / str(number))
        await picture(home)


def main() -> None:
    """Draw away from the person's own history."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder)))


if __name__ == "__main__":
    main()
