"""One open page and the viva that runs for it, a process of its own.

textual-serve speaks with that process: what it draws goes to the page, what is typed there goes to it. Here it is
started without a shell, away from the server's own terminal, and ended so that nothing is lost: it is told to leave,
and everything that it still draws is read, since a process that cannot write cannot leave.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from viva.i18n import tr
from viva.text.literal import literal, one_line

DRIVER = "viva.tui.page_driver:PageDriver"
"""What makes viva draw for a page instead of a terminal; see `viva.tui.page_driver`."""
READY = b"__GANGLION__\n"
"""The first line of a process that draws for a page."""
STDERR_KEPT = 16_384
"""Bytes of stderr that are kept: the last ones."""
CLEAR = "\x1b[?1049l\x1b[?25l\x1b[2J\x1b[H"


class PageProcess(AppService):
    """Starts viva for a page, and ends it when the page is closed."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        write_bytes: Callable[[bytes], Awaitable[None]],
        write_str: Callable[[str], Awaitable[None]],
        downloads: DownloadManager,
        tell: Callable[[str], None],
        light: bool = False,
    ) -> None:
        """Prepare a process for a page in light or dark colours; `tell` takes a line for the server's own terminal."""
        super().__init__(
            subprocess.list2cmdline(command),
            write_bytes=write_bytes,
            write_str=write_str,
            close=self._close_input,
            download_manager=downloads,
        )
        self._arguments = list(command)
        self._tell = tell
        self._light = light

    async def _close_input(self) -> None:
        """Send a process that is leaving no more: on Windows it waits for that.

        The page is left open until all that it has to say was shown.
        """
        self.stdin.close()

    async def stop(self) -> None:
        """Tell the process to leave, and wait until it has."""
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        await self.send_meta({"type": "quit"})
        self.stdin.close()
        await self.ended()

    async def ended(self) -> None:
        """Wait until the process has ended and its last words were sent."""
        if self._task is not None:
            await asyncio.shield(self._task)

    def kill(self) -> None:
        """End the process at once."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def run(self) -> None:
        """Pass on what the process draws until it ends, then what it said on stderr."""
        process = self._process
        assert process is not None
        assert process.stdout is not None
        assert process.stderr is not None
        complaint = asyncio.create_task(_read_last(process.stderr))
        await self._relay_output(process.stdout)
        self.stdin.close()
        text = (await complaint).decode("utf-8", "replace").strip()
        if code := await process.wait():
            last = one_line(text.splitlines()[-1]) if text else tr("exit code {code}", code=code)
            self._tell(tr("a page's viva has failed: {problem}", problem=last.removeprefix("viva: ")))
        if text:
            await self._send(self.remote_write_bytes((CLEAR + literal(text).replace("\n", "\r\n")).encode()))

    async def _relay_output(self, drawn: asyncio.StreamReader) -> None:
        line = await drawn.readline()
        if line != READY:
            return
        packets = {b"D": self.on_data, b"M": self.on_meta, b"P": self.on_packed}
        with suppress(asyncio.IncompleteReadError):
            while True:
                kind = await drawn.readexactly(1)
                size = int.from_bytes(await drawn.readexactly(4), "big")
                await self._send(packets[kind](await drawn.readexactly(size)))

    async def _send(self, sending: Awaitable[None]) -> None:
        """Send, unless the page is gone; what comes then is read and dropped."""
        with suppress(ConnectionError, RuntimeError):
            await sending

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        own: dict[str, Any] = {"start_new_session": True}  # Ctrl+C in the server's terminal is for the server
        if sys.platform == "win32":
            own = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *self._arguments,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env=self._build_environment(width, height),
            **own,
        )
        self._stdin = self._process.stdin
        return self._process

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return {
            **super()._build_environment(width, height),
            "TERM": "xterm-256color",
            "TEXTUAL_DRIVER": DRIVER,
            "COLORFGBG": "0;15" if self._light else "15;0",  # the page's, not those of the server's terminal
        }


async def _read_last(stream: asyncio.StreamReader) -> bytes:
    last = b""
    while data := await stream.read(4096):
        last = (last + data)[-STDERR_KEPT:]
    return last
