"""Words that Textual takes when a class is made, in the language in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.binding import ActiveBinding

from viva.i18n import tr


def bindings_in_words(bindings: Mapping[str, ActiveBinding]) -> dict[str, ActiveBinding]:
    """Return bindings with what they do in the language in force; their class knows it only as it was noted."""
    return {key: _binding(active) if active.binding.description else active for key, active in bindings.items()}


def _binding(active: ActiveBinding) -> ActiveBinding:
    return active._replace(binding=replace(active.binding, description=tr(active.binding.description)))
