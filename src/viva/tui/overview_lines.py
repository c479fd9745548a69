"""The overview of the start screen as lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from viva.i18n import noted, ntr, tr
from viva.tui.interface import from_home, listed, padded, widest
from viva.tui.literal import one_line
from viva.tui.overview import Overview, Waiting
from viva.tui.paragraphs import MUTED, Paragraph, spans
from viva.tui.setting_words import ORIGINS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from viva.practice.sittings import Sitting

LABEL = 13
"""Cells of a label with the room after it, as the choices below have it."""


def waiting_label(waiting: Waiting, *, short: bool = False) -> str:
    """Return what the button says that goes on with the interview that waits; `short` for narrow terminals."""
    if short:
        return tr("Go on: {asked} of {total}", asked=waiting.asked, total=waiting.total)
    told = noted("Go on: {asked} of {total} asked, mock") if waiting.mock else noted("Go on: {asked} of {total} asked")
    return tr(told, asked=waiting.asked, total=waiting.total)


def overview_lines(overview: Overview, problems: int) -> list[Paragraph]:
    """Return which notes these are, how many questions, and how many problems the notes have."""
    names = listed(Path(root).name or root for root in overview.notes)
    lines = [spans((one_line(names), "bold"), (f"  {one_line(_where(overview))}", MUTED), rest=2), _counts(overview)]
    if overview.elsewhere:
        lines.append(spans((tr("an interview is open in another window"), MUTED)))
    if problems:
        told = ntr("{number} thing to look at: c shows it", "{number} things to look at: c shows them", problems)
        lines.append(spans((told, "$text-warning")))
    return lines


def _where(overview: Overview) -> str:
    if overview.origin != "flag":
        return tr(ORIGINS[overview.origin])
    folders = sorted({from_home(str(Path(root).parent)) for root in overview.notes})
    return listed(tr(ORIGINS["current folder"]) if folder == "." else folder for folder in folders)


def _counts(overview: Overview) -> Paragraph:
    streak = ntr("{number} day in a row", "{number} days in a row", overview.streak) if overview.streak > 1 else ""
    return spans(
        ntr("{number} question", "{number} questions", overview.questions),
        (" · ", MUTED),
        (tr("{number} due", number=overview.due), "bold $text-primary" if overview.due else MUTED),
        (" · ", MUTED),
        tr("{number} new", number=overview.new),
        (f" · {streak}" if streak else "", MUTED),
    )


def sitting_lines(sittings: Sequence[Sitting], today: date) -> list[Paragraph]:
    """Return when the last interviews were, how much was answered in each, and how well, beside what they are."""
    days = [tr("today") if sitting.day == today else sitting.day.isoformat() for sitting in sittings]
    label, cells = tr("Last"), widest(days)
    return [
        _sitting(sitting, padded("" if at else label, LABEL), padded(day, cells))
        for at, (sitting, day) in enumerate(zip(sittings, days, strict=True))
    ]


def _sitting(sitting: Sitting, label: str, day: str) -> Paragraph:
    mean = "" if sitting.mean_score is None else " · " + tr("mean {score}", score=round(sitting.mean_score))
    mean = " · " + tr("not judged yet") if sitting.withheld else mean
    answered = tr("{number} answered", number=sitting.answered)
    return spans((f"{label}{day}  ", MUTED), answered, (mean, MUTED))
