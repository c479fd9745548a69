"""The line that a person is typing, before it is done: where the system's line editing tells."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Callable, Iterator

EVERY = 0.5
"""Seconds between two looks."""


def so_far() -> str:
    """Return what stands on the line that is being edited."""
    editing = sys.modules.get("readline")
    return str(editing.get_line_buffer()) if editing else ""


@contextlib.contextmanager
def watched(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell of the line twice a second while it changes: a terminal that is closed takes it away before any signal.

    By an alarm and not by a thread, because the line may be read in the main thread only, between two keys.
    """
    if sys.platform == "win32" or "readline" not in sys.modules:
        yield
        return
    told = ""

    def look(*_: object) -> None:
        nonlocal told
        if (line := so_far()) != told and (line or sys.stdin.isatty()):  # a closed terminal has emptied the line
            told = line
            tell(line)

    try:
        before = signal.signal(signal.SIGALRM, look)
    except ValueError:  # not the main thread
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
