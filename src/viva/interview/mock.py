"""A mock interview: a time limit for each answer, no help, and no word on how it went before the end.

Answers are graded and stored as they are given, so that nothing is lost and the schedule has them; what was made of
them is handed out by `interview.review` once the interview is finished. The clock of a question runs while the
question is before the user and stands still while the program is closed: what is used up is stored, so that a killed
program gives no new time.

A follow-up is asked at once, and may tell by being asked that something more can be said, no more. It has what its
question left of the time, but a minute at least, or the whole limit where that is shorter: so an answer that took all
its time can still be added to, and a quick one earns the time it saved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from viva.errors import InterviewError
from viva.history.overrides import Word
from viva.i18n import tr
from viva.interview.interview import Interview
from viva.interview.summary import Progress
from viva.interview.time_limit import DEFAULT
from viva.types import Entry, Feedback, Language, Question, Rating, Verdict

NOT_IN_A_MOCK: dict[str, dict[Language, str]] = {
    "hint": {"zh": "模拟面试里没有提示：说你知道的，或者跳过", "en": "no hints in a mock interview: answer, or skip"},
    "reveal": {
        "zh": "模拟面试里不能看答案：说你知道的，或者跳过，结束后都能看到",
        "en": "answers are shown after a mock interview: say what you know, or skip",
    },
    "suspend": {
        "zh": "模拟面试里不能把题目设为不再问：先跳过，结束后再设",
        "en": "questions are suspended before or after a mock interview: skip this one",
    },
    "undo": {
        "zh": "模拟面试里不能撤回：结束后可以改判",
        "en": "nothing is taken back in a mock interview: you can change the verdict at the end",
    },
    "topic": {
        "zh": "模拟面试里不能换话题：结束后可以就一个话题再练",
        "en": "the topic is the interviewer's choice in a mock interview: skip, or practise a topic afterwards",
    },
    "search": {
        "zh": "模拟面试里不能查笔记：说你知道的，或者跳过",
        "en": "notes stay closed in a mock interview: say what you know, or skip",
    },
    "override": {"zh": "模拟面试结束后才能改判", "en": "verdicts are given after the mock interview"},
    "point": {"zh": "模拟面试结束后才能评判要点", "en": "points are judged after the mock interview"},
    "rate": {"zh": "模拟面试结束后才能评级", "en": "answers are rated after the mock interview"},
}
"""Why what is asked for is not to be had, by its kind and language."""
BEAT = 5.0
"""Seconds between two times that a face has the used time stored, should the program be killed."""
LEAST_FOR_MORE = 60
"""Seconds that a follow-up has at least, where the limit is no less."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An answer that was taken: all that is told of it before the end."""

    question: Question
    seconds: float
    """Time used for it."""
    limit: float
    """Seconds allowed."""
    overtime: bool
    answered: bool
    """Whether anything was said."""
    to_follow_up: bool = False
    """Whether it was an answer to the follow-up."""


