"""Lines that several commands read or print: those of a file or of stdin, and a search result."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from viva.cli import output
from viva.errors import QueryError
from viva.i18n import ntr, tr
from viva.reasons import why
from viva.types import Closeness, Hit

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_lines(name: Path) -> Iterator[str]:
    """Return the lines of a file, or of stdin when `name` is `-`, without their ends, as they come.

    UTF-8, or UTF-16 with a byte order mark (PowerShell's `>` writes it). Bytes that are neither become U+FFFD, and talk
    says where that happened first and how often: one bad row must not cost the others.

    Raises:
        QueryError: the file cannot be opened; it is tried at once, before a model is loaded for it.
    """
    if str(name) == "-":
        return _decoded(sys.stdin.buffer, "stdin")
    try:
        with name.expanduser().open("rb"):
            return _read(name)
    except OSError as error:
        raise QueryError(
            tr("cannot read {name} ({reason}): check the path, or give - for stdin", name=name, reason=why(error))
        ) from error


def count_lines(name: Path) -> int | None:
    """Return how many lines `read_lines` will yield, for a progress counter; None when that cannot be told."""
    try:
        with name.expanduser().open("rb") as file:
            return sum(1 for _ in file)
    except OSError:
        return None


def _read(name: Path) -> Iterator[str]:
    with name.expanduser().open("rb") as file:
        yield from _decoded(file, str(name))


def _decoded(file: BinaryIO, name: str) -> Iterator[str]:
    first = file.readline()
    encoding = next((each for mark, each in _BOMS if first.startswith(mark)), "utf-8")
    if encoding == "utf-16":
        yield from (first + file.read()).decode(encoding, errors="replace").splitlines()
        return
    number = undecodable = 0
    while first:
        number += 1
        try:
            text = first.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            undecodable += 1
            if undecodable == 1:
                _report_undecodable(name, number)
            text = first.decode("utf-8", errors="replace")
        yield text.rstrip("\r\n")
        first = file.readline()
    if undecodable > 1:
        output.talk(
            ntr(
                "{name}: {number} further line is not UTF-8 either",
                "{name}: {number} further lines are not UTF-8 either",
                undecodable - 1,
                name=name,
            )
        )


def _report_undecodable(name: str, number: int) -> None:
    output.talk(
        tr("{name} line {number} is not UTF-8: the bytes that cannot be read were replaced", name=name, number=number)
    )


def hit_lines(hit: Hit, close: Closeness | None) -> list[str]:
    """Return a search result as safe lines: rank, how close, and question; the place; the indented passage."""
    title = output.one_line(f"{hit.number}. {hit.question}" if hit.number else hit.question)
    lines = [
        f"{_lead(hit.rank, close)} {output.styled(title, 'bold')}",
        f"    {output.one_line(hit.file)}:{hit.line}",
    ]
    passage = [line.rstrip() for line in hit.passage.splitlines() if line.strip()]
    return lines + [f"      {output.shown(line)}" for line in passage]


def _lead(rank: int, close: Closeness | None) -> str:
    """Return what stands before the question, as it is heard."""
    match close:
        case "close":
            return tr("{rank}, close:", rank=rank)
        case "fair":
            return tr("{rank}, fairly close:", rank=rank)
        case "far":
            return tr("{rank}, not close:", rank=rank)
        case None:
            return tr("{rank}:", rank=rank)
