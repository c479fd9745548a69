"""The signals by which a terminal that is closed, and a system that shuts down, tell a program to end.

Line by line they raise an exception, so that what is being done is broken off as by Ctrl+C; on the screen, where that
is a key, they have the app leave in order.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, NoReturn

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""Those that this system has, by their numbers; the last is that of Windows. Ctrl+C is not among them."""


class EndedError(BaseException):
    """A signal asked the program to end; like KeyboardInterrupt nothing that a step may recover from."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Raise EndedError in the main thread when a signal asks for the end; further ones are passed over from then on."""
    held = {}
    for number in ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:  # `nohup` has it ignored
            with contextlib.suppress(ValueError):  # only the main thread may
                held[number] = signal.signal(number, _end)
    try:
        yield
    finally:
        for number, before in held.items():
            signal.signal(number, before)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    for each in ENDING:  # line editing sends SIGHUP once more
        signal.signal(each, signal.SIG_IGN)
    raise EndedError(number)


class Signals:
    """Has viva leave in order at the first of these signals; the second one has the effect that it has by itself."""

    def __init__(self, leave: Callable[[], object]) -> None:
        """Make it; `leave` is called in the event loop."""
        self._leave = leave
        self._before: dict[int, Any] = {}

    def start(self) -> None:
        """Listen from now on, called in the event loop."""
        import asyncio  # the command line goes without

        loop = asyncio.get_running_loop()

        def leave(*_: object) -> None:
            self.stop()
            loop.call_soon_threadsafe(self._leave)  # wakes a loop that waits

        with contextlib.suppress(ValueError):  # signals reach the main thread alone, and viva may run in another
            for number in ENDING:
                self._before[number] = signal.signal(number, leave)

    def stop(self) -> None:
        """Listen no more."""
        while self._before:
            signal.signal(*self._before.popitem())
