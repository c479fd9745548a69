r"""Lines that a user types or pipes in, and the answers they make.

An answer is one line. It goes on where a line ends with `\`, or from a line that begins with three double quotes to
the next one that ends with them; the line breaks then belong to the answer.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from viva.cli import output
from viva.errors import VivaError
from viva.signals import EndedError
from viva.types.dialogue import BEAT

FENCE = '"""'


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """What was typed as one answer."""

    text: str
    block: bool
    """Whether it took more than one line or stood between fences: then it is an answer and no command."""


def _nowhere(text: str) -> None:
    """Keep nothing of what is typed."""


class Keyboard:
    """Reads stdin: with line editing and a prompt on a terminal, plainly from a pipe."""

    keep_time: Callable[[], None] | None = None
    """Stores the time used, and is called every few seconds while a line is waited for."""

    def __init__(self) -> None:
        self.interactive = sys.stdin.isatty() and sys.stdout.isatty()
        self._half = ""
        """The line that was being typed when the input was broken off."""
        self._watch: Callable[[str], None] = _nowhere
        if self.interactive:
            with contextlib.suppress(ImportError):  # Windows edits lines by itself
                import readline  # noqa: F401  # gives input() editing and recall

    def line(self, prompt: str = "> ") -> str | None:
        """Return the next line without its end, or None at the end of input."""
        with contextlib.nullcontext() if self.keep_time is None else _beating(self.keep_time):
            return self._line(prompt)

    def _line(self, prompt: str) -> str | None:
        if not self.interactive:
            text = sys.stdin.readline()
            return text.rstrip("\r\n") if text else None
        try:
            with watched(self._watch):
                return input(prompt)
        except (EOFError, KeyboardInterrupt, EndedError) as end:
            self._half = so_far()
            with contextlib.suppress(OSError):  # the terminal may be gone
                output.data()  # the prompt stands on an unfinished line
            if isinstance(end, EOFError):
                return None
            raise

    def typed(self, keep: Callable[[str], None] = _nowhere) -> TypedAnswer | None:
        """Return the next answer or command, or None at the end of input; what the end cuts short counts as typed.

        Args:
            keep: Takes an answer as far as it is typed: whenever a line more of it is waited for, while that is typed,
                and when the input is broken off in the middle of it.
        """
        self._half = ""
        lines: list[str] = []
        self._watch = lambda half: keep("\n".join([*lines, half]).strip("\n"))
        found = None
        try:
            found = self._typed(lines, keep)
        finally:
            if found is None and self._half.strip():
                self._watch(self._half)
            self._watch = _nowhere
        return found

    def _typed(self, lines: list[str], keep: Callable[[str], None]) -> TypedAnswer | None:
        """Read what `typed` returns; the whole lines of an answer stand in `lines` as they come."""
        first = self.line()
        if first is None:
            return None
        if first.lstrip().startswith(FENCE):
            return TypedAnswer(self._fenced(first.lstrip()[len(FENCE) :], lines, keep), block=True)
        if not first.endswith("\\"):
            return TypedAnswer(first, block=False)
        return TypedAnswer(self._continued(first, lines, keep), block=True)

    def _fenced(self, first: str, lines: list[str], keep: Callable[[str], None]) -> str:
        line: str | None = first
        while line is not None:
            if line.rstrip().endswith(FENCE):
                lines.append(line.rstrip()[: -len(FENCE)])
                break
            lines.append(line)
            line = self._more(lines, keep)
        return "\n".join(lines).strip("\n")

    def _continued(self, first: str, lines: list[str], keep: Callable[[str], None]) -> str:
        line: str | None = first
        while line is not None:
            lines.append(line.removesuffix("\\"))
            line = self._more(lines, keep) if line.endswith("\\") else None
        return "\n".join(lines).strip("\n")

    def _more(self, lines: list[str], keep: Callable[[str], None]) -> str | None:
        """Return the next line of an answer, half a line too where the input ends in it; what there is, is kept."""
        keep("\n".join(lines).strip("\n"))
        line = self.line("... ")
        if line is None and self._half:
            lines.append(self._half)
        return line


@contextlib.contextmanager
def _beating(step: Callable[[], None]) -> Iterator[None]:
    """Take a step every few seconds beside what is done, and once more when that is broken off."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(BEAT):
            _quietly(step)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    except BaseException:
        _quietly(step)
        raise
    finally:
        done.set()
        thread.join()


def _quietly(step: Callable[[], None]) -> None:
    with contextlib.suppress(VivaError):  # the time is stored a little later then, or with the answer
        step()


EVERY = 0.5
"""Seconds between two looks."""


def so_far() -> str:
    """Return what stands on the line that is being edited."""
    editing = sys.modules.get("readline")
    return str(editing.get_line_buffer()) if editing else ""


@contextlib.contextmanager
def watched(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell of the line twice a second while it changes: a terminal that is closed takes it away before any signal.

    By an alarm and not by a thread, because the line may be read in the main thread only, between two keys.
    """
    if sys.platform == "win32" or "readline" not in sys.modules:
        yield
        return
    last = ""

    def look(*_: object) -> None:
        nonlocal last
        if (line := so_far()) != last and (line or sys.stdin.isatty()):  # a closed terminal has emptied the line
            last = line
            tell(line)

    try:
        before = signal.signal(signal.SIGALRM, look)
    except ValueError:  # not the main thread
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
