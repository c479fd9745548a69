"""The answers of a finished interview gone through one after the other, each open to the user's own judgement."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from viva.interview.dialogue.intents import Intent, understand
from viva.interview.dialogue.interviewer import turn_lines
from viva.interview.dialogue.phrases import POINT_WORDS
from viva.interview.review import SessionReview, TurnReview
from viva.types import Rating, Verdict
from viva.types.dialogue import Event, JudgementStored


class Results:
    """Takes lines about the turn that was looked at last."""

    def __init__(self, review: SessionReview) -> None:
        self._review = review
        self._turn = review.turn(1)

    @property
    def total(self) -> int:
        """How many turns there are."""
        return len(self._review)

    def turn(self, number: int) -> TurnReview:
        """Look at a turn, from 1."""
        self._turn = self._review.turn(number)
        return self._turn

    def turn_lines(self, now: datetime) -> list[str]:
        """Return all there is to tell of the turn that was looked at last, one fact a line."""
        return turn_lines(self._turn, now)

    def say(self, line: str) -> tuple[Event, ...] | bool:
        """Take a line about the turn: return what was stored, nothing for what cannot be said here.

        A line that goes on to the next turn gives True, one that ends the looking False. Raises InterviewError when
        there is nothing to judge.
        """
        intent = understand(line) if line.strip() else Intent("next")
        if intent.kind in {"next", "skip"}:
            return True
        if intent.kind == "stop":
            return False
        return self._judge(intent) if intent.argument else ()

    def _judge(self, intent: Intent) -> tuple[Event, ...]:
        review, number, argument = self._review, self._turn.number, intent.argument
        if intent.kind == "rate":
            return (JudgementStored(review.rate(number, Rating(int(argument)))),)
        if intent.kind == "override":
            return (JudgementStored(review.override(number, cast("Verdict", argument))),)
        if intent.kind in POINT_WORDS:
            feedback = review.judge_point(number, int(argument), POINT_WORDS[intent.kind])
            return (JudgementStored(feedback, int(argument)),)
        return ()
