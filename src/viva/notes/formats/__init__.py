"""The formats notes come in, one module each; which one a file has is told by its content, helped by its suffix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viva.notes.formats.numbered import parse_numbered
from viva.notes.raw import split_lines

if TYPE_CHECKING:
    from viva.notes.raw import RawEntry

SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".mdown", ".mkd", ".csv", ".tsv", ".tab", ".jsonl", ".ndjson"}
)
"""Suffixes that are read inside a folder; a file that is given by name is read whatever its suffix."""


def parse(text: str, suffix: str) -> list[RawEntry]:
    """Return the questions of a file in order; empty when it holds none.

    Args:
        text: The whole file.
        suffix: Suffix of its name, lower case, with the dot; a hint only.
    """
    return parse_numbered(split_lines(text))
