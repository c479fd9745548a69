"""The terminal interface: screens over a workspace. They show what the core says and pass on what the person does."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import App, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from viva.errors import VivaError
from viva.i18n import noted, speak, tr
from viva.tui.core_thread import CoreThread
from viva.tui.editor import Editor, EditorError, editor_of
from viva.tui.literal import one_line
from viva.tui.screens.page import Page
from viva.tui.screens.start import StartScreen
from viva.tui.themes import THEMES, theme_for

if TYPE_CHECKING:
    from viva.types import Language
    from viva.workspace import Workspace


LOOK = 0.2
"""Seconds between two looks whether an editor with a window of its own was closed."""


def _commands() -> type[Provider]:
    """Return what the palette offers, loaded when it is first opened."""
    from viva.tui.palette import VivaCommands

    return VivaCommands


class VivaApp(App[None]):
    """Start, interview, search and report, over one workspace."""

    TITLE = "viva"
    CSS_PATH = "viva.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-middle"), (110, "-wide")]  # noqa: RUF012  # Textual declares it so
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", "Help", key_display="F1"),
        Binding("ctrl+q,ctrl+c", "leave", "Quit", show=False, priority=False),
        Binding("f3", "settings", noted("Settings"), show=False),
    ]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}

    state: reactive[str] = reactive("starting…")
    """What viva is doing, for the title line of every screen."""

    class Told(Message):
        """The core has a line to tell, such as a rebuilt index."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    class Counted(Message):
        """The core is so far in some long work."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        for theme in THEMES:
            self.register_theme(theme)
        self.take_theme()
        self.core = CoreThread()
        self.ready = False
        """Whether model and index are open."""

    def take_theme(self) -> None:
        """Show the theme of the settings in force."""
        self.theme = theme_for(self.workspace.settings.theme, os.environ)

    def speak(self, language: Language) -> None:
        """Put a language in force and say everything in it, on every screen that is open."""
        speak(language)
        for page in self.screen_stack:
            if isinstance(page, Page) and page.is_mounted:
                page.speak_again()

    def get_default_screen(self) -> Screen[None]:
        """Begin with the start screen."""
        return StartScreen()

    def on_mount(self) -> None:
        """Hear what the core tells; it speaks from its own thread."""
        self.workspace.notify = self._hear
        self.workspace.progress = self._count

    def _hear(self, line: str) -> None:
        with suppress(RuntimeError):  # the core may still talk when the app has ended
            self.post_message(self.Told(line))

    def _count(self, done: int, total: int) -> None:
        with suppress(RuntimeError):
            self.post_message(self.Counted(done, total))

    @work(exclusive=True, group="warm")
    async def warm(self, doing: str = "loading the model…") -> None:
        """Open model and index behind the screen that is shown, and say so."""
        if self.ready:
            return
        self.state = doing
        try:
            await self.core.call(self.workspace.warm)
        except VivaError as error:
            self.state = tr("no model")
            self.tell(str(error), problem=True)
            return
        self.ready = True
        self.state = "ready"
        self._end_told()

    def working(self, doing: str) -> None:
        """Say in the title line what is done now; empty when it is done."""
        if self.ready:
            self.state = doing or "ready"

    def on_viva_app_counted(self, message: Counted) -> None:
        """Say in the title line how far it is, until all is ready."""
        if not self.ready:
            self.state = f"indexing {message.done} of {message.total}"

    def on_viva_app_told(self, message: Told) -> None:
        """Show a line of the core."""
        self.tell(_done(message.line) if self.ready else message.line)

    def _end_told(self) -> None:
        """Let no page go on saying that the index is being built."""
        for page in self.screen_stack:
            if isinstance(page, Page) and page.is_mounted:
                page.tell_end(_done)

    def tell(self, line: str, *, problem: bool = False) -> None:
        """Show a line on the page that is open."""
        page = next((screen for screen in reversed(self.screen_stack) if isinstance(screen, Page)), None)
        if page is not None and page.is_mounted:
            page.tell(one_line(line), problem=problem)

    @work(group="edit")
    async def edit(self, file: Path, line: int) -> None:
        """Open a note in the person's own editor, and read the notes again when they are done with it."""
        self.tell("")
        try:
            await self._open(editor_of(os.environ), file, line)
            problem = ""
        except EditorError as error:
            problem = str(error)
        try:
            if await self.core.call(self.workspace.reread):
                self._renew()
        except VivaError as error:
            problem = problem or str(error)
        self.tell(problem, problem=bool(problem))

    async def _open(self, editor: Editor, file: Path, line: int) -> None:
        """Run an editor until it is closed: in its own window, or in this terminal, which it then has to itself."""
        if editor.has_window:
            self.tell(f"waiting for {editor.name}: what you change is read when you close {file.name} there")
            running = editor.start(file, line)
            # A thread that waits for it would keep viva from ending before it.
            while (code := running.poll()) is None:  # noqa: ASYNC110  # another program sets no event
                await asyncio.sleep(LOOK)
            editor.check(code)
            return
        failed: EditorError | None = None
        try:
            with self.suspend():
                try:
                    editor.run(file, line)
                except EditorError as error:  # raised within, it would leave the terminal suspended
                    failed = error
        except SuspendNotSupported as error:
            raise EditorError(f"this terminal cannot be lent to {editor.name}") from error
        if failed is not None:
            raise failed

    def _renew(self) -> None:
        """Show changed notes on every page, and refresh the index behind them."""
        for page in self.screen_stack:
            if isinstance(page, Page) and page.is_mounted:
                page.notes_changed()
        self.ready = False
        self.warm("refreshing the index…")

    async def action_leave(self) -> None:
        """Leave viva from anywhere; each page first keeps what it holds."""
        kept = [await page.keep() for page in self.screen_stack if isinstance(page, Page)]
        self.exit(message=Text("\n".join(filter(None, kept))) if any(kept) else None)

    async def action_quit(self) -> None:
        """Leave by the command palette as by the key."""
        await self.action_leave()

    def action_help(self) -> None:
        """Show the keys of the page that is open."""
        from viva.tui.screens.help import HelpScreen

        if isinstance(self.screen, Page):
            self.push_screen(HelpScreen(self.screen))

    def action_settings(self) -> None:
        """Show the settings, from anywhere."""
        from viva.tui import from_anywhere

        from_anywhere.in_background(self, from_anywhere.settings(self))

    def close(self) -> None:
        """Close the workspace in the thread that opened it, after all it has still to do."""
        self.core.close(self.workspace.close)


def _done(line: str) -> str:
    """Return what to say of work that is over: "indexing 3 questions" becomes "indexed 3 questions"."""
    for doing, done in (("indexing ", "indexed "), ("rebuilding ", "rebuilt ")):
        if line.startswith(doing):
            return done + line.removeprefix(doing)
    return line


def run(workspace: Workspace) -> None:
    """Show the terminal interface until the person leaves it; the workspace is closed then."""
    app = VivaApp(workspace)
    try:
        app.run()
    finally:
        # Only now: the terminal is the person's again, even if a model is still being loaded.
        app.close()
