"""What an interview grants while it lasts: all of it in practice, nothing but the questions in a mock interview.

A mock interview has a time limit for each answer, no help, and no word on how it went before the end. Answers are
graded and stored as they are given, so that nothing is lost and the schedule has them; what was made of them is handed
out by `interview.review` once the interview is finished. The clock of a question runs while the question is before the
user and stands still while the program is closed: what is used up is stored, so that a killed program gives no new
time.

A follow-up is asked at once, and may tell by being asked that something more can be said, no more. It has what its
question left of the time, but a minute at least, or the whole limit where that is shorter: so an answer that took all
its time can still be added to, and a quick one earns the time it saved.
"""

from __future__ import annotations

from dataclasses import dataclass

from viva.errors import InterviewError
from viva.types import Language, Question

_NOT_IN_A_MOCK: dict[str, dict[Language, str]] = {
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
LEAST_FOR_MORE = 60
"""Seconds that a follow-up has at least, where the limit is no less."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What an interviewer grants before the end."""

    limit: int | None = None
    """Seconds for an answer in a mock interview; None in practice."""

    @property
    def is_mock(self) -> bool:
        """Whether it is a mock interview."""
        return self.limit is not None

    def grants(self, step: str) -> bool:
        """Whether there is such a step before the end: "hint", "undo", "point" and so on."""
        return not (self.is_mock and step in _NOT_IN_A_MOCK)

    def refuse(self, step: str, language: Language) -> None:
        """Raise InterviewError, which says why, where there is no such step before the end."""
        if not self.grants(step):
            raise InterviewError(_NOT_IN_A_MOCK[step][language])

    def allowed(self, used_before: float | None = None) -> float | None:
        """Return the seconds for an answer, or for a follow-up whose question used some; None for no limit."""
        if self.limit is None or used_before is None:
            return self.limit
        return max(self.limit - used_before, min(LEAST_FOR_MORE, self.limit))


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An answer that was taken: all that is told of it before the end of a mock interview."""

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
