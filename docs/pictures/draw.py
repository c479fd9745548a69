"""Draws the README's pictures from real sessions over the sample notes: `python docs/pictures/draw.py`.

Nothing is staged: keys are pressed in the real application, with the real model and grader, and the screen is saved.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import tempfile
from pathlib import Path

from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot

from viva.tui.app import VivaApp
from viva.workspace import open_workspace

HERE = Path(__file__).resolve().parent
SIZE = (96, 32)
TOPIC = "棋盘格"
ANSWER = (
    "先在输入的元素之间插零，再做一次普通卷积。"
    "核的大小除不尽步长时，各处被覆盖的次数不一样，就会一明一暗。可以先插值放大，再卷积"
)
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


async def interview(folder: Path) -> None:
    """Answer a question on one topic, and keep the picture of the feedback."""
    with open_workspace(kb=HERE.parent.parent / "kb" / "deep-learning.zh.txt", index=folder / "index") as workspace:
        app = VivaApp(workspace)
        async with app.run_test(size=SIZE) as pilot:
            await settle(app, pilot)
            await pilot.press("enter")
            await settle(app, pilot)
            await type_in(app, f"考我{TOPIC}")
            await pilot.press("enter")
            await settle(app, pilot)
            await type_in(app, ANSWER)
            await pilot.press("enter")
            await settle(app, pilot)
            save(app, "interview.svg")


async def browse(folder: Path) -> None:
    """Look at the notes, and keep the picture of a question with its answer."""
    with open_workspace(kb=HERE.parent.parent / "kb", index=folder / "all") as workspace:
        app = VivaApp(workspace)
        async with app.run_test(size=SIZE) as pilot:
            await settle(app, pilot)
            await pilot.press("b", *["down"] * 3)
            await settle(app, pilot)
            save(app, "notes.svg")


def save(app: VivaApp, name: str) -> None:
    """Keep what is on the screen."""
    (HERE / name).write_text(with_wide_characters(app.export_screenshot(title="viva")), encoding="utf-8")


def main() -> None:
    """Draw all pictures, away from the person's own history."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VIVA_HOME"] = folder
        asyncio.run(interview(Path(folder)))
        asyncio.run(browse(Path(folder)))


if __name__ == "__main__":
    main()
