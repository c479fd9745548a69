"""How long a question has been there: a quiet time that changes once a second and calls the core for nothing."""

from __future__ import annotations

from time import monotonic

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from viva.interview.time_limit import clock_face

LOOK = 0.25
"""Seconds between two looks at the time, so that it is never late by more."""


class Stopwatch(Widget):
    """Counts up from the time that it was last given."""

    DEFAULT_CSS = """
    Stopwatch { width: auto; height: 1; margin-left: 2; color: $text-muted; }
    """

    shown: reactive[str] = reactive("", layout=True)
    """What stands on the screen, `m:ss`; empty where there is no time to show."""

    def __init__(self) -> None:
        super().__init__()
        self._since: float | None = None

    def on_mount(self) -> None:
        """Run from now on."""
        self.set_interval(LOOK, self.look)

    def begin(self, used: float | None) -> None:
        """Count on from so many seconds; None shows no time."""
        self._since = None if used is None else monotonic() - used
        self.shown = ""
        self.look()

    def stop(self) -> None:
        """Stay at the time that there is now."""
        self.look()
        self._since = None

    def look(self) -> None:
        """Show the time that has gone by."""
        if self._since is not None:
            self.shown = clock_face(int(monotonic() - self._since))

    def render(self) -> Content:
        """Return the time."""
        return Content(self.shown)
