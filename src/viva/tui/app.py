"""The terminal interface: screens over a workspace. They show what the core says and pass on what the user does."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from rich.markup import escape
from rich.text import Text
from textual import events, on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.reactive import reactive
from textual.screen import Screen

from viva import i18n
from viva.errors import VivaError
from viva.i18n import N_, spoken, tr
from viva.signals import Signals
from viva.tui.common.interface import NARROW, OTHER, Words, one_line, other_language
from viva.tui.common.page import Page, TypeAhead, TypedEvent
from viva.tui.core_thread import CoreThread, Counted, Notified, Touched
from viva.tui.editor import EditorError, editor_command, open_note
from viva.tui.navigation import Navigator
from viva.tui.start.screen import StartScreen
from viva.tui.themes import THEMES, colours_of, theme_for
from viva.tui.watcher import DiskWatch, NotesReloader, changed_line
from viva.types import Doing, Language

if TYPE_CHECKING:
    from viva.history.identity import NotesChanges
    from viva.tui.editor import FileSpot
    from viva.workspace import Workspace


IN_PAGE = {"ctrl+t": "F8", "ctrl+n": "F9", "ctrl+r": "F4"}
"""Keys that browsers keep for themselves, and what to press in a page instead."""


def _commands() -> type[Provider]:
    """Return what the palette offers, loaded when it is first opened."""
    from viva.tui.commands import VivaCommands

    return VivaCommands


@runtime_checkable
class Speaking(Protocol):
    """A screen that can say its words again."""

    def retranslate(self) -> None:
        """Say everything of viva's own in the language in force."""


