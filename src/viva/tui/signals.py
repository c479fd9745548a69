"""The end of the terminal interface at a signal that tells it to end. Ctrl+C is a key here, and comes as one."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from viva.signals import ENDING


class Signals:
    """Has viva leave in order at the first of these signals; the second one has the effect that it has by itself."""

    def __init__(self, leave: Callable[[], object]) -> None:
        """Make it; `leave` is called in the event loop."""
        self._leave = leave
        self._before: dict[int, Any] = {}

    def start(self) -> None:
        """Listen from now on, called in the event loop."""
        loop = asyncio.get_running_loop()

        def leave(*_: object) -> None:
            self.stop()
            loop.call_soon_threadsafe(self._leave)  # wakes a loop that waits

        with suppress(ValueError):  # signals reach the main thread alone, and viva may run in another
            for number in ENDING:
                self._before[number] = signal.signal(number, leave)

    def stop(self) -> None:
        """Listen no more."""
        while self._before:
            signal.signal(*self._before.popitem())
