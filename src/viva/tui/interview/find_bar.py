"""The line in which the talk beside it is searched: what to find, and which of how many places is looked at."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from viva.i18n import N_, tr
from viva.tui.common.inputs import QueryBox
from viva.tui.interview.transcript import Transcript


class FindBox(QueryBox):
    """A query line whose Enter says what it does here."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Next place"), key_display="⏎")]


class FindBar(Horizontal):
    """Hidden until it is opened."""

    DEFAULT_CSS = """
    FindBar { height: 1; padding: 0 2; display: none; }
    FindBar.-open { display: block; layout: horizontal; }
    FindBar QueryBox { width: 1fr; padding: 0 1; background: $surface; }
    FindBar Static { width: auto; padding-left: 2; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", N_("Next place"), show=False),
        Binding("shift+enter,up", "step(-1)", N_("Place before"), key_display="⇧⏎", show=False),
        Binding("escape", "close", N_("Close")),
    ]

    class Closed(Message):
        """The user is done with finding."""

    @property
    def _transcript(self) -> Transcript:
        return self.screen.query_one(Transcript)

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self.has_class("-open")

    def compose(self) -> ComposeResult:
        """Make the line and the count."""
        yield FindBox(id="find", compact=True)
        yield Static(id="place")

    def open(self) -> None:
        """Show it with what was looked for last, to be typed over."""
        self.add_class("-open")
        box = self.query_one(QueryBox)
        box.placeholder = tr("find in the talk")
        box.focus()
        box.select_all()
        self._find(box.value)

    def step(self, by: int) -> None:
        """Go to the place after (1) or before (-1) the one that is looked at; open where nothing was looked for."""
        if not self.is_open:
            self.open()
            return
        self._transcript.step(by)
        self.count()

    def count(self) -> None:
        """Say which of how many places is looked at."""
        at, total = self._transcript.counted
        looked_for = bool(self.query_one(QueryBox).value.strip())
        nothing = tr("not found") if looked_for else ""
        place = nothing if at is None else tr("{at} of {total}", at=at + 1, total=total)
        self.query_one("#place", Static).update(Content(place))

    def _find(self, query: str) -> None:
        self._transcript.find(query)
        self.count()

    @on(Input.Changed)
    def _change(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_open:
            self._find(event.value)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_step(1)

    def action_step(self, by: int) -> None:
        """Go to the next place, or the one before."""
        self.step(by)

    def action_close(self) -> None:
        """Be done; what was looked for is kept for the next time."""
        self.remove_class("-open")
        self._transcript.find("")
        self.post_message(self.Closed())
