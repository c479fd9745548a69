"""The examiner: gives the grade of an answer as this person would have it, and asks after what is missing.

A failure loses no answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from viva.errors import InterviewError, VivaError
from viva.i18n import tr
from viva.practice.follow_up import follow_up
from viva.practice.history import History
from viva.practice.judgement import Marker, propose
from viva.practice.leniency import adapted, teaches
from viva.practice.precedents import follow
from viva.types import Entry, Grade, Rating


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found of an answer."""

    grade: Grade | None
    proposed: Rating | None
    """The rating that it suggests."""
    own: int | None = None
    """The grader's own score, 0 to 100, where it tells of how the person marks."""
    more: str | None = None
    """What to ask after it."""


NOT_EXAMINED = Examined(None, None)


class Examiner:
    """A grader beside the person's own verdicts."""

    def __init__(self, history: History, grader: Marker) -> None:
        self._history, self._grader = history, grader

    def examine(self, key: int, entry: Entry, answer: str, hints: int, *, more: bool) -> Examined:
        """Return the grade of an answer, its rating after so many hints, and what to ask then, if `more` may be.

        Raises:
            InterviewError: The grader failed; whoever calls has kept the answer.
        """
        grade, own = self.grade(key, entry, answer)
        return Examined(grade, propose(grade, hints), own, self.follow_up(entry, grade) if more else None)

    def grade(self, key: int, entry: Entry, answer: str) -> tuple[Grade, int | None]:
        """Return the grade as this person would have it, and the grader's own score where it tells of their habit.

        Raises:
            InterviewError: The grader failed; whoever calls has kept the answer.
        """
        try:
            grade = self._grader.grade(entry, answer)
            followed = follow(grade, entry, answer, self._history.precedents(key), self._grader)
            own = grade.score if teaches(followed) else None
            return adapted(followed, self._history.habit().points), own
        except VivaError:
            raise  # it says itself what to do
        except Exception as error:
            raise InterviewError(
                tr(
                    "the answer could not be graded ({kind}: {error}); it is kept: try again, or skip",
                    kind=type(error).__name__,
                    error=error,
                )
            ) from error

    def follow_up(self, entry: Entry, grade: Grade) -> str | None:
        """Return what to ask after an answer, or None; no failure here may cost the answer that was just graded."""
        try:
            probe = follow_up(entry, grade, self._grader)
        except Exception:  # noqa: BLE001 - whatever it is, the interview goes on without a follow-up
            return None
        return probe.text if probe else None
