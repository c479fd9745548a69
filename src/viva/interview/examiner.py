"""The examiner: gives the grade of an answer as this person would have it, and asks after what is missing.

A failure loses no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from viva.errors import InterviewError, VivaError
from viva.history.history import History
from viva.history.judgement import Judgement, by_points, grade_of_turn
from viva.history.leniency import adapted, teaches
from viva.history.overrides import OWN_FLAGS, PointVerdict, follow, given_on, remembered, weighted, with_verdict
from viva.history.records import StoredTurn
from viva.i18n import tr
from viva.interview.follow_up.question import follow_up
from viva.scheduling.schedule import propose_rating
from viva.types import Entry, Grade, Marker, PointWord, Rating


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found of an answer."""

    grade: Grade | None
    proposed: Rating | None
    """The rating that it suggests."""
    own: int | None = None
    """The grader's own score, 0 to 100, where it tells of how the user marks."""
    more: str | None = None
    """What to ask after it."""


NOT_EXAMINED = Examined(None, None)


class Examiner:
    """A grader beside the user's own verdicts."""

    def __init__(self, history: History, grader: Marker) -> None:
        self._history, self._grader = history, grader

    def examine(self, key: int, entry: Entry, answer: str, hints: int, *, more: bool) -> Examined:
        """Return the grade of an answer, its rating after so many hints, and what to ask then, if `more` may be.

        Raises:
            InterviewError: The grader failed; whoever calls has kept the answer.
        """
        grade, own = self.grade(key, entry, answer)
        asked = self.follow_up(entry, grade, answer) if more else None
        return Examined(grade, propose_rating(grade, hints), own, asked)

    def grade(self, key: int, entry: Entry, answer: str) -> tuple[Grade, int | None]:
        """Return the grade as this person would have it, and the grader's own score where it tells of their habit.

        Raises:
            InterviewError: The grader failed; whoever calls has kept the answer.
        """
        with _telling_failures():
            entry = weighted(entry, self._history.points.importances(key))
            grade = self._grader.grade(entry, answer)
            known = remembered(grade, answer, self._history.points.verdicts(key))
            return self._as_person_would(grade if known is grade else self._grader.rescored(known), key, entry, answer)

    def judged(self, turn: StoredTurn, entry: Entry, number: int, word: PointWord) -> tuple[PointVerdict, Judgement]:
        """Return the user's word on a point of an answer, from 1, and what follows from it.

        Raises:
            InterviewError: There is no such point, the answer is none and cannot be accepted, or the grader failed.
        """
        grade = grade_of_turn(turn)
        given = given_on(grade, number, word, turn.graded_text)
        if given.judges and (before := self._history.points.words(turn.review.id, given.point)):
            given = replace(given, words=before)
        with _telling_failures():
            now = self._rescored(grade, given)
            if turn.review.overridden:
                return given, by_points(turn, now, now.score)
            return given, by_points(turn, *self._as_person_would(now, turn.key, entry, turn.graded_text))

    def _rescored(self, grade: Grade, given: PointVerdict) -> Grade:
        own = replace(grade, flags=tuple(flag for flag in grade.flags if flag not in OWN_FLAGS))
        now = self._grader.rescored(with_verdict(own, given))
        # What a point weighs makes nobody surer of an answer.
        return replace(now, verdict="unsure") if grade.verdict == "unsure" and not given.judges else now

    def _as_person_would(self, grade: Grade, key: int, entry: Entry, answer: str) -> tuple[Grade, int | None]:
        followed = follow(grade, entry, answer, self._history.precedents(key), self._grader)
        own = grade.score if teaches(followed) else None
        return adapted(followed, self._history.habit().points), own

    def follow_up(self, entry: Entry, grade: Grade, answer: str) -> str | None:
        """Return what to ask after an answer, or None; no failure here may cost the answer that was just graded."""
        try:
            return follow_up(entry, grade, answer)
        except Exception:  # noqa: BLE001 - whatever it is, the interview goes on without a follow-up
            return None


@contextmanager
def _telling_failures() -> Iterator[None]:
    try:
        yield
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
