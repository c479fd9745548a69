"""The bottom line of every screen: the keys that can be pressed now, and what they do."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

_BEFORE = 1
"""Cells before the first key."""


class KeyLine(Footer):
    """Shows as many keys as there is room for, the most needed first; a key that does not fit is left out whole."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)

    def compose(self) -> Iterator[Widget]:
        """Make the keys that fit."""
        room = self.app.size.width - _BEFORE
        for key in super().compose():
            if isinstance(key, FooterKey):
                room -= cell_len(f"{key.key_display} {key.description}")
                if room < 0:
                    return
                room -= 1
            yield key

    def on_resize(self) -> None:
        """Fill the new width."""
        self.call_after_refresh(self.recompose)
