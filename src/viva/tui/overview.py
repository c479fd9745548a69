"""What the start screen tells, gathered from the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viva.practice.interview import Interview
    from viva.practice.sittings import Sitting
    from viva.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Waiting:
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
    """Files and folders that are read, as the person named them."""
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
    waiting: Waiting | None = None
    elsewhere: bool = False
    """Whether there is one that another window has open."""
    known: tuple[float | None, ...] = ()
    """How much of each topic is known, 0 to 1, in the order of `topics`; None where nothing was asked."""
    sittings: tuple[Sitting, ...] = ()
    """The last interviews, the latest first."""


def waiting_of(interview: Interview) -> Waiting:
    """Return what there is to tell of an interview that waits."""
    progress = interview.progress()
    return Waiting(progress.asked, progress.total, mock=interview.limit is not None)


def look(workspace: Workspace) -> Overview:
    """Return what the start screen tells. Raises NotesError, HistoryError."""
    entries = workspace.entries
    stats = workspace.ledger.stats()
    unfinished = workspace.unfinished()
    elsewhere = unfinished is not None and workspace.is_open_elsewhere(unfinished)
    topics = workspace.ledger.topic_scores()
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
        sittings=workspace.ledger.sittings(),
    )
