"""Scores and shares as bars of one line.

Apart from the lines of a grade, which stand on much of the practice: the start screen draws bars in its first frame.
"""

from __future__ import annotations

from viva.tui.common.paragraphs import MUTED

BAR = 24
"""Cells of a full bar."""


def bar(score: float, width: int = BAR) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return a bar for 0 to 100, full and empty part, each with its style."""
    full = round(max(0.0, min(100.0, score)) / 100 * width)
    return ("━" * full, colour_of(score)), ("─" * (width - full), MUTED)


def percent(part: float | None) -> tuple[str, str]:
    """Return a share of 0 to 1 in percent, with its style; None is a dash."""
    return ("   – ", MUTED) if part is None else (f"{round(part * 100):>3}% ", f"bold {colour_of(part * 100)}")


def share(part: float | None, width: int = BAR) -> tuple[tuple[str, str], ...]:
    """Return a share of 0 to 1 in percent and as a bar, each with its style; None is a dash."""
    return percent(part), *((("─" * width, MUTED),) if part is None else bar(part * 100, width))


def colour_of(score: float) -> str:
    """Return the colour that goes with a score of 0 to 100."""
    if score >= 75:
        return "$text-success"
    return "$text-warning" if score >= 40 else "$text-error"
