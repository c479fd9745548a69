"""What is drawn on the progress screen, read back from its characters."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from viva.i18n import speaking
from viva.tui.progress.charts import calendar, count_bars, share_plot, week_columns

MONDAY = date(2025, 9, 29)
PARTS = " ▁▂▃▄▅▆▇█"
LANGUAGES = st.sampled_from(["en", "zh"])
WIDTHS = st.integers(30, 200)
TURNS = st.one_of(st.just(0), st.integers(1, 40))
DUE = st.lists(st.one_of(st.just(0), st.integers(1, 9), st.integers(0, 3000)), min_size=14, max_size=14).filter(any)


def said(paragraphs):
    return [paragraph.content.plain for paragraph in paragraphs]


def from_day(first, counts):
    return [(first + timedelta(days=at), count) for at, count in enumerate(counts)]


def shade(turns):
    return "·" if turns == 0 else "░" if turns < 5 else "▒" if turns < 10 else "▓" if turns < 20 else "█"


@given(turns=st.lists(TURNS, min_size=1, max_size=26 * 7), width=WIDTHS, language=LANGUAGES)
def test_every_day_is_in_the_calendar_at_its_place(turns, width, language):
    with speaking(language):
        months, *lines = said(calendar(from_day(MONDAY, turns), width))
    rows, legend, label = lines[:7], lines[7:], 4 if language == "en" else 5
    assert all(cell_len(line) <= width for line in [months, *lines])
    weeks = [turns[at : at + 7] for at in range(0, len(turns), 7)][-((width - label) // 2) :]
    for at, week in enumerate(weeks):
        assert [row[row.index(" ") + 1 :].ljust(400)[at * 2] for row in rows] == [
            *map(shade, week),
            *" " * (7 - len(week)),
        ]
    assert [each for each in "".join(legend) if each in "·░▒▓█"] == list("·░▒▓█")


def read_back(lines):
    """Return of each bar its day of the month, its count as it is told, and its height in eighths of a cell."""
    found, plot = [], []
    while lines:
        line, *lines = lines
        if set(line) != {"─"}:
            plot += [line] if line else []
            continue
        numbers, lines = lines[1].split(), lines[2:]
        column = len(line) // len(numbers)
        for at, number in enumerate(numbers):
            cells = [row.ljust(len(line))[at * column : (at + 1) * column] for row in reversed(plot)]
            bar = [PARTS.find(each[(column - 1) // 2]) for each in cells]
            full = next((high for high, part in enumerate(bar) if part < 8), len(bar))
            part = max(0, bar[full]) if full < len(bar) else 0
            told = cells[full + bool(part)].strip()
            found.append((int(number), told, full * 8 + part))
            assert not any(each.strip() for each in cells[full + bool(part) + 1 :])
        plot = []
    return found


@given(counts=DUE, width=WIDTHS, language=LANGUAGES)
def test_bars_are_as_high_as_counts_and_all_days_are_shown(counts, width, language):
    days = from_day(date(2026, 3, 25), counts)
    with speaking(language):
        lines = said(count_bars(days, width))
    assert all(cell_len(line) <= width for line in lines)
    bars = read_back(lines)
    assert [number for number, _, _ in bars] == [day.day for day, _ in days]
    assert [told for _, told, _ in bars] == [str(count or "·") for count in counts]
    highest, most = max(high for *_, high in bars), max(counts)
    for count, (*_, high) in zip(counts, bars, strict=True):
        assert (high > 0) == (count > 0)
        assert abs(high - count / most * highest) <= 1
    by_count = sorted(zip(counts, bars, strict=True), key=lambda each: each[0])
    assert all(low[2] <= high[2] for (_, low), (_, high) in pairwise(by_count))


@pytest.mark.parametrize(("width", "rows"), [(75, 1), (195, 1), (69, 2), (35, 2), (30, 3)])
def test_what_comes_up_stands_in_weeks_where_it_cannot_stand_in_one_row(width, rows):
    lines = said(count_bars(from_day(MONDAY, [30, 0, 1, 15] * 3 + [2, 0]), width))
    assert sum(set(line) == {"─"} for line in lines) == rows
    assert lines[0].split()[0] == "30", "no empty line above"
    assert sum("today" in line for line in lines) == 1


def test_few_questions_have_low_bars():
    assert said(count_bars(from_day(MONDAY, [0, 2, 1]), 75)) == [
        "       2",
        "      ███   1",
        "  ·   ███  ███",
        "───────────────",
        "today Tue  Wed ",
        " 29   30    1  ",
    ]


MAYBE = st.one_of(st.none(), st.integers(0, 100))


@given(st.lists(st.tuples(MAYBE, MAYBE), min_size=12, max_size=12), WIDTHS, LANGUAGES)
def test_every_week_with_a_figure_has_its_mark(figures, width, language):
    starts = [MONDAY + timedelta(weeks=at) for at in range(12)]
    with speaking(language):
        lines = said(week_columns(starts, *zip(*figures, strict=True), width))
    assert all(cell_len(line) <= width for line in lines)
    size = 4 if width < 60 else 5
    shown = figures[-((width - 11) // size) :]
    plot = [line.ljust(width)[11:] for line in lines[:-4]]
    for at, (score, recall) in enumerate(shown):
        marks = {row[at * size + cell] for row in plot for cell in range(size)} & {"●", "○"}
        assert ("○" in marks) == (recall is not None)
        assert ("●" in marks) == (score is not None) or "○" in marks  # the one may lie over the other


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=12), st.integers(2, 40))
def test_shares_lie_from_the_top_down_over_a_line(shares, width):
    rows = share_plot([(share, f"style {at}") for at, share in enumerate(shares)], width)
    full = [round((share or 0) * width) for share in shares]
    assert ["".join(text for text, _ in row) for row in rows] == ["━" * cells + "─" * (width - cells) for cells in full]
    assert [row[0][1] == f"style {at}" for at, row in enumerate(rows)] == [cells > 0 for cells in full]


@pytest.mark.parametrize("turns", [[3], [0, 5, 20, 0, 10]])
def test_a_calendar_of_one_week(turns):
    lines = said(calendar(from_day(MONDAY, turns), 30))
    assert [line[4:] for line in lines[1:8]] == [*map(shade, turns), *[""] * (7 - len(turns))]


def test_plots_are_whole_in_a_terminal_of_any_size(monkeypatch):
    days = from_day(MONDAY, [0, 3, 7, 12, 30] * 36)
    before = said(calendar(days, 195)), said(count_bars(days[:14], 195))
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("LINES", "5")
    assert (said(calendar(days, 195)), said(count_bars(days[:14], 195))) == before
