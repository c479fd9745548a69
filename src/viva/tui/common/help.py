"""The keys of a screen, and what can be typed instead of them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.screen import ModalScreen

from viva.i18n import N_, tr
from viva.tui.common.interface import padded
from viva.tui.common.page import Page
from viva.tui.common.paragraphs import BLANK, MUTED, Paragraph, paragraph, spans
from viva.tui.common.prose import Prose

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
