"""One thread for everything the core does, so that neither SQLite nor a model is ever used from two at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from textual.message import Message

if TYPE_CHECKING:
    from viva.types.dialogue import Event  # what an interview needs, the first screen does not

P = ParamSpec("P")
T = TypeVar("T")


class CoreThread:
    """Runs calls to the core one after another, beside the thread that draws."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="viva-core")

    async def call(self, step: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `step` in the core's thread and return what it returns; what it raises is raised here."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, partial(step, *args, **kwargs))

    def close(self, last: Callable[[], None]) -> None:
        """Run `last` after all that is under way, drop what has not begun, and end the thread."""
        self._executor.submit(last)
        self._executor.shutdown(wait=True)


@dataclass
class Notified(Message):
    """The core has a line to tell, such as a rebuilt index."""

    line: str


@dataclass
class Counted(Message):
    """The core is so far in some long work."""

    done: int
    total: int


@dataclass
class GradingStarted(Message):
    """An answer is being graded; so much can be shown already."""

    events: Sequence[Event]


class Touched(Message):
    """Something changed on disk where the notes are."""
