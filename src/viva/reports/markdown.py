"""A saved report as Markdown that shows in any viewer what was written, and nothing that was written takes effect."""

from __future__ import annotations

import re
from collections.abc import Sequence

from viva.interview.answer_highlight import quoted
from viva.interview.dialogue import wording
from viva.interview.dialogue.feedback_lines import followed
from viva.reports import strings as words
from viva.reports.report_data import ReportData, ReportTurn
from viva.scheduling.weeks import minute
from viva.text.literal import literal, one_line
from viva.types import Language, PointResult

_BAR = 20
"""Characters of a full bar."""

_ANYWHERE = re.compile(r"[\\`*_\[\]#|~$^@]|==|%%|:(?=//)|(?<=www)\.")
"""What means something within a line, to CommonMark or to the common dialects (tables, formulas, links, comments)."""
_AT_START = re.compile(r"^(?:(\d{1,9})(?=[.)])|(?=[-+=:]))")
"""What makes a line a list item or a heading."""
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_INDENT = "\u00a0"
"""A blank that Markdown does not count: four common ones would make a code block."""


def report_markdown(report_data: ReportData) -> str:
    """Return the report of an interview as Markdown, in its language.

    Text of the notes and of the user is escaped so that it shows literally; control characters become pictures.
    """
    language = report_data.language
    parts = [f"# {words.title(report_data)} {minute(report_data.report.started_at)}", _facts(report_data)]
    parts += [f"## {words.QUESTIONS[language]}", _questions(report_data)]
    if report_data.report.topics:
        parts += [f"## {words.TOPICS[language]}", _topics(report_data)]
    if report_data.weakest:
        parts.append(f"## {words.WEAKEST[language]}")
        parts += [_weak(told, language) for told in report_data.weakest]
    if report_data.changed:
        parts += [f"## {words.CHANGED[language]}", _changed(report_data)]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return text on one line, escaped so that Markdown shows it literally wherever it stands."""
    marked = _ANYWHERE.sub(lambda match: "".join("\\" + sign for sign in match.group()), one_line(text))
    marked = marked.translate(_ENTITIES)
    return _AT_START.sub(lambda match: (match.group(1) or "") + "\\", marked)


def _quoted(text: str) -> str:
    """Return text as a block quote that keeps its lines and their indentation."""
    lines = [line.rstrip() for line in literal(text.strip("\n")).split("\n")]
    kept = [_INDENT * (len(line) - len(line.lstrip(" "))) + escaped(line) for line in lines]
    return "\n".join(f"> {line}  " if line else ">" for line in kept)


def _facts(report_data: ReportData) -> str:
    colon = "：" if report_data.language == "zh" else ": "
    return "\n".join(f"- {name}{colon}{escaped(value)}" for name, value in words.facts(report_data))


def _table(header: Sequence[str], aligned: str, rows: Sequence[Sequence[str]]) -> str:
    """Return a table; `aligned` has `r` for each column of numbers and `l` for each of words."""
    rule = ["--:" if side == "r" else "---" for side in aligned]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *rows))


def _bar(score: float | None) -> str:
    if score is None:
        return ""
    full = round(score / 100 * _BAR)
    return "█" * full + "░" * (_BAR - full)


def _questions(report_data: ReportData) -> str:
    language = report_data.language
    rows = [
        (
            str(told.number),
            escaped(told.review.question),
            words.outcome(told, language),
            _bar(words.shown_score(told)),
            words.timing(told, language),
        )
        for told in report_data.turns
    ]
    return _table(("", words.QUESTION[language], words.SCORE[language], "", words.TIME[language]), "rlllr", rows)


def _topics(report_data: ReportData) -> str:
    language = report_data.language
    rows = [(escaped(name), f"{mean:.0f}", _bar(mean), str(count)) for name, mean, count in report_data.report.topics]
    return _table((words.TOPIC[language], words.MEAN[language], "", words.ANSWERS[language]), "lrlr", rows)


def _weak(told: ReportTurn, language: Language) -> str:
    parts = [f"### {told.number}. {escaped(told.review.question)}", f"**{words.outcome(told, language)}**"]
    if told.review.answer.strip():
        parts += [f"{wording.YOU[language]}{wording.COLON[language].rstrip()}", _quoted(told.review.answer)]
    for name, text in followed(told.review, language):
        parts += [f"{name}{wording.COLON[language].rstrip()}", _quoted(text)]
    parts += _reference(told, language)
    if points := words.thin(told):
        parts.append("\n".join(_point(point, language) for point in points))
    near = words.near(told, language)
    return "\n\n".join([*parts, *(f"{name}{wording.COLON[language]}{escaped(text)}" for name, text in near)])


def _point(point: PointResult, language: Language) -> str:
    colon = wording.COLON[language]
    lines = [f"- **{wording.STATUS[point.status][language]}**{colon}{escaped(point.text)}"]
    for label, said in zip((words.SAID, words.BUT_SAID), quoted(point), strict=True):
        if said:
            lines.append(f"  {label[language]}{colon}{words.quoted(escaped(said), language)}")
    return "  \n".join(lines)


def _reference(told: ReportTurn, language: Language) -> list[str]:
    place = words.place(told)
    lines = [f"{words.IN_NOTES[language]}{wording.COLON[language]}{escaped(place)}"] if place else []
    return lines if told.reference is None else [*lines, _quoted(told.reference.answer)]


def _changed(report_data: ReportData) -> str:
    return "\n".join(
        f"- {told.number}\\. {escaped(told.review.question)} — {words.change(told, report_data.language)}"
        for told in report_data.changed
    )
