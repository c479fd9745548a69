"""The judgement of a stored turn, and how the user's own verdict, rating, or word on a point changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from viva.errors import InterviewError
from viva.grading.calibration import PARTIAL_FROM, STRONG_FROM, verdict_of
from viva.history.records import StoredTurn
from viva.i18n import tr
from viva.scheduling.schedule import propose_rating
from viva.types import Feedback, Grade, Question, Rating, Verdict
from viva.wording.passages import nearer_entry

NO_ANSWER = frozenset(("empty", "dont-know", "echo", "gibberish"))
"""Flags of what was typed in place of an answer."""
_BANDS: dict[Verdict, range] = {
    "weak": range(PARTIAL_FROM),
    "partial": range(PARTIAL_FROM, STRONG_FROM),
    "strong": range(STRONG_FROM, 101),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The grade and the rating of an answer, once the user changed something about them."""

    grade: Grade
    proposed: Rating
    rating: Rating
    overridden: bool
    """Whether the verdict is the user's own."""
    rated: bool
    """Whether the rating is the user's own."""
    own: int | None
    """The grader's own score, 0 to 100, with the user's word on its points; None where it tells nothing."""


def grade_of_turn(turn: StoredTurn) -> Grade:
    """Return the grade of a turn; an import of an older history may have none."""
    if turn.grade is not None:
        return turn.grade
    return Grade(turn.review.score or 0, turn.review.verdict or "unsure", (), None)


def feedback_of(turn: StoredTurn, question: Question, due: datetime | None, *, leech: bool = False) -> Feedback:
    """Return the feedback to a stored answer, the same as when it was given."""
    review, grade = turn.review, grade_of_turn(turn)
    rating = review.rating or Rating.AGAIN
    return Feedback(
        question=question,
        answer=review.answer,
        grade=grade,
        proposed=review.proposed or rating,
        rating=rating,
        due=due or review.answered_at,
        review_id=review.id,
        nearer=nearer_entry(question.entry, grade),
        overridden=review.overridden,
        rated=turn.rated,
        leech=leech,
        hints=review.hints,
        follow_up=review.follow_up,
    )


def by_verdict(turn: StoredTurn, verdict: Verdict) -> Judgement:
    """Return what follows from the user's verdict on an answer.

    Raises:
        InterviewError: It is none to give, or the answer is none and cannot be right.
    """
    grade = grade_of_turn(turn)
    if verdict == "strong":
        refuse_no_answer(grade)
    return _judged(turn, moved(grade, verdict), turn.grader_score, overridden=True)


def by_points(turn: StoredTurn, grade: Grade, own: int | None) -> Judgement:
    """Return what follows from the user's word on a point of an answer, which is in the grade already.

    A verdict of theirs on the whole answer stands over their words on its points.

    Args:
        turn: the answer.
        grade: as it is now.
        own: the grader's own score for the points as they are now, where it tells of how the user marks.
    """
    whole = turn.review.verdict if turn.review.overridden else None
    own = None if turn.grader_score is None else own
    return _judged(turn, moved(grade, whole) if whole else grade, own, overridden=turn.review.overridden)


def by_rating(turn: StoredTurn, rating: Rating) -> Judgement:
    """Return what follows from the user's rating of an answer."""
    proposed = turn.review.proposed or rating
    return Judgement(
        grade_of_turn(turn), proposed, Rating(rating), turn.review.overridden, rated=True, own=turn.grader_score
    )


def refuse_no_answer(grade: Grade) -> None:
    """Raise InterviewError where a grade is of no answer: once accepted, it would count for other answers."""
    if NO_ANSWER.intersection(grade.flags):
        raise InterviewError(tr("this was no answer, so it cannot be accepted: answer when you are asked again"))


def _judged(turn: StoredTurn, grade: Grade, own: int | None, *, overridden: bool) -> Judgement:
    proposed = propose_rating(grade, turn.review.hints)
    rating = turn.review.rating if turn.rated and turn.review.rating else proposed
    return Judgement(grade, proposed, rating, overridden, turn.rated, own)


def moved(grade: Grade, verdict: Verdict) -> Grade:
    """Return the grade with the user's verdict: its score in the middle of that band, unless it lies there already.

    Raises:
        InterviewError: The verdict is none that a user can give.
    """
    band = band_of(verdict)
    score = grade.score if grade.score in band else band[len(band) // 2]
    return replace(grade, score=score, verdict=verdict_of(score))


def band_of(verdict: Verdict) -> range:
    """Return the scores of a verdict. Raises InterviewError when it is none that a user can give."""
    if verdict not in _BANDS:
        raise InterviewError(tr('"{verdict}" is no verdict to give: choose strong, partial or weak', verdict=verdict))
    return _BANDS[verdict]
