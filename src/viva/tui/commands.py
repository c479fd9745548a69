"""What the command palette offers: all that can be done from anywhere, then what the open screen offers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.binding import ActiveBinding
from textual.screen import Screen

from viva.i18n import noted, ntr, tr
from viva.practice.time_limit import clock_face
from viva.tui import from_anywhere
from viva.tui.literal import one_line
from viva.tui.screens.page import Page
from viva.tui.screens.start import StartScreen
from viva.tui.setting_words import LANGUAGES
from viva.tui.themes import NAMES as THEMES
from viva.types import Order

if TYPE_CHECKING:
    from viva.tui.app import VivaApp
    from viva.tui.overview import Overview

_ORDERS: dict[Order, str] = {
    "random": noted("Start an interview: random order"),
    "due": noted("Start an interview: due first"),
    "weak": noted("Start an interview: weak points"),
    "unanswered": noted("Start an interview: unanswered"),
}
_MOTIONS = ("scroll", "step", "page", "move", "end", "rub_out", "app.focus")
"""Actions by which one moves within a screen; no one looks for these by name."""
_ELSEWHERE = frozenset(
    (
        "app.leave",
        "leave",
        "help",
        "app.settings",
        "settings",
        "search",
        "browse",
        "check",
        "progress",
        "switch_language",
    )
)
"""Actions of the screens that are offered from anywhere."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done, by its name."""

    name: str
    """In the language in force, one safe line."""
    about: str
    run: Callable[[], Awaitable[object] | object]
    also: str = ""
    """Another name under which it is found: the English one, in any language."""


def commands(app: VivaApp, screen: Screen[object]) -> Iterator[Command]:
    """Yield what can be done now, over the screen that is open."""
    overview = _overview(app)
    if overview is not None:
        yield from _interviews(app, overview)
        yield from _pages(app)
    yield from _settings(app)
    yield from _program(app)
    if isinstance(screen, Page):
        yield from _of_screen(app, screen)
    if overview is not None:
        yield from _topics(app, overview)


def searching(app: VivaApp, query: str) -> Command | None:
    """Return the command that searches the notes for what was typed in the palette."""
    if _overview(app) is None or not query.strip():
        return None
    name = tr("Search the notes for “{query}”", query=one_line(query.strip()))
    return _command(app, name, "", partial(from_anywhere.search, app, query.strip()))


def _overview(app: VivaApp) -> Overview | None:
    """Return what the first screen knows, without asking the core, which may be busy; None before notes were read."""
    first = app.screen_stack[0]
    return first.overview if isinstance(first, StartScreen) else None


def _command(
    app: VivaApp, name: str, about: str, step: Callable[[], Coroutine[object, object, object]], also: str = ""
) -> Command:
    """Return a command whose step takes its time; a newer one takes its place."""
    return Command(name, about, lambda: from_anywhere.in_background(app, step()), also)


def _interviews(app: VivaApp, overview: Overview) -> Iterator[Command]:
    from viva.tui.screens.interview import InterviewScreen

    if overview.waiting or any(isinstance(screen, InterviewScreen) for screen in app.screen_stack):
        yield _command(
            app,
            tr("Go on with the interview"),
            tr("where it was left"),
            partial(from_anywhere.go_on, app),
            "Go on with the interview",
        )
        ending = noted("End the interview that waits")
        yield _command(app, tr(ending), tr("as it is, with its report"), partial(from_anywhere.end, app), ending)
    count = app.workspace.settings.count
    about = ntr("{number} question at most", "{number} questions at most", count)
    for order, name in _ORDERS.items():
        yield _command(app, tr(name), about, partial(from_anywhere.begin, app, order=order), name)
    mock = noted("Start a mock interview")
    timed = tr("{time} an answer, feedback at the end", time=clock_face(app.workspace.settings.limit))
    yield _command(app, tr(mock), timed, partial(from_anywhere.begin, app, mock=True), mock)


def _pages(app: VivaApp) -> Iterator[Command]:
    pages = (
        (noted("Notes"), noted("Browse all questions"), from_anywhere.notes),
        (noted("Check of the notes"), noted("What is worth a look in them"), from_anywhere.problems),
        (noted("Search"), noted("Search the notes by meaning and by words"), from_anywhere.search),
        (noted("Progress"), noted("How practice goes over weeks"), from_anywhere.progress),
        (noted("Report"), noted("How the last interview went"), from_anywhere.report),
    )
    for name, about, step in pages:
        yield _command(app, tr(name), tr(about), partial(step, app), name)


def _settings(app: VivaApp) -> Iterator[Command]:
    yield _command(
        app,
        tr("Settings"),
        tr("Questions, recall, colours, language…"),
        partial(from_anywhere.settings, app),
        "Settings",
    )
    now = app.workspace.settings
    for theme, name in THEMES.items():
        yield _choice(app, tr("Colours: {theme}", theme=tr(name)), "theme", theme, on=now.theme == theme)
    for language, name in LANGUAGES.items():
        called = tr("Language: {language}", language=tr(name))
        yield _choice(app, called, "language", language, on=now.language == language)


def _choice(app: VivaApp, name: str, key: str, value: str, *, on: bool) -> Command:
    def choose() -> None:
        from_anywhere.in_background(app, from_anywhere.choose(app, {key: value}), f"choose-{key}")

    return Command(name, tr("so it is now") if on else "", choose, f"{key} {value}")


def _program(app: VivaApp) -> Iterator[Command]:
    yield Command(tr("Help"), tr("The keys of this screen"), partial(app.run_action, "help"), "Help Keys")
    yield Command(
        tr("Screenshot"),
        tr("Save a picture of this screen as SVG"),
        lambda: app.set_timer(0.1, app.deliver_screenshot),
        "Screenshot",
    )
    yield Command(tr("Quit"), tr("Leave viva; nothing is lost"), partial(app.run_action, "leave"), "Quit Exit")


def _of_screen(app: VivaApp, screen: Page) -> Iterator[Command]:
    seen = set(_ELSEWHERE)
    for active in screen.active_bindings.values():
        action = active.binding.action
        if action in seen or not active.enabled or not _is_offered(active):
            continue
        seen.add(action)
        key = app.get_key_display(active.binding)
        about = tr("on this screen: {key}", key=key)
        yield Command(active.binding.description, about, partial(app.run_action, action, active.node))


def _is_offered(active: ActiveBinding) -> bool:
    """Whether a class of viva made the binding, and not to move about."""
    own = {
        binding.action
        for kind in type(active.node).__mro__
        if kind.__module__.startswith("viva.")
        for binding in vars(kind).get("BINDINGS", ())
    }
    action = active.binding.action
    return action in own and bool(active.binding.description) and not action.startswith(_MOTIONS)


def _topics(app: VivaApp, overview: Overview) -> Iterator[Command]:
    for topic, number in overview.topics:
        name = tr("Practise: {topic}", topic=one_line(topic))
        about = ntr("{number} question", "{number} questions", number)
        yield _command(app, name, about, partial(from_anywhere.begin, app, topic=topic), f"Practise: {topic}")
