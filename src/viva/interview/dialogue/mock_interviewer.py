"""What viva says in a mock interview: an interviewer's lines with the clock in them, and no word on the grade."""

from __future__ import annotations

import random
from datetime import datetime

from viva.interview.dialogue import mock_wording as wording
from viva.interview.dialogue import wording as common
from viva.interview.dialogue.feedback_lines import (
    followed,
    graded_lines,
    kept_reference_lines,
    skipped_or_shown,
)
from viva.interview.dialogue.interviewer import Interviewer, command_line, position_line
from viva.interview.dialogue.phrases import Kind
from viva.interview.interview import Interview
from viva.interview.policy import HandedIn
from viva.interview.review import TurnReview
from viva.interview.summary import duration
from viva.text.english import counted
from viva.types import Entry, Language

ALLOWED: tuple[Kind, ...] = ("repeat", "skip", "progress", "stop", "help")
"""What can be said besides an answer."""


class MockInterviewer(Interviewer):
    """Friendly, brief, and tells nothing before the end."""

    def __init__(self, language: Language, rng: random.Random, mock: Interview) -> None:
        """Make an interviewer of one mock interview; see `Interviewer`."""
        super().__init__(language, rng)
        self._mock = mock

    def greeting(self, total: int, *, resumed: bool = False, position: int = 1) -> str:
        """Return the first sentence, with the limit."""
        choices = (wording.RESUMED if resumed else wording.GREETING)[self.language]
        limit = duration(self._mock.limit or 0, self.language)
        questions = counted(total, "question")
        return self._say(choices).format(total=total, position=position, questions=questions, limit=limit)

    def skipped(self, entry: Entry) -> str:  # noqa: ARG002  # that of an interviewer
        """Return what to say when a question was skipped."""
        more = self._mock.current is not None
        return self._say((wording.SKIPPED if more else wording.SKIPPED_AT_LAST)[self.language])

    def time_line(self) -> str:
        """Return how much time there is for what is asked, in its language."""
        left = self._mock.remaining() or 0
        if self._mock.used() < 1:
            line = wording.TIME if self._mock.waiting is None else wording.TIME_FOR_MORE
            return line[self.language].format(limit=duration(self._mock.allowed or 0, self.language))
        if left <= 0:
            return wording.NO_TIME[self.language]
        return wording.TIME_LEFT[self.language].format(left=duration(left, self.language))

    def thanks(self, taken: HandedIn) -> str:
        """Return what to say to an answer, whatever it was; the follow-up comes after it, where one waits."""
        if self._mock.waiting is not None:
            return self._say(wording.MORE[taken.question.language])
        more = self._mock.current is not None
        return self._say((wording.THANKS if more else wording.THANKS_AT_LAST)[taken.question.language])

    def time_up(self, taken: HandedIn) -> str:
        """Return what to say when the time ran out and what was typed was taken."""
        silent = wording.NOTHING_MORE if taken.to_follow_up else wording.NO_ANSWER
        line = wording.TIME_UP if taken.answered else silent
        return line[taken.question.language]

    def took(self, taken: HandedIn) -> str:
        """Return the time that an answer took, and whether that was too long."""
        language = taken.question.language
        line = wording.TOOK_OVER if taken.overtime else wording.TOOK
        return line[language].format(used=duration(taken.seconds, language))

    def help_lines(self) -> list[str]:
        """Return what can be said besides an answer, one command a line with its slash form."""
        return [wording.OUTSIDE[self.language], *(command_line(kind, self.language) for kind in ALLOWED)]


def turn_lines(turn: TurnReview, now: datetime) -> list[str]:
    """Return all there is to tell of a turn of a mock interview afterwards, one fact a line."""
    language, review = turn.question.language, turn.review
    over = wording.TOOK_OVER if review.overtime else wording.TOOK
    lines = [position_line(turn.question), turn.question.entry.question]
    lines.append(over[language].format(used=duration(review.seconds, language)))
    if review.answer.strip():
        lines.append(f"{common.YOU[language]}{common.COLON[language]}{' '.join(review.answer.split())}")
    for name, text in followed(review, language):
        lines.append(f"{name}{common.COLON[language]}{' '.join(text.split())}")
    if turn.feedback is None:
        return [*lines, skipped_or_shown(review, language)]
    return [*lines, *kept_reference_lines(turn.feedback), *graded_lines(turn.feedback, now)]
