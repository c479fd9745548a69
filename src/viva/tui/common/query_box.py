"""A line to type a query in."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from viva.tui.common.literal import one_line, sanitize_input


class QueryBox(Input):
    """An input line that takes pasted text without control characters."""

    def _on_paste(self, event: events.Paste) -> None:
        """Rid pasted text of control characters; the handler of the base class, called next, inserts it."""
        event.text = one_line(sanitize_input(event.text))
