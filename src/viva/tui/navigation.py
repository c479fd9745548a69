"""What a user can do from every screen: begin, go on, look somewhere else, change a setting.

Nothing is lost on the way: each page first keeps what it holds, as it does on the way back by the keys, and an
interview that waits is given up for a new one only after a question.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from textual.screen import ModalScreen

from viva.errors import NotesError, VivaError
from viva.i18n import N_, language_of_system, tr
from viva.tui.common.interface import Words
from viva.tui.common.page import Page
from viva.tui.settings.words import LABELS, format_setting
from viva.tui.start.overview import WaitingInterview, waiting_of, waiting_question
from viva.types import Order

if TYPE_CHECKING:
    from viva.tui.app import VivaApp
    from viva.tui.editor import FileSpot
    from viva.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")
PageT = TypeVar("PageT", bound=Page)

END_WAITING = N_(
    "An interview waits: {asked} of {total} asked. End it as it is, and see how it went? All you typed is kept."
)


class Navigator:
    """Takes the user from any screen to another one."""

    def __init__(self, app: VivaApp) -> None:
        """Make the navigator of an app."""
        self._app = app

    async def home(self) -> None:
        """Return to the first screen; each page keeps what it holds."""
        kept: Words | None = None
        for page in reversed(self._app.screen_stack):
            if isinstance(page, Page):
                kept = await page.keep() or kept
        while len(self._app.screen_stack) > 1:
            await self._app.pop_screen()
        self._app.tell(kept or "")

    async def begin(
        self,
        *,
        order: Order = "random",
        topic: str | None = None,
        only: Collection[str] | None = None,
        mock: bool = False,
    ) -> None:
        """Begin a new interview, over all of `only` if ids are given; it asks before one that waits is given up."""
        waiting = await self._ask(_replaced_interview, self._app.workspace)
        if waiting is None:
            await self._begin(order, topic, only, mock=mock)
            return
        self.confirm(waiting_question(waiting), lambda: self.in_background(self._begin(order, topic, only, mock=mock)))

    async def _begin(self, order: Order, topic: str | None, only: Collection[str] | None, *, mock: bool) -> None:
        from viva.tui.interview.screen import InterviewScreen

        set_now = self._app.workspace.settings
        limit = set_now.limit if mock else None
        count = set_now.count if only is None else len(only)
        session = await self._ask(
            self._app.workspace.begin_session, count=count, topic=topic, order=order, only=only, limit=limit
        )
        if session is not None:
            await self.home()
            self._app.push_screen(InterviewScreen(session))

    async def end(self) -> None:
        """End the interview that waits as it is, after a question, and show its report."""
        waiting = await self._ask(_waiting_interview, self._app.workspace)
        if waiting is None:
            self._app.tell(tr("no interview waits any more: start a new one"))
            return
        question = tr(END_WAITING, asked=waiting.asked, total=waiting.total)
        self.confirm(question, lambda: self.in_background(self._end()))

    async def _end(self) -> None:
        from viva.tui.interview.report_screen import ReportScreen

        await self.home()  # an interview that is open keeps what it holds first
        found = await self._ask(self._app.workspace.end_waiting)
        if found is not None:
            await self._app.push_screen(ReportScreen(found))

    async def go_on(self) -> None:
        """Go on with the interview that is open beneath, else with the one that was left."""
        from viva.tui.interview.screen import InterviewScreen

        if await self._back_to(InterviewScreen) is not None:
            return
        session = await self._ask(self._app.workspace.resume_session)
        if session is not None:
            await self.home()
            self._app.push_screen(InterviewScreen(session))

    async def notes(self) -> None:
        """Show the notes. An interview that is open is left for them, since another can be begun there."""
        from viva.tui.interview.screen import InterviewScreen
        from viva.tui.library.screen import NotesScreen

        if any(isinstance(screen, InterviewScreen) for screen in self._app.screen_stack):
            await self.home()
        await self._visit(NotesScreen)

    async def problems(self) -> None:
        """Show what is wrong with the notes."""
        from viva.tui.library.problems_screen import ProblemsScreen

        await self._visit(ProblemsScreen)

    async def progress(self) -> None:
        """Show how practice goes."""
        from viva.tui.progress.screen import ProgressScreen

        await self._visit(ProgressScreen)

    async def settings(self) -> None:
        """Show the settings."""
        from viva.tui.settings.screen import SettingsScreen

        await self._visit(SettingsScreen)

    async def search(self, query: str = "") -> None:
        """Search the notes, for `query` if there is one; a mock interview that is open is left, and its clock stops."""
        from viva.tui.common.inputs import QueryBox
        from viva.tui.interview.screen import InterviewScreen
        from viva.tui.search.screen import SearchScreen

        if any(isinstance(screen, InterviewScreen) and screen.session.is_mock for screen in self._app.screen_stack):
            await self.home()
        found = await self._back_to(SearchScreen)
        if found is None:
            await self._leave_modal()
            await self._app.push_screen(SearchScreen(query))
        elif query:
            found.query_one(QueryBox).value = query

    async def report(self) -> None:
        """Show the report of the last interview."""
        from viva.tui.interview.report_screen import ReportScreen

        report_data = await self._ask(self._app.workspace.practice_stats.report_data)
        if report_data is None:
            return
        await self._leave_modal()
        if isinstance(self._app.screen, ReportScreen):
            await self._app.pop_screen()
        await self._app.push_screen(ReportScreen(report_data.report))

    async def choose(self, changes: Mapping[str, object | None]) -> bool:
        """Change settings (None: the default again), show what follows, and say so; return whether it was done."""
        done = await self._ask(_change_settings, self._app.workspace, changes)
        if done is not None:
            if "theme" in changes:
                self._app.apply_theme()
            if "language" in changes:
                chosen = self._app.workspace.settings.language
                self._app.speak(language_of_system(os.environ) if chosen == "auto" else chosen)
        for page in self._app.screen_stack:
            if isinstance(page, Page) and page.is_mounted:
                page.settings_changed()
        if done is not None:
            for key in changes:
                value = format_setting(key, getattr(self._app.workspace.settings, key))
                self._app.tell(tr("{setting}: {value}, saved", setting=tr(LABELS[key]), value=value))
        return done is not None

    def confirm(self, question: str, step: Callable[[], object]) -> None:
        """Ask, and take the step only on a yes."""
        from viva.tui.common.dialogs import ConfirmScreen

        def answered(yes: bool | None) -> None:
            if yes:
                step()

        self._app.push_screen(ConfirmScreen(question), answered)

    def in_background(self, step: Coroutine[object, object, object], group: str = "palette") -> None:
        """Take a step beside what the screens do; a newer one of its group takes its place."""
        self._app.run_worker(step, group=group, exclusive=True)

    async def _visit(self, kind: type[Page]) -> None:
        """Show a page of this kind: the one that is open, or a new one over what is open."""
        if await self._back_to(kind) is None:
            await self._leave_modal()
            await self._app.push_screen(kind())

    async def _back_to(self, kind: type[PageT]) -> PageT | None:
        """Return to the page of this kind that is open beneath, and return it; None where there is none."""
        found = [screen for screen in self._app.screen_stack if isinstance(screen, kind)]
        while found and self._app.screen is not found[0]:
            await self._app.pop_screen()
        return found[0] if found else None

    async def _leave_modal(self) -> None:
        while isinstance(self._app.screen, ModalScreen):
            await self._app.pop_screen()

    async def _ask(self, step: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run a step of the core in its thread; tell on the open page what went wrong, and return None then."""
        try:
            return await self._app.core.call(step, *args, **kwargs)
        except VivaError as error:
            self._app.tell(str(error), problem=True)
            return None

    async def show_note(self, spot: FileSpot) -> None:
        """Show a note on a screen, to be read only, or tell why it cannot be shown."""
        from viva.tui.library.reading_screen import ReadingScreen

        try:
            around = await asyncio.to_thread(self._app.workspace.around, spot.file, spot.line, spot.end, spot.begins)
        except NotesError as error:
            self._app.tell(str(error), problem=True)
            return
        await self._app.push_screen(ReadingScreen(spot, around))


def _waiting_interview(workspace: Workspace) -> WaitingInterview | None:
    interview = workspace.unfinished()
    return None if interview is None else waiting_of(interview)


def _replaced_interview(workspace: Workspace) -> WaitingInterview | None:
    """Return the interview whose place a new one takes; one that another window has open goes on there."""
    left = workspace.unfinished()
    return None if left is None or workspace.is_open_elsewhere(left) else waiting_of(left)


def _change_settings(workspace: Workspace, changes: Mapping[str, object | None]) -> bool:
    workspace.change_settings(changes)
    return True
