"""A person at the terminal: presses keys, types, and reads the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from textual import events
from textual.pilot import Pilot
from textual.widget import Widget
from textual.worker import WorkerCancelled

from tui import screen_dump
from viva.tui.app import VivaApp

W = TypeVar("W", bound=Widget)
LONGEST = 60
"""Seconds until an app that has not come to rest is taken for one that never will: it has crashed."""


class Person:
    """Drives an app through its real key and paste events, and waits for all work to be done after each."""

    def __init__(self, app: VivaApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self) -> None:
        """Wait until neither the screens nor the core have anything to do.

        A key bubbles from widget to screen to app, and comes back as an action and a worker: hence several rounds.
        """
        for _ in range(4):
            await self.pilot.pause(0)
            if self.app.return_code is not None:  # it has been left: nobody answers any more
                return
            quiet = asyncio.Event()
            self.app.call_later(quiet.set)
            await asyncio.wait_for(quiet.wait(), LONGEST)
            with suppress(WorkerCancelled):  # one that gave way to its successor is done
                await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text as a terminal or an input method sends it: one key event a character."""
        for character in text:
            self.app.post_message(events.Key("ctrl+j" if character == "\n" else f"typed_{ord(character):x}", character))
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste as a terminal with bracketed paste sends it."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def say(self, text: str) -> None:
        """Type a line and send it."""
        await self.type(text)
        await self.press("enter")

    def widget(self, kind: type[W]) -> W:
        """Return the only widget of this kind on the screen."""
        return self.app.screen.query_one(kind)

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        return screen_dump.lines(self.app)

    @property
    def text(self) -> str:
        """The screen as text."""
        return screen_dump.dump(self.app)

    def sees(self, *needles: str) -> bool:
        """Whether all of these are on the screen, wherever lines are broken."""
        seen = screen_dump.words(self.app)
        missing = [needle for needle in needles if "".join(needle.split()) not in seen]
        assert not missing, f"not on the screen: {missing}\n{self.text}"
        return True


@asynccontextmanager
async def run_app(app: VivaApp, width: int = 80, height: int = 24) -> AsyncIterator[Person]:
    """Start the app in a terminal of this size, wait for the notes and the model, and hand over the keyboard."""
    try:
        async with app.run_test(size=(width, height)) as pilot:
            person = Person(app, pilot)
            await person.settle()
            yield person
    finally:
        app.close()
