"""Feedback as paragraphs: the score as number, bar and word, then each point, then the closest passage."""

from __future__ import annotations

from viva.i18n import noted, ntr, tr
from viva.practice.follow_up import without_aims
from viva.practice.interviewer import flag_lines, nearer_line
from viva.practice.wording import LEECH
from viva.tui.gauges import BAR, bar, colour_of
from viva.tui.hit_lines import name_of, passage_lines, place_of
from viva.tui.interface import padded, widest
from viva.tui.literal import one_line
from viva.tui.paragraphs import BLANK, MUTED, Paragraph, spans
from viva.types import Feedback, Near, PointResult, Status, Verdict

EDIT_KEY = "Ctrl+O"
"""Opens the closest passage in the editor."""

STATUS: dict[Status, tuple[str, str, str]] = {
    "covered": ("✓", noted("covered"), "$text-success"),
    "partial": ("◐", noted("partly"), "$text-warning"),
    "missed": ("○", noted("missed"), "$text-error"),
    "contradicted": ("✗", noted("contradicted"), "$text-error"),
}
"""Symbol, word and colour: the colour is never alone in saying it."""

VERDICT: dict[Verdict, tuple[str, str]] = {
    "strong": (noted("strong"), "$text-success"),
    "partial": (noted("partial"), "$text-warning"),
    "weak": (noted("weak"), "$text-error"),
    "unsure": (noted("unsure, please judge for yourself"), "$text-warning"),
}

_USUAL: tuple[Status, ...] = ("covered", "partial", "missed")
"""The fourth word, which is rare and may be long, is no reason to set all others apart."""


def feedback_lines(feedback: Feedback, *, short: bool = False) -> list[Paragraph]:
    """Return all there is to tell about an answer, with a `short` bar for narrow terminals.

    While a follow-up waits, what it asks for is kept back.
    """
    grade = without_aims(feedback.grade) if feedback.waits else feedback.grade
    lines = [score_line(feedback, short=short), *_warnings(feedback)]
    for point in grade.points:
        lines += _point(point, feedback.answer)
    if feedback.waits:
        kept = len(feedback.grade.points) - len(grade.points)
        told = ntr("{number} point is shown after the follow-up", "{number} points are shown after the follow-up", kept)
        lines.append(spans((f"○ {told}", MUTED), rest=2))
    if grade.passage is not None:
        lead = tr("Closest in your notes") + "  "
        lines += [BLANK, *passage_lines(grade.passage, lead, asked=feedback.question.entry.id, key=EDIT_KEY)]
    return [*lines, *(_near(one) for one in grade.near)]


def _near(near: Near) -> Paragraph:
    lead = tr("Also near") + "  "
    return spans((lead, MUTED), (place_of(near), "$text-secondary"), (f"  {name_of(near)}", MUTED), rest=2)


def score_line(feedback: Feedback, *, short: bool = False) -> Paragraph:
    """Return the score as number, bar and word, with what the follow-up added and the hints taken."""
    grade, overridden = feedback.grade, feedback.overridden
    word, style = VERDICT[grade.verdict]
    told = tr("{verdict} (your verdict)", verdict=tr(word)) if overridden else tr(word)
    if "no-reference" in grade.flags and not overridden:
        return spans((told, f"bold {style}"))
    number = (f"{grade.score:>3}", f"bold {colour_of(grade.score)}")
    width = BAR // 2 if short else BAR
    more = "".join(f" · {each}" for each in _beside(feedback))
    return spans(number, " ", *bar(grade.score, width), " ", (told, f"bold {style}"), (more, MUTED), rest=4)


def _beside(feedback: Feedback) -> list[str]:
    told = [] if feedback.gain is None else [f"{feedback.gain:+d}" if feedback.gain else "±0"]
    return told + ([ntr("{number} hint", "{number} hints", feedback.hints)] if feedback.hints else [])


def _warnings(feedback: Feedback) -> list[Paragraph]:
    language = feedback.question.language
    told = flag_lines(feedback)
    if feedback.nearer is not None:
        told.append(nearer_line(feedback.nearer, language))
    if feedback.leech:
        told.append(LEECH[language])
    return [spans((f"! {line}", "$text-warning"), rest=2) for line in told]


def _point(point: PointResult, answer: str) -> list[Paragraph]:
    symbol, word, style = STATUS[point.status]
    cells = widest(tr(STATUS[status][1]) for status in _USUAL)
    hang = cells + 3
    lines = [spans((f"{symbol} {padded(tr(word), cells)} ", style), one_line(point.text), rest=hang)]
    evidence = one_line(point.evidence)
    if evidence and evidence != one_line(answer):
        lines.append(spans((tr("you: "), MUTED), (evidence, f"{MUTED} italic"), first=hang))
    if point.against:
        lines.append(spans((tr("but: "), "$text-error"), (one_line(point.against), f"{MUTED} italic"), first=hang))
    return lines
