"""Charts as paragraphs: scores a week, a calendar of days, what comes up on each day, shares.

Each says in figures or words what it shows in shape; colour only repeats it. The plots themselves are drawn by plotext,
which keeps one figure for the whole process: it is cleared before each use, and used by the screens' thread alone. It
counts each character as one cell, so it draws marks and figures only; words are put beside them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from rich.cells import cell_len, set_cell_size

from viva.i18n import N_, tr
from viva.tui.common.interface import NARROW, padded, widest
from viva.tui.common.paragraphs import BLANK, MUTED, Paragraph, spans

PlotRow = tuple[tuple[str, str], ...]
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

_COLUMN = 5
"""Cells of one column with the gap after it; one less where the terminal is narrow."""
_LABEL = 11
"""Cells for the name of a row of figures."""
_WEEK = 7
_BARS = 6
"""Cells of the highest bar at most; less where bars stand in two rows or more."""
_LOW_BARS = 4
_MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)
_DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))

_SHADES = (
    (0, NONE, N_("none")),
    (1, "░", N_("1 to 4")),
    (5, "▒", N_("5 to 9")),
    (10, "▓", N_("10 to 19")),
    (20, "█", N_("20 or more")),
)
"""From how many turns a day on each shade stands, and how the legend says it."""


def week_columns(
    starts: Sequence[date], scores: Sequence[float | None], recall: Sequence[float | None], width: int
) -> list[Paragraph]:
    """Return a plot of scores and recall, both 0 to 100, over their figures: as many weeks as fit, the last ones."""
    size, fitting = _columns(width)
    starts, scores, recall = starts[-fitting:], scores[-fitting:], recall[-fitting:]
    lines = [spans(*row) for row in score_plot(scores, recall, _LABEL, size)]
    names = (SCORE + " " + tr("score"), RECALL + " " + tr("recall %"))
    for name, figures in zip(names, (scores, recall), strict=True):
        lines.append(_row(name, [_figure_text(figure) for figure in figures], size))
    months = [_month(start) if at == 0 or start.month != before.month else "" for at, before, start in _steps(starts)]
    lines.append(_row(tr("week of"), months, size, MUTED))
    lines.append(_row(tr("Monday"), [str(start.day) for start in starts], size, MUTED))
    return lines


def calendar(days: Sequence[tuple[date, int]], width: int) -> list[Paragraph]:
    """Return a row for each day of the week and a column for each week, the last that fit, and a legend.

    `days` go from a Monday on, without a gap.
    """
    label = widest(map(tr, _DAYS)) + 1
    weeks = [days[at : at + 7] for at in range(0, len(days), 7)][-max(1, (width - label) // 2) :]
    lines = [spans((" " * label + _month_line([week[0][0] for week in weeks]), MUTED))]
    rows = shade_plot(["".join(_shade(count) for _, count in week) for week in weeks], _WEEK)
    lines += [spans((padded(tr(name), label), MUTED), *row) for name, row in zip(_DAYS, rows, strict=True)]
    return [*lines, *_legend(width)]


def count_bars(counts: Sequence[tuple[date, int]], width: int) -> list[Paragraph]:
    """Return a bar for each day, the first of which is today; a week under the other where not all fit side by side.

    A bar is as high as the day's share of the largest count; a question is a cell at most.
    """
    most = max(count for _, count in counts)
    column = max(_COLUMN, len(str(most)) + 1)
    fitting = max(1, width // column)
    wide = fitting >= len(counts)
    together = len(counts) if wide else min(_WEEK, fitting)
    height = min(most, _BARS if wide else _LOW_BARS)
    lines: list[Paragraph] = []
    for at in range(0, len(counts), together):
        days = counts[at : at + together]
        rows = bar_plot([count for _, count in days], most, height, column)
        names = [tr("today") if day == counts[0][0] else tr(_DAYS[day.weekday()]) for day, _ in days]
        lines += [BLANK] if lines else []
        lines += [spans(*row) for row in rows if row]
        lines += [spans((_cells(each, column), MUTED)) for each in (names, [str(day.day) for day, _ in days])]
    return lines


def _columns(width: int) -> tuple[int, int]:
    """Return the size of a column and how many fit."""
    size = _COLUMN - 1 if width < NARROW else _COLUMN
    return size, max(1, (width - _LABEL) // size)


def _row(name: str, figures: Iterable[str], size: int, style: str = "") -> Paragraph:
    return spans((padded(name, _LABEL), MUTED), (_cells(figures, size), style))


def _cells(texts: Iterable[str], size: int) -> str:
    return "".join(_centred(text, size) for text in texts)


def _centred(text: str, cells: int) -> str:
    """Return `text` in the middle of a width in cells."""
    left = max(0, cells - cell_len(text)) // 2
    return padded(" " * left + text, cells)


def _figure_text(figure: float | None) -> str:
    return "–" if figure is None else str(round(figure))


def _month(day: date) -> str:
    return tr(_MONTHS[day.month - 1])


def _steps(days: Sequence[date]) -> Iterator[tuple[int, date, date]]:
    """Yield the place of each day, the day before it in the row, and itself."""
    for at, day in enumerate(days):
        yield at, days[max(0, at - 1)], day


def _month_line(starts: Sequence[date]) -> str:
    """Return names of months over the columns where they begin; a name that has no room is left out."""
    line = ""
    for at, before, start in _steps(starts):
        begins = at == 0 or start.month != before.month
        if begins and cell_len(line) <= at * 2:
            line = f"{padded(line, at * 2)}{_month(start)} "
    return set_cell_size(line, min(cell_len(line), len(starts) * 2)).rstrip()


def _legend(width: int) -> list[Paragraph]:
    """Return what each shade stands for, broken into lines between two of them."""
    lines = [tr("turns a day:")]
    for _, shade, words in _SHADES:
        text = f"{shade} {tr(words)}"
        longer = f"{lines[-1]}   {text}"
        lines[-1:] = [longer] if cell_len(longer) <= width else [lines[-1], text]
    return [spans((line, MUTED)) for line in lines]


def _shade(count: int) -> str:
    return [shade for least, shade, _ in _SHADES if count >= least][-1]


def score_plot(
    scores: Sequence[float | None], recall: Sequence[float | None], label: int, column: int
) -> list[PlotRow]:
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


def shade_plot(columns: Sequence[str], height: int) -> list[PlotRow]:
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


def bar_plot(counts: Sequence[int], most: int, height: int, column: int) -> list[PlotRow]:
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


def share_plot(shares: Sequence[tuple[float | None, str]], width: int) -> list[PlotRow]:
    """Return lying bars, from the top down.

    Args:
        shares: Each 0 to 1, or None, which has no bar; with the style of its bar.
        width: Cells of a whole, over which each bar lies.
    """
    figure = _figure(width, len(shares))
    full: list[tuple[float, float]] = []
    remaining: list[tuple[float, float]] = []
    for y, (share, _) in enumerate(reversed(shares)):
        cells = round((share or 0) * width)
        full += [(0, y), (cells - 1, y)] if cells else []
        remaining += [(cells, y), (width - 1, y)] if cells < width else []
    _draw(figure, full, _FULL, joined=range(1, len(full), 2))
    _draw(figure, remaining, _EMPTY, joined=range(1, len(remaining), 2))
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


def _rows(figure: Any, ink: Mapping[str, str]) -> list[PlotRow]:
    return [_styled(line, ink) for line in _lines(figure)]


def _styled(line: str, ink: Mapping[str, str]) -> PlotRow:
    return tuple(("".join(run), style) for style, run in groupby(line, key=lambda mark: ink.get(mark, MUTED)))
