"""The notes themselves: all questions, how well each is known, and what the notes say of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Input

from viva.i18n import noted, tr
from viva.tui.listing import Listed, Row, filtered, listing, questions
from viva.tui.mastery_lines import listed_lines
from viva.tui.screens.page import Page
from viva.tui.widgets.prose import Prose
from viva.tui.widgets.query_box import QueryBox
from viva.tui.widgets.question_list import QuestionList


class NotesScreen(Page):
    """Lists the questions under their headings, with the marked one in full beside or below the list."""

    HEADING = noted("notes")
    ABOUT = noted(
        "Arrow keys and Page Up/Down walk through the questions; Enter gives the marked one the whole screen. / keeps "
        "to questions with the words you type, in question, heading or tag; p asks what is listed then. e opens the "
        "note in the editor that VISUAL or EDITOR names. A question is new until it is asked, due when its time has "
        "come, mastered after two times and a strong last answer (75 or more), and else learning."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", noted("Read")),
        Binding("slash", "filter", noted("Filter"), key_display="/"),
        Binding("p", "practise", noted("Practise")),
        Binding("e", "edit", noted("Edit")),
        Binding("escape", "back", noted("Back")),
        Binding("q", "app.leave", noted("Quit"), show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    AUTO_FOCUS = "#questions"

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        """All there are, whatever the filter."""
        self._stale = True
        """Whether the rows have to be made anew when the screen is seen next."""

    def compose_body(self) -> ComposeResult:
        """Make the filter line, the list and the preview."""
        with Container(id="filter-row"):
            yield QueryBox(placeholder=tr("words of question, heading or tag"), id="filter", compact=True)
        with Container(id="listed"):
            yield QuestionList(id="questions")
            with VerticalScroll(id="preview", can_focus=False):
                yield Prose(id="passage")

    def on_screen_resume(self) -> None:
        """Show what an interview has changed."""
        if self._stale:
            self.load()

    def notes_changed(self) -> None:
        """List the notes as they are now."""
        self._stale = True
        if self.is_current:
            self.load()

    @work(exclusive=True, group="listing")
    async def load(self) -> None:
        """Make the rows, in the core's thread."""
        rows = await self.ask(listing, self.viva.workspace, datetime.now(UTC))
        if rows is not None:
            self._stale = False
            self._rows = rows
            self._list()

    def _list(self) -> None:
        query = self.query_one("#filter", QueryBox).value
        rows = filtered(self._rows, query)
        self.tell("" if rows or not self._rows else lambda: tr("no question has all of these words"))
        self.query_one(QuestionList).put(rows)
        self.show_heading()

    def heading(self) -> str:
        """Return the name of the screen and how many questions are listed."""
        total = len(questions(self._rows))
        shown = len(questions(self.query_one(QuestionList).rows)) if self._rows else 0
        told = str(total) if shown == total else tr("{shown} of {total}", shown=shown, total=total)
        return f"{super().heading()}  {told}" if self._rows else super().heading()

    def speak_again(self) -> None:
        """Say how well each question is known in the language in force too."""
        super().speak_again()
        self.query_one("#filter", QueryBox).placeholder = tr("words of question, heading or tag")
        self._tell_of(self.query_one(QuestionList).marked)

    @on(QuestionList.Marked)
    def _preview(self, event: QuestionList.Marked) -> None:
        self._tell_of(event.listed)
        self.query_one("#preview").scroll_home(animate=False)

    def _tell_of(self, listed: Listed | None) -> None:
        self.query_one("#passage", Prose).say(*(listed_lines(listed) if listed else ()))

    # The filter

    def action_filter(self) -> None:
        """Open the filter line."""
        self._read(on=False)
        self.query_one("#filter-row").add_class("-open")
        self.query_one("#filter").focus()

    @on(Input.Changed, "#filter")
    def _narrow(self) -> None:
        self._list()

    @on(Input.Submitted, "#filter")
    def _keep_filter(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.query_one(QuestionList).focus()
        else:
            self._clear_filter()

    def _clear_filter(self) -> None:
        self.query_one(QuestionList).focus()
        self.query_one("#filter-row").remove_class("-open")
        self.query_one("#filter", QueryBox).value = ""

    # One question

    @on(QuestionList.Chosen)
    def action_read(self) -> None:
        """Give the marked question the whole screen, or the list its place back."""
        self._read(on=not self.has_class("-reading") and self.query_one(QuestionList).marked is not None)

    def _read(self, *, on: bool) -> None:
        if on == self.has_class("-reading"):
            return
        self.set_focus(None)
        self.set_class(on, "-reading")
        if not on:
            self.query_one(QuestionList).focus()

    def action_move(self, by: int) -> None:
        """Scroll the question that is read; else walk through the list without leaving the filter line."""
        if self.has_class("-reading"):
            self.query_one("#preview").scroll_relative(y=by, animate=False)
        else:
            self.query_one(QuestionList).action_step(by)

    def action_page(self, by: int) -> None:
        """Scroll the question that is read, or the list, by a page."""
        preview = self.query_one("#preview")
        if self.has_class("-reading"):
            preview.scroll_relative(y=by * max(1, preview.size.height - 1), animate=False)
        else:
            self.query_one(QuestionList).action_page(by)

    def action_edit(self) -> None:
        """Open the note at the marked question."""
        marked = self.query_one(QuestionList).marked
        if marked is not None:
            place = marked.entry.place
            self.viva.edit(Path(place.root) / place.file, marked.entry.line)

    # Away from here

    @work(exclusive=True, group="begin")
    async def action_practise(self) -> None:
        """Begin an interview over what is listed."""
        from viva.tui.screens.interview import InterviewScreen
        from viva.tui.session import Session

        wanted = [listed.entry.id for listed in questions(self.query_one(QuestionList).rows)]
        if not wanted:
            self.tell(lambda: tr("nothing is listed that could be asked"))
            return
        session = await self.ask(Session.begin, self.viva.workspace, count=len(wanted), only=wanted)
        if session is not None:
            self._stale = True
            self.app.push_screen(InterviewScreen(session))

    def action_back(self) -> None:
        """Leave what is read, then the filter, then the screen."""
        if self.has_class("-reading"):
            self._read(on=False)
        elif self.query_one("#filter-row").has_class("-open"):
            self._clear_filter()
        else:
            self.app.pop_screen()
