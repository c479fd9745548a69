"""A mock interview: a time limit for each answer, no help, and no word on how it went before the end.

Answers are graded and stored as they are given, so that nothing is lost and the schedule has them; what was made of
them is handed out by `practice.afterwards` once the interview is finished. The clock of a question runs while the
question is before the person and stands still while the program is closed: what is used up is stored, so that a killed
program gives no new time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from viva.errors import InterviewError
from viva.i18n import tr
from viva.practice.interview import Interview
from viva.practice.mock_wording import NOT_IN_A_MOCK
from viva.practice.report import Progress
from viva.practice.time_limit import DEFAULT
from viva.types import Entry, Feedback, Question, Rating, Verdict


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An answer that was taken: all that is told of it before the end."""

    question: Question
    seconds: float
    """Time used for it."""
    limit: int
    """Seconds allowed."""
    overtime: bool
    answered: bool
    """Whether anything was said."""


class MockInterview(Interview):
    """Asks like an interviewer who takes notes and keeps a straight face. Made by `practice.opening.start`."""

    _presented = False
    _rang = False

    @property
    def allowed(self) -> int:
        """Seconds for each answer."""
        return self.limit or DEFAULT

    @property
    def last(self) -> Feedback | None:
        """None: what was made of an answer is told by `practice.afterwards`, at the end."""
        return None

    # The clock

    def present(self) -> Question | None:
        """Return the current question; its clock starts when it is first before the person."""
        if not self._presented:
            self._drop_what_is_gone()
            self._presented = True
            self._asked_at = self._clock()
        return self.current

    def used(self) -> float:
        """Return the seconds used on the current question so far."""
        return self._used_until(self._clock())

    def remaining(self) -> float:
        """Return the seconds left for the current question, 0 when its time is over."""
        return max(0.0, self.allowed - self.used())

    def keep_time(self) -> None:
        """Store the time used so far; faces call it every few seconds, as a killed program cannot."""
        if self._presented and self.current is not None:
            self._history.update(self.id, spent=self.used())

    def save_draft(self, text: str) -> None:
        """Keep an unfinished answer and the time used for it."""
        super().save_draft(text)
        self.keep_time()

    # Steps

    def hand_in(self, answer: str, *, time_up: bool = False) -> HandedIn:
        """Grade and store an answer, move on, and tell nothing of the grade; an empty one counts as no answer.

        Args:
            answer: As typed.
            time_up: The time ran out and this is what was typed until then.

        Raises:
            InterviewError: There is no question to answer, or the answer cannot be graded and is kept as the draft.
            HistoryError: The answer cannot be stored; the question stays the current one.
        """
        self._rang = time_up
        try:
            feedback = super().submit(answer)
        finally:
            self._rang = False
        # The one place for a follow-up question (`feedback.follow_up`): handed on without the grade, so that the faces,
        # in their `_taken`, ask it at once.
        review = self._turns.reviews[-1]
        return HandedIn(feedback.question, review.seconds, self.allowed, review.overtime, bool(answer.strip()))

    def progress(self) -> Progress:
        """Return how far it is; how well it goes only when it is finished."""
        found = super().progress()
        return found if self.finished else replace(found, mean_score=None, weak_topics=())

    # What an interviewer does not do

    def submit(self, answer: str) -> Feedback:  # noqa: ARG002
        """Refuse: `hand_in` takes an answer and keeps the feedback."""
        raise InterviewError(tr("a mock interview keeps its feedback until the end: hand the answer in instead"))

    def hint(self) -> str:
        """Refuse."""
        self._refuse("hint")

    def suspend(self) -> Entry:
        """Refuse: a question is set aside before or after."""
        self._refuse("suspend")

    def reveal(self) -> Entry:
        """Refuse."""
        self._refuse("reveal")

    def undo(self) -> Question:
        """Refuse."""
        self._refuse("undo")

    def change_topic(self, topic: str | None) -> int:  # noqa: ARG002  # that of an interview
        """Refuse."""
        self._refuse("topic")

    def override(self, verdict: Verdict) -> Feedback:  # noqa: ARG002
        """Refuse: `practice.afterwards` takes verdicts at the end."""
        self._refuse("override")

    def rate(self, rating: Rating) -> Feedback:  # noqa: ARG002
        """Refuse: `practice.afterwards` takes ratings at the end."""
        self._refuse("rate")

    def refuse_search(self) -> NoReturn:
        """Refuse to search the notes: the faces call it in place of a search."""
        self._refuse("search")

    # Underneath

    def _refuse(self, kind: str) -> NoReturn:
        raise InterviewError(NOT_IN_A_MOCK[kind][self._need_current().language])

    def _used_until(self, moment: datetime) -> float:
        return self._spent + max(0.0, (moment - self._asked_at).total_seconds())

    def _time_used(self, until: datetime) -> tuple[float, bool]:
        seconds = self._used_until(until)
        return seconds, self._rang or seconds >= self.allowed

    def _moved_on(self) -> None:
        super()._moved_on()
        self._spent, self._presented = 0.0, False
