"""Charts as paragraphs: scores a week over their figures, a calendar of days, one bar a row.

Each says in figures or words what it shows in shape; colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from viva.tui.paragraphs import MUTED, Paragraph, spans
from viva.tui.plot import RECALL, SCORE, score_plot

_COLUMN = 5
"""Cells of one column with the gap after it; one less where the terminal is narrow."""
_LABEL = 11
"""Cells for the name of a row of figures."""
_NARROW = 60
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_SHADES = ((0, "·", "none"), (1, "░", "1 to 4"), (5, "▒", "5 to 9"), (10, "▓", "10 to 19"), (20, "█", "20 or more"))
"""From how many turns a day on each shade stands, and how the legend says it."""
_DAY_LABEL = 4


def week_columns(
    starts: Sequence[date], scores: Sequence[float | None], recall: Sequence[float | None], width: int
) -> list[Paragraph]:
    """Return a plot of scores and recall, both 0 to 100, over their figures: as many weeks as fit, the last ones."""
    size, fitting = _columns(width)
    starts, scores, recall = starts[-fitting:], scores[-fitting:], recall[-fitting:]
    lines = score_plot(scores, recall, _LABEL, size)
    for name, figures in ((f"{SCORE} score", scores), (f"{RECALL} recall %", recall)):
        lines.append(_row(name, [_figure(figure) for figure in figures], size))
    months = [_month(start) if at == 0 or start.month != before.month else "" for at, before, start in _steps(starts)]
    lines.append(_row("week of", months, size, MUTED))
    lines.append(_row("Monday", [str(start.day) for start in starts], size, MUTED))
    return lines


def calendar(days: Sequence[tuple[date, int]], width: int) -> list[Paragraph]:
    """Return a row for each day of the week and a column for each week, the last that fit, and a legend.

    `days` go from a Monday on, without a gap.
    """
    weeks = [days[at : at + 7] for at in range(0, len(days), 7)][-max(1, (width - _DAY_LABEL) // 2) :]
    lines = [spans((" " * _DAY_LABEL + _month_line([week[0][0] for week in weeks]), MUTED))]
    for at, name in enumerate(_DAYS):
        cells = " ".join(_shade(week[at][1]) if at < len(week) else " " for week in weeks)
        lines.append(spans((f"{name:<{_DAY_LABEL}}", MUTED), (cells, "$text-primary")))
    legend = "   ".join(f"{shade} {words}" for _, shade, words in _SHADES)
    return [*lines, spans((f"turns a day:   {legend}", MUTED))]


def count_rows(counts: Iterable[tuple[date, int]], width: int) -> list[Paragraph]:
    """Return a bar for each day, the first of which is today, as long as the day's share of the largest count."""
    rows = list(counts)
    most = max((count for _, count in rows), default=0)
    room = max(4, min(40, width - 16))
    lines = []
    for at, (day, count) in enumerate(rows):
        name = "today" if at == 0 else f"{_DAYS[day.weekday()]} {day.day:>2}"
        bar = "━" * max(1, round(count / most * room)) if count else "·"
        lines.append(spans((f"{name:<7}", MUTED), (bar, "$text-primary" if count else MUTED), f" {count or ''}"))
    return lines


def _columns(width: int) -> tuple[int, int]:
    """Return the size of a column and how many fit."""
    size = _COLUMN - 1 if width < _NARROW else _COLUMN
    return size, max(1, (width - _LABEL) // size)


def _row(name: str, figures: Iterable[str], size: int, style: str = "") -> Paragraph:
    return spans((f"{name:<{_LABEL}}", MUTED), ("".join(f"{figure:^{size}}" for figure in figures), style))


def _figure(figure: float | None) -> str:
    return "–" if figure is None else str(round(figure))


def _month(day: date) -> str:
    return _MONTHS[day.month - 1]


def _steps(days: Sequence[date]) -> Iterator[tuple[int, date, date]]:
    """Yield the place of each day, the day before it in the row, and itself."""
    for at, day in enumerate(days):
        yield at, days[max(0, at - 1)], day


def _month_line(starts: Sequence[date]) -> str:
    """Return names of months over the columns where they begin; a name that has no room is left out."""
    line = ""
    for at, before, start in _steps(starts):
        begins = at == 0 or start.month != before.month
        if begins and len(line) <= at * 2:
            line = f"{line:<{at * 2}}{_month(start)} "
    return line[: len(starts) * 2].rstrip()


def _shade(count: int) -> str:
    return [shade for least, shade, _ in _SHADES if count >= least][-1]
