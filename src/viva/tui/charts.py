"""Charts as paragraphs: scores a week over their figures, a calendar of days, one bar a row.

Each says in figures or words what it shows in shape; colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rich.cells import cell_len, set_cell_size

from viva.i18n import noted, tr
from viva.tui.interface import padded, widest
from viva.tui.paragraphs import MUTED, Paragraph, spans
from viva.tui.plot import RECALL, SCORE, score_plot

_COLUMN = 5
"""Cells of one column with the gap after it; one less where the terminal is narrow."""
_LABEL = 11
"""Cells for the name of a row of figures."""
_NARROW = 60
_MONTHS = (
    *(noted("Jan"), noted("Feb"), noted("Mar"), noted("Apr"), noted("May"), noted("Jun")),
    *(noted("Jul"), noted("Aug"), noted("Sep"), noted("Oct"), noted("Nov"), noted("Dec")),
)
_DAYS = (noted("Mon"), noted("Tue"), noted("Wed"), noted("Thu"), noted("Fri"), noted("Sat"), noted("Sun"))

_SHADES = (
    (0, "·", noted("none")),
    (1, "░", noted("1 to 4")),
    (5, "▒", noted("5 to 9")),
    (10, "▓", noted("10 to 19")),
    (20, "█", noted("20 or more")),
)
"""From how many turns a day on each shade stands, and how the legend says it."""


def week_columns(
    starts: Sequence[date], scores: Sequence[float | None], recall: Sequence[float | None], width: int
) -> list[Paragraph]:
    """Return a plot of scores and recall, both 0 to 100, over their figures: as many weeks as fit, the last ones."""
    size, fitting = _columns(width)
    starts, scores, recall = starts[-fitting:], scores[-fitting:], recall[-fitting:]
    lines = score_plot(scores, recall, _LABEL, size)
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
    for at, name in enumerate(_DAYS):
        cells = " ".join(_shade(week[at][1]) if at < len(week) else " " for week in weeks)
        lines.append(spans((padded(tr(name), label), MUTED), (cells, "$text-primary")))
    legend = "   ".join(f"{shade} {tr(words)}" for _, shade, words in _SHADES)
    return [*lines, spans((tr("turns a day:") + f"   {legend}", MUTED))]


def count_rows(counts: Iterable[tuple[date, int]], width: int) -> list[Paragraph]:
    """Return a bar for each day, the first of which is today, as long as the day's share of the largest count."""
    rows = list(counts)
    most = max((count for _, count in rows), default=0)
    names = [tr("today") if at == 0 else f"{tr(_DAYS[day.weekday()])} {day.day:>2}" for at, (day, _) in enumerate(rows)]
    label = widest(names) + 1
    room = max(4, min(40, width - label - 9))
    lines = []
    for name, (_, count) in zip(names, rows, strict=True):
        bar = "━" * max(1, round(count / most * room)) if count else "·"
        lines.append(spans((padded(name, label), MUTED), (bar, "$text-primary" if count else MUTED), f" {count or ''}"))
    return lines


def _columns(width: int) -> tuple[int, int]:
    """Return the size of a column and how many fit."""
    size = _COLUMN - 1 if width < _NARROW else _COLUMN
    return size, max(1, (width - _LABEL) // size)


def _row(name: str, figures: Iterable[str], size: int, style: str = "") -> Paragraph:
    return spans((padded(name, _LABEL), MUTED), ("".join(_centred(figure, size) for figure in figures), style))


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


def _shade(count: int) -> str:
    return [shade for least, shade, _ in _SHADES if count >= least][-1]
