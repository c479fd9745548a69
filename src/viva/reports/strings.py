"""The wording of a saved report in both languages, and the facts that all its forms show.

All that is returned holds text of the notes and of the user as written: each form of the report makes it safe itself.
"""

from __future__ import annotations

from typing import Literal

from viva.grading.calibration import PARTIAL_FROM, STRONG_FROM
from viva.interview.summary import counts_text
from viva.reports.report_data import ReportData, ReportTurn
from viva.text.english import counted
from viva.text.moments import duration, minute
from viva.types import Language, PointResult, Verdict
from viva.wording import sentences
from viva.wording.feedback import followed, hints_text, skipped_or_shown, verdict_word

Line = dict[Language, str]
Band = Literal["strong", "partial", "weak", "none"]

TITLE: Line = {"zh": "面试报告", "en": "Interview report"}
MOCK_TITLE: Line = {"zh": "模拟面试报告", "en": "Mock interview report"}
QUESTIONS: Line = {"zh": "每题的得分和用时", "en": "Score and time, question by question"}
TOPICS: Line = {"zh": "各话题的平均分", "en": "Mean score by topic"}
WEAKEST: Line = {"zh": "最需要再看看的", "en": "Most worth another look"}
CHANGED: Line = {"zh": "你改判过的", "en": "Verdicts you changed"}
QUESTION: Line = {"zh": "问题", "en": "Question"}
SCORE: Line = {"zh": "得分", "en": "Score"}
TIME: Line = {"zh": "用时", "en": "Time"}
TOPIC: Line = {"zh": "话题", "en": "Topic"}
MEAN: Line = {"zh": "平均分", "en": "Mean score"}
ANSWERS: Line = {"zh": "回答", "en": "Answers"}
IN_NOTES: Line = {"zh": "笔记里的答案", "en": "In your notes"}
NEARER: Line = {"zh": "更接近另一题", "en": "Nearer to another question"}
ALSO_NEAR: Line = {"zh": "也接近", "en": "Also near"}
SAID: Line = {"zh": "你说的是", "en": "you said"}
BUT_SAID: Line = {"zh": "但你也说", "en": "but you also said"}
OF_HUNDRED: Line = {"zh": "{score} 分，满分 100 分", "en": "{score} of 100"}

_LIMIT: Line = {"zh": "每题限时", "en": "Time for each answer"}
_OVERALL: Line = {"zh": "总分", "en": "Overall score"}
_OVERALL_SCORE: Line = {
    "zh": "{score} 分，满分 100 分，跳过的题算 0 分",
    "en": "{score} of 100; a skipped question counts 0",
}
_OVER_TIME: Line = {"zh": "超时", "en": "Over time"}
_OVER: Line = {"zh": "{time}，超时", "en": "{time}, over time"}
_NUMBER: Line = {"zh": "编号", "en": "Number"}
_WHEN: Line = {"zh": "时间", "en": "When"}
_LEFT: Line = {"zh": "（中途离开，还有 {left} 题）", "en": " (left with {left} to go)"}
_COUNTS: Line = {"zh": "题数", "en": "Questions"}
_NO_REFERENCE: Line = {"zh": "笔记里没有答案", "en": "no answer in the notes"}
_YOURS: Line = {"zh": "{score} 分，{verdict}（由你判定）", "en": "{score}, {verdict} (your verdict)"}
_JUDGED: Line = {"zh": "{score} 分，{verdict}", "en": "{score}, {verdict}"}
_BY_YOU: dict[Verdict, Line] = {
    "strong": {"zh": "对", "en": "right"},
    "partial": {"zh": "部分对", "en": "partly right"},
    "weak": {"zh": "错", "en": "wrong"},
    "unsure": sentences.VERDICT["unsure"],
}
"""A verdict that the user gave, in their words: within a sentence."""
_FROM: Line = {"zh": "原来 {score} 分，你判为{verdict}", "en": "was {score}, you judged it {verdict}"}
_ONLY_YOURS: Line = {"zh": "你判为{verdict}", "en": "you judged it {verdict}"}


def facts(report_data: ReportData) -> list[tuple[str, str]]:
    """Return (name, value) of what is true of the interview as a whole."""
    language, report = report_data.language, report_data.report
    rows = [
        (_NUMBER[language], str(report.interview_id)),
        (_WHEN[language], when(report_data)),
        (TIME[language], duration(report_data.seconds, language)),
        (_COUNTS[language], counts_text(report, language)),
    ]
    if report.limit is not None:
        rows.append((_LIMIT[language], duration(report.limit, language)))
        rows.append((_OVER_TIME[language], _questions(sum(each.overtime for each in report.reviews), language)))
    if report.overall_score is not None:
        rows.append((_OVERALL[language], _OVERALL_SCORE[language].format(score=round(report.overall_score))))
    if report.mean_score is not None:
        rows.append((MEAN[language], OF_HUNDRED[language].format(score=round(report.mean_score))))
    if report_data.topic:
        rows.append((TOPIC[language], report_data.topic))
    return rows


