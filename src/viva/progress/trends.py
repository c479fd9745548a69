"""How practice goes over weeks: scores, recall, busy days, what comes up, topics, and the hardest points."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from viva.grading.calibration import STRONG_FROM
from viva.interview.selection import topics
from viva.progress.review_history import LATEST, PastTurn
from viva.text.moments import days_between, last_weeks, local_day, monday
from viva.text.normal import bare
from viva.types import CardState, Entry, Status

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
    """Figures over the questions of these notes; days are those of the user's own calendar, weeks start on Monday."""

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
    past: Sequence[PastTurn],
    card_states: Sequence[CardState],
    entries: Sequence[Entry],
    now: datetime,
    zone: tzinfo | None = None,
) -> Course:
    """Return how practice goes.

    Args:
        past: The turns of these questions, in order of time.
        card_states: Where each question stands in the schedule.
        entries: The notes as they are.
        now: The time, aware.
        zone: The user's time zone. Default: this system's.
    """
    today = local_day(now, zone)
    days = Counter(local_day(each.review.answered_at, zone) for each in past)
    first = last_weeks(today, WEEKS_OF_DAYS)[0]
    suspended = {card_state.question_id for card_state in card_states if card_state.suspended}
    return Course(
        weeks=_weeks(past, today, zone),
        turns_per_day=tuple((day, days[day]) for day in days_between(first, today)),
        forecast=_forecast(card_states, today, zone),
        topics=topic_scores(entries, card_states)[:TOPICS],
        hardest_points=hard_points(past, [entry for entry in entries if entry.id not in suspended], POINTS),
    )


def _weeks(past: Iterable[PastTurn], today: date, zone: tzinfo | None) -> tuple[Week, ...]:
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


def _forecast(card_states: Iterable[CardState], today: date, zone: tzinfo | None) -> tuple[tuple[date, int], ...]:
    days = Counter(max(today, local_day(each.due, zone)) for each in card_states if each.due is not None)
    return tuple((day, days[day]) for day in days_between(today, today + timedelta(days=FORECAST - 1)))


def _mean(values: Sequence[int]) -> float | None:
    return sum(values) / len(values) if values else None


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How a topic stands."""

    topic: str
    """A heading or a tag."""
    questions: int
    asked: int
    """Questions answered or shown at least once."""
    mean_score: float | None
    """Over the last scores of its questions, 0 to 100; None before the first."""
    strong: float | None
    """Share of all its questions whose last score is strong, 0 to 1; None while nothing was asked.

    A question without an answer in the notes cannot be judged, and is left out of both figures; so is a suspended one.
    """


def topic_scores(entries: Sequence[Entry], card_states: Iterable[CardState]) -> tuple[TopicScore, ...]:
    """Return how each topic stands, those with most questions first."""
    by_id = {card_state.question_id: card_state for card_state in card_states}
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in {bare(name) for name in (*entry.place.headings, *entry.tags)}:
            members[name].append(entry)
    return tuple(
        _score(
            topic,
            [(entry, by_id[entry.id]) for entry in members[bare(topic)] if entry.id in by_id],
            len(members[bare(topic)]),
        )
        for topic in topics(entries)
    )


def _score(topic: str, known: Sequence[tuple[Entry, CardState]], questions: int) -> TopicScore:
    can_be_judged = [card_state for entry, card_state in known if entry.answered and not card_state.suspended]
    scores = [card_state.last_score for card_state in can_be_judged if card_state.last_score is not None]
    return TopicScore(
        topic=topic,
        questions=questions,
        asked=sum(card_state.reviews > 0 for _, card_state in known),
        mean_score=sum(scores) / len(scores) if scores else None,
        strong=sum(score >= STRONG_FROM for score in scores) / len(can_be_judged) if scores else None,
    )


@dataclass(frozen=True, slots=True)
class HardPoint:
    """A point of the notes that went badly in the latest answers to its question."""

    point: str
    question_id: str
    question: str
    answers: int
    """How many answers were looked at, at most five."""
    partial: int
    missed: int
    differs: int
    contradicted: int

    @property
    def failures(self) -> float:
        """How often it went badly; said partly, or not quite as in the notes, counts half."""
        return self.missed + self.contradicted + (self.partial + self.differs) / 2


def hard_points(past: Iterable[PastTurn], entries: Sequence[Entry], most: int) -> tuple[HardPoint, ...]:
    """Return the points that went badly most often, at most `most`, the hardest first.

    An answer that the user called right leaves nothing out, and an extra point may be left out. Points that are no
    longer in the notes are gone.
    """
    answers: dict[str, list[PastTurn]] = defaultdict(list)
    for each in past:
        if each.points and each.review.outcome == "answered" and each.review.verdict != "unsure":
            answers[each.entry_id].append(each)
    found = [hard for entry in entries for hard in _of_entry(entry, answers[entry.id][-LATEST:])]
    found.sort(key=lambda hard: (-hard.failures, hard.answers))
    return tuple(found[:most])


def _of_entry(entry: Entry, answers: Sequence[PastTurn]) -> list[HardPoint]:
    fates = [_fates(each) for each in answers]
    found = []
    for text in dict.fromkeys(point.text for point in entry.points):
        counts = Counter(fate[text] for fate in fates if text in fate)
        hard = HardPoint(
            point=text,
            question_id=entry.id,
            question=entry.question,
            answers=counts.total(),
            partial=counts["partial"],
            missed=counts["missed"],
            differs=counts["differs"],
            contradicted=counts["contradicted"],
        )
        if hard.failures:
            found.append(hard)
    return found


def _fates(answer: PastTurn) -> dict[str, Status]:
    accepted = answer.review.overridden and answer.review.verdict == "strong"
    counting = [point for point in answer.points if point.importance != "extra"]
    return {point.text: "covered" if accepted else point.status for point in counting}
