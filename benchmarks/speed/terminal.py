"""A program in a pseudo-terminal: what it shows, and how long after a key."""

from __future__ import annotations

import os
import select
import struct
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

COLUMNS, ROWS = 100, 30
QUIET = 0.4
"""Seconds without a byte after which a key has had all its effect."""
PATIENCE = 60.0
"""Seconds that are waited for something to show."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a key did to the screen, in milliseconds after it was pressed."""

    first: float
    """When the first of it was there."""
    whole: float
    """When all of it was there."""


def _pseudo_terminal() -> tuple[int, int]:
    """Open one of this size, and return its two ends."""
    if sys.platform == "win32":
        raise OSError("there are no pseudo-terminals here: measure the whole terminal on Linux or macOS")
    import fcntl
    import pty
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    return leader, follower


class Terminal:
    """One program, from its start to its end, seen as a person sees it."""

    def __init__(self, command: Sequence[str | Path], env: Mapping[str, str], cwd: Path) -> None:
        self._leader, follower = _pseudo_terminal()
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            [str(part) for part in command],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env={**env, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            cwd=cwd,
            start_new_session=True,
        )
        os.close(follower)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._leader)

    def until(self, seen: Callable[[pyte.Screen], bool]) -> float:
        """Return the moment at which the bytes came that made `seen` true of the screen.

        Raises:
            TimeoutError: it was not within 60 s.
            RuntimeError: the program ended before.
        """
        end = time.perf_counter() + PATIENCE
        while not seen(self.screen):
            found = self._read(end - time.perf_counter())
            if found is None:
                raise TimeoutError(f"not within {PATIENCE:.0f} s:\n" + "\n".join(lines(self.screen)))
            moment, data = found
            self._stream.feed(data)
            if seen(self.screen):
                return moment
        return time.perf_counter()

    def says(self, text: str) -> float:
        """Return the moment at which `text` could be read."""
        return self.until(lambda screen: any(text in line for line in lines(screen)))

    def press(self, keys: str) -> Shown:
        """Press keys at once and return when their effect showed. Raises RuntimeError when they had none."""
        last = self._look()
        start = self._type(keys)
        came: list[tuple[float, bytes]] = []
        while (found := self._read(QUIET)) is not None:
            came.append(found)
        changes: list[float] = []
        for moment, data in came:  # looked at afterwards: reading the screen takes longer than drawing it
            self._stream.feed(data)
            if (now := self._look()) != last:
                changes.append(moment)
                last = now
        if not changes:
            raise RuntimeError(f"{keys!r} changed nothing:\n" + "\n".join(lines(self.screen)))
        return Shown((changes[0] - start) * 1000, (changes[-1] - start) * 1000)

    def press_until(self, keys: str, text: str) -> float:
        """Press keys and return the milliseconds until `text`, which could not be read before, can be."""
        start = self._type(keys)
        return (self.says(text) - start) * 1000

    def settle(self) -> None:
        """Read until nothing more comes."""
        while (found := self._read(QUIET)) is not None:
            self._stream.feed(found[1])

    def leave(self, keys: str) -> float:
        """Press keys that end the program and return the seconds until it has ended."""
        start = self._type(keys)
        while self._process.poll() is None:
            try:
                self._read(0.001)
            except RuntimeError:
                self._process.wait(PATIENCE)
        return time.perf_counter() - start

    def _type(self, keys: str) -> float:
        data = keys.encode()
        start = time.perf_counter()
        os.write(self._leader, data)
        return start

    def _read(self, patience: float) -> tuple[float, bytes] | None:
        """Return what came next and when; None when nothing came. Raises RuntimeError at the program's end."""
        if patience <= 0 or not select.select([self._leader], [], [], patience)[0]:
            return None
        moment = time.perf_counter()
        try:
            data = os.read(self._leader, 65536)
        except OSError:  # Linux reports the end of the other side as an error
            data = b""
        if not data:
            raise RuntimeError("the program ended:\n" + "\n".join(lines(self.screen)))
        return moment, data

    def _look(self) -> tuple[object, ...]:
        """Return what a person sees: the characters, and of the colours behind them those that mark something."""
        return (*lines(self.screen), *(_marks(self.screen.buffer[row]) for row in range(ROWS)))


def lines(screen: pyte.Screen) -> list[str]:
    """Return what can be read; pyte's own `display` fails on half a wide character."""
    return ["".join(screen.buffer[row][column].data for column in range(COLUMNS)) for row in range(ROWS)]


def _marks(row: Mapping[int, pyte.screens.Char]) -> frozenset[str]:
    """Return the colours behind a row; those of a single cell are left out, as the caret is one and blinks."""
    counts = Counter(row[column].bg for column in range(COLUMNS))
    return frozenset(colour for colour, cells in counts.items() if cells > 1)
