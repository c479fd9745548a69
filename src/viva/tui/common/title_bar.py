"""The top line of every screen: where one is, and what viva is doing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from viva.tui.common.literal import one_line


class TitleBar(Horizontal):
    """Shows the name of the screen on the left and the state of the app on the right."""

    DEFAULT_CSS = """
    TitleBar { height: 1; padding: 0 2; }
    TitleBar #title { width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    TitleBar #state { width: auto; height: 1; padding-left: 1; color: $text-muted; }
    """

    title: reactive[str] = reactive("")
    """What the screen is about, after the name of the program."""
    state: reactive[str] = reactive("")
    """What is going on, such as "loading the model…"."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.set_reactive(TitleBar.title, title)

    def compose(self) -> ComposeResult:
        """Make the two ends."""
        yield Static(id="title")
        yield Static(id="state")

    def on_mount(self) -> None:
        """Follow the state of the app from now on."""
        self.watch_title(self.title)
        self.watch(self.app, "state", self._follow)

    def _follow(self, state: str) -> None:
        self.state = state

    def watch_title(self, title: str) -> None:
        """Show the new title."""
        rest = f"  {one_line(title)}" if title else ""
        for shown in self.query("#title").results(Static):
            shown.update(Content.assemble(("viva", "bold $text-primary"), rest))

    def watch_state(self, state: str) -> None:
        """Show the new state."""
        for shown in self.query("#state").results(Static):
            shown.update(Content(one_line(state)))
