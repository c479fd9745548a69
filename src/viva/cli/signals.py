"""A program that is ended from outside, by a closed terminal or by `kill`, ends as with Ctrl+C: nothing is lost."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

from viva.signals import ENDING


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
