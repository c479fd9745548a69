"""A page with a talk, which can be scrolled and searched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from viva.i18n import N_
from viva.interview.dialogue.reply import Event
from viva.tui.common.page import Page
from viva.tui.interview.find_bar import FindBar
from viva.tui.interview.transcript import Transcript


class TalkPage(Page):
    """Shows the talk so far, and the line in which it is searched."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f", "find", N_("Find in the talk"), show=False, priority=True),
        Binding("f3", "find_step(1)", N_("Next place"), show=False),
        Binding("shift+f3", "find_step(-1)", N_("Place before"), show=False),
        Binding("pageup", "scroll_talk(-1)", N_("Scroll back"), show=False, priority=True),
        Binding("pagedown", "scroll_talk(1)", N_("Scroll on"), show=False, priority=True),
        Binding("up", "scroll_lines(-1)", N_("Scroll up"), show=False),
        Binding("down", "scroll_lines(1)", N_("Scroll down"), show=False),
    ]

    def compose_body(self) -> ComposeResult:
        """Make the talk and the line below it."""
        yield Transcript()
        yield FindBar()

    def tell_of(self, events: Iterable[Event]) -> None:
        """Add what happened to the talk."""
        talk = self.query_one(Transcript)
        talk.show(events)
        self.query_one(FindBar).count(*talk.counted)

    def retranslate(self) -> None:
        """Say what is not talk in the language in force too."""
        super().retranslate()
        self.query_one(Transcript).retranslate()

    def focus_again(self) -> None:
        """Give the focus back to what had it before something was looked for."""

    def action_find(self) -> None:
        """Open the line in which the talk is searched."""
        self.query_one(FindBar).open()

    @on(FindBar.Changed)
    def _find(self, event: FindBar.Changed) -> None:
        self.query_one(Transcript).find(event.query)
        self.query_one(FindBar).count(*self.query_one(Transcript).counted)

    def action_find_step(self, by: int) -> None:
        """Go to the next place found, or the one before; open the line where nothing was looked for."""
        bar, talk = self.query_one(FindBar), self.query_one(Transcript)
        if not bar.is_open:
            bar.open()
            return
        talk.step(by)
        bar.count(*talk.counted)

    @on(FindBar.Stepped)
    def _step_find(self, event: FindBar.Stepped) -> None:
        self.action_find_step(event.by)

    @on(FindBar.Closed)
    def _end_find(self) -> None:
        self.query_one(FindBar).close()
        self.query_one(Transcript).find("")
        self.focus_again()

    def action_scroll_talk(self, by: int) -> None:
        """Scroll the talk by nearly its height."""
        self.scroll_by_page(self.query_one(Transcript), by, kept=2)

    def action_scroll_lines(self, by: int) -> None:
        """Scroll the talk by a line, when no text is being typed."""
        self.query_one(Transcript).scroll_relative(y=by, animate=False)
