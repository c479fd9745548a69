"""The bottom line of every screen: the keys that can be pressed now, and what they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from viva.tui.common.textual_words import bindings_in_words


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does."""

    key: str
    shown: str
    does: str
    enabled: bool

    @property
    def width(self) -> int:
        """Cells of the key, a blank, and what it does."""
        return cell_len(self.shown) + 1 + cell_len(self.does)


class KeyLine(Widget, can_focus=False):
    """Shows as many keys as there is room for, the most needed first; a key that does not fit is left out whole.

    Textual's own footer makes a widget for each key whenever a key comes or goes, which happens several times in each
    turn of an interview, and forgets none of them: here the line is one widget.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; padding: 0 1; background: $footer-background; }
    """

    def on_mount(self) -> None:
        """Follow the keys of the screen, and what opens over it."""
        self.screen.bindings_updated_signal.subscribe(self, self._renew)
        self.app.screen_change_signal.subscribe(self, self._renew)

    def _renew(self, _: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        """Return the keys that fit."""
        return Content(" ").join(
            Content.assemble(
                (key.shown, "bold $footer-key-foreground" if key.enabled else "dim $footer-key-foreground"),
                (f" {key.does}", "$footer-description-foreground" if key.enabled else "dim"),
            )
            for _, key in self._places()
        )

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key that is pointed at."""
        at = event.x - self.gutter.left
        pointed = next((key for start, key in self._places() if start <= at < start + key.width), None)
        if pointed is not None and pointed.enabled:
            self.app.simulate_key(pointed.key)

    def _places(self) -> Iterator[tuple[int, Key]]:
        """Yield each key that fits, and the cell where it begins."""
        start = 0
        for key in self._keys():
            if start + key.width > self.content_size.width:
                return
            yield start, key
            start += key.width + 1

    def _keys(self) -> Iterator[Key]:
        """Yield the keys that are shown, one for each action: those that can be pressed, of what is on top."""
        told = set()
        on_top = self.app.screen.active_bindings
        bindings = on_top if self.app.screen is self.screen else bindings_in_words(on_top)
        for active in bindings.values():
            binding = active.binding
            if binding.show and binding.action not in told:
                told.add(binding.action)
                yield Key(binding.key, self.app.get_key_display(binding), binding.description, active.enabled)
