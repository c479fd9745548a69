"""Scores over time as a plot of characters, drawn by plotext.

plotext keeps one figure for the whole process: it is cleared before each use, and used by the screens' thread alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from viva.tui.paragraphs import MUTED, Paragraph, spans

SCORE = "●"
RECALL = "○"
"""The marks of both rows: they differ in shape, not only in colour."""

_HEIGHT = 8
_TICKS = (0, 50, 100)
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_RUNS = re.compile(r"([●\u2800-\u28ff]*[●\u2801-\u28ff][●\u2800-\u28ff]*)|(○+)|([^●○\u2801-\u28ff]+)")
_STYLES = ("$text-primary", "$text-accent", MUTED)


def score_plot(
    scores: Sequence[float | None], recall: Sequence[float | None], label: int, column: int
) -> list[Paragraph]:
    """Return a line through the scores and a mark for each recall, both 0 to 100, oldest first.

    Args:
        scores: One for each week; None where there is none.
        recall: As many.
        label: Cells left of the plot's axis, its ticks and the axis itself among them.
        column: Cells of one week.
    """
    from plotext import figure

    figure.clear()
    figure.theme("colorless")
    figure.plot_size(label + len(scores) * column, _HEIGHT)
    for axis in ("x", "y"):
        figure.axes(active=False, axis=axis, side=1)
    _draw(figure, scores, "braille", lines=True)
    _draw(figure, scores, SCORE)
    _draw(figure, recall, RECALL)
    heights = figure.ruler("y", 0)
    heights.lim(0, _TICKS[-1])
    heights.ticks(list(_TICKS), [f"{tick:>{label - 1}}" for tick in _TICKS])
    weeks = figure.ruler("x", 0)
    weeks.lim(0, len(scores))
    weeks.ticks([], [])
    lines = _ESCAPES.sub("", figure.build().string()).splitlines()
    return [_coloured(line.rstrip()) for line in lines if line.strip()]


def _draw(figure: Any, values: Sequence[float | None], marker: str, *, lines: bool = False) -> None:
    """Put a mark in the middle of each column that has a value."""
    known = [(at + 0.5, value) for at, value in enumerate(values) if value is not None]
    if known:
        signal = figure.signal(*map(list, zip(*known, strict=True)), marker=marker)
        signal.lines(lines)
        figure.draw(signal)


def _coloured(line: str) -> Paragraph:
    return spans(*((found[0], _STYLES[(found.lastindex or 1) - 1]) for found in _RUNS.finditer(line)))
