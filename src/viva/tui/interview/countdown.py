"""How much of the time for an answer is left: a line that changes once a second and calls the core for nothing."""

from __future__ import annotations

from time import monotonic

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from viva.i18n import tr
from viva.interview.time_limit import clock_face

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
