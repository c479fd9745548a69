"""Typing that runs ahead of the screens: what is typed for an interview that is being opened is kept for it."""

from __future__ import annotations

from operator import attrgetter

from textual import events

from viva.tui.common.page import Page

Input = events.Key | events.Paste


class TypeAhead:
    """Keeps keys and pasted text until the interview that they were meant for is there."""

    def __init__(self) -> None:
        self._kept: list[Input] = []

    def keeps(self, page: Page, event: Input) -> bool:
        """Whether this is kept for the interview that is being opened: here it would mean something else."""
        if not page.opening:
            self._kept.clear()  # no interview came of it
            return False
        if isinstance(event, events.Key) and not event.is_printable and event.key not in {"enter", "backspace"}:
            return False
        if self._kept or isinstance(event, events.Paste) or event.key not in {"enter", "backspace"}:
            self._kept.append(event)
        return True  # Enter pressed twice, to begin, is no answer

    def take(self) -> list[Input]:
        """Return what was kept, in the order of typing, and keep it no longer."""
        # A key that came back from a widget first was typed before one that had not been there yet.
        kept, self._kept = sorted(self._kept, key=attrgetter("time")), []
        return [_anew(event) for event in kept]


def _anew(event: Input) -> Input:
    return events.Paste(event.text) if isinstance(event, events.Paste) else events.Key(event.key, event.character)
