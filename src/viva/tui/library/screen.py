"""The notes themselves: all questions, how well each is known, and what the notes say of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Input

from viva.i18n import N_, tr
from viva.tui.common.inputs import QueryBox
from viva.tui.common.page import Page
from viva.tui.common.paragraphs import Prose
from viva.tui.editor import spot_of
from viva.tui.library.filters import Completion, filtered, state_in, with_state
from viva.tui.library.question_list import QuestionList
from viva.tui.library.question_rows import (
    GROUPINGS,
    MASTERY,
    Grouping,
    ListedQuestion,
    Row,
    grouped,
    list_questions,
    listed_lines,
    questions,
)

GROUPED: dict[Grouping, str] = {"file": "", "heading": N_("  by heading"), "tag": N_("  by tag")}
"""What the title says of the groups."""


class NotesScreen(Page):
    """Lists the questions under their headings, with the marked one in full beside or below the list."""

    HEADING = N_("notes")
    ABOUT = N_(
        "Arrow keys and Page Up/Down walk through the questions; Enter gives the marked one the whole screen. / keeps "
        "to questions with the words you type, in question, heading or tag; p asks what is listed then. e opens the "
        "note in the editor that VISUAL or EDITOR names. A question is new until it is asked, due when its time has "
        "come, mastered after two times and a strong last answer (75 or more), and else learning."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", N_("Read")),
        Binding("slash", "filter", N_("Filter"), key_display="/"),
        Binding("p", "practise", N_("Practise")),
        Binding("e", "edit", N_("Edit")),
        Binding("u", "suspend", N_("Suspend or resume"), show=False),
        Binding("s", "next_state", N_("State: only due, new, …"), show=False),
        Binding("g", "group", N_("Group by file, heading, tag"), show=False),
        Binding("escape", "back", N_("Back")),
        Binding("q", "app.leave", N_("Quit"), show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    AUTO_FOCUS = "#questions"

    def __init__(self) -> None:
        super().__init__()
        self._all_rows: tuple[Row, ...] = ()
        """All there are, in the order of the notes."""
        self._rows: tuple[Row, ...] = ()
        """The same in groups, whatever the filter."""
        self._grouping: Grouping = "file"
        self._none_listed = False
        """Whether it is told that nothing is listed."""
        self._stale = True
        """Whether the rows have to be made anew when the screen is seen next."""

    def compose_body(self) -> ComposeResult:
        """Make the filter line, the list and the preview."""
        with Container(id="filter-row"):
            completion = Completion(self._tags)
            prompt = tr("words of question, heading or tag")
            yield QueryBox(placeholder=prompt, id="filter", compact=True, suggester=completion)
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
        rows = await self.ask(list_questions, self.viva.workspace, datetime.now(UTC))
        if rows is not None:
            self._stale = False
            self._show_rows(rows)

    def _show_rows(self, rows: tuple[Row, ...]) -> None:
        self._all_rows = rows
        self._rows = grouped(rows, self._grouping)
        self._show_filtered()

    def _tags(self) -> list[str]:
        return sorted({tag for listed in questions(self._all_rows) for tag in listed.entry.tags})

    def _show_filtered(self) -> None:
        query = self.query_one("#filter", QueryBox).value
        rows = filtered(self._rows, query)
        self._tell_whether_none(none=bool(self._rows) and not rows)
        self.query_one(QuestionList).put(rows)
        self.show_heading()

    def heading(self) -> str:
        """Return the name of the screen and how many questions are listed."""
        total = len(questions(self._rows))
        shown = len(questions(self.query_one(QuestionList).rows)) if self._rows else 0
        line = str(total) if shown == total else tr("{shown} of {total}", shown=shown, total=total)
        grouped_by = tr(GROUPED[self._grouping]) if GROUPED[self._grouping] else ""
        return f"{super().heading()}  {line}{grouped_by}" if self._rows else super().heading()

    def retranslate(self) -> None:
        """Say how well each question is known in the language in force too."""
        super().retranslate()
        self.query_one("#filter", QueryBox).placeholder = tr("words of question, heading or tag")
        self._show_details(self.query_one(QuestionList).marked)

    def _tell_whether_none(self, *, none: bool) -> None:
        """Say that nothing is listed, or no longer; what else is told stays."""
        if none or self._none_listed:
            self.tell((lambda: tr("no question has all of these words")) if none else "")
        self._none_listed = none

    @on(QuestionList.Marked)
    def _preview(self, event: QuestionList.Marked) -> None:
        self._show_details(event.listed)
        self.query_one("#preview").scroll_home(animate=False)

    def _show_details(self, listed: ListedQuestion | None) -> None:
        self.query_one("#passage", Prose).say(*(listed_lines(listed) if listed else ()))

    # The filter

    def action_filter(self) -> None:
        """Open the filter line."""
        self._set_reading(on=False)
        self.query_one("#filter-row").add_class("-open")
        self.query_one("#filter").focus()

    @on(Input.Changed, "#filter")
    def _apply_filter(self) -> None:
        self._show_filtered()

    @on(Input.Submitted, "#filter")
    def _keep_filter(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.query_one(QuestionList).focus()
        else:
            self._clear_filter()

    def action_next_state(self) -> None:
        """Keep to the next state that any question is in, and to all of them after the last."""
        box = self.query_one("#filter", QueryBox)
        there = {state for listed in questions(self._rows) for state in listed.states}
        states = [None, *(state for state in MASTERY if state in there)]
        current = state_in(box.value)
        at = states.index(current) if current in states else 0
        box.value = with_state(box.value, states[(at + 1) % len(states)])
        self.query_one("#filter-row").set_class(bool(box.value), "-open")

    def action_group(self) -> None:
        """Group by what is next: file, heading, tag."""
        self._grouping = GROUPINGS[(GROUPINGS.index(self._grouping) + 1) % len(GROUPINGS)]
        self._show_rows(self._all_rows)

    def _clear_filter(self) -> None:
        self.query_one(QuestionList).focus()
        self.query_one("#filter-row").remove_class("-open")
        self.query_one("#filter", QueryBox).value = ""

    # One question

    @on(QuestionList.Chosen)
    def action_read(self) -> None:
        """Give the marked question the whole screen, or the list its place back."""
        self._set_reading(on=not self.has_class("-reading") and self.query_one(QuestionList).marked is not None)

    def _set_reading(self, *, on: bool) -> None:
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
        if self.has_class("-reading"):
            self.scroll_by_page(self.query_one("#preview"), by)
        else:
            self.query_one(QuestionList).action_page(by)

    def action_edit(self) -> None:
        """Open the note at the marked question."""
        marked = self.query_one(QuestionList).marked
        if marked is not None:
            self.viva.edit(spot_of(marked.entry))

    @work(exclusive=True, group="suspend")
    async def action_suspend(self) -> None:
        """Set the marked question aside, or let it be asked again."""
        marked = self.query_one(QuestionList).marked
        if marked is None:
            return
        suspended, workspace = marked.card_state.suspended, self.viva.workspace
        step = workspace.resume if suspended else workspace.suspend
        if await self.ask(step, [marked.entry.id]) is None:
            return
        rows = await self.ask(list_questions, workspace, datetime.now(UTC))
        if rows is not None:
            self._show_rows(rows)
            resumed, aside = tr("asked again from now on"), tr("suspended: not asked until you press u again")
            self.tell(resumed if suspended else aside)

    # Away from here

    @work(exclusive=True, group="begin")
    async def action_practise(self) -> None:
        """Begin an interview over what is listed."""
        from viva.tui.interview.screen import InterviewScreen

        ids = [listed.entry.id for listed in questions(self.query_one(QuestionList).rows)]
        if not ids:
            self.tell(lambda: tr("nothing is listed that could be asked"))
            return
        session = await self.ask(self.viva.workspace.begin_session, count=len(ids), only=ids)
        if session is not None:
            self._stale = True
            self.app.push_screen(InterviewScreen(session))

    async def action_back(self) -> None:
        """Leave what is read, then the filter, then the screen."""
        if self.has_class("-reading"):
            self._set_reading(on=False)
        elif self.query_one("#filter-row").has_class("-open"):
            self._clear_filter()
        else:
            await super().action_back()
