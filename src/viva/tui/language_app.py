"""An app that speaks the language in force, and another at a key: its own words and those that Textual adds."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from rich.markup import escape
from textual import events, on
from textual.app import App
from textual.command import CommandPalette
from textual.reactive import reactive

from viva import i18n
from viva.i18n import tr
from viva.tui.common.interface import Words, other_language
from viva.tui.common.textual_words import Palette
from viva.types import Language


@runtime_checkable
class Speaking(Protocol):
    """A screen that can say its words again."""

    def retranslate(self) -> None:
        """Say everything of viva's own in the language in force."""


class LanguageApp(App[None]):
    """Switches the language of all open screens; what was typed or chosen stays."""

    state: reactive[str] = reactive("")
    """What the app is doing, for the title line of every screen."""

    def __init__(self) -> None:
        super().__init__()
        self._state: Words = lambda: tr("starting…")
        self.set_reactive(LanguageApp.state, self._state())

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
        """Speak the other language from now on."""
        self.speak(other_language())

    # Textual's words

    def action_command_palette(self) -> None:
        """Open the palette."""
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
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
