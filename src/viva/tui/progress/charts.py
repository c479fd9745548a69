"""Charts as paragraphs, the plots with their words: scores a week, a calendar of days, what comes up on each day.

Each says in figures or words what it shows in shape; colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rich.cells import cell_len, set_cell_size

from viva.i18n import N_, tr
from viva.tui.common.interface import NARROW, padded, widest
from viva.tui.common.paragraphs import BLANK, MUTED, Paragraph, spans
from viva.tui.progress.plot import NONE, RECALL, SCORE, bar_plot, score_plot, shade_plot

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
        lines.append(_row(name, [_figure(figure) for figure in figures], size))
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


def _figure(figure: float | None) -> str:
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
