"""The screen as lines of plain text, for asserting on what a person would read.

The only place that touches Textual's private compositor.
"""

from __future__ import annotations

from textual.app import App


def lines(app: App) -> list[str]:
    """Return the lines of the current screen, without trailing blanks."""
    return ["".join(segment.text for segment in strip).rstrip() for strip in app.screen._compositor.render_strips()]


def dump(app: App) -> str:
    """Return the current screen as one text."""
    return "\n".join(lines(app))


def words(app: App) -> str:
    """Return the current screen with all blanks and line breaks taken out, for text that may be broken into lines."""
    return "".join("".join(lines(app)).split())
