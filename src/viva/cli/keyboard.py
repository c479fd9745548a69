r"""Lines that a person types or pipes in, and the answers they make.

An answer is one line. It goes on where a line ends with `\`, or from a line that begins with three double quotes to
the next one that ends with them; the line breaks then belong to the answer.
"""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass

from viva.cli import output

FENCE = '"""'


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed as one answer."""

    text: str
    block: bool
    """Whether it took more than one line or stood between fences: then it is an answer and no command."""


class Keyboard:
    """Reads stdin: with line editing and a prompt on a terminal, plainly from a pipe."""

    def __init__(self) -> None:
        self.interactive = sys.stdin.isatty() and sys.stdout.isatty()
        if self.interactive:
            with contextlib.suppress(ImportError):  # Windows edits lines by itself
                import readline  # noqa: F401  # gives input() editing and recall

    def line(self, prompt: str = "> ") -> str | None:
        """Return the next line without its end, or None at the end of input."""
        if not self.interactive:
            text = sys.stdin.readline()
            return text.rstrip("\r\n") if text else None
        try:
            return input(prompt)
        except (EOFError, KeyboardInterrupt) as end:
            output.data()  # the prompt stands on an unfinished line
            if isinstance(end, KeyboardInterrupt):
                raise
            return None

    def typed(self) -> Typed | None:
        """Return the next answer or command, or None at the end of input; what the end cuts short counts as typed."""
        first = self.line()
        if first is None:
            return None
        if first.lstrip().startswith(FENCE):
            return Typed(self._fenced(first.lstrip()[len(FENCE) :]), block=True)
        if not first.endswith("\\"):
            return Typed(first, block=False)
        return Typed(self._continued(first), block=True)

    def _fenced(self, rest: str) -> str:
        lines: list[str] = []
        line: str | None = rest
        while line is not None:
            if line.rstrip().endswith(FENCE):
                lines.append(line.rstrip()[: -len(FENCE)])
                break
            lines.append(line)
            line = self.line("... ")
        return "\n".join(lines).strip("\n")

    def _continued(self, first: str) -> str:
        lines: list[str] = []
        line: str | None = first
        while line is not None:
            lines.append(line.removesuffix("\\"))
            line = self.line("... ") if line.endswith("\\") else None
        return "\n".join(lines).strip("\n")