class MockInterview(Interview):
    """Asks like an interviewer who takes notes and keeps a straight face. Made by `interview.lifecycle.start`."""

    _presented = False
    _rang = False
    _took = (0.0, False)
    """Seconds that what was asked last took, and whether that was too long."""

    @property
    def allowed(self) -> int:
        """Seconds for each answer."""
        return self.limit or DEFAULT

    @property
    def allowed_now(self) -> float:
        """Seconds for what is asked now, the question or the follow-up."""
        last = self._turns.last
        if self.waiting is None or last is None:
            return self.allowed
        return max(self.allowed - last.review.seconds, min(LEAST_FOR_MORE, self.allowed))

    @property
    def begun(self) -> tuple[Question, str] | None:
        """The question that the follow-up goes back to, and what was answered; None where no follow-up waits."""
        last = self._turns.last
        if self.waiting is None or last is None:
            return None
        return self._agenda.asked(last.key, last.position), last.review.answer

    @property
    def last(self) -> Feedback | None:
        """None: what was made of an answer is told by `interview.review`, at the end."""
        return None

    # The clock

    def present(self) -> Question | None:
        """Return the current question; the clock of what is asked starts when that is first before the user.

        While a follow-up waits, that is what is asked: the current question is the next one, and not shown yet.
        """
        if not self._presented:
            if self.waiting is None:
                self._drop_what_is_gone()
            self._presented = True
            self._asked_at = self._clock()
        return self.current

    def used(self) -> float:
        """Return the seconds used so far on what is asked."""
        return self._used_until(self._clock())

    def remaining(self) -> float:
        """Return the seconds left for what is asked, 0 when its time is over."""
        return max(0.0, self.allowed_now - self.used())

    def keep_time(self) -> None:
        """Store the time used so far; faces call it every few seconds, as a killed program cannot."""
        if self._presented and (self.waiting is not None or self.current is not None):
            self._agenda.keep_time(self.used())

    def save_draft(self, text: str) -> None:
        """Keep an unfinished answer and the time used for it."""
        super().save_draft(text)
        self.keep_time()

    # Steps

    def hand_in(self, answer: str, *, time_up: bool = False) -> HandedIn:
        """Grade and store an answer, move on, and tell nothing of the grade; an empty one counts as no answer.

        While a follow-up waits (`waiting`), it is the answer to that, and graded together with the first; an empty one
        leaves the first grade as it is.

        Args:
            answer: As typed.
            time_up: The time ran out and this is what was typed until then.

        Raises:
            InterviewError: There is no question to answer, or the answer cannot be graded and is kept as the draft.
            HistoryError: The answer cannot be stored; the question stays the current one.
        """
        self._rang, limit, more = time_up, self.allowed_now, self.waiting is not None
        try:
            feedback = super().follow_up(answer) if more else super().submit(answer)
        finally:
            self._rang = False
        return HandedIn(feedback.question, self._took[0], limit, self._took[1], bool(answer.strip()), more)

    def skip(self) -> Entry:
        """Move on without an answer, to the question or to the follow-up that waits."""
        return super().skip() if self.waiting is None else super().decline().question.entry

    def progress(self) -> Progress:
        """Return how far it is; how well it goes only when it is finished."""
        found = super().progress()
        return found if self.finished else replace(found, mean_score=None, weak_topics=())

    # What an interviewer does not do

    def submit(self, answer: str) -> Feedback:  # noqa: ARG002
        """Refuse: `hand_in` takes an answer and keeps the feedback."""
        self._keep_feedback()

    def follow_up(self, answer: str) -> Feedback:  # noqa: ARG002
        """Refuse: `hand_in` takes an answer and keeps the feedback."""
        self._keep_feedback()

    def decline(self) -> Feedback:
        """Refuse: `skip` leaves a follow-up and keeps the feedback."""
        self._keep_feedback()

    def hint(self) -> str:
        """Refuse."""
        self.refuse("hint")

    def suspend(self) -> Entry:
        """Refuse: a question is set aside before or after."""
        self.refuse("suspend")

    def reveal(self) -> Entry:
        """Refuse."""
        self.refuse("reveal")

    def undo(self) -> Question:
        """Refuse."""
        self.refuse("undo")

    def change_topic(self, topic: str | None) -> int:  # noqa: ARG002  # that of an interview
        """Refuse."""
        self.refuse("topic")

    def override(self, verdict: Verdict) -> Feedback:  # noqa: ARG002
        """Refuse: `interview.review` takes verdicts at the end."""
        self.refuse("override")

    def judge_point(self, number: int, word: Word) -> Feedback:  # noqa: ARG002
        """Refuse: `interview.review` takes them at the end."""
        self.refuse("point")

    def rate(self, rating: Rating) -> Feedback:  # noqa: ARG002
        """Refuse: `interview.review` takes ratings at the end."""
        self.refuse("rate")

    def refuse(self, kind: str) -> NoReturn:
        """Say in the language of the question why there is no such thing now, as an InterviewError."""
        question = self.begun[0] if self.begun else self._need_current()
        raise InterviewError(NOT_IN_A_MOCK[kind][question.language])

    def _keep_feedback(self) -> NoReturn:
        raise InterviewError(tr("a mock interview keeps its feedback until the end: hand the answer in instead"))

    def _used_until(self, moment: datetime) -> float:
        return self._agenda.spent + max(0.0, (moment - self._asked_at).total_seconds())

    def _time_used(self, until: datetime) -> tuple[float, bool]:
        seconds = self._used_until(until)
        self._took = seconds, self._rang or seconds >= self.allowed_now
        return self._took

    def _moved_on(self) -> None:
        super()._moved_on()
        self._agenda.spent, self._presented = 0.0, False
