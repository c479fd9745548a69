"""What the command palette offers: all that can be done from anywhere, then what the open screen offers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import ActiveBinding, Binding, BindingType
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import Matcher
from textual.markup import escape
from textual.screen import Screen
from textual.widgets.option_list import Option

from viva.i18n import N_, ntr, tr
from viva.text.moments import clock_face
from viva.tui.common.interface import one_line
from viva.tui.common.page import Page
from viva.tui.settings.words import LANGUAGES
from viva.tui.start.screen import StartScreen
from viva.tui.themes import NAMES as THEMES
from viva.types import Order

if TYPE_CHECKING:
    from viva.tui.app import VivaApp
    from viva.tui.start.overview import Overview

_ORDERS: dict[Order, str] = {
    "random": N_("Start an interview: random order"),
    "due": N_("Start an interview: due first"),
    "weak": N_("Start an interview: weak points"),
    "unanswered": N_("Start an interview: unanswered"),
}
_MOTIONS = ("scroll", "step", "page", "move", "end", "delete_digit", "app.focus")
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


def search_command(app: VivaApp, query: str) -> Command | None:
    """Return the command that searches the notes for what was typed in the palette."""
    if _overview(app) is None or not query.strip():
        return None
    name = tr("Search the notes for “{query}”", query=one_line(query.strip()))
    return _command(app, name, "", partial(app.navigator.search, query.strip()))


def _overview(app: VivaApp) -> Overview | None:
    """Return what the first screen knows, without asking the core, which may be busy; None before notes were read."""
    first = app.screen_stack[0]
    return first.overview if isinstance(first, StartScreen) else None


def _command(
    app: VivaApp, name: str, about: str, step: Callable[[], Coroutine[object, object, object]], also: str = ""
) -> Command:
    """Return a command whose step takes its time; a newer one takes its place."""
    return Command(name, about, lambda: app.navigator.in_background(step()), also)


def _interviews(app: VivaApp, overview: Overview) -> Iterator[Command]:
    from viva.tui.interview.screen import InterviewScreen

    if overview.waiting or any(isinstance(screen, InterviewScreen) for screen in app.screen_stack):
        yield _command(
            app,
            tr("Go on with the interview"),
            tr("where it was left"),
            app.navigator.go_on,
            "Go on with the interview",
        )
        ending = N_("End the interview that waits")
        yield _command(app, tr(ending), tr("as it is, with its report"), app.navigator.end, ending)
    count = app.workspace.settings.count
    about = ntr("{number} question at most", "{number} questions at most", count)
    for order, name in _ORDERS.items():
        yield _command(app, tr(name), about, partial(app.navigator.begin, order=order), name)
    mock = N_("Start a mock interview")
    timed = tr("{time} an answer, feedback at the end", time=clock_face(app.workspace.settings.limit))
    yield _command(app, tr(mock), timed, partial(app.navigator.begin, mock=True), mock)


def _pages(app: VivaApp) -> Iterator[Command]:
    pages = (
        (N_("Notes"), N_("Browse all questions"), app.navigator.notes),
        (N_("Check of the notes"), N_("What is worth a look in them"), app.navigator.problems),
        (N_("Search"), N_("Search the notes by meaning and by words"), app.navigator.search),
        (N_("Progress"), N_("How practice goes over weeks"), app.navigator.progress),
        (N_("Report"), N_("How the last interview went"), app.navigator.report),
    )
    for name, about, step in pages:
        yield _command(app, tr(name), tr(about), step, name)


def _settings(app: VivaApp) -> Iterator[Command]:
    yield _command(
        app,
        tr("Settings"),
        tr("Questions, recall, colours, language…"),
        app.navigator.settings,
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
        app.navigator.in_background(app.navigator.choose({key: value}), f"choose-{key}")

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
        yield _command(app, name, about, partial(app.navigator.begin, topic=topic), f"Practise: {topic}")


_AT_LAST = 0.01
"""Score of a search for what was typed: below all that is called so."""


class Palette(CommandPalette):
    """The command palette, which says in the language in force that nothing is called so, and how it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "escape", N_("Close"))]

    def __init__(self) -> None:
        super().__init__(placeholder=tr("Search for commands…"), id="--command-palette")

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Say after a moment that nothing was found; Textual's own words for it stand within the method."""
        self._stop_no_matches_countdown()

        def say() -> None:
            self._list_visible = bool(search_value)
            if search_value:
                text = Content.styled(tr("nothing is called so"), "not bold")
                self.query_one(CommandList).add_option(Option(text, disabled=True, id=self._NO_MATCHES))

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, say)


class VivaCommands(Provider):
    """Offers what can be done; the core is not asked, so that the palette opens at once however busy it is."""

    @property
    def viva(self) -> VivaApp:
        """The app, under its own type."""
        return cast("VivaApp", self.app)

    async def discover(self) -> Hits:
        """Yield all there is, before anything was typed."""
        for command in commands(self.viva, self.screen):
            yield DiscoveryHit(Content(command.name), command.run, command.name, escape(command.about) or None)

    async def search(self, query: str) -> Hits:
        """Yield what is called so, and a search of the notes."""
        matcher = self.matcher(query)
        for command in commands(self.viva, self.screen):
            score = max(matcher.match(command.name), matcher.match(command.also) if command.also else 0.0)
            if score > 0:
                yield _hit(score, _highlighted(matcher, command.name), command)
        if (last := search_command(self.viva, query)) is not None:
            yield _hit(_AT_LAST, Content(last.name), last)


def _hit(score: float, name: Content, command: Command) -> Hit:
    return Hit(score, name, command.run, command.name, escape(command.about) or None)


def _highlighted(matcher: Matcher, name: str) -> Content:
    """Return a name with what matches in it marked; `Matcher.highlight` would read markup in it."""
    content = Content(name)
    _, offsets = matcher.fuzzy_search.match(matcher.query, name)
    for at in offsets:
        if not name[at].isspace():
            content = content.stylize(matcher.match_style, at, at + 1)
    return content
