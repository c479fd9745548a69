"""A saved report as plain lines, one fact each: for the terminal, screen readers and pipes."""

from __future__ import annotations

from viva.interview.dialogue import wording
from viva.interview.dialogue.feedback_lines import followed, point_lines
from viva.reports import strings as words
from viva.reports.report_data import ReportData, ReportTurn
from viva.text.english import counted
from viva.types import Language


def report_text(report_data: ReportData) -> list[str]:
    """Return the report of an interview as lines, in its language; text of the notes and the user is as written."""
    language = report_data.language
    lines = [words.title(report_data), *(_fact(name, value, language) for name, value in words.facts(report_data))]
    lines += ["", words.QUESTIONS[language]]
    for told in report_data.turns:
        lines.append(f"{_question(told)} {_dash(language)} {_result(told, language)}")
    if report_data.report.topics:
        lines += ["", words.TOPICS[language]]
        lines += [_topic(name, mean, answers, language) for name, mean, answers in report_data.report.topics]
    if report_data.weakest:
        lines += ["", words.WEAKEST[language]]
        for told in report_data.weakest:
            lines += ["", *_weak(told, language)]
    if report_data.changed:
        lines += ["", words.CHANGED[language]]
        lines += [f"{_question(told)} {_dash(language)} {words.change(told, language)}" for told in report_data.changed]
    return lines


def _fact(name: str, value: str, language: Language) -> str:
    return f"{name}{wording.COLON[language]}{value}"


def _dash(language: Language) -> str:
    return "——" if language == "zh" else "—"


def _question(told: ReportTurn) -> str:
    return f"{told.number}. {' '.join(told.review.question.split())}"


def _result(told: ReportTurn, language: Language) -> str:
    comma = "，" if language == "zh" else ", "
    return f"{words.outcome(told, language)}{comma}{words.timing(told, language)}"


def _topic(name: str, mean: float, answers: int, language: Language) -> str:
    if language == "zh":
        return f"{name}：{mean:.0f} 分，{answers} 个回答"
    return f"{name}: {mean:.0f}, {counted(answers, 'answer')}"


def _weak(told: ReportTurn, language: Language) -> list[str]:
    lines = [_question(told), f"  {words.outcome(told, language)}"]
    lines.append("  " + _fact(wording.YOU[language], " ".join(told.review.answer.split()), language))
    lines += ["  " + _fact(name, " ".join(text.split()), language) for name, text in followed(told.review, language)]
    if place := words.place(told):
        lines.append("  " + _fact(words.IN_NOTES[language], place, language))
    if told.reference is not None:
        lines += [f"    {line}" for line in told.reference.answer.strip().splitlines()]
    for point in words.thin(told):
        lines += [f"  {line}" for line in point_lines(point, language)]
    return [*lines, *("  " + _fact(name, text, language) for name, text in words.near(told, language))]
