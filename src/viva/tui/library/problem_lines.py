"""What is wrong with the notes, as paragraphs: where, and the words of `viva check`."""

from __future__ import annotations

from viva.notes.checks import format_problem
from viva.tui.common.interface import from_home
from viva.tui.common.literal import one_line
from viva.tui.common.paragraphs import Paragraph, spans
from viva.types import Problem

_HANG = 2
"""Cells by which the message stands in, under its place."""


def problem_lines(problem: Problem) -> list[Paragraph]:
    """Return the place and the message under it, with the other place where there are two."""
    file = from_home(problem.file)
    place = one_line(file if problem.line is None else f"{file}:{problem.line}")
    return [
        spans((place, "$text-secondary")),
        spans(one_line(format_problem(problem)), first=_HANG, rest=_HANG),
    ]
