"""What reaches the app from other threads: the core's, and the one that watches the notes."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Told(Message):
    """The core has a line to tell, such as a rebuilt index."""

    line: str


@dataclass
class Counted(Message):
    """The core is so far in some long work."""

    done: int
    total: int


class Touched(Message):
    """Something changed on disk where the notes are."""
