"""How an interview went, in figures and in plain lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from viva.text.english import counted
from viva.text.moments import duration
from viva.text.normal import bare
from viva.types import Language, Report, Review
from viva.types.dialogue import InterviewProgress

_WEAKEST = 5
_WEAK_BELOW = 75.0


def progress(reviews: Sequence[Review], topics: Mapping[str, Sequence[str]], total: int) -> InterviewProgress:
    """Return how far an interview is.

    Args:
        reviews: Its turns.
        topics: The topics of each question, by question id.
        total: Number of questions in the plan.
    """
    answered = [review for review in reviews if review.outcome == "answered"]
    weak = [name for name, mean, _ in by_topic(reviews, topics) if mean < _WEAK_BELOW]
    return InterviewProgress(len(reviews), total, len(answered), mean_score(reviews), tuple(weak[:3]))


def report(
    interview_id: int,
    started_at: datetime,
    finished_at: datetime,
    reviews: Sequence[Review],
    topics: Mapping[str, Sequence[str]],
    limit: int | None = None,
) -> Report:
    """Return the report over the turns of an interview; `limit` is that of a mock."""
    scored = [review for review in reviews if review.outcome == "answered" and review.score is not None]
    return Report(
        interview_id=interview_id,
        started_at=started_at,
        finished_at=finished_at,
        asked=len(reviews),
        answered=sum(review.outcome == "answered" for review in reviews),
        skipped=sum(review.outcome == "skipped" for review in reviews),
        revealed=sum(review.outcome == "revealed" for review in reviews),
        mean_score=mean_score(reviews),
        reviews=tuple(reviews),
        topics=tuple(by_topic(reviews, topics)),
        weakest=tuple(sorted(_judged(scored), key=lambda review: (review.score or 0, review.id))[:_WEAKEST]),
        limit=limit,
        overall_score=None if limit is None else overall_score(reviews),
    )


def mean_score(reviews: Iterable[Review]) -> float | None:
    """Return the mean score of the answered questions that could be judged, or None."""
    scores = [review.score for review in _judged(reviews) if review.score is not None]
    return sum(scores) / len(scores) if scores else None


def overall_score(reviews: Iterable[Review]) -> float | None:
    """Return the mean over all that was asked and can be judged, what was skipped as 0; None when there is nothing."""
    scores = [0 if each.outcome == "skipped" else each.score or 0 for each in reviews if each.verdict != "unsure"]
    return sum(scores) / len(scores) if scores else None


def by_topic(reviews: Iterable[Review], topics: Mapping[str, Sequence[str]]) -> list[tuple[str, float, int]]:
    """Return (topic, mean score, answered) of each topic, the weakest first."""
    scores: dict[str, list[int]] = defaultdict(list)
    shown: dict[str, str] = {}
    for review in _judged(reviews):
        for name in topics.get(review.question_id, ()):
            shown.setdefault(bare(name), name)
            scores[bare(name)].append(review.score or 0)
    means = [(shown[name], sum(values) / len(values), len(values)) for name, values in scores.items()]
    return sorted(means, key=lambda item: (item[1], item[0]))


def _judged(reviews: Iterable[Review]) -> list[Review]:
    """Answers that could be judged: a question without an answer in the notes says nothing about the user."""
    return [review for review in reviews if review.outcome == "answered" and review.verdict != "unsure"]


def report_lines(report: Report, language: Language) -> list[str]:
    """Return the report as plain lines."""
    lines = _zh(report) if language == "zh" else _en(report)
    return lines + [_weak_line(review, language) for review in weak(report)]


def weak(report: Report) -> list[Review]:
    """Return the weakest answers that are not strong, the lowest score first, at most five."""
    return [review for review in report.weakest if (review.score or 0) < _WEAK_BELOW]


def counts_text(report: Report, language: Language) -> str:
    """Return how many questions were asked, answered, skipped and shown, and the hints taken, without a full stop."""
    hints = sum(review.hints for review in report.reviews)
    if language == "zh":
        counts = [f"问了 {report.asked} 题，回答了 {report.answered} 题"]
        parts = [
            (report.skipped, f"跳过 {report.skipped} 题"),
            (report.revealed, f"看了 {report.revealed} 题的答案"),
            (hints, f"用了 {hints} 次提示"),
        ]
    else:
        counts = [f"{report.asked} asked, {report.answered} answered"]
        parts = [
            (report.skipped, f"{report.skipped} skipped"),
            (report.revealed, f"{report.revealed} shown"),
            (hints, counted(hints, "hint")),
        ]
    return ("，" if language == "zh" else ", ").join(counts + [text for count, text in parts if count])


def mock_lines(report: Report, language: Language) -> list[str]:
    """Return what is to tell of a mock interview besides: limit, overall score, answers over time; else nothing."""
    if report.limit is None:
        return []
    over = sum(review.overtime for review in report.reviews)
    allowed = duration(report.limit, language)
    score = report.overall_score
    if language == "zh":
        lines = [f"模拟面试，每题限时 {allowed}。"]
        lines += [] if score is None else [f"总分 {score:.0f} 分，满分 100 分，跳过的题算 0 分。"]
        return [*lines, f"{over} 题超时。" if over else "没有超时。"]
    lines = [f"A mock interview, {allowed} for each answer."]
    lines += [] if score is None else [f"Overall score {score:.0f} of 100; a skipped question counts 0."]
    return [*lines, f"{counted(over, 'answer')} over time." if over else "Every answer was in time."]


def _zh(report: Report) -> list[str]:
    lines = [*mock_lines(report, "zh"), counts_text(report, "zh") + "。"]
    if report.mean_score is not None and report.limit is None:
        lines.append(f"平均 {report.mean_score:.0f} 分。")
    lines.append(f"用时 {duration(_seconds(report), 'zh')}。")
    lines += [f"{name}：{mean:.0f} 分，{count} 题" for name, mean, count in report.topics]
    if weak(report):
        lines.append("最需要再看看的：")
    return lines


def _en(report: Report) -> list[str]:
    lines = [*mock_lines(report, "en"), counts_text(report, "en") + "."]
    if report.mean_score is not None and report.limit is None:
        lines.append(f"{report.mean_score:.0f} points on average.")
    lines.append(f"It took {duration(_seconds(report), 'en')}.")
    lines += [f"{name}: {mean:.0f} points, {counted(count, 'question')}" for name, mean, count in report.topics]
    if weak(report):
        lines.append("Most worth another look:")
    return lines


def _weak_line(review: Review, language: Language) -> str:
    question = " ".join(review.question.split())
    return f"{review.score} 分　{question}" if language == "zh" else f"{review.score} points: {question}"


def _seconds(report: Report) -> float:
    """The time spent on the questions: an interview may have been left and taken up again days later."""
    return sum(review.seconds for review in report.reviews)
