"""Progress as paragraphs: weeks, days, what comes up, topics, hardest points, changed verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from viva.i18n import ntr, tr
from viva.practice.course import Course
from viva.practice.hard_points import HardPoint
from viva.practice.statistics import Stats
from viva.practice.topic_scores import TopicScore
from viva.text.english import counted
from viva.tui.charts import calendar, count_rows, week_columns
from viva.tui.grade_lines import STATUS, share
from viva.tui.literal import one_line
from viva.tui.paragraphs import BLANK, MUTED, Paragraph, spans
from viva.types import Status

_TOPIC_BAR = 12
_INDENT = 2

NOTHING = (
    spans(("Nothing to show yet.", "bold")),
    spans("Escape goes back to the start, where Enter begins an interview. What you answer there is counted here."),
)
"""What an empty history shows."""


def progress_paragraphs(stats: Stats, course: Course, width: int) -> list[Paragraph]:
    """Return what the progress screen shows in `width` cells."""
    if not stats.answered + stats.skipped + stats.revealed:
        return list(NOTHING)
    sections = [
        [_summary(stats), _verdicts(stats)],
        [_title("Score and recall, week by week"), *_weeks(course, width)],
        [_title("Days of practice"), *calendar(course.turns_per_day, width)],
        [_title("Coming up"), *_forecast(course, width)],
        [_title("Topics"), *_topics(course.topics)] if course.topics else [],
        [_title("Hardest points"), *_points(course.hardest_points)],
    ]
    return [line for at, section in enumerate(filter(None, sections)) for line in ([BLANK] if at else []) + section]


def _title(text: str) -> Paragraph:
    return spans((text, "bold"))


def _summary(stats: Stats) -> Paragraph:
    parts = [f"{stats.met} of {counted(stats.questions, 'question')} met", f"{stats.answered} answered"]
    if stats.mean_score is not None:
        parts.append(f"mean score {stats.mean_score:.0f}")
    if stats.suspended:
        parts.append(tr("{count} suspended", count=stats.suspended))
    if stats.leeches:
        parts.append(ntr("{number} leech", "{number} leeches", stats.leeches))
    if stats.streak > 1:
        parts.append(f"{stats.streak} days in a row")
    return spans(" · ".join(parts))


def _verdicts(stats: Stats) -> Paragraph:
    if stats.override_rate is None:
        return spans(("No verdict was given yet.", MUTED))
    return spans((f"You changed {stats.override_rate:.0%} of the verdicts.", MUTED))


def _weeks(course: Course, width: int) -> list[Paragraph]:
    weeks = course.weeks
    if not any(week.answers or week.due for week in weeks):
        return [spans((f"no answer was graded in {len(weeks)} weeks", MUTED))]
    scores = [week.mean_score for week in weeks]
    recall = [None if week.recall is None else week.recall * 100 for week in weeks]
    return [
        *week_columns([week.start for week in weeks], scores, recall, width),
        spans(("recall: of the questions that were due again, how many were answered with 75 or more", MUTED)),
    ]


def _forecast(course: Course, width: int) -> list[Paragraph]:
    days = len(course.forecast)
    total = sum(count for _, count in course.forecast)
    if not total:
        return [spans((f"nothing is due in the next {days} days", MUTED))]
    told = spans((f"{counted(total, 'question')} due in {days} days; what is overdue counts for today", MUTED))
    return [*count_rows(course.forecast, width), told]


def _topics(topics: Sequence[TopicScore]) -> list[Paragraph]:
    told = spans(("share of the questions whose last answer scored 75 or more", MUTED))
    return [*(_topic(topic) for topic in topics), told]


def _topic(topic: TopicScore) -> Paragraph:
    told = f"  {topic.asked} of {topic.questions} asked"
    if topic.mean_score is not None:
        told += f", mean {topic.mean_score:.0f}"
    return spans(*share(topic.strong, _TOPIC_BAR), f" {one_line(topic.topic)}", (told, MUTED), rest=_TOPIC_BAR + 6)


def _points(points: Sequence[HardPoint]) -> list[Paragraph]:
    if not points:
        return [spans(("none: no point was left out or got wrong", MUTED))]
    return [line for point in points for line in _point(point)]


def _point(hard: HardPoint) -> list[Paragraph]:
    counts: list[tuple[int, Status]] = [
        (hard.missed, "missed"),
        (hard.contradicted, "contradicted"),
        (hard.partial, "partial"),
    ]
    symbol, _, style = STATUS[max(counts, key=lambda each: each[0])[1]]
    told = ", ".join(f"{count} {STATUS[status][1]}" for count, status in counts if count)
    return [
        spans((f"{symbol} ", style), one_line(hard.point), rest=_INDENT),
        spans((f"{told} in {counted(hard.answers, 'answer')}", style), first=_INDENT),
        spans((one_line(hard.question), MUTED), first=_INDENT),
    ]
