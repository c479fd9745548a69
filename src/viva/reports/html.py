"""A saved report as one HTML page that needs nothing else: no network, no script, charts as inline SVG.

Text of the notes and of the user goes through `_safe` or `_safe_lines` and nothing else; the page also forbids itself
by its content policy to load anything, should a reader not believe it.
"""

from __future__ import annotations

from html import escape
from importlib import resources

from viva.reports import strings
from viva.reports.report_data import ReportData, ReportTurn
from viva.text.literal import literal, one_line
from viva.text.moments import minute
from viva.types import Language, PointResult
from viva.wording import sentences
from viva.wording.highlight import quoted

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_LANG: strings.Line = {"zh": "zh-CN", "en": "en"}


def report_html(report_data: ReportData) -> str:
    """Return the report of an interview as an HTML document, in its language.

    Text of the notes and of the user is escaped so that it shows literally; control characters become pictures.
    """
    language = report_data.language
    title = f"{strings.title(report_data)} {minute(report_data.report.started_at)}"
    style = (resources.files("viva.reports") / "report.css").read_text(encoding="utf-8")
    parts = [
        f'<!doctype html>\n<html lang="{_LANG[language]}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_safe(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>",
        f"<h1>{_safe(title)}</h1>",
        _facts(report_data),
        _questions(report_data),
        _topics(report_data),
        _weakest(report_data),
        _changed(report_data),
        "</main>\n</body>\n</html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _safe(text: str) -> str:
    """Return text on one line, fit for an element or a quoted attribute."""
    return escape(one_line(text), quote=True)


def _safe_lines(text: str) -> str:
    """Return text with its line breaks, fit for an element."""
    return escape(literal(text.strip("\n")), quote=True)


def _section(heading: str, body: str) -> str:
    return f"<section>\n<h2>{_safe(heading)}</h2>\n{body}\n</section>"


def _facts(report_data: ReportData) -> str:
    rows = [f'<dt>{_safe(name)}</dt><dd dir="auto">{_safe(value)}</dd>' for name, value in strings.facts(report_data)]
    return "\n".join(["<dl>", *rows, "</dl>"])


def _table(header: tuple[str, ...], rows: list[str]) -> str:
    cells = "".join(f'<th scope="col">{_safe(cell)}</th>' for cell in header)
    return "\n".join([f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>", *rows, "</tbody>\n</table>"])


def _bar(share: float, kind: str) -> str:
    """Return a bar filled to a share of 0 to 1; the figure stands beside it, so readers of the screen pass it by."""
    width = round(max(0.0, min(1.0, share)) * 100, 1)
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="rest" width="100" height="10"></rect><rect class="{kind}" width="{width}" height="10"></rect>'
        "</svg>"
    )


def _questions(report_data: ReportData) -> str:
    language = report_data.language
    longest = report_data.report.limit or max(turn.review.seconds for turn in report_data.turns) or 1.0
    header = ("", strings.QUESTION[language], strings.SCORE[language], strings.TIME[language])
    rows = [_question(turn, longest, language) for turn in report_data.turns]
    return _section(strings.QUESTIONS[language], _table(header, rows))


def _question(turn: ReportTurn, longest: float, language: Language) -> str:
    score = strings.shown_score(turn)
    chart = "" if score is None else _bar(score / 100, strings.band(score))
    return (
        f'<tr><td class="number">{turn.number}</td><td dir="auto">{_safe(turn.review.question)}</td>'
        f'<td class="chart" data-name="{strings.SCORE[language]}">{_safe(strings.outcome(turn, language))}{chart}</td>'
        f'<td class="chart" data-name="{strings.TIME[language]}">{_safe(strings.timing(turn, language))}'
        f"{_bar(turn.review.seconds / longest, 'over' if turn.review.overtime else 'time')}</td></tr>"
    )


def _topics(report_data: ReportData) -> str:
    language = report_data.language
    if not report_data.report.topics:
        return ""
    header = (strings.TOPIC[language], strings.MEAN[language], strings.ANSWERS[language])
    rows = [
        f'<tr><td dir="auto">{_safe(name)}</td>'
        f'<td class="chart" data-name="{header[1]}">{mean:.0f}{_bar(mean / 100, strings.band(mean))}</td>'
        f'<td class="chart" data-name="{header[2]}">{count}</td></tr>'
        for name, mean, count in report_data.report.topics
    ]
    return _section(strings.TOPICS[language], _table(header, rows))


def _weakest(report_data: ReportData) -> str:
    language = report_data.language
    if not report_data.weakest:
        return ""
    return _section(strings.WEAKEST[language], "\n".join(_weak(turn, language) for turn in report_data.weakest))


def _weak(turn: ReportTurn, language: Language) -> str:
    parts = [
        f'<article>\n<h3 dir="auto">{turn.number}. {_safe(turn.review.question)}</h3>',
        f'<p class="muted">{_safe(strings.outcome(turn, language))}</p>',
    ]
    for name, text in strings.answers(turn, language):
        parts.append(f'<p class="muted">{name}</p>\n<blockquote dir="auto">{_safe_lines(text)}</blockquote>')
    parts += _reference(turn, language)
    if points := strings.uncovered_points(turn):
        parts += ["<ul>", *(_point(point, language) for point in points), "</ul>"]
    for name, text in strings.near_entries(turn, language):
        parts.append(f'<p dir="auto"><span class="muted">{name}{sentences.COLON[language]}</span>{_safe(text)}</p>')
    return "\n".join([*parts, "</article>"])


def _point(point: PointResult, language: Language) -> str:
    colon = sentences.COLON[language]
    quotes = [
        f'<br><span class="muted">{label[language]}{colon}{_safe(strings.quoted(quote, language))}</span>'
        for label, quote in zip((strings.SAID, strings.BUT_SAID), quoted(point), strict=True)
        if quote
    ]
    status = f'<span class="status">{sentences.STATUS[point.status][language]}</span>{colon}'
    return f'<li class="{_safe(point.status)}" dir="auto">{status}{_safe(point.text)}{"".join(quotes)}</li>'


def _reference(turn: ReportTurn, language: Language) -> list[str]:
    parts = []
    if place := strings.place(turn):
        name = f"{strings.IN_NOTES[language]}{sentences.COLON[language]}"
        parts.append(f'<p><span class="muted">{name}</span><code>{_safe(place)}</code></p>')
    if turn.reference is not None:
        parts.append(f'<blockquote dir="auto">{_safe_lines(turn.reference.answer)}</blockquote>')
    return parts


def _changed(report_data: ReportData) -> str:
    language = report_data.language
    if not report_data.changed:
        return ""
    rows = [
        f'<li dir="auto">{turn.number}. {_safe(turn.review.question)} — {_safe(strings.change(turn, language))}</li>'
        for turn in report_data.changed
    ]
    return _section(strings.CHANGED[language], "\n".join(["<ul>", *rows, "</ul>"]))
