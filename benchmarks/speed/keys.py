"""What a key press does to the screens, and when: over many questions, where it has to show within a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.speed.percentiles import percentiles
from benchmarks.speed.terminal import Shown, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

FRAME_MS = 1000 / 60
"""A frame: Textual draws at most 60 times a second, so that a key waits so long for its turn at the most."""
RIGHT, LEFT, DOWN, UP, ESCAPE, ENTER = "\x1b[C", "\x1b[D", "\x1b[B", "\x1b[A", "\x1b", "\r"
_READY = "ready"
"""What the title line says when model and index are open."""

_ASKS, _RATES = "Your answer.", " proposed "
"""What can be read while an answer is waited for, and while its rating is."""
ANSWERS = 20
FEEDBACK_SHOWN = "on the screen: feedback to an answer"

WHOLE = ", all of it"

Latencies = dict[str, dict[str, float]]


def keys(command: Sequence[str | Path], env: Mapping[str, str], cwd: Path) -> Latencies:
    """Return the milliseconds until the first of each kind of key's effect is on the screen, and until all of it is.

    `command` starts viva over notes with chapters, whose words are those of `many_notes`.
    """
    found: dict[str, list[Shown]] = {}
    with Terminal(command, env, cwd) as terminal:
        terminal.says(_READY)
        terminal.settle()
        terminal.press("\t")
        found["first screen: a choice changed"] = _each(terminal, [RIGHT] * 10 + [LEFT] * 10)
        terminal.press_until("b", "Chapter 1")
        terminal.settle()
        found["notes: one down or up"] = _each(terminal, [DOWN] * 20 + [UP] * 10)
        found["notes: grouped otherwise"] = _each(terminal, "g" * 9)
        terminal.press("/")
        found["notes: a letter in the filter"] = _each(terminal, "tokencache")
        terminal.press(ESCAPE)
        terminal.press(ESCAPE)
        terminal.settle()
        terminal.press("s")
        terminal.settle()
        found["search: a letter"] = _each(terminal, "gradientbatch")
    return _table(found)


def leaving(command: Sequence[str | Path], env: Mapping[str, str], cwd: Path) -> float:
    """Return the seconds from `q` on the first screen, while the notes are watched, until the process has ended."""
    with Terminal(command, env, cwd) as terminal:
        terminal.says(_READY)
        terminal.settle()
        return terminal.leave("q")


def feedback(command: Sequence[str | Path], env: Mapping[str, str], cwd: Path) -> Latencies:
    """Return the milliseconds from Enter after an answer until its score and the rating can be read.

    `command` starts viva where no interview waits and no follow-ups are asked.
    """
    took = []
    with Terminal(command, env, cwd) as terminal:
        terminal.says(_READY)
        terminal.press_until(ENTER, _ASKS)
        for _ in range(ANSWERS):
            terminal.press("the gradient vanishes, and the weights are shared")
            took.append(terminal.press_until(ENTER, _RATES))
            terminal.press_until(ENTER, _ASKS)
    return {FEEDBACK_SHOWN: percentiles(took)}


def _each(terminal: Terminal, pressed: Iterable[str]) -> list[Shown]:
    return [terminal.press(key) for key in pressed]


def _table(found: Mapping[str, Sequence[Shown]]) -> Latencies:
    table: Latencies = {}
    for name, shown in found.items():
        table[name] = percentiles([one.first for one in shown])
        table[f"{name}{WHOLE}"] = percentiles([one.whole for one in shown])
    return table
