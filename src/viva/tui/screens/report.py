"""How the interview went."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from viva.tui.report_lines import report_paragraphs
from viva.tui.screens.page import Page
from viva.tui.widgets.prose import Prose
from viva.types import Entry, Report


class ReportScreen(Page):
    """Shows the score, the topics, and the weakest questions with what the notes say."""

    HEADING = "report"
    ABOUT = "Arrow keys and Page Up/Down scroll."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "back", "Back to the start", key_display="⏎"),
        Binding("q", "app.leave", "Quit"),
    ]

    def __init__(self, report: Report, entries: dict[str, Entry]) -> None:
        super().__init__()
        self.report = report
        self._entries = entries

    def compose_body(self) -> ComposeResult:
        """Make the text, scrolled as a whole."""
        with VerticalScroll(id="body"):
            yield Prose(report_paragraphs(self.report, self._entries))

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one("#body").focus()

    def action_back(self) -> None:
        """Return to the start screen."""
        self.app.pop_screen()
