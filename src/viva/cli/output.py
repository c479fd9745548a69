"""The only writer of stdout, and the talk on stderr.

stdout is data, stderr is talk. Notes and answers are untrusted: whatever could steer a terminal (escape sequences,
C1 controls, characters that reverse the reading order) is shown literally, on both streams.
"""

from __future__ import annotations

import codecs
import contextlib
import dataclasses
import errno
import json
import math
import os
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from io import TextIOWrapper
from pathlib import Path
from typing import Self, TextIO

from viva.i18n import english, tr

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")
_COLOURS = {"red": 31, "green": 32, "yellow": 33, "bold": 1, "dim": 2}


class ReaderGoneError(Exception):
    """Whoever read stdout has left (`viva questions | head -1`); not an OSError, so that no library reacts to it."""


def shown(text: str) -> str:
    r"""Return `text` with all that could steer a terminal shown literally, such as `\x1b`; line breaks stay."""
    return _UNSAFE.sub(_literal, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Return `shown(text)` on a single line."""
    return shown(_SPACE.sub(" ", text).strip())


def _literal(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def prepare_streams() -> None:
    r"""Make the streams speak UTF-8 wherever they are no terminal with an encoding of its own; nothing fails to print.

    A lone surrogate is written as `\udc80`, which is the same character in JSON. Lines end with a plain line feed on
    Windows too, as JSON lines and CSV have it.
    """
    _open_missing()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            newline = None if stream.isatty() else "\n"
            stream.reconfigure(encoding=_encoding(stream), errors="backslashreplace", newline=newline)
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding=_encoding(sys.stdin), errors="replace")


def _open_missing() -> None:
    """Put an empty stream where the caller closed one (`viva ask <&-`): Python leaves None there."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  # as long as the process


def _encoding(stream: TextIOWrapper) -> str:
    own = stream.isatty() and codecs.lookup(stream.encoding).name != "ascii"
    return stream.encoding if own else "utf-8"


def data(text: str = "") -> None:
    """Print one line of data (it may hold line breaks). Raises ReaderGoneError."""
    _write(shown(text) + "\n")


def lines(texts: Iterable[str]) -> None:
    """Print several lines of data. Raises ReaderGoneError."""
    for text in texts:
        data(text)


def document(text: str) -> None:
    """Print a whole file of data: as it is for a program, made safe on a terminal. Raises ReaderGoneError."""
    _write(shown(text) if _terminal(sys.stdout) else text)


def styled(text: str, style: str) -> str:
    """Return `text` made safe and, on a terminal that shows colours, in this style; meaning is never colour alone."""
    return f"\x1b[{_COLOURS[style]}m{shown(text)}\x1b[0m" if _colourful(sys.stdout) else shown(text)


def styled_data(line: str) -> None:
    """Print a line whose parts went through `styled` or `shown`. Raises ReaderGoneError."""
    _write(line + "\n")


def json_line(value: object) -> None:
    """Print `value` as JSON on one line, in UTF-8. Raises ReaderGoneError."""
    text = json.dumps(as_json(value), ensure_ascii=False, allow_nan=False)
    _write(_UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n")


def flush() -> None:
    """Write out what is buffered. Raises ReaderGoneError, or OSError when the disk behind stdout is full."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _gone_or_raise(error)


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _gone_or_raise(error)


def _gone_or_raise(error: OSError) -> None:
    """Tell a reader that left from a full disk; Windows reports the former as EINVAL."""
    if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL):
        _discard_stdout()
        raise ReaderGoneError from error
    _discard_stdout()
    raise error


def _discard_stdout() -> None:
    """Send what is still buffered nowhere: the interpreter flushes stdout once more when it ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def talk(line: str) -> None:
    """Say one line on stderr; a stderr that is closed is no reason to fail."""
    clear = "\r\x1b[K" if Progress.visible else ""
    _say(f"{clear}viva: {one_line(line)}\n")


def trace(text: str) -> None:
    """Print a traceback on stderr."""
    _say(shown(text))


def _say(text: str) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(text)
        sys.stderr.flush()


class Progress:
    """A counter on stderr while something long runs; silent unless stderr is a terminal and stdout is not busy.

    Use as a context manager and call `step` after each piece.
    """

    visible = False
    """Whether a counter is on the screen now, so that talk first clears its line."""

    def __init__(self, label: str, total: int | None = None, *, beside_data: bool = False) -> None:
        self._label = label
        self._total = total
        self._done = 0
        self._on = _terminal(sys.stderr) and not (beside_data and _terminal(sys.stdout))

    def __enter__(self) -> Self:
        self._show()
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def step(self) -> None:
        """Count one more."""
        self._done += 1
        self._show()

    def at(self, done: int, total: int) -> None:
        """Show how far it is, without a `with`: the line goes at the end, and work done at once gets none."""
        self._done, self._total = done, total
        if done < total:
            self._show()
        else:
            self._clear()

    def _clear(self) -> None:
        if self._on and Progress.visible:
            Progress.visible = False
            _say("\r\x1b[K")

    def _show(self) -> None:
        if self._on:
            Progress.visible = True
            how_far = {"label": self._label, "done": self._done, "total": self._total}
            line = (
                tr("{label} {done}", **how_far) if self._total is None else tr("{label} {done} of {total}", **how_far)
            )
            _say(f"\r\x1b[K{line}")


def _terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty() and os.environ.get("TERM") != "dumb"


def _colourful(stream: TextIO | None) -> bool:
    return _terminal(stream) and not os.environ.get("NO_COLOR")


def as_json(value: object) -> object:
    """Return `value` in JSON's own types: dataclasses as objects, times in ISO 8601, no NaN, six decimals at most.

    Messages of viva are in English, whatever language it speaks: programs read them.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(item) for item in value]
    return _scalar(value)


def _scalar(value: object) -> object:
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else english(value)
