"""The one line in which viva tells of itself: an error, a rebuilt index, a kept interview."""

from __future__ import annotations

from textual.reactive import reactive

from viva.tui.paragraphs import MUTED, paragraph
from viva.tui.widgets.prose import Prose


class Notice(Prose):
    """Shows one message, or nothing and then takes no room."""

    DEFAULT_CSS = """
    Notice { display: none; padding: 0 2; max-height: 4; }
    Notice.-shown { display: block; }
    """

    message: reactive[str] = reactive("")
    """What is told; empty for nothing."""
    problem: reactive[bool] = reactive(default=False)
    """Whether something could not be done, and not only happened."""

    def tell(self, message: str, *, problem: bool = False) -> None:
        """Show `message` instead of what was shown."""
        self.problem = problem
        self.message = message
        mark, style = ("✗ ", "$text-error") if problem else ("", MUTED)
        self.say(*(paragraph(mark + message, style, 0, len(mark)) if message else ()))
        self.set_class(bool(message), "-shown")
