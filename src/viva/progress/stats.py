"""The figures of a history: how much, how well, how steadily."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from viva.grading.calibration import STRONG_FROM
from viva.history.history import History
from viva.interview.redaction import VisibleHistory
from viva.scheduling.mastery import Lapses, is_leech
from viva.scheduling.schedule import Schedule
from viva.text.moments import days_between, local_day
from viva.types import Clock, Entry, Rating, Review

_DAYS = 14
_HARDEST = 5


@dataclass(frozen=True, slots=True)
class Hard:
    """A question that goes badly."""

    question_id: str
    question: str
    mean_score: float
    answered: int


@dataclass(frozen=True, slots=True)
class Stats:
    """Figures over the questions of these notes; days are those of the user's own time zone."""

    questions: int
    met: int
    """Questions answered or shown at least once."""
    answered: int
    skipped: int
    revealed: int
    withheld: int
    """Answers of a mock interview that is not over: how they went is not shown yet."""
    mean_score: float | None
    """Over answers that could be judged, 0 to 100."""
    seconds: float
    """Time spent on questions."""
    due_now: int
    """Questions answered before that are due again."""
    new: int
    """Questions never asked, but for suspended ones."""
    suspended: int
    """Questions that the user set aside."""
    leeches: int
    """Questions that were failed so often that their notes should be rewritten: see `scheduling.mastery`."""
    streak: int
    """Days in a row with an answer, up to today, or up to yesterday while today has none yet."""
    per_day: tuple[tuple[date, int], ...]
    """Answers of each of the last 14 days, oldest first."""
    retention: float | None
    """Share of second and later reviews rated Hard or better, 0 to 1; None before the first."""
    override_rate: float | None
    """Share of answers whose verdict the user changed, 0 to 1; of those that are shown."""
    leniency: int
    """Points by which grades follow the user's own marking: see `history.leniency`."""
    hardest: tuple[Hard, ...]
    """Up to five questions with the lowest mean scores, below strong, lowest first; no suspended ones."""


def statistics(history: History, entries: Sequence[Entry], schedule: Schedule, clock: Clock) -> Stats:
    """Return the figures of the history of these notes. Raises HistoryError."""
    visible = VisibleHistory(history, entries)
    card_states, reviews = visible.card_states(schedule), visible.reviews()
    now = clock()
    suspended = {card_state.question_id for card_state in card_states if card_state.suspended}
    outcomes = Counter(review.outcome for review in reviews)
    answers = [review for review in reviews if review.outcome == "answered"]
    judged_yet = [review for review in answers if not review.withheld]
    judged = [review.score for review in answers if review.score is not None and review.verdict != "unsure"]
    days = Counter(local_day(review.answered_at) for review in answers)
    return Stats(
        questions=len(entries),
        met=sum(card_state.reviews > 0 for card_state in card_states),
        answered=outcomes["answered"],
        skipped=outcomes["skipped"],
        revealed=outcomes["revealed"],
        withheld=len(answers) - len(judged_yet),
        mean_score=sum(judged) / len(judged) if judged else None,
        seconds=sum(review.seconds for review in reviews),
        due_now=sum(card_state.is_due(now) for card_state in card_states),
        new=sum(card_state.is_new for card_state in card_states),
        suspended=sum(card_state.suspended for card_state in card_states),
        leeches=sum(is_leech(Lapses(card_state.lapses, card_state.fresh_lapses)) for card_state in card_states),
        streak=streak(days, local_day(now)),
        per_day=tuple(
            (day, days[day]) for day in days_between(local_day(now) - timedelta(days=_DAYS - 1), local_day(now))
        ),
        retention=_retention(visible.ratings()),
        override_rate=sum(review.overridden for review in judged_yet) / len(judged_yet) if judged_yet else None,
        leniency=history.habit().points,
        hardest=_hardest([(entry, score) for entry, score in visible.scores() if entry.id not in suspended], reviews),
    )


def streak(days: Iterable[date], today: date) -> int:
    """Return how many days in a row hold an answer."""
    active = set(days)
    day = today if today in active else today - timedelta(days=1)
    count = 0
    while day in active:
        count += 1
        day -= timedelta(days=1)
    return count


def _retention(ratings: Iterable[Sequence[Rating]]) -> float | None:
    later = [rating for series in ratings for rating in series[1:]]
    return sum(rating > Rating.AGAIN for rating in later) / len(later) if later else None


def _hardest(scores: Iterable[tuple[Entry, int]], reviews: Sequence[Review]) -> tuple[Hard, ...]:
    """Ranked by mean score; one bad answer counts as much as the mean of several."""
    if not reviews:
        return ()
    grouped: dict[str, list[int]] = defaultdict(list)
    questions: dict[str, str] = {}
    for entry, score in scores:
        grouped[entry.id].append(score)
        questions[entry.id] = entry.question
    means = (Hard(key, questions[key], sum(own) / len(own), len(own)) for key, own in grouped.items())
    hard = [question for question in means if question.mean_score < STRONG_FROM]
    ranked = sorted(hard, key=lambda question: (question.mean_score, question.question))
    return tuple(ranked[:_HARDEST])
