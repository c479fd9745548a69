"""Textual's own words, and words that it takes when a class is made, in the language in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.app import SystemCommand
from textual.binding import ActiveBinding

from viva.i18n import noted, tr

_COMMANDS = {
    "Theme": (noted("Theme"), noted("Change the colours")),
    "Quit": (noted("Quit"), noted("Leave viva; nothing is lost")),
    "Keys": (noted("Keys"), noted("Show the keys of this screen")),
    "Maximize": (noted("Maximize"), noted("Give the marked part the whole screen")),
    "Minimize": (noted("Minimize"), noted("Show the whole screen again")),
    "Screenshot": (noted("Screenshot"), noted("Save a picture of this screen as SVG")),
}
"""Textual's commands by its name for them: what viva calls each, and what it does."""


def bindings_in_words(bindings: Mapping[str, ActiveBinding]) -> dict[str, ActiveBinding]:
    """Return bindings with what they do in the language in force; their class knows it only as it was noted."""
    return {key: _binding(active) if active.binding.description else active for key, active in bindings.items()}


def _binding(active: ActiveBinding) -> ActiveBinding:
    return active._replace(binding=replace(active.binding, description=tr(active.binding.description)))


def command_in_words(command: SystemCommand) -> SystemCommand:
    """Return a command of Textual's palette in the language in force."""
    title, told = _COMMANDS.get(command.title, (command.title, command.help))
    return command._replace(title=tr(title), help=tr(told))
