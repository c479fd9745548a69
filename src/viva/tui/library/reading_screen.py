"""A note as it stands in its file, to be read only: where no editor can be opened."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from viva.errors import NotesError
from viva.i18n import N_, tr
from viva.tui.common.interface import literal
from viva.tui.common.page import Page
from viva.tui.common.paragraphs import BAR, MUTED, Paragraph, Prose, line_of, spans
from viva.tui.editor import FileSpot

if TYPE_CHECKING:
    from viva.notes.context_lines import Around

ABOVE = 3
"""Lines that stay to be seen above the passage."""


class ReadingScreen(Page):
    """Shows a file with the numbers of its lines, scrolled to a passage that has a bar beside it."""

    HEADING = N_("note")
    ABOUT = N_(
        "Your note as it stands in its file, with a bar beside the passage. Arrow keys and Page Up/Down scroll. "
        "In a terminal, an editor named by VISUAL or EDITOR opens here instead."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "back", N_("Back"), key_display="esc"),
        Binding("q", "app.leave", N_("Quit")),
    ]

    def __init__(self, spot: FileSpot, around: Around) -> None:
        super().__init__()
        self._spot = spot
        self._around = around

    def compose_body(self) -> ComposeResult:
        """Make the text, scrolled as a whole."""
        with VerticalScroll(id="body"):
            yield Prose(around_lines(self._around), id="note")

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once, from the passage on."""
        self.query_one("#body").focus()
        self._tell_why_shown()
        self.call_after_refresh(self._scroll_to_passage)

    def _tell_why_shown(self) -> None:
        if self._around.moved:
            self.tell(lambda: tr("the file has changed: the passage stands elsewhere now"))
        elif not self.viva.is_web:
            self.tell(lambda: tr("no editor is set: put its command into VISUAL or EDITOR, as in EDITOR=nano"))

    def _scroll_to_passage(self) -> None:
        prose = self.query_one("#note", Prose)
        at = next((at for at, each in enumerate(prose.paragraphs) if each.content.plain.startswith(BAR)), 0)
        top = line_of(prose.paragraphs, at, 0, prose.content_size.width) - 1
        self.query_one("#body").scroll_to(y=max(0, top - ABOVE), animate=False)

    def on_resize(self, _: events.Resize) -> None:
        """Keep to the passage: lines are broken elsewhere now."""
        self.call_after_refresh(self._scroll_to_passage)

    def heading(self) -> str:
        """Return the name of the screen, and what it shows."""
        return f"{super().heading()}  {self._spot.file.name}:{self._around.start}"

    def retranslate(self) -> None:
        """Say what stands around the lines in the language in force too."""
        super().retranslate()
        self.query_one("#note", Prose).say(*around_lines(self._around))

    def notes_changed(self) -> None:
        """Read the file again, and stay where it was scrolled to."""
        self._read_again()

    @work(exclusive=True, group="reading")
    async def _read_again(self) -> None:
        spot = self._spot
        try:
            self._around = await asyncio.to_thread(
                self.viva.workspace.around, spot.file, spot.line, spot.end, spot.begins
            )
        except NotesError as error:
            self.tell(str(error), problem=True)
            return
        self.show_heading()
        self.query_one("#note", Prose).say(*around_lines(self._around))


def around_lines(around: Around) -> list[Paragraph]:
    """Return lines of a file with their numbers; the passage has a bar before it."""
    last = around.first + len(around.lines) - 1
    digits = len(str(last))
    lines = [_line(text, number, digits, around) for number, text in enumerate(around.lines, start=around.first)]
    above = [spans((tr("… above: the lines before {line}", line=around.first), MUTED))] if around.first > 1 else []
    below = [spans((tr("… below: the lines after {line}", line=last), MUTED))] if around.more else []
    return [*above, *lines, *below]


def _line(text: str, number: int, digits: int, around: Around) -> Paragraph:
    inside = around.start <= number <= around.end
    bar, of_number = ((BAR, "$text-primary"), "$text-primary") if inside else (" ", MUTED)
    shown = literal(text).replace("\n", " ").rstrip()
    number_of = (f"{number:>{digits}}  ", of_number)
    return Paragraph(Content.assemble(bar, number_of, (shown, "" if inside else MUTED)), 0, digits + 3)
