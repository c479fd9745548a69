"""How practice goes over weeks: scores, recall, busy days, what comes up, topics, and the hardest points."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from viva.grading.calibration import STRONG_FROM
from viva.practice.hard_points import HardPoint, hard_points
from viva.practice.past import Past
from viva.practice.topic_scores import TopicScore, topic_scores
from viva.practice.weeks import days_between, last_weeks, local_day, monday
from viva.types import Entry, Standing

WEEKS = 12
WEEKS_OF_DAYS = 26
FORECAST = 14
TOPICS = 12
POINTS = 10


@dataclass(frozen=True, slots=True)
class Week:
    """A week of answers."""

    start: date
    """Its Monday."""
    answers: int
    """Those that could be judged."""
    mean_score: float | None
    """Over these answers, 0 to 100; None when there are none."""
    due: int
    """Answers to, and looks at, questions that had come up again."""
    recall: float | None
    """Share of those that were strong, 0 to 1; None when nothing was due."""


@dataclass(frozen=True, slots=True)
class Course:
    """Figures over the questions of these notes; days are those of the person's own calendar, weeks start on Monday."""

    weeks: tuple[Week, ...]
    """The last 12 weeks, oldest first, this one among them."""
    turns_per_day: tuple[tuple[date, int], ...]
    """Answered, skipped and shown questions of each day, from the Monday 25 weeks ago to today."""
    forecast: tuple[tuple[date, int], ...]
    """Questions that come up on each of 14 days from today on; what is overdue counts for today."""
    topics: tuple[TopicScore, ...]
    """At most 12, most questions first."""
    hardest_points: tuple[HardPoint, ...]
    """At most 10, the hardest first; none of suspended questions."""


def course(
    past: Sequence[Past],
    standings: Sequence[Standing],
    entries: Sequence[Entry],
    now: datetime,
    zone: tzinfo | None = None,
) -> Course:
    """Return how practice goes.

    Args:
        past: The turns of these questions, in order of time.
        standings: Where each question stands in the schedule.
        entries: The notes as they are.
        now: The time, aware.
        zone: The person's time zone. Default: this system's.
    """
    today = local_day(now, zone)
    days = Counter(local_day(each.review.answered_at, zone) for each in past)
    first = last_weeks(today, WEEKS_OF_DAYS)[0]
    suspended = {standing.question_id for standing in standings if standing.suspended}
    return Course(
        weeks=_weeks(past, today, zone),
        turns_per_day=tuple((day, days[day]) for day in days_between(first, today)),
        forecast=_forecast(standings, today, zone),
        topics=topic_scores(entries, standings)[:TOPICS],
        hardest_points=hard_points(past, [entry for entry in entries if entry.id not in suspended], POINTS),
    )


def _weeks(past: Iterable[Past], today: date, zone: tzinfo | None) -> tuple[Week, ...]:
    scores: dict[date, list[int]] = defaultdict(list)
    recalled: dict[date, list[bool]] = defaultdict(list)
    for each in past:
        review = each.review
        if review.score is None or review.verdict == "unsure":
            continue
        week = monday(local_day(review.answered_at, zone))
        if review.outcome == "answered":
            scores[week].append(review.score)
        if each.was_due:
            recalled[week].append(review.score >= STRONG_FROM)
    return tuple(
        Week(start, len(scores[start]), _mean(scores[start]), len(recalled[start]), _mean(recalled[start]))
        for start in last_weeks(today, WEEKS)
    )


def _forecast(standings: Iterable[Standing], today: date, zone: tzinfo | None) -> tuple[tuple[date, int], ...]:
    days = Counter(max(today, local_day(each.due, zone)) for each in standings if each.due is not None)
    return tuple((day, days[day]) for day in days_between(today, today + timedelta(days=FORECAST - 1)))


def _mean(values: Sequence[int]) -> float | None:
    return sum(values) / len(values) if values else None
