"""Steps in a mock interview at the keyboard, and a clock that its countdown follows."""

from __future__ import annotations

from tui.person import Person
from viva.tui.interview.screen import InterviewScreen


class Clock:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def is_mock(screen: object) -> bool:
    """Whether a screen holds a mock interview."""
    return isinstance(screen, InterviewScreen) and screen.session.is_mock


async def begin_mock(person: Person, *keys: str) -> None:
    """Choose the mock interview by keys alone, and whatever else, and start it."""
    await person.press("tab", "tab", "tab", "right", *keys, "enter")
    assert is_mock(person.app.screen)


async def look(person: Person) -> None:
    """Have the countdown look at its clock now."""
    person.app.screen._look()
    await person.settle()
