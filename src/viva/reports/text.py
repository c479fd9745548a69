"""A saved report as plain lines, one fact each: for the terminal, screen readers and pipes."""

from __future__ import annotations

from viva.reports import strings
from viva.reports.report_data import ReportData, ReportTurn
from viva.text.english import counted
from viva.types import Language
from viva.wording import sentences
from viva.wording.feedback import followed, point_lines


def report_text(report_data: ReportData) -> list[str]:
    """Return the report of an interview as lines, in its language; text of the notes and the user is as written."""
    language = report_data.language
    lines = [strings.title(report_data), *(_fact(name, value, language) for name, value in strings.facts(report_data))]
    lines += ["", strings.QUESTIONS[language]]
    for turn in report_data.turns:
        lines.append(f"{_question(turn)} {_dash(language)} {_result(turn, language)}")
    if report_data.report.topics:
        lines += ["", strings.TOPICS[language]]
        lines += [_topic(name, mean, answers, language) for name, mean, answers in report_data.report.topics]
    if report_data.weakest:
        lines += ["", strings.WEAKEST[language]]
        for turn in report_data.weakest:
            lines += ["", *_weak(turn, language)]
    if report_data.changed:
        lines += ["", strings.CHANGED[language]]
        lines += [
            f"{_question(turn)} {_dash(language)} {strings.change(turn, language)}" for turn in report_data.changed
        ]
    return lines


def _fact(name: str, value: str, language: Language) -> str:
    return f"{name}{sentences.COLON[language]}{value}"


def _dash(language: Language) -> str:
    return "——" if language == "zh" else "—"


def _question(turn: ReportTurn) -> str:
    return f"{turn.number}. {' '.join(turn.review.question.split())}"


def _result(turn: ReportTurn, language: Language) -> str:
    comma = "，" if language == "zh" else ", "
    return f"{strings.outcome(turn, language)}{comma}{strings.timing(turn, language)}"


def _topic(name: str, mean: float, answers: int, language: Language) -> str:
    if language == "zh":
        return f"{name}：{mean:.0f} 分，{answers} 个回答"
    return f"{name}: {mean:.0f}, {counted(answers, 'answer')}"


def _weak(turn: ReportTurn, language: Language) -> list[str]:
    lines = [_question(turn), f"  {strings.outcome(turn, language)}"]
    lines.append("  " + _fact(sentences.YOU[language], " ".join(turn.review.answer.split()), language))
    lines += ["  " + _fact(name, " ".join(text.split()), language) for name, text in followed(turn.review, language)]
    if place := strings.place(turn):
        lines.append("  " + _fact(strings.IN_NOTES[language], place, language))
    if turn.reference is not None:
        lines += [f"    {line}" for line in turn.reference.answer.strip().splitlines()]
    for point in strings.uncovered_points(turn):
        lines += [f"  {line}" for line in point_lines(point, language)]
    return [*lines, *("  " + _fact(name, text, language) for name, text in strings.near_entries(turn, language))]
