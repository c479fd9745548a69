"""The clocks of an interview: how much of the time for an answer is left, and how long a question has been there."""

from __future__ import annotations

from time import monotonic

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from viva.i18n import tr
from viva.text.moments import clock_face

SOON = 30
"""Seconds from the end from which the time is marked."""


class Countdown(Widget):
    """Counts down to the end that it was last given; near it, a sign as well as a colour marks the time."""

    DEFAULT_CSS = """
    Countdown { width: auto; height: 1; margin-left: 2; display: none; color: $text-muted; }
    Countdown.-running { display: block; }
    Countdown.-soon { color: $text-warning; text-style: bold; }
    """

    shown: reactive[str] = reactive("", layout=True)
    """What stands on the screen; it changes once a second at most."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._end: float | None = None

    def begin(self, left: float | None) -> None:
        """Count down from so many seconds; None hides the clock."""
        self._end = None if left is None else monotonic() + left
        self.set_class(left is not None, "-running")
        self.look()

    def look(self) -> bool:
        """Show the time that is left now, and return whether it is over."""
        if self._end is None:
            return False
        left = self._end - monotonic()
        soon, face = left <= SOON, clock_face(left)
        self.set_class(soon, "-soon")
        self.shown = tr("! {time} left", time=face) if soon else tr("{time} left", time=face)
        return left <= 0

    def render(self) -> Content:
        """Return the time."""
        return Content(self.shown)


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
