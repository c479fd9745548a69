"""A small number that is changed with the arrow keys or typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from viva.i18n import noted
from viva.tui.paragraphs import MUTED


class Stepper(Widget, can_focus=True):
    """Shows a number between its bounds."""

    DEFAULT_CSS = """
    Stepper { height: 1; width: auto; padding: 0 1; }
    Stepper:focus { background: $surface-lighten-1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,minus", "step(-1)", noted("Fewer"), show=False),
        Binding("right,plus", "step(1)", noted("More"), show=False),
        Binding("backspace", "rub_out", noted("Rub out"), show=False),
    ]

    value: reactive[int] = reactive(1, layout=True)
    """The number, from 1 to `most`."""
    most: reactive[int] = reactive(999)
    """The largest number that makes sense."""

    def __init__(self, value: int, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._typing = False
        self.set_reactive(Stepper.value, value)

    def validate_value(self, value: int) -> int:
        """Keep to the bounds."""
        return max(1, min(value, self.most))

    def watch_most(self) -> None:
        """Keep to the new bound."""
        self.value = self.validate_value(self.value)

    def action_step(self, by: int) -> None:
        """Make the number larger or smaller."""
        self._typing = False
        self.value += by

    def action_rub_out(self) -> None:
        """Take the last digit away."""
        self._typing = True
        self.value //= 10

    def on_blur(self) -> None:
        """The next digit begins a new number."""
        self._typing = False

    def on_key(self, event: events.Key) -> None:
        """Take digits as they are typed."""
        if event.character and event.character in "0123456789":
            event.stop()
            self.take_digit(int(event.character))

    def take_digit(self, digit: int) -> None:
        """Take a digit as a new number, or as the next one of the number being typed."""
        self.value = self.value * 10 + digit if self._typing else digit
        self._typing = True

    def on_click(self, event: events.Click) -> None:
        """Step by the arrow that was clicked."""
        self.action_step(-1 if event.x <= 2 else 1)

    def render(self) -> Content:
        """Return the number between two arrows."""
        return Content.assemble(("◂ ", MUTED), (str(self.value), "bold"), (" ▸", MUTED))
