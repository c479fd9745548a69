"""A share in percent that is changed with the arrow keys or typed."""

from __future__ import annotations

from textual import events
from textual.content import Content

from viva.tui.paragraphs import MUTED
from viva.tui.widgets.stepper import Stepper


class Percent(Stepper):
    """Shows a percentage of two digits between its bounds; two digits that make sense are taken as they are typed."""

    def __init__(self, value: int, least: int, most: int, *, id: str | None = None) -> None:  # noqa: A002
        self._least = least
        self._digits = ""
        super().__init__(value, id=id)
        self.set_reactive(Stepper.most, most)

    def validate_value(self, value: int) -> int:
        """Keep to the bounds."""
        return max(self._least, min(value, self.most))

    def action_rub_out(self) -> None:
        """Begin anew with the digits."""
        self._digits = ""

    def on_key(self, event: events.Key) -> None:
        """Take two digits in the place of the number."""
        if event.character and event.character in "0123456789":
            event.stop()
            event.prevent_default()
            self._digits = f"{self._digits}{event.character}"[-2:]
            if self._least <= int(self._digits) <= self.most:
                self.value = int(self._digits)
                self._digits = ""

    def render(self) -> Content:
        """Return the number between two arrows."""
        return Content.assemble(("◂ ", MUTED), (f"{self.value} %", "bold"), (" ▸", MUTED))
