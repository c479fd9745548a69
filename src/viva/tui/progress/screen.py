"""How practice goes over weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from viva.i18n import N_, tr
from viva.tui.common.page import Page
from viva.tui.common.paragraphs import MUTED, spans
from viva.tui.common.prose import Prose

if TYPE_CHECKING:
    from viva.progress.stats import Stats
    from viva.progress.trends import Course

_BESIDE = 5
"""Cells beside the text: the body's padding and its scrollbar."""


class ProgressScreen(Page):
    """Shows scores, recall, busy days, what comes up, topics, and the hardest points."""

    HEADING = N_("progress")
    ABOUT = N_(
        "Arrow keys and Page Up/Down scroll. All figures are over the notes that are open; viva stats prints them."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "back", N_("Back"), key_display="esc"),
        Binding("q", "app.leave", N_("Quit")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._figures: tuple[Stats, Course] | None = None
        self._counting = True

    def compose_body(self) -> ComposeResult:
        """Make the text, scrolled as a whole."""
        with VerticalScroll(id="body"):
            yield Prose([spans((tr("counting…"), MUTED))], id="figures")

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once, and count."""
        self.query_one("#body").focus()
        self.load()

    def notes_changed(self) -> None:
        """Count over the notes as they are now."""
        self.load()

    @work(exclusive=True, group="progress")
    async def load(self) -> None:
        """Read the figures in the core's thread."""
        self._figures = await self.ask(self._read)
        self._counting = False
        self._show(self.size.width)

    def _read(self) -> tuple[Stats, Course]:
        return self.viva.workspace.practice_stats.stats(), self.viva.workspace.practice_stats.course()

    def on_resize(self, event: events.Resize) -> None:
        """Draw again for the new width: a calendar cannot be broken into lines."""
        self._show(event.size.width)

    def _show(self, width: int) -> None:
        if self._figures is not None:
            from viva.tui.progress.lines import progress_paragraphs

            self.query_one("#figures", Prose).say(*progress_paragraphs(*self._figures, width - _BESIDE))
        else:
            told = tr("counting…") if self._counting else tr("there is nothing to show")
            self.query_one("#figures", Prose).say(spans((told, MUTED)))

    def retranslate(self) -> None:
        """Say the figures in the language in force too."""
        super().retranslate()
        self._show(self.size.width)