class VivaApp(App[None]):
    """Start, interview, search and report, over one workspace."""

    TITLE = "viva"
    CSS_PATH = "viva.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-middle"), (110, "-wide")]  # noqa: RUF012  # Textual declares it so
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", N_("Help"), key_display="F1"),
        Binding("f2", "switch_language", OTHER, key_display="F2"),
        Binding("ctrl+q,ctrl+c", "leave", N_("Quit"), show=False, priority=False),
        Binding("f10", "settings", N_("Settings"), key_display="F10", show=False),
    ]
    state: reactive[str] = reactive("")
    """What the app is doing, for the title line of every screen."""
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._state: Words = lambda: tr("starting…")
        self.set_reactive(VivaApp.state, self._state())
        self._type_ahead = TypeAhead()
        self.workspace = workspace
        for theme in THEMES:
            self.register_theme(theme)
        self.apply_theme()
        self.core = CoreThread()
        self.navigator = Navigator(self)
        self.ready = False
        """Whether model and index are open."""
        self._finished_wording: dict[str, str] = {}
        """Lines that tell of work going on, each with what to say when it is over."""
        self._pages_kept = False
        """Whether the pages have kept what they hold, since viva is left."""
        self._reloader = NotesReloader(workspace, self.core, self._notes_reread)
        self._disk_watch = DiskWatch(workspace.locations.kb, self._post_disk_change)
        self._watching = False
        self._signals = Signals(lambda: self.call_later(self.action_leave))

    def get_key_display(self, binding: Binding) -> str:
        """Name a key as it is named here: in a page, one that the browser lets through."""
        other = IN_PAGE.get(binding.key) if self.is_web else None
        return other or super().get_key_display(binding)

    def say_state(self, words: Words) -> None:
        """Say in the title line what the app is doing."""
        self._state = words
        self.state = words()

    def speak(self, language: Language) -> None:
        """Put a language in force and say everything in it, on every screen that is open."""
        i18n.speak(language)
        self.say_state(self._state)
        for screen in self.screen_stack:
            if isinstance(screen, Speaking) and screen.is_mounted:
                screen.retranslate()

    def action_switch_language(self) -> None:
        """Speak the other language from now on, next time too."""
        self.speak(other_language())
        self._remember_language()

    @work(exclusive=True, group="language")
    async def _remember_language(self) -> None:
        try:
            await self.core.call(self.workspace.change_settings, {"language": spoken()})
        except VivaError as error:
            self.tell(str(error), problem=True)

    async def on_event(self, event: events.Event) -> None:
        """Let the page that is open meet what is typed, in the order in which it was typed."""
        if isinstance(event, TypedEvent) and self.screen_stack and isinstance(page := self.screen, Page):
            if self._type_ahead.keeps(page, event):
                return
            if not event.is_forwarded and page.is_mounted:
                page.forward_to_input(event)
        await super().on_event(event)

    async def pass_on_typed(self) -> None:
        """Give what was typed ahead to the page that is open now."""
        for event in self._type_ahead.take():
            await self.on_event(event)

    def apply_theme(self) -> None:
        """Show the theme of the settings in force."""
        self.theme = theme_for(self.workspace.settings.theme, os.environ)
        self._write_to_page(colours_of(self.current_theme))

    def _write_to_page(self, sequence: str) -> None:
        if self.is_web and self._driver is not None:
            self._driver.write(sequence)

    def get_default_screen(self) -> Screen[None]:
        """Begin with the start screen."""
        return StartScreen()

    def on_mount(self) -> None:
        """Hear what the core tells, which speaks from its own thread, and that viva is to end."""
        self.workspace.notify = self._post_core_line
        self.workspace.progress = self._post_core_progress
        self._write_to_page(colours_of(self.current_theme))
        self._signals.start()

    def watch_notes(self) -> None:
        """Hear from now on of changes of the notes on disk, which were read for the first time."""
        if not self._watching:
            self._watching = True
            self._disk_watch.start()

    def on_unmount(self) -> None:
        """Watch no more, and hear no more signals."""
        self._disk_watch.stop()
        self._signals.stop()

    def _post_disk_change(self) -> None:
        with suppress(RuntimeError):
            self.post_message(Touched())

    def _post_core_line(self, line: str) -> None:
        with suppress(RuntimeError):  # the core may still talk when the app has ended
            self.post_message(Notified(line))

    def _post_core_progress(self, done: int, total: int) -> None:
        with suppress(RuntimeError):
            self.post_message(Counted(done, total))

    @work(exclusive=True, group="warm")
    async def warm(self, doing: Words = lambda: tr("loading the model…")) -> None:
        """Open model and index behind the screen that is shown, and say so."""
        if self.ready:
            return
        self.say_state(doing)
        try:
            await self.core.call(self.workspace.warm)
        except VivaError as error:
            self.say_state(lambda: tr("no model"))
            self.tell(str(error), problem=True)
            return
        self.ready = True
        self.say_state(_ready)
        self._reword_ended()

    def working(self, doing: Words | None) -> None:
        """Say in the title line what is done now; None when it is done."""
        if self.ready:
            self.say_state(doing or _ready)

    def on_counted(self, message: Counted) -> None:
        """Say in the title line how far it is, until all is ready."""
        if not self.ready:
            self.say_state(lambda: tr("indexing {done} of {total}", done=message.done, total=message.total))

    def on_notified(self, message: Notified) -> None:
        """Show a line of the core."""
        if isinstance(message.line, Doing):
            self._finished_wording[one_line(message.line)] = message.line.done
        self.tell(message.line)
        if self.ready:
            self._reword_ended()

    def on_touched(self) -> None:
        """Read the notes again if it was they that changed."""
        self.reload_notes()

    def on_app_focus(self) -> None:
        """Look at the notes when the user comes back: not every file system tells of changes."""
        if self._watching:
            self.reload_notes()

    @work(group="notes")
    async def reload_notes(self) -> None:
        """Read the notes again if a file of them changed on disk."""
        try:
            await self._reloader.reload_if_changed()
        except VivaError as error:
            self.tell(str(error), problem=True)

    async def _notes_reread(self, changes: NotesChanges) -> None:
        self._show_changed_notes()
        with suppress(VivaError):  # told where the index is opened
            await self.core.call(self.workspace.warm)
            self.tell(changed_line(changes))

    def _reword_ended(self) -> None:
        """Let no page go on saying that the index is being built."""
        for page in self.screen_stack:
            if isinstance(page, Page) and page.is_mounted:
                page.tell_end(self._finished_line)

    def _finished_line(self, line: str) -> str:
        """Return what to say of work that is over: "indexing 3 questions" becomes "indexed 3 questions"."""
        return self._finished_wording.get(one_line(line), line)

    def tell(self, line: str | Words, *, problem: bool = False) -> None:
        """Show a line on the page that is open."""
        page = next((screen for screen in reversed(self.screen_stack) if isinstance(screen, Page)), None)
        if page is not None and page.is_mounted:
            page.tell(one_line(line) if isinstance(line, str) else line, problem=problem)

    @work(group="edit")
    async def edit(self, spot: FileSpot) -> None:
        """Open a note in the user's own editor, and read the notes again when they are done with it.

        Without an editor it is shown, and in a page: one would open where viva runs, far from who looks at the page.
        """
        self.tell("")
        if self.is_web or not editor_command(os.environ):
            await self.navigator.show_note(spot)
            return
        try:
            await open_note(self, spot.file, spot.line)
            problem = ""
        except EditorError as error:
            problem = str(error)
        try:
            if await self.core.call(self.workspace.reread) is not None:
                self._show_changed_notes()
        except VivaError as error:
            problem = problem or str(error)
        self.tell(problem, problem=bool(problem))

    def _show_changed_notes(self) -> None:
        """Show changed notes on every page, and refresh the index behind them."""
        for page in self.screen_stack:
            if isinstance(page, Page) and page.is_mounted:
                page.notes_changed()
        self.ready = False
        self.warm(lambda: tr("refreshing the index…"))

    async def on_exit_app(self) -> None:
        """Keep what the pages hold when viva is ended from outside: by a signal, or by closing its browser tab."""
        if not self._pages_kept:
            await self._keep_pages()

    async def _keep_pages(self) -> list[Words | None]:
        self._pages_kept = True
        return [await page.keep() for page in self.screen_stack if isinstance(page, Page)]

    async def action_leave(self) -> None:
        """Leave viva from anywhere; each page first keeps what it holds."""
        parts = [words() for words in await self._keep_pages() if words]
        self.exit(message=Text("\n".join(parts)) if parts else None)

    async def action_quit(self) -> None:
        """Leave by the command palette as by the key."""
        await self.action_leave()

    def action_help(self) -> None:
        """Show the keys of the page that is open."""
        from viva.tui.common.dialogs import HelpScreen

        if isinstance(self.screen, Page):
            self.push_screen(HelpScreen(self.screen))

    def action_settings(self) -> None:
        """Show the settings, from anywhere."""
        self.navigator.in_background(self.navigator.settings())

    # Textual's words

    def action_command_palette(self) -> None:
        """Open the palette."""
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            from viva.tui.commands import Palette

            self.push_screen(Palette())

    def action_show_help_panel(self) -> None:
        """Show the keys as F1 does, in place of Textual's panel, which knows them in English alone."""
        self.call_next(self.run_action, "help")

    @on(events.DeliveryComplete)
    def _tell_picture(self, event: events.DeliveryComplete) -> None:
        event.prevent_default()
        where = tr("saved as {path}", path=escape(str(event.path))) if event.path else tr("saved")
        self.notify(where, title=tr("Screenshot"))

    @on(events.DeliveryFailed)
    def _tell_no_picture(self, event: events.DeliveryFailed) -> None:
        event.prevent_default()
        self.notify(tr("it could not be saved"), title=tr("Screenshot"), severity="error")

    # The end

    def close(self) -> None:
        """Close the workspace in the thread that opened it, after all it has still to do."""
        self.core.close(self.workspace.close)


def _ready() -> str:
    return tr("ready")


def run(workspace: Workspace) -> None:
    """Show the terminal interface until the user leaves it; the workspace is closed then."""
    app = VivaApp(workspace)
    try:
        app.run()
    finally:
        # Only now: the terminal is the user's again, even if a model is still being loaded.
        app.close()
