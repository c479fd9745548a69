"""Search while typing, with the passage beside the results."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from viva.errors import QueryError, VivaError
from viva.i18n import noted, tr
from viva.tui.hit_lines import name_of, preview_lines
from viva.tui.interface import Words
from viva.tui.screens.page import Page
from viva.tui.widgets.prose import Prose
from viva.tui.widgets.query_box import QueryBox
from viva.types import Entry, Hit

PAUSE = 0.15
"""Seconds without a key before the search begins."""
TOP = 20
"""Results that are asked for."""


class SearchScreen(Page):
    """Finds passages of the notes by meaning and by words."""

    HEADING = noted("search")
    ABOUT = noted(
        'Type to search. "exact phrase", -word, tag: and file: narrow it down. Arrow keys walk through the results; '
        "Ctrl+O opens the note in the editor that VISUAL or EDITOR names."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "edit", noted("Edit")),
        Binding("escape", "back", noted("Back")),
        Binding("down", "step(1)", noted("Next result"), key_display="↓", show=False),
        Binding("up", "step(-1)", noted("Last result"), key_display="↑", show=False),
        Binding("pagedown", "page(1)", noted("Page down"), show=False),
        Binding("pageup", "page(-1)", noted("Page up"), show=False),
    ]

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self._query = query
        self._pause: Timer | None = None
        self.hits: list[Hit] = []

    def compose_body(self) -> ComposeResult:
        """Make the query line, the results and the preview."""
        asking = tr("search your notes")
        yield QueryBox(self._query, placeholder=asking, id="query", compact=True, select_on_focus=False)
        with Container(id="found"):
            yield OptionList(id="hits", compact=True, markup=False)
            with VerticalScroll(id="preview", can_focus=False):
                yield Prose(id="passage")

    def on_mount(self) -> None:
        """Begin in the query line."""
        self.query_one("#query").focus()
        if self._query:
            self.search(self._query)

    @on(Input.Changed, "#query")
    def _later(self, event: Input.Changed) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, lambda: self.search(event.value))

    @on(Input.Submitted, "#query")
    def _now(self, event: Input.Submitted) -> None:
        if self._pause is not None:
            self._pause.stop()
        self.search(event.value)

    @work(exclusive=True, group="search")
    async def search(self, query: str) -> None:
        """Ask the core; a newer query cancels an older one."""
        self._query = query
        if not query.strip():
            self._show([], "")
            return
        try:
            hits = await self.viva.core.call(self.viva.workspace.search, query, TOP)
        except QueryError as error:
            self._show([], str(error))
        except VivaError as error:
            self._show([], "")
            self.tell(str(error), problem=True)
        else:
            self._show(hits, "" if hits else lambda: tr("nothing found: try other words"))

    def _show(self, hits: list[Hit], message: str | Words) -> None:
        self.hits = hits
        self.tell(message)
        listed = self.query_one("#hits", OptionList)
        listed.set_options(Option(Content(name_of(hit))) for hit in hits)
        listed.highlighted = 0 if hits else None
        if not hits:
            self.query_one("#passage", Prose).say()

    @on(OptionList.OptionHighlighted, "#hits")
    def _preview(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index < len(self.hits):
            self._read(self.hits[event.option_index])
            self.query_one("#preview").scroll_home(animate=False)

    def _read(self, hit: Hit) -> None:
        self.query_one("#passage", Prose).say(*preview_lines(hit, self._entry(hit)))

    @property
    def _marked(self) -> Hit | None:
        at = self.query_one("#hits", OptionList).highlighted
        return self.hits[at] if at is not None and at < len(self.hits) else None

    def speak_again(self) -> None:
        """Say what stands around the passages in the language in force too."""
        super().speak_again()
        self.query_one("#query", QueryBox).placeholder = tr("search your notes")
        if self._marked is not None:
            self._read(self._marked)

    def _entry(self, hit: Hit) -> Entry | None:
        # The notes were read before anything could be found in them, so this looks up and does not load.
        return next((entry for entry in self.viva.workspace.entries if entry.id == hit.question_id), None)

    def action_edit(self) -> None:
        """Open the note at the marked passage."""
        hit = self._marked
        if hit is not None and (entry := self._entry(hit)) is not None:
            self.viva.edit(Path(entry.place.root) / entry.place.file, hit.line)

    def notes_changed(self) -> None:
        """Search again."""
        self.search(self._query)

    def action_step(self, by: int) -> None:
        """Walk through the results without leaving the query line."""
        listed = self.query_one("#hits", OptionList)
        if self.hits:
            listed.highlighted = max(0, min(len(self.hits) - 1, (listed.highlighted or 0) + by))

    def action_page(self, by: int) -> None:
        """Scroll the preview."""
        preview = self.query_one("#preview")
        preview.scroll_relative(y=by * max(1, preview.size.height - 1), animate=False)

    def action_back(self) -> None:
        """Return to where the search was begun."""
        self.app.pop_screen()