def _questions(count: int, language: Language) -> str:
    return f"{count} 题" if language == "zh" else counted(count, "question")


def title(report_data: ReportData) -> str:
    """Return the heading of the report."""
    return (MOCK_TITLE if report_data.report.mode == "mock" else TITLE)[report_data.language]


def timing(turn: ReportTurn, language: Language) -> str:
    """Return the time a question took, and whether that was more than a mock interview allows."""
    time = duration(turn.review.seconds, language)
    return _OVER[language].format(time=time) if turn.review.overtime else time


def when(report_data: ReportData) -> str:
    """Return from when to when it was, in the user's own time zone, and whether it was left."""
    begun, ended = report_data.report.started_at.astimezone(), report_data.report.finished_at.astimezone()
    until = ended.strftime("%H:%M" if ended.date() == begun.date() else "%Y-%m-%d %H:%M")
    span = minute(begun) if minute(begun) == minute(ended) else f"{minute(begun)} – {until}"
    left = report_data.planned - len(report_data.turns)
    note = "" if report_data.finished or left <= 0 else _LEFT[report_data.language].format(left=left)
    return span + note


def outcome(turn: ReportTurn, language: Language) -> str:
    """Return how a turn went: score and verdict, or what happened instead."""
    review = turn.review
    if review.outcome != "answered" or review.score is None or review.verdict is None:
        return skipped_or_shown(review, language)
    verdict = verdict_word(review.verdict, turn.flags, language, overridden=review.overridden)
    if review.verdict == "unsure":
        return _NO_REFERENCE[language] if "no-reference" in turn.flags else verdict
    judged = (_YOURS if review.overridden else _JUDGED)[language].format(score=review.score, verdict=verdict)
    hints = hints_text(review.hints, language)
    return f"{judged}{'，' if language == 'zh' else ', '}{hints}" if hints else judged


def change(turn: ReportTurn, language: Language) -> str:
    """Return what the user made of a verdict; the score before it only where it is known."""
    verdict = _BY_YOU[turn.review.verdict or "unsure"][language]
    line = _ONLY_YOURS if turn.grader_score is None else _FROM
    return line[language].format(score=turn.grader_score, verdict=verdict)


def answers(turn: ReportTurn, language: Language) -> list[tuple[str, str]]:
    """Return what was answered, also to a follow-up, each with its name; nothing where nothing was typed."""
    own = [(sentences.YOU[language], turn.review.answer)] if turn.review.answer.strip() else []
    return [*own, *followed(turn.review, language)]


def place(turn: ReportTurn) -> str:
    """Return where a question stands in the notes; empty where that is not known."""
    if turn.reference is not None:
        return f"{turn.reference.file}:{turn.reference.line}"
    return "" if turn.file is None else f"{turn.file}:{turn.line}"


def near_entries(turn: ReportTurn, language: Language) -> list[tuple[str, str]]:
    """Return the other entries that an answer is near, by name and place, each with what it is."""
    labelled = [(ALSO_NEAR[language], entry) for entry in turn.near]
    if turn.nearer is not None:
        labelled.insert(0, (NEARER[language], turn.nearer))
    opening, closing = ("（", "）") if language == "zh" else (" (", ")")
    return [
        (label, f"{quoted(' '.join(entry.question.split()), language)}{opening}{entry.file}:{entry.line}{closing}")
        for label, entry in labelled
    ]


def shown_score(turn: ReportTurn) -> int | None:
    """Return the score of a turn that a chart shows, 0 to 100; None where nothing could be judged."""
    review = turn.review
    return review.score if review.outcome == "answered" and review.verdict != "unsure" else None


def quoted(text: str, language: Language) -> str:
    """Return text between the quotation marks of a language."""
    return f"“{text}”" if language == "zh" else f'"{text}"'


def band(score: float | None) -> Band:
    """Return the band of a score of 0 to 100, as verdicts have it."""
    if score is None:
        return "none"
    if score >= STRONG_FROM:
        return "strong"
    return "partial" if score >= PARTIAL_FROM else "weak"


def uncovered_points(turn: ReportTurn) -> list[PointResult]:
    """Return the points of the notes that an answer did not cover, or not wholly, in the order of the notes."""
    return [point for point in turn.points if point.status != "covered" and point.status in sentences.STATUS]
