"""The least that Textual can show: one line of text."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    """An app with nothing in it."""

    def compose(self) -> ComposeResult:
        """Yield the line that tells that the frame is there."""
        yield Static("empty app")


if __name__ == "__main__":
    Empty().run()
