"""What plain `viva` starts: the terminal interface, or line by line where there is no terminal."""

from __future__ import annotations

import os
import sys

from viva.cli.options import Selection
from viva.workspace import open_workspace


def start(selection: Selection) -> None:
    """Start the terminal interface on these notes, or `viva ask` where stdin or stdout is no terminal for it."""
    if not _can_show():
        from viva.cli.interactive.session_selection import hold

        with selection.open() as workspace:
            hold(workspace)
        return
    with open_workspace(selection.kb, selection.index, selection.model, reader=selection.reader) as workspace:
        workspace.require_notes()  # a mistyped path is told here, where it can be corrected, not on a screen
        from viva.tui.app import run

        run(workspace)


def _can_show() -> bool:
    """Whether there is a terminal, or what the environment names to draw with instead, as `viva serve` does."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return True
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
