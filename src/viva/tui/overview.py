"""What the start screen tells, gathered from the workspace."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from viva.text.normal import bare
from viva.types import Entry, Grade

if TYPE_CHECKING:
    from viva.practice.report import Progress
    from viva.workspace import Workspace


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
    asked: int = 0
    """Turns taken in the interview that was interrupted."""
    total: int = 0
    """Questions of the interview that was interrupted; 0 when there is none."""


def look(workspace: Workspace) -> Overview:
    """Return what the start screen tells. Raises NotesError, HistoryError."""
    entries = workspace.entries
    stats = workspace.stats()
    progress = _progress(workspace)
    counts = Counter(name for entry in entries for name in {bare(name) for name in _topics(entry)})
    return Overview(
        notes=tuple(str(root) for root in workspace.locations.kb),
        origin=workspace.locations.kb_origin,
        questions=len(entries),
        due=stats.due_now,
        new=stats.new,
        streak=stats.streak,
        topics=tuple((topic, counts[bare(topic)]) for topic in workspace.topics()),
        asked=progress.asked if progress else 0,
        total=progress.total if progress else 0,
    )


def _progress(workspace: Workspace) -> Progress | None:
    """How far the interrupted interview is; `Workspace.unfinished` would open the model before it is needed."""
    from viva.practice.interview import resume

    interview = resume(
        workspace.entries,
        history=workspace.history,
        grader=_Later(workspace),
        schedule=workspace.schedule,
        clock=lambda: datetime.now(UTC),
    )
    return interview.progress() if interview else None


class _Later:
    """The grader of a workspace, opened when the first answer is graded."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def grade(self, entry: Entry, answer: str) -> Grade:
        """Grade as the workspace does."""
        return self._workspace.grader.grade(entry, answer)


def _topics(entry: Entry) -> tuple[str, ...]:
    return (*entry.place.headings, *entry.tags)
