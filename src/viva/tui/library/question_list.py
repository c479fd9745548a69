"""The questions of the notes, one a line. It draws only what is seen: ten thousand cost no more than ten.

(Textual's OptionList lays out every option before it draws the first, half a second for ten thousand.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from viva.i18n import N_
from viva.tui.library.question_rows import Heading, ListedQuestion, Row, row_line


class QuestionList(ScrollView, can_focus=True):
    """Shows rows with a cursor that stays on questions."""

    DEFAULT_CSS = """
    QuestionList { height: 1fr; background: $background; scrollbar-size-vertical: 1; overflow-x: hidden; }
    QuestionList > .question-list--cursor { background: $surface-lighten-1; text-style: bold; }
    QuestionList:focus > .question-list--cursor { background: $primary-muted; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"question-list--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", N_("Next question"), key_display="↓", show=False),
        Binding("up,k", "step(-1)", N_("Question before"), key_display="↑", show=False),
        Binding("pagedown", "page(1)", N_("Page down"), show=False),
        Binding("pageup", "page(-1)", N_("Page up"), show=False),
        Binding("home", "end(-1)", N_("First question"), show=False),
        Binding("end", "end(1)", N_("Last question"), show=False),
    ]

    rows: reactive[tuple[Row, ...]] = reactive((), init=False)
    """What is listed. A heading is always followed by a question."""
    cursor: reactive[int | None] = reactive(None, init=False)
    """Index of the row that is marked, always a question; None when there is none."""

    @dataclass
    class Marked(Message):
        """Another question is marked, or none."""

        listed: ListedQuestion | None

    class Chosen(Message):
        """The marked question was clicked once more."""

    @property
    def marked(self) -> ListedQuestion | None:
        """The question under the cursor."""
        row = self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None
        return row if isinstance(row, ListedQuestion) else None

    def put(self, rows: tuple[Row, ...]) -> None:
        """List these rows; the cursor stays on its question where that is still listed."""
        held = self.marked.entry.id if self.marked else ""
        there = [i for i, row in enumerate(rows) if isinstance(row, ListedQuestion) and row.entry.id == held]
        at = self.cursor if self.cursor in there else next(iter(there), None)  # under several tags it is there twice
        first = 1 if rows and isinstance(rows[0], Heading) else 0
        self.set_reactive(QuestionList.cursor, None)
        self.rows = rows
        self.virtual_size = Size(self.size.width, len(rows))
        self.cursor = (first if at is None else at) if rows else None
        if self.cursor is None:
            self.post_message(self.Marked(None))
        self.refresh()

    def watch_cursor(self, cursor: int | None) -> None:
        """Keep the marked question in sight, with its heading."""
        if cursor is None:
            return
        above = cursor > 0 and isinstance(self.rows[cursor - 1], Heading)
        region = Region(0, cursor - 1, 1, 2) if above and self.size.height > 1 else Region(0, cursor, 1, 1)
        self.scroll_to_region(region, animate=False, immediate=True, force=True)
        self.refresh()
        self.post_message(self.Marked(self.marked))

    def action_step(self, by: int) -> None:
        """Mark the next question, or the one before."""
        if self.cursor is not None:
            self._mark(self.cursor + by, by)

    def action_page(self, by: int) -> None:
        """Mark a question nearly a page further."""
        if self.cursor is not None:
            self._mark(self.cursor + by * max(1, self.size.height - 1), by)

    def action_end(self, by: int) -> None:
        """Mark the first or the last question."""
        self._mark(len(self.rows) - 1 if by > 0 else 0, by)

    def _mark(self, at: int, by: int) -> None:
        """Mark the row at an index, or the question nearest to it."""
        if not self.rows:
            return
        at = max(0, min(len(self.rows) - 1, at))
        if isinstance(self.rows[at], Heading):
            at += by if at + by >= 0 else 1
        self.cursor = at

    def on_click(self, event: events.Click) -> None:
        """Mark the question that was clicked; a second click chooses it."""
        at = event.y + self.scroll_offset.y
        if at >= len(self.rows) or isinstance(self.rows[at], Heading):
            return
        if at == self.cursor:
            self.post_message(self.Chosen())
        self.cursor = at

    def on_resize(self) -> None:
        """Keep the marked question in sight."""
        self.virtual_size = Size(self.size.width, len(self.rows))
        self.watch_cursor(self.cursor)

    def render_line(self, y: int) -> Strip:
        """Draw one row, cut to the width."""
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        marked = at == self.cursor
        style = self.get_visual_style("question-list--cursor") if marked else self.visual_style
        if at >= len(self.rows):
            return Strip.blank(width, style.rich_style)
        line = row_line(self.rows[at]).truncate(width, ellipsis=True)
        return Visual.to_strips(self, line, width, 1, style)[0].adjust_cell_length(width, style.rich_style)
