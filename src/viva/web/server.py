"""The server: its routes, the processes of its pages, and how it begins and ends."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote

from aiohttp import WSCloseCode, WSMsgType, hdrs, web
from textual_serve.download_manager import DownloadManager

from viva.errors import ServeError
from viva.i18n import tr
from viva.reasons import why
from viva.web.guard import WEBSOCKET, Guard, Password
from viva.web.page_process import CLEAR, PageProcess
from viva.web.pages import PAGE_FOLDER, library_files, terminal_page

MAX_PAGES = 16
"""Pages that may be open at once: each is a process with a model in it."""
MAX_CELLS = 1000
"""Columns or rows of a terminal in a page."""
SHUTDOWN_TIMEOUT = 30.0
"""Seconds that the end of the server waits for a viva that is busy, before it is killed."""


@dataclass(frozen=True, slots=True)
class PageAddress:
    """Where a server listens, and what opens it."""

    host: str
    port: int
    """0 for any that is free."""
    password: Password | None = field(default=None, repr=False)


class Server:
    """Shows a program in every page that is opened: each has a process of its own."""

    def __init__(self, address: PageAddress, command: Sequence[str], tell: Callable[[str], None]) -> None:
        """Serve what `command` runs; `tell` takes a line on what goes wrong meanwhile."""
        self._address = address
        self._command = command
        self._tell = tell
        self._downloads = DownloadManager()
        self._processes: dict[PageProcess, web.WebSocketResponse] = {}

    async def run(self, started: Callable[[str], None]) -> None:
        """Serve until interrupted, then end all processes. `started` takes the address. Raises ServeError."""
        stop = asyncio.Event()
        runner = web.AppRunner(
            self.application(), handle_signals=False, access_log=None, shutdown_timeout=SHUTDOWN_TIMEOUT
        )
        await runner.setup()
        try:
            site = await self._listen(runner)
            self._stop_on_signals(stop)
            started(_url(self._address.host, site))
            await stop.wait()
        finally:
            await runner.cleanup()

    def application(self) -> web.Application:
        """Return the application: every route behind the guard."""
        app = web.Application(client_max_size=16_384)
        Guard(self._address.host, self._address.password).install(app)
        app.add_routes(
            [
                web.get("/", self._terminal_page),
                web.get(WEBSOCKET, self._run_page),
                web.get("/download/{key}", self._send_download),
                web.static("/page", PAGE_FOLDER),
                web.static("/static", library_files()),
            ]
        )
        app.on_shutdown.append(self._end_all)
        return app

    async def _listen(self, runner: web.AppRunner) -> web.TCPSite:
        site = web.TCPSite(runner, self._address.host, self._address.port)
        try:
            await site.start()
        except (OSError, OverflowError) as error:
            raise ServeError(_listen_problem(error, self._address)) from error
        return site

    def _stop_on_signals(self, stop: asyncio.Event) -> None:
        """End in order on the first signal, at once on the second."""

        def interrupted() -> None:
            if stop.is_set():
                for process in self._processes:
                    process.kill()
            stop.set()

        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            # Windows knows neither SIGHUP nor handlers in a loop: Ctrl+C cancels this task there, which ends alike.
            with suppress(NotImplementedError, AttributeError):
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), interrupted)

    # Pages

    async def _terminal_page(self, request: web.Request) -> web.Response:
        text = terminal_page(request.query.get("fontsize", ""), locked=self._address.password is not None)
        return web.Response(text=text, content_type="text/html")

    async def _run_page(self, request: web.Request) -> web.WebSocketResponse:
        """Run a process for as long as its page is open."""
        websocket = web.WebSocketResponse(heartbeat=15)
        await websocket.prepare(request)
        if len(self._processes) >= MAX_PAGES:
            line = tr("{number} pages are open, and no more can be: close one, and start again", number=MAX_PAGES)
            await websocket.send_bytes((CLEAR + line).encode())
            await websocket.close()
            return websocket
        process = PageProcess(
            self._command,
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            downloads=self._downloads,
            tell=self._tell,
            light=request.query.get("scheme") == "light",
        )
        self._processes[process] = websocket
        try:
            await self._relay(process, websocket, request.query)
        finally:
            del self._processes[process]
        return websocket

    async def _relay(self, process: PageProcess, websocket: web.WebSocketResponse, query: Mapping[str, str]) -> None:
        await process.start(_cells(query.get("width"), 80), _cells(query.get("height"), 24))
        listening = asyncio.create_task(_listen_to(websocket, process))
        ended = asyncio.create_task(process.ended())
        try:
            await asyncio.wait([listening, ended], return_when=asyncio.FIRST_COMPLETED)
        finally:
            await asyncio.gather(process.stop(), websocket.close())
            await asyncio.gather(listening, ended, return_exceptions=True)

    async def _end_all(self, _: web.Application) -> None:
        """Close every page, wait until each process has kept what it holds, and kill what never ends."""
        processes = dict(self._processes)
        ending = [
            asyncio.gather(process.stop(), websocket.close(code=WSCloseCode.GOING_AWAY))
            for process, websocket in processes.items()
        ]
        if ending:
            await asyncio.wait(ending, timeout=SHUTDOWN_TIMEOUT)
        for process in processes:
            process.kill()

    async def _send_download(self, request: web.Request) -> web.StreamResponse:
        """Hand out a file that viva saved, once, to the page that was told its key."""
        key = request.match_info["key"]
        try:
            file = await self._downloads.get_download_metadata(key)
        except KeyError as error:
            raise web.HTTPNotFound(text=tr("this file is no longer offered: save it again in viva") + "\n") from error
        response = web.StreamResponse()
        response.content_type = "application/octet-stream"  # saved, never shown as a page of this server
        response.headers[hdrs.CONTENT_DISPOSITION] = f"attachment; filename*=UTF-8''{quote(file.file_name, safe='')}"
        await response.prepare(request)
        async for chunk in self._downloads.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response


async def _listen_to(websocket: web.WebSocketResponse, process: PageProcess) -> None:
    """Pass on what the page sends until it is closed: keys, its size, whether it is looked at."""
    async for message in websocket:
        if message.type is not WSMsgType.TEXT:
            continue
        match _read(message.data):
            case ["stdin", str(typed)]:
                await process.send_bytes(typed.encode("utf-8", "replace"))
            case ["resize", {"width": width, "height": height}]:
                await process.set_terminal_size(_cells(width, 80), _cells(height, 24))
            case ["ping", sent]:
                await websocket.send_json(["pong", sent])
            case ["focus"]:
                await process.focus()
            case ["blur"]:
                await process.blur()


def _read(message: str) -> object:
    try:
        return json.loads(message)
    except (ValueError, RecursionError):
        return None


def _cells(value: object, otherwise: int) -> int:
    try:
        return min(max(int(str(value)), 1), MAX_CELLS)
    except ValueError:
        return otherwise


def _url(host: str, site: web.TCPSite) -> str:
    """Return what to type into a browser: where a server listens everywhere, by this machine's name."""
    server = site._server  # noqa: SLF001  # aiohttp tells the port that was chosen nowhere else
    assert isinstance(server, asyncio.Server)
    port = server.sockets[0].getsockname()[1]
    name = socket.gethostname() if host in {"0.0.0.0", "::"} else host  # noqa: S104  # compared, not bound
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _listen_problem(error: OSError | OverflowError, address: PageAddress) -> str:
    """Say why the server cannot listen, and what helps."""
    code = error.errno if isinstance(error, OSError) else None
    if code is None and isinstance(error, OSError):  # from Python 3.12 on, where no address could be listened on
        code = errno.EADDRNOTAVAIL
    if code == errno.EADDRINUSE:
        return tr(
            "port {port} is in use: give another with --port (0 takes any that is free), or end what uses it",
            port=address.port,
        )
    if code == errno.EACCES:
        return tr("port {port} is not for everyone on this system: give one from 1024 with --port", port=address.port)
    if code == errno.EADDRNOTAVAIL:
        return tr("this machine does not have the address {host}: give --host one that it has", host=address.host)
    return tr(
        "cannot listen on {host}, port {port} ({reason}): give others with --host and --port",
        host=address.host,
        port=address.port,
        reason=why(OSError(code, os.strerror(code))) if code and code > 0 else why(error),
    )
