"""Chromium without a window, driven through its own protocol (DevTools), over a websocket and nothing else."""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import struct
import tempfile
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--mute-audio",
    "--remote-debugging-port=0",
)


class Browser:
    """A running browser: opens pages, each with nothing of the others."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.pages: dict[str, Page] = {}

    async def read(self) -> None:
        """Hand out what the browser says, until it is closed."""
        async for message in self._socket:
            said = message.json()
            if waiting := self._waiting.pop(said.get("id"), None):
                waiting.set_result(said)
            elif page := self.pages.get(said.get("sessionId")):
                page.hear(said["method"], said["params"])

    async def send(self, method: str, session: str | None = None, /, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json(
            {"id": number, "method": method, "params": params, **({"sessionId": session} if session else {})}
        )
        said = await asyncio.wait_for(self._waiting[number], 20)
        assert "error" not in said, (method, said["error"])
        return said["result"]

    async def page(self, width: int = 1000, height: int = 640) -> Page:
        """Open an empty page of this size in pixels, in a profile of its own."""
        context = (await self.send("Target.createBrowserContext"))["browserContextId"]
        target = (await self.send("Target.createTarget", url="about:blank", browserContextId=context))["targetId"]
        session = (await self.send("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        page = self.pages[session] = Page(self, session, target)
        for domain in ("Page", "Network", "Runtime", "Log"):
            await page.send(f"{domain}.enable")
        await page.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        return page


class Page:
    """One page: what it asked for, what it complained about, and what a person does with it."""

    def __init__(self, browser: Browser, session: str, target: str) -> None:
        self._browser, self._session, self._target = browser, session, target
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.received: list[bytes] = []
        """What the server sent over websockets, frame by frame."""

    def hear(self, method: str, params: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.requests.append(params["url"])
        elif method == "Network.webSocketFrameReceived" and params["response"]["opcode"] == 2:
            self.received.append(base64.b64decode(params["response"]["payloadData"]))
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(params["exceptionDetails"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] in {"error", "warning"}:
            self.complaints.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")

    async def send(self, method: str, **params: Any) -> dict[str, Any]:
        return await self._browser.send(method, self._session, **params)

    async def go(self, address: str) -> None:
        """Open an address, and wait until it has loaded."""
        await self.send("Page.navigate", url=address)
        await self.until(lambda: self.value("document.readyState === 'complete' && location.href !== 'about:blank'"))

    async def value(self, script: str) -> Any:
        """Return what an expression in the page gives."""
        done = await self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    async def until(self, holds: Callable[[], Awaitable[Any]], seconds: float = 30) -> Any:
        """Wait until `holds` gives something true, and return it."""
        async with asyncio.timeout(seconds):
            while not (found := await holds()):  # noqa: ASYNC110  # a browser sets no event
                await asyncio.sleep(0.05)
        return found

    async def type(self, text: str) -> None:
        """Type text as an input method gives it: composed first, then taken."""
        end = len(text.encode("utf-16-le")) // 2
        await self.send("Input.imeSetComposition", text=text, selectionStart=end, selectionEnd=end)
        await self.send("Input.insertText", text=text)

    async def press(self, key: str, code: int, text: str = "", modifiers: int = 0) -> None:
        """Press a key by its name and number, with Alt (1), Ctrl (2) or Shift (8) held."""
        key_of = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        await self.send("Input.dispatchKeyEvent", type="keyDown", **key_of, **({"text": text} if text else {}))
        await self.send("Input.dispatchKeyEvent", type="keyUp", **key_of)

    async def picture(self) -> bytes:
        """Return the page as a PNG."""
        return base64.b64decode((await self.send("Page.captureScreenshot", format="png"))["data"])

    async def close(self) -> None:
        """Close the page as a person closes a tab."""
        await self._browser.send("Target.closeTarget", targetId=self._target)


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Start a browser with an empty profile; the test is skipped where there is none."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Chromium or Chrome on this machine")
    root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()  # its sandbox wants another user
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        silent = dict.fromkeys(("stdin", "stdout", "stderr"), asyncio.subprocess.DEVNULL)
        arguments = (*FLAGS, *root, f"--user-data-dir={profile}", "about:blank")
        process = await asyncio.create_subprocess_exec(program, *arguments, **silent)
        try:
            async with (
                aiohttp.ClientSession() as client,
                client.ws_connect(await _address(Path(profile)), max_msg_size=0) as socket,
            ):
                running = Browser(socket)
                reading = asyncio.create_task(running.read())
                yield running
                with suppress(Exception):
                    await running.send("Browser.close")
                reading.cancel()
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
            await asyncio.wait_for(process.wait(), 10)


async def _address(profile: Path) -> str:
    file = profile / "DevToolsActivePort"
    async with asyncio.timeout(20):
        while not file.exists() or len(lines := file.read_text().split()) < 2:  # noqa: ASYNC110  # it only writes a file
            await asyncio.sleep(0.02)
    return f"ws://127.0.0.1:{lines[0]}{lines[1]}"


def colours(png: bytes) -> int:
    """Return how many different rows of bytes an 8-bit PNG without interlacing has: one or two when it is blank."""
    place, packed = 8, b""
    while place < len(png):
        size, kind = struct.unpack(">I4s", png[place : place + 8])
        packed += png[place + 8 : place + 8 + size] if kind == b"IDAT" else b""
        place += size + 12
    width, height, _depth, colour = struct.unpack(">IIBB", png[16:26])
    row = 1 + width * {2: 3, 6: 4}[colour]
    rows = zlib.decompress(packed)
    return len({rows[line * row : (line + 1) * row] for line in range(height)})
