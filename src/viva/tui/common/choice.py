"""One line to choose one of a few words with the arrow keys or the mouse."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from viva.i18n import N_, tr
from viva.tui.common.paragraphs import MUTED


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
        self._noted = options

    @property
    def _options(self) -> list[str]:
        return [tr(option) for option in self._noted]

    def validate_chosen(self, chosen: int) -> int:
        """Go round at the ends."""
        return chosen % len(self._noted)

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
