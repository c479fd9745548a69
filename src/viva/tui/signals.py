"""The signals by which a terminal that is closed, and a system that shuts down, tell viva to end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

_NAMES = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Each is of some systems only. Ctrl+C is a key here, and comes as one."""


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
            for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
                self._before[number] = signal.signal(number, leave)

    def stop(self) -> None:
        """Listen no more."""
        while self._before:
            signal.signal(*self._before.popitem())
