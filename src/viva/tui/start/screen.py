"""The first screen: what is due, what to be asked, and one key to begin."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button

from viva.i18n import N_, tr
from viva.tui.common.interface import NARROW
from viva.tui.common.page import Body, Page
from viva.tui.common.paragraphs import MUTED, Prose, spans
from viva.tui.start.choices import Choices, TopicList
from viva.tui.start.overview import (
    Overview,
    overview_lines,
    read_overview,
    session_lines,
    waiting_label,
    waiting_question,
)

if TYPE_CHECKING:
    from viva.interview.dialogue.controller import Controller


class StartScreen(Page):
    """Offers to go on with an interrupted interview, or to begin a new one."""

    HEADING = N_("practise from your own notes")
    ABOUT = N_(
        "Enter starts. Tab or ↑ ↓ move between the choices, ← → and digits change them; Enter there starts with them."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "resume", N_("Go on")),
        Binding("enter", "start", N_("Start")),
        Binding("n", "start_anew", N_("Start anew")),
        Binding("e", "end", N_("End it")),
        Binding("s,slash", "search", N_("Search"), key_display="s"),
        Binding("q", "app.leave", N_("Quit")),
        Binding("b", "browse", N_("Browse")),
        Binding("p", "progress", N_("Progress")),
        Binding("c", "check", N_("Check of the notes"), show=False),
        Binding("comma", "app.settings", N_("Settings"), key_display=","),
        Binding("down", "app.focus_next", N_("Next choice"), show=False),
        Binding("up", "app.focus_previous", N_("Choice before"), show=False),
    ]

    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.overview: Overview | None = None
        self._notes_read = asyncio.Event()
        """Set when the notes were read, or could not be: a key pressed before is obeyed then."""
        self._problems: int | None = None
        """What `viva check` shows; None before it was looked at, which is done once."""

    def compose_body(self) -> ComposeResult:
        """Make the overview, the two buttons and the choices."""
        with Body(id="body"):
            yield Prose([spans((tr("reading the notes…"), MUTED))], id="overview")
            yield Prose(id="recent-sessions")
            with Horizontal(id="begin"):
                for name in ("resume", "start"):
                    button = Button(Content(tr("Start")), id=name, variant="primary", compact=True)
                    button.can_focus = False  # Enter does it from anywhere; a button would hide that from the key list
                    yield button
            yield Choices(self.viva.workspace.settings)

    def on_mount(self) -> None:
        """Draw first, read the notes then, open the model last."""
        self.query_one("#resume").display = False
        self.call_after_refresh(self.load)

    def on_screen_resume(self) -> None:
        """Come back from another screen with fresh numbers."""
        if self.overview is not None:
            self.load()

    def notes_changed(self) -> None:
        """See again what is wrong with the notes, when the screen is seen next."""
        self._problems = None
        if self.is_current:
            self.load()

    def settings_changed(self) -> None:
        """Offer what is set now."""
        self.query_one(Choices).apply_settings(self.viva.workspace.settings)

    @work(exclusive=True, group="overview")
    async def load(self) -> None:
        """Read the notes and the history, then see what is wrong with the notes."""
        overview = await self.ask(read_overview, self.viva.workspace)
        if overview is not None:
            self._show(overview)
        self._notes_read.set()
        self.viva.watch_notes()
        if overview is None:
            self._say_nothing()
            self.viva.say_state(str)  # says nothing
            return
        self.viva.warm()
        if self._problems is None:
            self._problems = len(await self.ask(self.viva.workspace.check) or ())
            self._show(overview)

    def retranslate(self) -> None:
        """Say the overview and the choices in the language in force too."""
        super().retranslate()
        self.query_one(Choices).retranslate()
        if self.overview is not None:
            self._show(self.overview)
        else:
            self._say_nothing()

    def _say_nothing(self) -> None:
        line = tr("there is nothing to ask yet") if self._notes_read.is_set() else tr("reading the notes…")
        self.query_one("#overview", Prose).say(spans((line, MUTED)))
        self.query_one("#start", Button).label = Content(tr("Start"))
        self.query_one(Choices).offer_nothing()

    def _show(self, overview: Overview) -> None:
        self.overview = overview
        self.query_one("#overview", Prose).say(*overview_lines(overview, self._problems or 0))
        recent_sessions = self.query_one("#recent-sessions", Prose)
        recent_sessions.say(*session_lines(overview.recent_sessions, date.today()))  # noqa: DTZ011  # the user's own calendar
        recent_sessions.set_class(bool(overview.recent_sessions), "-some")
        resume, start = self.query_one("#resume", Button), self.query_one("#start", Button)
        resume.display = overview.waiting is not None
        if overview.waiting is not None:
            resume.label = Content(waiting_label(overview.waiting, short=self.size.width < NARROW))
        start.label = Content(tr("Start anew") if overview.waiting else tr("Start"))
        start.variant = "default" if overview.waiting else "primary"
        for button in (resume, start):
            button.refresh(layout=True)  # a new label alone keeps the width of the one before
        self.query_one(Choices).offer(overview.questions, overview.topics, overview.known, self.size.width)
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Give the topics and the buttons the room there is."""
        if self.overview is not None:
            self._show(self.overview)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go on only where there is something to go on with."""
        waiting = self.overview.waiting if self.overview is not None else None
        if action == "resume":
            return waiting is not None and self.focused is None
        if action == "start_anew":
            return waiting is not None
        if action == "check":
            return bool(self._problems)
        if action == "end":  # of others all was told already
            return waiting is not None and waiting.mock
        return super().check_action(action, parameters)

    @on(Button.Pressed, "#start")
    @on(TopicList.OptionSelected)
    def action_start(self) -> None:
        """Begin a new interview with what is chosen."""
        self._begin()

    def action_start_anew(self) -> None:
        """Begin a new interview although an old one waits."""
        self._begin()

    def action_end(self) -> None:
        """End the mock interview that waits, with its results."""
        self.viva.navigator.in_background(self.viva.navigator.end())

    @on(Button.Pressed, "#resume")
    def action_resume(self) -> None:
        """Go on with the interview that was interrupted."""
        self._go_on()

    @work(exclusive=True, group="begin")
    async def _begin(self) -> None:
        early = self.overview is None
        await self._notes_read.wait()
        if self.overview is None:
            return
        waiting = self.overview.waiting
        if early and waiting:
            self._go_on()
            return
        if waiting and waiting.mock and waiting.asked:
            question = waiting_question(waiting)
            self.viva.navigator.confirm(question, self._begin_chosen)
        else:
            self._begin_chosen()

    @work(exclusive=True, group="begin")
    async def _begin_chosen(self) -> None:

        self.tell("")
        self._open(await self.ask(self.viva.workspace.begin_session, **asdict(self.query_one(Choices).chosen)))

    @work(exclusive=True, group="begin")
    async def _go_on(self) -> None:

        self.tell("")
        self._open(await self.ask(self.viva.workspace.resume_session))

    def _open(self, session: Controller | None) -> None:
        from viva.tui.interview.screen import InterviewScreen

        if session is None:
            self.load()  # another window may have taken what was offered here
        else:
            self.set_focus(None)  # on coming back, Enter goes on with the interview and begins no other
            self.app.push_screen(InterviewScreen(session))

    def action_search(self) -> None:
        """Search the notes."""
        from viva.tui.search.screen import SearchScreen

        if self.overview is not None:
            self.app.push_screen(SearchScreen())

    def action_progress(self) -> None:
        """Show how practice goes."""
        from viva.tui.progress.screen import ProgressScreen

        if self.overview is not None:
            self.app.push_screen(ProgressScreen())

    def action_browse(self) -> None:
        """Show the notes themselves."""
        from viva.tui.library.screen import NotesScreen

        if self.overview is not None:
            self.app.push_screen(NotesScreen())

    def action_check(self) -> None:
        """Show what is wrong with the notes."""
        from viva.tui.library.problems_screen import ProblemsScreen

        self.app.push_screen(ProblemsScreen())
