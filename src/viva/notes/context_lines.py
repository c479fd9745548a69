"""The lines of a file around a passage, for those who want to read on in their notes."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from viva.errors import NotesError
from viva.i18n import tr
from viva.notes.decode import decode
from viva.notes.raw import split_lines
from viva.notes.walk import MAX_BYTES
from viva.reasons import why
from viva.text.normal import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

AROUND = 300
"""Lines that are given before a passage, and after it."""
LONGEST = 2000
"""Characters of a line that are given; longer ones are no prose."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LETTERS_TO_FIND = 24
"""Letters and digits by which a line is known again."""


@dataclass(frozen=True, slots=True)
class Around:
    """A passage and the lines around it."""

    lines: tuple[str, ...]
    """As they stand in the file, long ones cut."""
    first: int
    """Number of the first of them, from 1."""
    start: int
    """Number of the first line of the passage."""
    end: int
    """Number of its last line."""
    more: bool
    """Whether the file goes on after the last of the lines."""
    moved: bool = False
    """Whether the passage stands elsewhere than it did when it was read."""


def read_around(file: Path, line: int, end: int | None = None, begins: str = "") -> Around:
    """Read the lines around a passage, which may have moved since the notes were read.

    Args:
        file: The file, whatever it holds by now.
        line: Where the passage began, from 1.
        end: Where it ended; by default on the same line.
        begins: How it begins: looked for near `line` where that line says something else by now.

    Raises:
        NotesError: The file is gone, cannot be read, or is no text.
    """
    try:
        lines, first, more = _lines(file, line)
    except OSError as error:
        raise NotesError(
            tr(
                "cannot show {file}: {reason}; search again to see what the notes hold now",
                file=file.name,
                reason=why(error),
            )
        ) from error
    wanted = min(max(line, first), first + len(lines) - 1)
    start = _nearest(lines, wanted - first, begins) + first
    last = min(start + max(0, (end or line) - line), first + len(lines) - 1)
    from_, to = max(first, start - AROUND), last + AROUND
    kept = lines[from_ - first : to - first + 1]
    more = more or len(kept) < len(lines) - (from_ - first)
    cut = tuple(each if len(each) <= LONGEST else each[:LONGEST] + "…" for each in kept)
    return Around(cut, from_, start, last, more, start != line)


def _lines(file: Path, line: int) -> tuple[list[str], int, bool]:
    """Return lines of a file, the number of the first, and whether more follow: all lines of one of a usual size."""
    with file.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
        if len(data) <= MAX_BYTES or data.startswith(_WIDE):
            return _split(data[:MAX_BYTES], file), 1, len(data) > MAX_BYTES
        stream.seek(0)
        first = max(1, line - 2 * AROUND)
        near = list(islice(_rows(stream), first - 1, line + 2 * AROUND))
    if not near:  # it has become shorter
        return _split(data[:MAX_BYTES], file), 1, True
    return _split(b"".join(near), file), first, True


def _rows(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file of any size, of each no more than is shown."""
    while row := stream.readline(4 * LONGEST):
        whole = row.endswith(b"\n")
        yield row if whole else row + b"\n"
        while not whole and (remainder := stream.readline(MAX_BYTES)):
            whole = remainder.endswith(b"\n")


def _split(data: bytes, file: Path) -> list[str]:
    """Return the lines of a text, without the empty one after the last line break; one at least."""
    decoded = decode(data)
    if decoded is None:
        raise NotesError(tr("{file} is no text that could be shown; open it where it was made", file=file.name))
    lines = split_lines(decoded.text)
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def _nearest(lines: Sequence[str], at: int, begins: str) -> int:
    """Return the index of the line nearest to `at` that holds how a passage begins; `at` where there is none."""
    wanted = bare(begins.strip().split("\n", 1)[0])[:_LETTERS_TO_FIND]
    if not wanted or wanted in bare(lines[at]):
        return at
    near = range(max(0, at - AROUND), min(len(lines), at + AROUND + 1))
    return min((index for index in near if wanted in bare(lines[index])), key=lambda index: abs(index - at), default=at)
