"""What reaches the app from other threads: the core's, and the one that watches the notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from viva.tui.interview.talk import Event  # what an interview needs, the first screen does not


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
class Reading(Message):
    """An answer is being graded; so much can be shown already."""

    events: Sequence[Event]


class Touched(Message):
    """Something changed on disk where the notes are."""
