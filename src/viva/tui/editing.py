"""A note opened in the person's own editor, until they are done with it."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from viva.errors import NotesError
from viva.i18n import noted, tr
from viva.tui.editor import Editor, EditorError, editor_of
from viva.tui.literal import one_line

if TYPE_CHECKING:
    from viva.tui.app import VivaApp
    from viva.tui.passage_place import Spot

LOOK = 0.2
"""Seconds between two looks whether an editor with a window of its own was closed."""


async def show_note(app: VivaApp, spot: Spot) -> None:
    """Show a note on a screen, to be read only, or tell why it cannot be shown."""
    from viva.tui.screens.reading import ReadingScreen, read_spot

    try:
        around = await asyncio.to_thread(read_spot, spot)
    except NotesError as error:
        app.tell(str(error), problem=True)
        return
    await app.push_screen(ReadingScreen(spot, around))


async def open_note(app: VivaApp, file: Path, line: int) -> None:
    """Run an editor until it is closed: in its own window, or in this terminal, which it then has to itself.

    Raises:
        EditorError: It cannot be started here, or it failed.
    """
    editor = editor_of(os.environ)
    if editor.has_window:
        await _wait_for(app, editor, file, line)
    else:
        _lend_terminal(app, editor, file, line)


async def _wait_for(app: VivaApp, editor: Editor, file: Path, line: int) -> None:
    names = {"editor": editor.name, "file": file.name}
    told = noted("waiting for {editor}: what you change is read when you close {file} there")
    app.tell(lambda: one_line(tr(told, **names)))
    running = editor.start(file, line)
    # A thread that waits for it would keep viva from ending before it.
    while (code := running.poll()) is None:  # noqa: ASYNC110  # another program sets no event
        await asyncio.sleep(LOOK)
    editor.check(code)


def _lend_terminal(app: VivaApp, editor: Editor, file: Path, line: int) -> None:
    failed: EditorError | None = None
    try:
        with app.suspend():
            try:
                editor.run(file, line)
            except EditorError as error:  # raised within, it would leave the terminal suspended
                failed = error
    except SuspendNotSupported as error:
        raise EditorError(tr("this terminal cannot be lent to {editor}", editor=editor.name)) from error
    if failed is not None:
        raise failed
