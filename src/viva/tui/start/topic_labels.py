"""Topics as labels of a list: name, number of questions, and how much of it is known."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from viva.tui.common.gauges import percent, share
from viva.tui.common.interface import NARROW
from viva.tui.common.literal import one_line
from viva.tui.common.paragraphs import MUTED

_BAR = 8
_LONGEST = 36
"""Cells within which the shares stand under one another; a longer name pushes its own aside."""


def topic_labels(topics: Sequence[tuple[str, int]], shares: Sequence[float | None], width: int) -> list[Content]:
    """Return a label for each topic: its share known, of 0 to 1, follows where there is one.

    In a narrow terminal (`width` in cells) the share is a figure without a bar.
    """
    longest = max((min(_LONGEST, _cells(*topic)) for topic in topics), default=0)
    labels = []
    for (name, count), known in zip(topics, shares, strict=True):
        label = Content.assemble(one_line(name), (f"  {count}", MUTED))
        if known is not None and width < NARROW:
            label = Content.assemble(label, "  ", percent(known))
        elif known is not None:
            label = Content.assemble(label, " " * max(2, longest - _cells(name, count) + 2), *share(known, _BAR))
        labels.append(label)
    return labels


def _cells(name: str, count: int) -> int:
    return cell_len(one_line(name)) + 2 + len(str(count))
