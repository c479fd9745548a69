"""The overview of the start screen as lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from viva.i18n import noted, ntr, tr
from viva.tui.interface import listed
from viva.tui.literal import one_line
from viva.tui.overview import Overview
from viva.tui.paragraphs import MUTED, Paragraph, spans

if TYPE_CHECKING:
    from viva.practice.sittings import Sitting

_ORIGINS = {
    "current folder": noted("in this folder"),
    "settings": noted("from the settings"),
    "sample notes": noted("that come with viva"),
}


def waiting_label(overview: Overview) -> str:
    """Return what the button says that goes on with the interview that waits."""
    told = noted("Go on: {asked} of {total} asked, mock") if overview.mock else noted("Go on: {asked} of {total} asked")
    return tr(told, asked=overview.asked, total=overview.total)


def overview_lines(overview: Overview, problems: int) -> list[Paragraph]:
    """Return which notes these are, how many questions, and how many problems the notes have."""
    names = listed(Path(root).name or root for root in overview.notes)
    lines = [spans((one_line(names), "bold"), (f"  {one_line(_where(overview))}", MUTED), rest=2), _counts(overview)]
    if overview.elsewhere:
        lines.append(spans((tr("an interview is open in another window"), MUTED)))
    if problems:
        told = ntr("viva check shows {number} problem", "viva check shows {number} problems", problems)
        lines.append(spans((told, "$text-warning")))
    return lines


def _where(overview: Overview) -> str:
    if origin := _ORIGINS.get(overview.origin):
        return tr(origin)
    return listed(sorted({str(Path(root).parent) for root in overview.notes}))


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


def sitting_line(sitting: Sitting) -> Paragraph:
    """Return when an interview was, how much was answered, and how well."""
    mean = "" if sitting.mean_score is None else " · " + tr("mean {score}", score=round(sitting.mean_score))
    mean = " · " + tr("not judged yet") if sitting.withheld else mean
    answered = tr("{number} answered", number=sitting.answered)
    return spans((f"{sitting.day.isoformat()}  ", MUTED), answered, (mean, MUTED))
