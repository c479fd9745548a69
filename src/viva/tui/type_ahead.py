"""An app in which typing may run ahead of the screens: keys reach what they were meant for, in their order."""

from __future__ import annotations

from operator import attrgetter

from textual import events

from viva.tui.common.page import Page
from viva.tui.language_app import LanguageApp

Typed = events.Key | events.Paste


class TypeAheadApp(LanguageApp):
    """Lets the open page meet what is typed, and keeps for an interview what is typed while it is being opened."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead: list[Typed] = []
        """What was typed for an interview that is being opened."""

    async def on_event(self, event: events.Event) -> None:
        """Let the page that is open meet what is typed, in the order in which it was typed."""
        if isinstance(event, Typed) and self.screen_stack and isinstance(page := self.screen, Page):
            if self._keep_ahead(page, event):
                return
            if not event.is_forwarded and page.is_mounted:
                page.forward_to_input(event)
        await super().on_event(event)

    def _keep_ahead(self, page: Page, event: Typed) -> bool:
        """Whether this is kept for the interview that is being opened: here it would mean something else."""
        if not page.opening:
            self._ahead.clear()  # no interview came of it
            return False
        if isinstance(event, events.Key) and not event.is_printable and event.key not in {"enter", "backspace"}:
            return False
        if self._ahead or isinstance(event, events.Paste) or event.key not in {"enter", "backspace"}:
            self._ahead.append(event)
        return True  # Enter pressed twice, to begin, is no answer

    async def pass_on_typed(self) -> None:
        """Give what was kept to the page that is open now."""
        # A key that came back from a widget first was typed before one that had not been there yet.
        ahead, self._ahead = sorted(self._ahead, key=attrgetter("time")), []
        for event in ahead:
            await self.on_event(_anew(event))


def _anew(event: Typed) -> Typed:
    return events.Paste(event.text) if isinstance(event, events.Paste) else events.Key(event.key, event.character)
