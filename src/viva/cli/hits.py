"""Passages of the notes that were found, as lines."""

from __future__ import annotations

from viva.cli import output
from viva.i18n import tr
from viva.types import Closeness, Hit


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
