"""What a person can do from every screen: begin, go on, look somewhere else, change a setting.

Nothing is lost on the way: each page first keeps what it holds, as it does on the way back by the keys, and an
interview that waits is given up for a new one only after a question.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from textual.screen import ModalScreen

from viva.errors import InterviewError, VivaError
from viva.i18n import language_of_system, noted, tr
from viva.tui.interface import Words
from viva.tui.overview import Waiting, waiting_of
from viva.tui.screens.page import Page
from viva.tui.setting_words import LABELS, told
from viva.types import Order, Report

if TYPE_CHECKING:
    from viva.tui.app import VivaApp
    from viva.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")

INTERVIEW_WAITS = noted(
    "An interview waits: {asked} of {total} asked. Begin a new one instead? Its answers stay in the history."
)
MOCK_WAITS = noted(
    "A mock interview waits: {asked} of {total} asked. Begin a new one instead? It is over then, and its answers are "
    "judged in the history."
)


async def home(app: VivaApp) -> None:
    """Return to the first screen; each page keeps what it holds."""
    kept: Words | None = None
    for page in reversed(app.screen_stack):
        if isinstance(page, Page):
            kept = await page.keep() or kept
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    app.tell(kept or "")


async def begin(
    app: VivaApp,
    *,
    order: Order = "random",
    topic: str | None = None,
    only: Collection[str] | None = None,
    mock: bool = False,
) -> None:
    """Begin a new interview, over all of `only` if ids are given; ask before it takes the place of one that waits."""
    waiting = await _ask(app, _given_up, app.workspace)
    if waiting is None:
        await _begin(app, order, topic, only, mock=mock)
        return
    told = MOCK_WAITS if waiting.mock else INTERVIEW_WAITS
    doubt = tr(told, asked=waiting.asked, total=waiting.total)
    confirm(app, doubt, lambda: in_background(app, _begin(app, order, topic, only, mock=mock)))


async def _begin(app: VivaApp, order: Order, topic: str | None, only: Collection[str] | None, *, mock: bool) -> None:
    from viva.tui.screens.mock import screen_of
    from viva.tui.session import Session

    set_now = app.workspace.settings
    limit = set_now.limit if mock else None
    count = set_now.count if only is None else len(only)
    session = await _ask(
        app, Session.begin, app.workspace, count=count, topic=topic, order=order, only=only, limit=limit
    )
    if session is not None:
        await home(app)
        app.push_screen(screen_of(session))


def _waiting(workspace: Workspace) -> Waiting | None:
    interview = workspace.unfinished()
    return None if interview is None else waiting_of(interview)


def _given_up(workspace: Workspace) -> Waiting | None:
    """Return the interview whose place a new one takes; one that another window has open goes on there."""
    left = workspace.unfinished()
    return None if left is None or workspace.is_open_elsewhere(left) else waiting_of(left)


async def end(app: VivaApp) -> None:
    """End the interview that waits as it is, after a question, and show its report."""
    waiting = await _ask(app, _waiting, app.workspace)
    if waiting is None:
        app.tell(tr("no interview waits any more: start a new one"))
        return
    doubt = tr(
        "An interview waits: {asked} of {total} asked. End it as it is, and see how it went? All you typed is kept.",
        asked=waiting.asked,
        total=waiting.total,
    )
    confirm(app, doubt, lambda: in_background(app, _end(app)))


async def _end(app: VivaApp) -> None:
    from viva.tui.screens.report import ReportScreen

    await home(app)  # an interview that is open keeps what it holds first
    found = await _ask(app, _ended, app.workspace)
    if found is not None:
        await app.push_screen(ReportScreen(found))


def _ended(workspace: Workspace) -> Report:
    from viva.practice.ending import end_here

    interview = workspace.not_ended()
    if interview is None:
        raise InterviewError(tr("no interview waits any more: start a new one"))
    return end_here(interview)


async def go_on(app: VivaApp) -> None:
    """Go on with the interview that is open beneath, else with the one that was left."""
    from viva.tui.screens.interview import InterviewScreen
    from viva.tui.screens.mock import screen_of
    from viva.tui.session import Session

    if await _back_to(app, InterviewScreen) is not None:
        return
    session = await _ask(app, Session.go_on, app.workspace)
    if session is not None:
        await home(app)
        app.push_screen(screen_of(session))


async def notes(app: VivaApp) -> None:
    """Show the notes. An interview that is open is left for them, since another can be begun there."""
    from viva.tui.screens.interview import InterviewScreen
    from viva.tui.screens.notes import NotesScreen

    if any(isinstance(screen, InterviewScreen) for screen in app.screen_stack):
        await home(app)
    await _visit(app, NotesScreen)


async def problems(app: VivaApp) -> None:
    """Show what is wrong with the notes."""
    from viva.tui.screens.problems import ProblemsScreen

    await _visit(app, ProblemsScreen)


async def progress(app: VivaApp) -> None:
    """Show how practice goes."""
    from viva.tui.screens.progress import ProgressScreen

    await _visit(app, ProgressScreen)


async def settings(app: VivaApp) -> None:
    """Show the settings."""
    from viva.tui.screens.settings import SettingsScreen

    await _visit(app, SettingsScreen)


async def search(app: VivaApp, query: str = "") -> None:
    """Search the notes, for `query` if there is one; a mock interview that is open is left, and its clock stops."""
    from viva.tui.screens.mock import MockScreen
    from viva.tui.screens.search import SearchScreen
    from viva.tui.widgets.query_box import QueryBox

    if any(isinstance(screen, MockScreen) for screen in app.screen_stack):
        await home(app)
    found = await _back_to(app, SearchScreen)
    if found is None:
        await _leave_modal(app)
        await app.push_screen(SearchScreen(query))
    elif query:
        found.query_one(QueryBox).value = query


async def report(app: VivaApp) -> None:
    """Show the report of the last interview."""
    from viva.tui.screens.report import ReportScreen

    account = await _ask(app, app.workspace.ledger.account)
    if account is None:
        return
    await _leave_modal(app)
    if isinstance(app.screen, ReportScreen):
        await app.pop_screen()
    await app.push_screen(ReportScreen(account.report))


async def choose(app: VivaApp, changes: Mapping[str, object | None]) -> bool:
    """Change settings (None: the default again), show what follows from it, and say so; return whether it was done."""
    done = await _ask(app, _change, app.workspace, changes)
    if done is not None:
        if "theme" in changes:
            app.take_theme()
        if "language" in changes:
            chosen = app.workspace.settings.language
            app.speak(language_of_system(os.environ) if chosen == "auto" else chosen)
    for page in app.screen_stack:
        if isinstance(page, Page) and page.is_mounted:
            page.settings_changed()
    if done is not None:
        for key in changes:
            value = told(key, getattr(app.workspace.settings, key))
            app.tell(tr("{setting}: {value}, saved", setting=tr(LABELS[key]), value=value))
    return done is not None


def _change(workspace: Workspace, changes: Mapping[str, object | None]) -> bool:
    workspace.change_settings(changes)
    return True


def confirm(app: VivaApp, doubt: str, step: Callable[[], object]) -> None:
    """Ask, and take the step only on a yes."""
    from viva.tui.screens.confirm import ConfirmScreen

    def answered(yes: bool | None) -> None:
        if yes:
            step()

    app.push_screen(ConfirmScreen(doubt), answered)


def in_background(app: VivaApp, step: Coroutine[object, object, object], group: str = "palette") -> None:
    """Take a step beside what the screens do; a newer one of its group takes its place."""
    app.run_worker(step, group=group, exclusive=True)


# On the way

PageT = TypeVar("PageT", bound=Page)


async def _visit(app: VivaApp, kind: type[Page]) -> None:
    """Show a page of this kind: the one that is open, or a new one over what is open."""
    if await _back_to(app, kind) is None:
        await _leave_modal(app)
        await app.push_screen(kind())


async def _back_to(app: VivaApp, kind: type[PageT]) -> PageT | None:
    """Return to the page of this kind that is open beneath, and return it; None where there is none."""
    found = [screen for screen in app.screen_stack if isinstance(screen, kind)]
    while found and app.screen is not found[0]:
        await app.pop_screen()
    return found[0] if found else None


async def _leave_modal(app: VivaApp) -> None:
    while isinstance(app.screen, ModalScreen):
        await app.pop_screen()


async def _ask(app: VivaApp, step: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T | None:
    """Run a step of the core in its thread; tell on the open page what went wrong, and return None then."""
    try:
        return await app.core.call(step, *args, **kwargs)
    except VivaError as error:
        app.tell(str(error), problem=True)
        return None
