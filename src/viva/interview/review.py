"""A past interview gone through turn by turn: what was made of each answer, and the user's word on any of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viva.errors import InterviewError
from viva.history.history import History
from viva.history.judgement import Judgement, by_rating, by_verdict, feedback_of
from viva.history.overrides import PointVerdict
from viva.history.records import StoredTurn
from viva.i18n import tr
from viva.interview.examiner import Examiner
from viva.interview.redaction import withheld
from viva.scheduling.schedule import Schedule
from viva.text.normal import language_of
from viva.types import Entry, Feedback, Marker, PointWord, Question, Rating, Review, Verdict

_NAMED = 5
"""How many interviews a message names when one does not exist."""


@dataclass(frozen=True, slots=True)
class TurnReview:
    """One turn, looked at afterwards."""

    number: int
    """From 1, in the order of asking."""
    total: int
    """Turns of the interview."""
    question: Question
    review: Review
    feedback: Feedback | None
    """None where there was no answer to judge: the question was skipped or its answer shown."""
    limit: int | None
    """Seconds that were allowed in a mock interview; None in practice."""


class SessionReview:
    """The turns of one interview. Each judgement is stored before it is returned, and the schedule follows it."""

    def __init__(
        self,
        history: History,
        entries: Sequence[Entry],
        schedule: Schedule,
        interview_id: int | None = None,
        *,
        grader: Marker | None = None,
    ) -> None:
        """Open an interview, by default the one with the latest turn on these notes; `grader` is for `judge_point`.

        Raises:
            InterviewError: There is no such interview, nothing was asked in it, or it is a mock that is not over.
            HistoryError: The history cannot be used.
        """
        self._history, self._schedule = history, schedule
        self._examiner = Examiner(history, grader) if grader is not None else None
        self.id = chosen_interview(history, entries, interview_id)
        keys = history.reconcile(entries)
        self._entries = {keys[entry.id]: entry for entry in entries}
        self._limit = history.interview(self.id).limit
        self._turns = history.turns(self.id)

    def __len__(self) -> int:
        """Return how many turns there are, at least 1."""
        return len(self._turns)

    def turn(self, number: int) -> TurnReview:
        """Return a turn, from 1. Raises InterviewError when there is none of that number."""
        turn = self._turn(number)
        feedback = self._feedback(turn) if turn.review.outcome == "answered" else None
        return TurnReview(number, len(self), self._question(turn), turn.review, feedback, self._limit)

    def override(self, number: int, verdict: Verdict) -> Feedback:
        """Replace the verdict of an answer by the user's. Raises InterviewError when there is no answer to judge."""
        return self._judge(number, by_verdict(self._answer(number), verdict))

    def rate(self, number: int, rating: Rating) -> Feedback:
        """Replace the rating of an answer by the user's. Raises InterviewError when there is no answer to judge."""
        return self._judge(number, by_rating(self._answer(number), rating))

    def judge_point(self, number: int, point: int, word: PointWord) -> Feedback:
        """Put the user's word on a point of an answer, from 1, in force; the score follows.

        Raises:
            InterviewError: There is no answer, no such point, or nothing in the answer that could be accepted.
        """
        turn = self._answer(number)
        assert self._examiner is not None, "points are judged where the grader is at hand"
        given, made = self._examiner.judged(turn, self._question(turn).entry, point, word)
        return self._judge(number, made, given)

    def _judge(self, number: int, made: Judgement, given: PointVerdict | None = None) -> Feedback:
        review_id = self._turn(number).review.id
        self._history.amend(review_id, made, self._schedule, given)
        self._turns[number - 1] = self._history.turn(review_id)
        return self._feedback(self._turns[number - 1])

    def _turn(self, number: int) -> StoredTurn:
        if not 1 <= number <= len(self._turns):
            raise InterviewError(
                tr("this interview has no turn {number}: choose 1 to {total}", number=number, total=len(self))
            )
        return self._turns[number - 1]

    def _answer(self, number: int) -> StoredTurn:
        turn = self._turn(number)
        if turn.review.outcome != "answered":
            raise InterviewError(tr("question {number} has no answer to judge: choose another", number=number))
        return turn

    def _feedback(self, turn: StoredTurn) -> Feedback:
        return feedback_of(turn, self._question(turn), self._history.due(turn.key))

    def _question(self, turn: StoredTurn) -> Question:
        review = turn.review
        entry = self._entries.get(turn.key) or self._history.entry(turn.key, review.question_id, review.question)
        return Question(entry, turn.position + 1, len(self), language_of(entry.question))


def chosen_interview(history: History, entries: Sequence[Entry], interview_id: int | None) -> int:
    """Return the interview that is to be told, by default the one with the latest turn on these notes.

    Raises:
        InterviewError: There is no such interview, nothing was asked in it, or it is a mock that is not over.
    """
    chosen = _latest(history, entries) if interview_id is None else interview_id
    if not history.turns(chosen):
        raise InterviewError(_unknown(chosen, history, entries))
    if chosen in withheld(history, history.reconcile(entries).values()):
        raise InterviewError(
            tr(
                "the mock interview is not over, and its results come at the end: `viva ask --resume` goes on with it, "
                "`viva ask --finish` ends it as it is"
            )
        )
    return chosen


def _latest(history: History, entries: Sequence[Entry]) -> int:
    latest = history.reviews(entries, 1)
    if not latest:
        raise InterviewError(tr("no interview on these notes yet: `viva` or `viva ask` begins one"))
    return latest[0].interview_id


def _unknown(interview_id: int, history: History, entries: Sequence[Entry]) -> str:
    known = list(dict.fromkeys(review.interview_id for review in history.reviews(entries)))[:_NAMED]
    if not known:
        return tr("there is no interview {number}: `viva` or `viva ask` begins one", number=interview_id)
    return tr(
        "there is no interview {number}: the latest on these notes are {known}",
        number=interview_id,
        known=", ".join(map(str, known)),
    )
