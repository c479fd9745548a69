"""`viva serve` in a browser: an interview in a page, and what is left when pages and server are closed."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
import time

import pytest

from e2e.browser import browser, colours

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the server is ended by a signal")

ANSWERS = {
    "什么是早停": "验证集损失连续若干轮不再下降就停止训练，并保留验证集上最好的那组权重",
    "什么是标签平滑": "把一点概率分给别的类别，防止模型太自信",
    "What is weight decay?": "it pulls the weights towards zero at each step and keeps the model simple",
    "What is a learning rate warm-up?": "the rate starts small and rises, since early gradients are unreliable",
}
SHIFT = 8
"""As DevTools counts the keys that are held."""
NO_GPU = "software WebGL"
"""What Chromium says of itself on a machine without a graphics card."""


def packed(text):
    return "".join(text.split())


class Screen:
    """What the terminal in a page shows, read from what the page was sent."""

    def __init__(self, page):
        import pyte

        self.page = page
        size = next(re.search(r"width=(\d+)&height=(\d+)", url) for url in page.requests if "/ws?" in url)
        self._screen = pyte.Screen(int(size[1]), int(size[2]))
        self._stream = pyte.ByteStream(self._screen)
        self._read = 0

    @property
    def text(self):
        for frame in self.page.received[self._read :]:
            self._stream.feed(frame)
        self._read = len(self.page.received)
        rows, columns = range(self._screen.lines), range(self._screen.columns)
        return "\n".join("".join(self._screen.buffer[row][column].data for column in columns) for row in rows)

    async def until(self, *needles):
        """Wait until all of these are on the screen, wherever lines are broken; return the screen."""
        await self.when(lambda text: all(packed(needle) in packed(text) for needle in needles), needles)
        return self.text

    async def when(self, holds, wanted):
        async def look():
            return holds(self.text)

        try:
            return await self.page.until(look)
        except TimeoutError:
            raise AssertionError(f"never on the screen: {wanted}\n{self.text}") from None

    async def question(self, *done):
        """Wait for a question that is not among `done`, and return it."""

        def found(text):
            seen = packed(text)
            there = {seen.rfind(packed(each)): each for each in ANSWERS if packed(each) in seen}
            return there[max(there)] if there and there[max(there)] not in done else None

        return await self.when(found, f"a question other than {done}")

    async def enter(self):
        await self.page.press("Enter", 13, "\r")


async def opened(tab, address):
    """Open the served page, and wait for the first screen."""
    await tab.go(address)
    await tab.until(lambda: tab.value("document.body.classList.contains('-first-byte')"))
    screen = Screen(tab)
    await screen.until("viva", "Start", "4 questions")
    return screen


async def begin(screen, *done):
    await screen.enter()
    return await screen.question(*done)


async def answer(screen, question):
    await screen.page.type(ANSWERS[question])
    await screen.until(ANSWERS[question][:12])
    await screen.enter()
    return await screen.until("In your notes", "Again", "Good")


def running():
    """Return the numbers of all processes that have not ended, with their parents'."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listed.splitlines()]
    return {int(number): int(parent) for number, parent, state in rows if not state.startswith("Z")}


def children(process):
    """Return the processes that a process has started and that still run."""
    return [number for number, parent in running().items() if parent == process.pid]


async def none_left(process, seconds=20):
    end = time.monotonic() + seconds
    while children(process):
        assert time.monotonic() < end, "a page's viva still runs"
        await asyncio.sleep(0.05)


@pytest.fixture
def server(viva, notes, tmp_path):
    """Start `viva serve` on a free port; returns the process and its address."""
    process = viva.start("serve", "--port", 0, "--kb", notes, "--index", tmp_path / "index")
    address = process.stdout.readline().strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address), process.communicate(timeout=10)
    yield process, address
    process.kill()
    process.communicate()


def stopped(process):
    """Press Ctrl+C at the server, and return its exit code and what it said."""
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=40)
    return process.returncode, said


async def test_an_interview_in_a_page(server, viva, notes):
    process, address = server
    async with browser() as chromium:
        tab = await chromium.page()
        screen = await opened(tab, address)
        first = await begin(screen)
        text = await answer(screen, first)
        score = re.search(r"^\s*(\d{1,3}) ━", text, re.MULTILINE)
        assert score, text
        assert int(score[1]) >= 60, text
        assert colours(await tab.picture()) > 50
        assert await tab.value("document.title") == "viva"

        await screen.enter()
        second = await screen.question(first)
        await tab.type(ANSWERS[second])
        await screen.until(ANSWERS[second][:12])
        await tab.press("Enter", 13, "\r", modifiers=SHIFT)  # which the terminal would take for a plain one
        await tab.type("one more line")
        await screen.until(ANSWERS[second] + "one more line")
        await tab.close()  # sooner than an unfinished answer is stored by itself
        await none_left(process)

        again = await chromium.page()
        await again.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
        screen = await opened(again, address)
        await screen.until("1 of 4 asked")
        await begin(screen, first)
        await screen.until(ANSWERS[second][:12], "one more line")
        behind = "getComputedStyle(document.body).backgroundColor"
        assert await again.value(behind) == "rgb(250, 248, 243)"  # the light theme's, beside the cells too

        code, said = stopped(process)
        assert code == 0
        assert said.splitlines() == ["viva: open this address in a browser; Ctrl+C ends the server"]
        await again.until(lambda: again.value("document.getElementById('ended').checkVisibility()"))
        await again.value("document.getElementById('again').click()")
        await again.until(lambda: again.value("document.getElementById('told').textContent.includes('viva serve')"))

        assert tab.requests
        assert all(re.sub("^ws", "http", url).startswith(address) for url in tab.requests + again.requests)
        assert [each for each in tab.complaints if NO_GPU not in each] == []
    assert [turn["question"] for turn in viva.history(notes)] == [first]


async def test_two_pages_at_once_and_what_differs_from_a_terminal(server, viva, notes):
    process, address = server
    async with browser() as chromium:
        one, other = [await opened(await chromium.page(740, 480), address) for _ in range(2)]
        asked = [await begin(screen) for screen in (one, other)]
        assert len(children(process)) == 2
        for screen, question in zip((one, other), asked, strict=True):
            await answer(screen, question)
        await one.enter()
        await one.question(asked[0])
        await one.until("F9 Skip")
        await one.page.press("F9", 120)
        await one.until("3 of 4")

        await one.page.press("Escape", 27)
        await one.until("Browse")
        await one.page.type("b")
        await one.until("Filter")
        await one.page.type("e")
        await one.until("note notes.txt:", "▎", "Back")

        await other.page.value("window.open = (address) => { window.opened = address }; true")
        await other.page.type("/")
        await other.until("Send")
        await other.page.type("stop")
        await other.until("/stop")
        await other.enter()
        await other.until("y Yes")
        await other.page.type("y")
        await other.until("s Save")
        await other.page.type("s")
        await other.until("saved")
        saved = "window.opened && fetch(window.opened).then((answer) => answer.text())"
        assert "<!doctype html>" in await other.page.until(lambda: other.page.value(saved))
        assert stopped(process)[0] == 0
    assert sorted(turn["question"] for turn in viva.history(notes) if turn["outcome"] == "answered") == sorted(asked)


async def test_a_server_that_was_killed_leaves_nobody_behind(server):
    process, address = server
    async with browser() as chromium:
        await opened(await chromium.page(), address)
        (child,) = children(process)
        process.kill()
        process.wait()
        end = time.monotonic() + 20
        while child in running():
            assert time.monotonic() < end, "the page's viva still runs"
            await asyncio.sleep(0.05)
