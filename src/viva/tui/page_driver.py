"""Draws for a web page instead of a terminal; `viva serve` names it to the processes that it starts."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from threading import Lock
from typing import Any

from textual import messages
from textual.app import App
from textual.drivers.web_driver import WebDriver


class PageDriver(WebDriver):
    """Textual's driver for pages, which also leaves when the server that it speaks to is gone.

    A server that was killed tells nobody: its end of the pipes is closed, and viva would wait for keys for ever.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._packet = Lock()
        self._write = partial(self._write_all)

    def _write_all(self, data: bytes) -> int:
        """Write a whole packet, whichever thread it comes from: half of one would turn all that follows into noise.

        A server that is gone is no error here (BrokenPipeError, on Windows another one): the end is near.
        """
        remaining = memoryview(data)
        with self._packet, suppress(OSError):
            while remaining:
                remaining = remaining[os.write(self.fileno, remaining) :]
        return len(data)

    def run_input_thread(self) -> None:
        """Pass on what the page sends; when no more can come, leave as if the page had been closed."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(messages.ExitApp())
