"""What stands around every page: the title line, a notice, and the line of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from viva.i18n import tr
from viva.tui.common.interface import Words, one_line
from viva.tui.common.paragraphs import MUTED, Prose, paragraph


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
        self.watch(self.app, "state", self._show_state)

    def _show_state(self, state: str) -> None:
        self.state = state

    def watch_title(self, title: str) -> None:
        """Show the new title."""
        title_suffix = f"  {one_line(title)}" if title else ""
        for label in self.query("#title").results(Static):
            label.update(Content.assemble(("viva", "bold $text-primary"), title_suffix))

    def watch_state(self, state: str) -> None:
        """Show the new state."""
        for label in self.query("#state").results(Static):
            label.update(Content(one_line(state)))


class Notice(Prose):
    """Shows one message, or nothing and then takes no room."""

    DEFAULT_CSS = """
    Notice { display: none; max-width: 104; padding: 0 2; max-height: 4; }
    Notice.-shown { display: block; }
    """

    message: reactive[str] = reactive("")
    """What is told; empty for nothing."""
    problem: reactive[bool] = reactive(default=False)
    """Whether something could not be done, and not only happened."""

    _words: Words | None = None
    """Says the message again; None where it came from the core, in the language of that moment."""

    _hide_timer: Timer | None = None
    """Takes away what is told."""

    def tell(self, message: str | Words, *, problem: bool = False) -> None:
        """Show `message` instead of what was shown."""
        if self._hide_timer is not None:
            self._hide_timer.stop()
        self._words = None if isinstance(message, str) else message
        message = message if isinstance(message, str) else message()
        self.problem = problem
        self.message = message
        mark, style = ("✗ ", "$text-error") if problem else ("", MUTED)
        self.say(*(paragraph(mark + message, style, 0, len(mark)) if message else ()))
        self.set_class(bool(message), "-shown")

    def tell_end(self, done: Callable[[str], str], seconds: float | None) -> None:
        """Reword what the core told, now that it is over, for some seconds or for good; an error stays as it is."""
        reworded = done(self.message)
        if not self.message or self.problem or self._words is not None or reworded == self.message:
            return
        self.tell(reworded)
        if seconds is not None:
            self._hide_timer = self.set_timer(seconds, lambda: self.tell(""))

    def retranslate(self) -> None:
        """Say it in the language in force. News of the core cannot be said again and goes, an error stays."""
        if self._words is not None:
            self.tell(self._words, problem=self.problem)
        elif not self.problem:
            self.tell("")


def translated_bindings(bindings: Mapping[str, ActiveBinding]) -> dict[str, ActiveBinding]:
    """Return bindings with what they do in the language in force; their class knows it only as it was noted."""
    return {key: _translated(active) if active.binding.description else active for key, active in bindings.items()}


def _translated(active: ActiveBinding) -> ActiveBinding:
    return active._replace(binding=replace(active.binding, description=tr(active.binding.description)))


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does."""

    key: str
    label: str
    description: str
    enabled: bool

    @property
    def width(self) -> int:
        """Cells of the key, a blank, and what it does."""
        return cell_len(self.label) + 1 + cell_len(self.description)


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
                (key.label, "bold $footer-key-foreground" if key.enabled else "dim $footer-key-foreground"),
                (f" {key.description}", "$footer-description-foreground" if key.enabled else "dim"),
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
        seen = set()
        on_top = self.app.screen.active_bindings
        bindings = on_top if self.app.screen is self.screen else translated_bindings(on_top)
        for active in bindings.values():
            binding = active.binding
            if binding.show and binding.action not in seen:
                seen.add(binding.action)
                yield Key(binding.key, self.app.get_key_display(binding), binding.description, active.enabled)
