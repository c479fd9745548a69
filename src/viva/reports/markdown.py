"""A saved report as Markdown that shows in any viewer what was written, and nothing that was written takes effect."""

from __future__ import annotations

import re
from collections.abc import Sequence

from viva.reports import strings
from viva.reports.report_data import ReportData, ReportTurn
from viva.text.literal import literal, one_line
from viva.text.moments import minute
from viva.types import Language, PointResult
from viva.wording import sentences
from viva.wording.highlight import quoted

_BAR = 20
"""Characters of a full bar."""

_ANYWHERE = re.compile(r"[\\`*_\[\]#|~$^@]|==|%%|:(?=//)|(?<=www)\.")
"""Signs with a meaning within a line, in CommonMark or the common dialects (tables, formulas, links, comments)."""
_AT_START = re.compile(r"^(?:(\d{1,9})(?=[.)])|(?=[-+=:]))")
"""Signs that make a line a list item or a heading."""
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_INDENT = "\u00a0"
"""A blank that Markdown does not count: four common ones would make a code block."""


def report_markdown(report_data: ReportData) -> str:
    """Return the report of an interview as Markdown, in its language.

    Text of the notes and of the user is escaped so that it shows literally; control characters become pictures.
    """
    language = report_data.language
    parts = [f"# {strings.title(report_data)} {minute(report_data.report.started_at)}", _facts(report_data)]
    parts += [f"## {strings.QUESTIONS[language]}", _questions(report_data)]
    if report_data.report.topics:
        parts += [f"## {strings.TOPICS[language]}", _topics(report_data)]
    if report_data.weakest:
        parts.append(f"## {strings.WEAKEST[language]}")
        parts += [_weak(turn, language) for turn in report_data.weakest]
    if report_data.changed:
        parts += [f"## {strings.CHANGED[language]}", _changed(report_data)]
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
    return "\n".join(f"- {name}{colon}{escaped(value)}" for name, value in strings.facts(report_data))


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
            str(turn.number),
            escaped(turn.review.question),
            strings.outcome(turn, language),
            _bar(strings.shown_score(turn)),
            strings.timing(turn, language),
        )
        for turn in report_data.turns
    ]
    return _table(("", strings.QUESTION[language], strings.SCORE[language], "", strings.TIME[language]), "rlllr", rows)


def _topics(report_data: ReportData) -> str:
    language = report_data.language
    rows = [(escaped(name), f"{mean:.0f}", _bar(mean), str(count)) for name, mean, count in report_data.report.topics]
    return _table((strings.TOPIC[language], strings.MEAN[language], "", strings.ANSWERS[language]), "lrlr", rows)


def _weak(turn: ReportTurn, language: Language) -> str:
    parts = [f"### {turn.number}. {escaped(turn.review.question)}", f"**{strings.outcome(turn, language)}**"]
    for name, text in strings.answers(turn, language):
        parts += [f"{name}{sentences.COLON[language].rstrip()}", _quoted(text)]
    parts += _reference(turn, language)
    if points := strings.uncovered_points(turn):
        parts.append("\n".join(_point(point, language) for point in points))
    parts += [
        f"{name}{sentences.COLON[language]}{escaped(text)}" for name, text in strings.near_entries(turn, language)
    ]
    return "\n\n".join(parts)


def _point(point: PointResult, language: Language) -> str:
    colon = sentences.COLON[language]
    lines = [f"- **{sentences.STATUS[point.status][language]}**{colon}{escaped(point.text)}"]
    for label, quote in zip((strings.SAID, strings.BUT_SAID), quoted(point), strict=True):
        if quote:
            lines.append(f"  {label[language]}{colon}{strings.quoted(escaped(quote), language)}")
    return "  \n".join(lines)


def _reference(turn: ReportTurn, language: Language) -> list[str]:
    place = strings.place(turn)
    lines = [f"{strings.IN_NOTES[language]}{sentences.COLON[language]}{escaped(place)}"] if place else []
    return lines if turn.reference is None else [*lines, _quoted(turn.reference.answer)]


def _changed(report_data: ReportData) -> str:
    return "\n".join(
        f"- {turn.number}\\. {escaped(turn.review.question)} — {strings.change(turn, report_data.language)}"
        for turn in report_data.changed
    )
