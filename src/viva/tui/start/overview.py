"""What the start screen tells, gathered from the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from viva.i18n import N_, ntr, tr
from viva.tui.common.interface import from_home, listed, one_line, padded, widest
from viva.tui.common.paragraphs import MUTED, Paragraph, spans
from viva.tui.settings.words import ORIGINS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from viva.interview.interview import Interview
    from viva.progress.review_history import SessionSummary
    from viva.workspace import Workspace


INTERVIEW_WAITS = N_(
    "An interview waits: {asked} of {total} asked. Begin a new one instead? Its answers stay in the history."
)
MOCK_WAITS = N_(
    "A mock interview waits: {asked} of {total} asked. Begin a new one instead? It is over then, and its answers are "
    "judged in the history."
)


@dataclass(frozen=True, slots=True)
class WaitingInterview:
    """An interview that was interrupted, and can be gone on with."""

    asked: int
    """Turns taken in it."""
    total: int
    """Its questions."""
    mock: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The notes at a glance."""

    notes: tuple[str, ...]
    """Files and folders that are read, as the user named them."""
    origin: str
    """Why these: "flag", "current folder", "settings" or "sample notes"."""
    questions: int
    due: int
    new: int
    """Never asked."""
    topics: tuple[tuple[str, int], ...]
    """Headings and tags with the number of questions under them."""
    streak: int = 0
    """Days in a row with an answer."""
    waiting: WaitingInterview | None = None
    elsewhere: bool = False
    """Whether there is one that another window has open."""
    known: tuple[float | None, ...] = ()
    """How much of each topic is known, 0 to 1, in the order of `topics`; None where nothing was asked."""
    recent_sessions: tuple[SessionSummary, ...] = ()
    """The last interviews, the latest first."""


def waiting_question(waiting: WaitingInterview) -> str:
    """Return the question before a new interview takes the place of one that waits."""
    return tr(MOCK_WAITS if waiting.mock else INTERVIEW_WAITS, asked=waiting.asked, total=waiting.total)


def waiting_of(interview: Interview) -> WaitingInterview:
    """Return what there is to tell of an interview that waits."""
    progress = interview.progress()
    return WaitingInterview(progress.asked, progress.total, mock=interview.limit is not None)


def read_overview(workspace: Workspace) -> Overview:
    """Return what the start screen tells. Raises NotesError, HistoryError."""
    entries = workspace.entries
    stats = workspace.practice_stats.stats()
    unfinished = workspace.unfinished()
    elsewhere = unfinished is not None and workspace.is_open_elsewhere(unfinished)
    topics = workspace.practice_stats.topic_scores()
    return Overview(
        notes=tuple(str(root) for root in workspace.locations.kb),
        origin=workspace.locations.kb_origin,
        questions=len(entries),
        due=stats.due_now,
        new=stats.new,
        streak=stats.streak,
        topics=tuple((score.topic, score.questions) for score in topics),
        waiting=None if unfinished is None or elsewhere else waiting_of(unfinished),
        elsewhere=elsewhere,
        known=tuple(score.strong for score in topics),
        recent_sessions=workspace.practice_stats.recent_sessions(),
    )


LABEL = 13
"""Cells of a label with the room after it, as the choices below have it."""


def waiting_label(waiting: WaitingInterview, *, short: bool = False) -> str:
    """Return what the button says that goes on with the interview that waits; `short` for narrow terminals."""
    if short:
        return tr("Go on: {asked} of {total}", asked=waiting.asked, total=waiting.total)
    line = N_("Go on: {asked} of {total} asked, mock") if waiting.mock else N_("Go on: {asked} of {total} asked")
    return tr(line, asked=waiting.asked, total=waiting.total)


def overview_lines(overview: Overview, problems: int) -> list[Paragraph]:
    """Return which notes these are, how many questions, and how many problems the notes have."""
    names = listed(Path(root).name or root for root in overview.notes)
    lines = [spans((one_line(names), "bold"), (f"  {one_line(_where(overview))}", MUTED), rest=2), _counts(overview)]
    if overview.elsewhere:
        lines.append(spans((tr("an interview is open in another window"), MUTED)))
    if problems:
        line = ntr("{number} thing to look at: c shows it", "{number} things to look at: c shows them", problems)
        lines.append(spans((line, "$text-warning")))
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


def session_lines(recent_sessions: Sequence[SessionSummary], today: date) -> list[Paragraph]:
    """Return when the last interviews were, how much was answered in each, and how well, beside what they are."""
    days = [tr("today") if summary.day == today else summary.day.isoformat() for summary in recent_sessions]
    label, cells = tr("Last"), widest(days)
    return [
        _session_paragraph(summary, padded("" if at else label, LABEL), padded(day, cells))
        for at, (summary, day) in enumerate(zip(recent_sessions, days, strict=True))
    ]


def _session_paragraph(summary: SessionSummary, label: str, day: str) -> Paragraph:
    mean = "" if summary.mean_score is None else " · " + tr("mean {score}", score=round(summary.mean_score))
    mean = " · " + tr("not judged yet") if summary.withheld else mean
    answered = tr("{number} answered", number=summary.answered)
    return spans((f"{label}{day}  ", MUTED), answered, (mean, MUTED))
