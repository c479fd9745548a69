"""Plots of characters, drawn by plotext: a line with marks, shades of days, bars of counts, bars of shares.

plotext keeps one figure for the whole process: it is cleared before each use, and used by the screens' thread alone.
It counts each character as one cell, so it draws marks and figures only; words are put beside them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from viva.tui.common.paragraphs import MUTED

Row = tuple[tuple[str, str], ...]
"""A line of a plot: pieces, each with its style."""

SCORE = "●"
RECALL = "○"
"""The marks of both rows: they differ in shape, not only in colour."""
NONE = "·"
"""Stands where there is nothing to draw."""

_SCORE_HEIGHT = 8
_TICKS = (0, 50, 100)
_PARTS = "▁▂▃▄▅▆▇"
"""One to seven eighths of a cell."""
_WHOLE = "█"
_FULL, _EMPTY = "━", "─"
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_INK = {
    **dict.fromkeys(map(chr, range(0x2800, 0x2900)), "$text-primary"),  # Braille, of which lines are made
    **dict.fromkeys(f"{SCORE}░▒▓{_PARTS}{_WHOLE}", "$text-primary"),
    RECALL: "$text-accent",
}
"""The style of each mark; all else stands back."""
_FIGURES = dict.fromkeys("0123456789", "")


def score_plot(scores: Sequence[float | None], recall: Sequence[float | None], label: int, column: int) -> list[Row]:
    """Return a line through the scores and a mark for each recall, both 0 to 100, oldest first.

    Args:
        scores: One for each week; None where there is none.
        recall: As many.
        label: Cells left of the plot's axis, its ticks and the axis itself among them.
        column: Cells of one week.
    """
    figure = _figure(label + len(scores) * column, _SCORE_HEIGHT, axes=("x", "y"))
    for values, marker in ((scores, "braille"), (scores, SCORE), (recall, RECALL)):
        known = [(at + 0.5, value) for at, value in enumerate(values) if value is not None]
        _draw(figure, known, marker, joined=range(1, len(known)) if marker == "braille" else ())
    _span(figure, len(scores), _TICKS[-1])
    figure.ruler("y", 0).ticks(list(_TICKS), [f"{tick:>{label - 1}}" for tick in _TICKS])
    return [row for row in _rows(figure, _INK) if row]


def shade_plot(columns: Sequence[str], height: int) -> list[Row]:
    """Return columns of shades with a blank between them.

    Args:
        columns: From left to right, each from the top down, a character a shade.
        height: Characters of a whole column; one that is shorter has blanks below.
    """
    width = len(columns) * 2 - 1
    figure = _figure(width, height)
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for at, column in enumerate(columns):
        for below, shade in enumerate(column):
            places[shade].append((at * 2, height - 1 - below))
    for shade, own in places.items():
        _draw(figure, own, shade)
    _span(figure, width - 1, height - 1)
    return _rows(figure, _INK)


def bar_plot(counts: Sequence[int], most: int, height: int, column: int) -> list[Row]:
    """Return upright bars that stand on a line, each under its count; a dot where there is none.

    Args:
        counts: From left to right.
        most: The count of a bar of full height, 1 or more.
        height: Cells of such a bar; all are exact to an eighth of a cell.
        column: Cells of a bar with the gap beside it, 4 or more.
    """
    figure = _figure(len(counts) * column, height + 2, axes=("x",))
    eighths = [max(1, round(count / most * height * 8)) if count else 0 for count in counts]
    middles = [at * column + (column - 1) / 2 for at in range(len(counts))]
    tops = [max(0.0, high // 8 - 0.5) for high in eighths]  # within the highest cell that is full
    figure.draw(figure.bar(middles, tops, width=(column - 3) / column))
    for part, marker in enumerate(_PARTS, 1):
        ends = [(at * column, high // 8 + 0.5) for at, high in enumerate(eighths) if high % 8 == part]
        _draw(figure, [(left + cell, y) for left, y in ends for cell in range(1, column - 1)], marker)
    for at, (count, high) in enumerate(zip(counts, eighths, strict=True)):
        line = str(count or NONE)
        left = at * column + (column - len(line)) // 2
        figure.draw(figure.text(left, -(-high // 8) + 0.5, line, alignment="left"))
    _span(figure, len(counts) * column - 1, height + 1)
    figure.ruler("y", 0).alignment(lim="edge")  # so that a bar of 2 is two cells high
    return _rows(figure, {**_INK, **_FIGURES})


def share_plot(shares: Sequence[tuple[float | None, str]], width: int) -> list[Row]:
    """Return lying bars, from the top down.

    Args:
        shares: Each 0 to 1, or None, which has no bar; with the style of its bar.
        width: Cells of a whole, over which each bar lies.
    """
    figure = _figure(width, len(shares))
    full: list[tuple[float, float]] = []
    rest: list[tuple[float, float]] = []
    for y, (share, _) in enumerate(reversed(shares)):
        cells = round((share or 0) * width)
        full += [(0, y), (cells - 1, y)] if cells else []
        rest += [(cells, y), (width - 1, y)] if cells < width else []
    _draw(figure, full, _FULL, joined=range(1, len(full), 2))
    _draw(figure, rest, _EMPTY, joined=range(1, len(rest), 2))
    _span(figure, width - 1, len(shares) - 1)
    return [_styled(line, {_FULL: style}) for line, (_, style) in zip(_lines(figure), shares, strict=True)]


def _figure(width: int, height: int, *, axes: Sequence[str] = ()) -> Any:
    """Return the figure, empty, of a size in cells; the axis "x" is the line below, "y" the one on the left."""
    from plotext import figure, terminal

    terminal.limit(width=False, height=False)  # a page is scrolled, and may be larger than the terminal
    figure.clear()
    figure.theme("colorless")
    figure.plot_size(width, height)
    for axis in ("x", "y"):
        figure.axes(active=axis in axes, axis=axis, side=0)
        figure.axes(active=False, axis=axis, side=1)
    return figure


def _span(figure: Any, across: float, up: float) -> None:
    """Have the plot go from 0 to these, without ticks; where they number its last cells, a step of 1 is a cell."""
    for axis, most in (("x", across), ("y", up)):
        ruler = figure.ruler(axis, 0)
        ruler.lim(0, most)
        ruler.ticks([], [])


def _draw(figure: Any, places: Sequence[tuple[float, float]], marker: str, *, joined: Iterable[int] = ()) -> None:
    """Put a mark at each place, if there are any, and a line of them to those at `joined` from the place before."""
    if places:
        signal = figure.signal(*map(list, zip(*places, strict=True)), marker=marker)
        for at in joined:
            signal.line(at)
        figure.draw(signal)


def _lines(figure: Any) -> list[str]:
    return [line.rstrip() for line in _ESCAPES.sub("", figure.build().string()).splitlines()]


def _rows(figure: Any, ink: Mapping[str, str]) -> list[Row]:
    return [_styled(line, ink) for line in _lines(figure)]


def _styled(line: str, ink: Mapping[str, str]) -> Row:
    return tuple(("".join(run), style) for style, run in groupby(line, key=lambda mark: ink.get(mark, MUTED)))
