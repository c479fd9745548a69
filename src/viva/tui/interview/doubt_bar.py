"""A near miss: was it a command or the answer?"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from viva.i18n import N_
from viva.tui.common.paragraphs import paragraph
from viva.tui.common.prose import Prose


class DoubtBar(Prose, can_focus=True):
    """Asks a question that is answered by yes or no, in place of the answer box."""

    DEFAULT_CSS = """
    DoubtBar { padding: 0 2; display: none; }
    DoubtBar.-asking { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "decide(True)", N_("Yes"), key_display="y"),
        Binding("n", "decide(False)", N_("No"), key_display="n"),
    ]

    doubt: reactive[str] = reactive("")
    """The question; empty hides the bar."""

    class Decided(Message):
        """The user said yes or no."""

        def __init__(self, *, yes: bool) -> None:
            super().__init__()
            self.yes = yes

    def watch_doubt(self, doubt: str) -> None:
        """Be there only when there is something to ask."""
        self.set_class(bool(doubt), "-asking")
        self.say(*paragraph(f"{doubt}  y / n", "bold $text-warning") if doubt else ())

    def action_decide(self, yes: bool) -> None:
        """Pass the answer on."""
        self.post_message(self.Decided(yes=yes))
