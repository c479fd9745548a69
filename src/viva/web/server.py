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
from viva.web.guard import WEBSOCKET, Guard
from viva.web.pages import FOLDER, library_files, terminal_page
from viva.web.password import Password
from viva.web.seat import CLEAR, Seat

MOST = 16
"""Pages that may be open at once: each is a process with a model in it."""
LARGEST = 1000
"""Columns or rows of a terminal in a page."""
PATIENCE = 30.0
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

    def __init__(self, place: PageAddress, command: Sequence[str], tell: Callable[[str], None]) -> None:
        """Serve what `command` runs; `tell` takes a line on what goes wrong meanwhile."""
        self._place = place
        self._command = command
        self._tell = tell
        self._downloads = DownloadManager()
        self._seats: dict[Seat, web.WebSocketResponse] = {}

    async def run(self, started: Callable[[str], None]) -> None:
        """Serve until interrupted, then end all processes. `started` takes the address. Raises ServeError."""
        stop = asyncio.Event()
        runner = web.AppRunner(self.application(), handle_signals=False, access_log=None, shutdown_timeout=PATIENCE)
        await runner.setup()
        try:
            site = await self._listen(runner)
            self._stop_on_signals(stop)
            started(_address(self._place.host, site))
            await stop.wait()
        finally:
            await runner.cleanup()

    def application(self) -> web.Application:
        """Return the application: every route behind the guard."""
        app = web.Application(client_max_size=16_384)
        Guard(self._place.host, self._place.password).stand_before(app)
        app.add_routes(
            [
                web.get("/", self._page),
                web.get(WEBSOCKET, self._sit_down),
                web.get("/download/{key}", self._download),
                web.static("/page", FOLDER),
                web.static("/static", library_files()),
            ]
        )
        app.on_shutdown.append(self._end_all)
        return app

    async def _listen(self, runner: web.AppRunner) -> web.TCPSite:
        site = web.TCPSite(runner, self._place.host, self._place.port)
        try:
            await site.start()
        except (OSError, OverflowError) as error:
            raise ServeError(_refused(error, self._place)) from error
        return site

    def _stop_on_signals(self, stop: asyncio.Event) -> None:
        """End in order on the first signal, at once on the second."""

        def interrupted() -> None:
            if stop.is_set():
                for seat in self._seats:
                    seat.kill()
            stop.set()

        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            # Windows knows neither SIGHUP nor handlers in a loop: Ctrl+C cancels this task there, which ends alike.
            with suppress(NotImplementedError, AttributeError):
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), interrupted)

    # Pages

    async def _page(self, request: web.Request) -> web.Response:
        text = terminal_page(request.query.get("fontsize", ""), locked=self._place.password is not None)
        return web.Response(text=text, content_type="text/html")

    async def _sit_down(self, request: web.Request) -> web.WebSocketResponse:
        """Run a process for as long as its page is open."""
        websocket = web.WebSocketResponse(heartbeat=15)
        await websocket.prepare(request)
        if len(self._seats) >= MOST:
            line = tr("{number} pages are open, and no more can be: close one, and start again", number=MOST)
            await websocket.send_bytes((CLEAR + line).encode())
            await websocket.close()
            return websocket
        seat = Seat(
            self._command,
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            downloads=self._downloads,
            tell=self._tell,
            light=request.query.get("scheme") == "light",
        )
        self._seats[seat] = websocket
        try:
            await self._attend(seat, websocket, request.query)
        finally:
            del self._seats[seat]
        return websocket

    async def _attend(self, seat: Seat, websocket: web.WebSocketResponse, query: Mapping[str, str]) -> None:
        await seat.start(_cells(query.get("width"), 80), _cells(query.get("height"), 24))
        listening = asyncio.create_task(_listen_to(websocket, seat))
        ended = asyncio.create_task(seat.ended())
        try:
            await asyncio.wait([listening, ended], return_when=asyncio.FIRST_COMPLETED)
        finally:
            await asyncio.gather(seat.stop(), websocket.close())
            await asyncio.gather(listening, ended, return_exceptions=True)

    async def _end_all(self, _: web.Application) -> None:
        """Close every page, wait until each process has kept what it holds, and kill what never ends."""
        seats = dict(self._seats)
        ending = [
            asyncio.gather(seat.stop(), websocket.close(code=WSCloseCode.GOING_AWAY))
            for seat, websocket in seats.items()
        ]
        if ending:
            await asyncio.wait(ending, timeout=PATIENCE)
        for seat in seats:
            seat.kill()

    async def _download(self, request: web.Request) -> web.StreamResponse:
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


async def _listen_to(websocket: web.WebSocketResponse, seat: Seat) -> None:
    """Pass on what the page sends until it is closed: keys, its size, whether it is looked at."""
    async for message in websocket:
        if message.type is not WSMsgType.TEXT:
            continue
        match _read(message.data):
            case ["stdin", str(typed)]:
                await seat.send_bytes(typed.encode("utf-8", "replace"))
            case ["resize", {"width": width, "height": height}]:
                await seat.set_terminal_size(_cells(width, 80), _cells(height, 24))
            case ["ping", sent]:
                await websocket.send_json(["pong", sent])
            case ["focus"]:
                await seat.focus()
            case ["blur"]:
                await seat.blur()


def _read(message: str) -> object:
    try:
        return json.loads(message)
    except (ValueError, RecursionError):
        return None


def _cells(value: object, otherwise: int) -> int:
    try:
        return min(max(int(str(value)), 1), LARGEST)
    except ValueError:
        return otherwise


def _address(host: str, site: web.TCPSite) -> str:
    """Return what to type into a browser: where a server listens everywhere, by this machine's name."""
    server = site._server  # noqa: SLF001  # aiohttp tells the port that was chosen nowhere else
    assert isinstance(server, asyncio.Server)
    port = server.sockets[0].getsockname()[1]
    name = socket.gethostname() if host in {"0.0.0.0", "::"} else host  # noqa: S104  # compared, not bound
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _refused(error: OSError | OverflowError, place: PageAddress) -> str:
    """Say why the server cannot listen, and what helps."""
    code = error.errno if isinstance(error, OSError) else None
    if code is None and isinstance(error, OSError):  # from Python 3.12 on, where no address could be listened on
        code = errno.EADDRNOTAVAIL
    if code == errno.EADDRINUSE:
        return tr(
            "port {port} is in use: give another with --port (0 takes any that is free), or end what uses it",
            port=place.port,
        )
    if code == errno.EACCES:
        return tr("port {port} is not for everyone on this system: give one from 1024 with --port", port=place.port)
    if code == errno.EADDRNOTAVAIL:
        return tr("this machine does not have the address {host}: give --host one that it has", host=place.host)
    return tr(
        "cannot listen on {host}, port {port} ({reason}): give others with --host and --port",
        host=place.host,
        port=place.port,
        reason=why(OSError(code, os.strerror(code))) if code and code > 0 else why(error),
    )
