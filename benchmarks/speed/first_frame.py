"""Time from starting a program in a pseudo-terminal until its first full frame is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.speed.terminal import ROWS, Terminal, lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyte


def first_frame(command: Sequence[str | Path], title: str, env: Mapping[str, str], cwd: Path) -> float:
    """Return the seconds until `title` can be read on the screen and the last row is painted.

    The program is ended right after: what follows the first frame is not measured.

    Raises:
        TimeoutError: no such frame within 60 s.
        RuntimeError: the program ended before.
    """

    def framed(screen: pyte.Screen) -> bool:
        return _painted(screen) and any(title in line for line in lines(screen))

    with Terminal(command, env, cwd) as terminal:
        return terminal.until(framed) - terminal.started


def _painted(screen: pyte.Screen) -> bool:
    """Whether the last row was drawn, be it only in a background colour."""
    return any(cell.bg != "default" or cell.data.strip() for cell in screen.buffer[ROWS - 1].values())
