"""The time for an answer, changed with the arrow keys or typed in minutes."""

from __future__ import annotations

from textual.content import Content

from viva.practice.time_limit import LEAST, MOST, clock_face
from viva.tui.paragraphs import MUTED
from viva.tui.widgets.stepper import Stepper

_STEP = 30
_LONG_FROM = 300
_LONG_STEP = 60
"""Seconds of a step: half a minute, from five minutes on a whole one."""


class LimitStepper(Stepper):
    """Shows seconds as `m:ss`; a digit is a number of minutes."""

    def __init__(self, value: int, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, id=id)
        self._minutes = 0

    def validate_value(self, value: int) -> int:
        """Keep to the bounds."""
        return max(LEAST, min(value, MOST))

    def action_step(self, by: int) -> None:
        """Go to the next round time above or below."""
        self._typing = False
        step = _LONG_STEP if self.value + by > _LONG_FROM else _STEP
        self.value = (self.value // step + 1) * step if by > 0 else (self.value - 1) // step * step

    def action_rub_out(self) -> None:
        """Take the last digit of the minutes away."""
        self._minutes = self.value // 600
        self._typing = True
        self.value = self._minutes * 60

    def take_digit(self, digit: int) -> None:
        """Take a digit as minutes, or as the second digit of them."""
        self._minutes = self._minutes * 10 + digit if self._typing else digit
        self._typing = True
        self.value = self._minutes * 60

    def render(self) -> Content:
        """Return the time between two arrows."""
        return Content.assemble(("◂ ", MUTED), (clock_face(self.value), "bold"), (" ▸", MUTED))
