"""What is of no stage alone: languages, orders, clocks, and what listens to the core."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal, Self

Language = Literal["zh", "en"]
Order = Literal["random", "due", "weak", "unanswered"]
"""Which questions an interview asks, and which first; see `interview.selection.plan`."""
Mode = Literal["practice", "mock"]
"""Practice gives feedback after each answer; a mock interview has a time limit and gives none until its end."""
Notify = Callable[[str], None]
"""Receives one line of talk for the user (a rebuilt index, a slow download); a `Doing` while work goes on."""


class Doing(str):
    """A line of talk about work that goes on, which also knows how it reads when the work is over."""

    __slots__ = ("done",)
    done: str

    def __new__(cls, line: str, done: str) -> Self:
        """Return `line` with `done`, the same in the past."""
        doing = super().__new__(cls, line)
        doing.done = done
        return doing


ProgressCallback = Callable[[int, int], None]
"""Receives how many pieces of some long work are done, and how many there are."""
Clock = Callable[[], datetime]
"""Returns the current time, aware, in UTC."""
