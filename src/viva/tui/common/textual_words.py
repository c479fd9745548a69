"""Words that Textual takes when a class is made, or has of its own, in the language in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from textual.binding import ActiveBinding, Binding, BindingType
from textual.command import CommandList, CommandPalette
from textual.content import Content
from textual.widgets.option_list import Option

from viva.i18n import N_, tr


def bindings_in_words(bindings: Mapping[str, ActiveBinding]) -> dict[str, ActiveBinding]:
    """Return bindings with what they do in the language in force; their class knows it only as it was noted."""
    return {key: _binding(active) if active.binding.description else active for key, active in bindings.items()}


def _binding(active: ActiveBinding) -> ActiveBinding:
    return active._replace(binding=replace(active.binding, description=tr(active.binding.description)))


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
