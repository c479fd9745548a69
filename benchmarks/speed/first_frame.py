"""Time from starting a program in a pseudo-terminal until its first full frame is on the screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

COLUMNS, ROWS = 100, 30


def first_frame(command: Sequence[str | Path], title: str, env: Mapping[str, str], cwd: Path) -> float:
    """Return the seconds until `title` can be read on the screen and the last row is painted.

    The program is ended right after: what follows the first frame is not measured.

    Raises:
        TimeoutError: no such frame within 60 s.
        RuntimeError: the program ended before.
    """
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    terminal = {**env, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=terminal,
        cwd=cwd,
        start_new_session=True,
    )
    os.close(follower)
    try:
        return _until_painted(leader, title, start) - start
    finally:
        process.kill()
        process.wait()
        os.close(leader)


def _until_painted(leader: int, title: str, start: float) -> float:
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    while (left := start + 60 - time.perf_counter()) > 0:
        if not select.select([leader], [], [], left)[0]:
            break
        now = time.perf_counter()
        try:
            data = os.read(leader, 65536)
        except OSError:  # Linux reports the end of the other side as an error
            data = b""
        if not data:
            raise RuntimeError("the program ended before its first frame:\n" + "\n".join(screen.display))
        stream.feed(data)
        if _painted(screen) and any(title in line for line in screen.display):
            return now
    raise TimeoutError("no first frame within 60 s:\n" + "\n".join(screen.display))


def _painted(screen: pyte.Screen) -> bool:
    """Whether the last row was drawn, be it only in a background colour."""
    return any(cell.bg != "default" or cell.data.strip() for cell in screen.buffer[ROWS - 1].values())
