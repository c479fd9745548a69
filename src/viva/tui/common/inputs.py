"""What is typed into or chosen from: a query line, a row of choices, a number."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from viva.i18n import N_, tr
from viva.text.moments import LEAST, MOST, clock_face
from viva.tui.common.interface import one_line, sanitize_input
from viva.tui.common.paragraphs import MUTED


class QueryBox(Input):
    """An input line that takes pasted text without control characters."""

    def _on_paste(self, event: events.Paste) -> None:
        """Rid pasted text of control characters; the handler of the base class, called next, inserts it."""
        event.text = one_line(sanitize_input(event.text))


class Choice(Widget, can_focus=True):
    """Shows all options in a row, the chosen one marked with a symbol as well as a colour.

    Where they do not fit, it shows the chosen one between arrows.
    """

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; padding: 0 1; }
    Choice:focus { background: $surface-lighten-1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", N_("Choose"), show=False),
        Binding("right,l,space", "step(1)", N_("Choose"), show=False),
    ]

    chosen: reactive[int] = reactive(0, layout=True)
    """Index of the chosen option."""

    def __init__(self, *options: str, id: str | None = None) -> None:  # noqa: A002
        """Make a choice of options as they are noted for translation."""
        super().__init__(id=id)
        self._untranslated = options

    @property
    def _options(self) -> list[str]:
        return [tr(option) for option in self._untranslated]

    def validate_chosen(self, chosen: int) -> int:
        """Go round at the ends."""
        return chosen % len(self._untranslated)

    def action_step(self, by: int) -> None:
        """Choose the option `by` places further."""
        self.chosen += by

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        if self._is_short:
            self.chosen += -1 if event.x <= 1 else 1
            return
        start = 0
        for at, option in enumerate(self._options):
            start += cell_len(option) + 4
            if event.x <= start:
                self.chosen = at
                return

    @property
    def _is_short(self) -> bool:
        """Whether there is no room for all options."""
        return sum(cell_len(option) + 4 for option in self._options) - 2 > self.content_size.width > 0

    def render(self) -> Content:
        """Return the options in one line."""
        if self._is_short:
            return Content.assemble(("◂ ", MUTED), (self._options[self.chosen], "bold"), (" ▸", MUTED))
        parts: list[tuple[str, str]] = []
        for at, option in enumerate(self._options):
            on = at == self.chosen
            parts.append((f"{'●' if on else '○'} {option}  ", "bold" if on else MUTED))
        return Content.assemble(*parts)


class Stepper(Widget, can_focus=True):
    """Shows a number between its bounds."""

    DEFAULT_CSS = """
    Stepper { height: 1; width: auto; padding: 0 1; }
    Stepper:focus { background: $surface-lighten-1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,minus", "step(-1)", N_("Fewer"), show=False),
        Binding("right,plus", "step(1)", N_("More"), show=False),
        Binding("backspace", "delete_digit", N_("Delete digit"), show=False),
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

    def action_delete_digit(self) -> None:
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

    def action_delete_digit(self) -> None:
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

    def action_delete_digit(self) -> None:
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
