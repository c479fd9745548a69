"""The one line in which viva tells of itself: an error, a rebuilt index, a kept interview."""

from __future__ import annotations

from collections.abc import Callable

from textual.reactive import reactive
from textual.timer import Timer

from viva.tui.common.interface import Words
from viva.tui.common.paragraphs import MUTED, paragraph
from viva.tui.common.prose import Prose


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

    _passing: Timer | None = None
    """Takes away what is told."""

    def tell(self, message: str | Words, *, problem: bool = False) -> None:
        """Show `message` instead of what was shown."""
        if self._passing is not None:
            self._passing.stop()
        self._words = None if isinstance(message, str) else message
        message = message if isinstance(message, str) else message()
        self.problem = problem
        self.message = message
        mark, style = ("✗ ", "$text-error") if problem else ("", MUTED)
        self.say(*(paragraph(mark + message, style, 0, len(mark)) if message else ()))
        self.set_class(bool(message), "-shown")

    def tell_end(self, done: Callable[[str], str], seconds: float | None) -> None:
        """Reword what the core told, now that it is over, for some seconds or for good; an error stays as it is."""
        if self.message and not self.problem and self._words is None and (over := done(self.message)) != self.message:
            self.tell(over)
            if seconds is not None:
                self._passing = self.set_timer(seconds, lambda: self.tell(""))

    def retranslate(self) -> None:
        """Say it in the language in force. News of the core cannot be said again and goes, an error stays."""
        if self._words is not None:
            self.tell(self._words, problem=self.problem)
        elif not self.problem:
            self.tell("")
