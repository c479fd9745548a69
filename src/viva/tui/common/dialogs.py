"""What is shown over a page: a question before a step, and the keys of the page."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widgets import Button

from viva.i18n import N_, tr
from viva.tui.common.interface import padded
from viva.tui.common.page import Page
from viva.tui.common.paragraphs import BLANK, MUTED, Paragraph, Prose, paragraph, spans


class ConfirmScreen(ModalScreen[bool]):
    """Asks, and returns whether the user said yes; Escape is no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", N_("Yes")),
        Binding("n,escape", "answer(False)", N_("No")),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    AUTO_FOCUS = "#yes"

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Make the question and its two answers."""
        with Vertical(id="confirm"):
            yield Prose(paragraph(self._question))
            with Horizontal():
                yield Button(Content(tr("y  Yes")), id="yes", compact=True)
                yield Button(Content(tr("n  No")), id="no", compact=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.action_answer(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Return the answer."""
        self.dismiss(yes)


_KEYS = 14
"""Cells for the names of the keys."""


class HelpScreen(ModalScreen[None]):
    """Lists what can be done on the screen beneath."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,f1,question_mark", "dismiss", N_("Close")),
        Binding("f2", "app.switch_language", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
    ]

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """Make the list."""
        with VerticalScroll(id="help"):
            yield Prose(self._lines())

    def retranslate(self) -> None:
        """Say it in the language in force."""
        self.query_one(Prose).say(*self._lines())

    def _lines(self) -> list[Paragraph]:
        title = tr("Keys: {screen}", screen=tr(self._page.HEADING))
        lines = [spans((title, "bold $text-primary")), *paragraph(tr(self._page.ABOUT)), BLANK]
        seen: set[str] = set()
        bindings = [*self._page.active_bindings.values()]
        for active in bindings:
            binding = active.binding
            if binding.action in seen or not _is_own(active.node, binding):
                continue
            seen.add(binding.action)
            key = self.app.get_key_display(binding)
            lines.append(spans((padded(key, _KEYS), "bold"), binding.description, rest=_KEYS))
        return [*lines, BLANK, spans((tr("Esc closes this.  Ctrl+P finds everything by its name."), MUTED))]

    def action_scroll(self, by: int) -> None:
        """Scroll the list."""
        self.query_one("#help").scroll_relative(y=by, animate=False)


def _is_own(node: DOMNode, binding: Binding) -> bool:
    """Whether a class of viva made the binding; what every Textual program has needs no telling."""
    own = [each.key.split(",") for each in vars(type(node)).get("BINDINGS", ()) if isinstance(each, Binding)]
    return bool(binding.description) and any(binding.key in keys for keys in own)
