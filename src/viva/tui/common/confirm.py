"""A question to be answered by yes or no, before something is given up."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button

from viva.i18n import N_, tr
from viva.tui.common.paragraphs import paragraph
from viva.tui.common.prose import Prose


class ConfirmScreen(ModalScreen[bool]):
    """Asks, and returns whether the user said yes; Escape is no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", N_("Yes")),
        Binding("n,escape", "answer(False)", N_("No")),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    AUTO_FOCUS = "#yes"

    def __init__(self, doubt: str) -> None:
        super().__init__()
        self._doubt = doubt

    def compose(self) -> ComposeResult:
        """Make the question and its two answers."""
        with Vertical(id="confirm"):
            yield Prose(paragraph(self._doubt))
            with Horizontal():
                yield Button(Content(tr("y  Yes")), id="yes", compact=True)
                yield Button(Content(tr("n  No")), id="no", compact=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.action_answer(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Return the answer."""
        self.dismiss(yes)
