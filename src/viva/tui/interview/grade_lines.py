"""Feedback as paragraphs: what the notes answer; the score as number, bar and word; each point; what else is near."""

from __future__ import annotations

from collections.abc import Iterable

from viva.i18n import N_, ntr, spoken, tr
from viva.tui.common.hit_lines import name_of, place_of
from viva.tui.common.interface import literal, one_line, padded, widest
from viva.tui.common.paragraphs import BAR_CELLS, MUTED, Paragraph, bar, colour_of, paragraph, spans
from viva.types import Entry, Feedback, Importance, Near, PointResult, Status, Verdict
from viva.types.dialogue import AnswerMark
from viva.wording.feedback import flag_lines, nearer_line, shown_nearer, verdict_word
from viva.wording.highlight import quoted
from viva.wording.passages import also_near, reference, without_aims
from viva.wording.sentences import LEECH

EDIT_KEY = "Ctrl+O"
"""Opens the notes in the editor."""

STATUS: dict[Status, tuple[str, str, str]] = {
    "covered": ("✓", N_("covered"), "$text-success"),
    "partial": ("◐", N_("partly"), "$text-warning"),
    "missed": ("○", N_("missed"), "$text-error"),
    "differs": ("≠", N_("differs"), "$text-warning"),
    "contradicted": ("✗", N_("contradicted"), "$text-error"),
}
"""Symbol, word and colour: the colour is never alone in saying it."""

VERDICT: dict[Verdict, str] = {
    "strong": "$text-success",
    "partial": "$text-warning",
    "weak": "$text-error",
    "unsure": "$text-warning",
}
"""Colours."""

_USUAL: tuple[Status, ...] = ("covered", "partial", "missed")
"""The other words, which are rare and may be long, are no reason to set all others apart."""
_IMPORTANCE: dict[Importance, str] = {
    "essential": N_("essential"),
    "normal": N_("normal"),
    "extra": N_("optional"),
}
_INDENT = 2


def feedback_lines(feedback: Feedback, *, short: bool = False) -> list[Paragraph]:
    """Return all that was made of an answer, with a `short` bar for narrow terminals.

    `reference_lines` go before it. While a follow-up waits, what it asks for is kept back.
    """
    grade = without_aims(feedback.grade) if feedback.waits else feedback.grade
    lines = [score_line(feedback, short=short), *_warnings(feedback)]
    for number, point in enumerate(feedback.grade.points, start=1):
        if not feedback.waits or point.status == "covered":
            lines += _point(point, number, feedback.answer)
    if feedback.waits:
        kept = len(feedback.grade.points) - len(grade.points)
        line = ntr("{number} point is shown after the follow-up", "{number} points are shown after the follow-up", kept)
        return [*lines, spans((f"○ {line}", MUTED), rest=2)]
    return [*lines, *(_near(one) for one in also_near(feedback.question.entry, grade))]


def reference_lines(entry: Entry) -> list[Paragraph]:
    """Return the answer that the notes give to a question, with its place and the key that opens it; or nothing."""
    if not entry.answered:
        return []
    key = " · " + tr("{key} opens it", key=EDIT_KEY)
    lead = spans((tr("In your notes") + "  ", MUTED), (place_of(entry), "$text-secondary"), (key, MUTED), rest=_INDENT)
    return [lead, *paragraph(entry.answer.strip(), "", _INDENT)]


def kept_reference_lines(feedback: Feedback) -> list[Paragraph]:
    """Return the same for an answer that is looked back at: of a question that is gone, what its grade kept."""
    entry = None if feedback.waits else reference(feedback.question.entry, feedback.grade)
    return [] if entry is None else reference_lines(entry)


def _near(near: Near) -> Paragraph:
    lead = tr("Also near") + "  "
    return spans((lead, MUTED), (place_of(near), "$text-secondary"), (f"  {name_of(near)}", MUTED), rest=2)


def score_line(feedback: Feedback, *, short: bool = False) -> Paragraph:
    """Return the score as number, bar and word, with what the follow-up added and the hints taken."""
    grade, overridden, style = feedback.grade, feedback.overridden, VERDICT[feedback.grade.verdict]
    word = verdict_word(grade.verdict, grade.flags, spoken(), overridden=overridden)
    word = tr("{verdict} (your verdict)", verdict=word) if overridden else word
    more = "".join(f" · {each}" for each in _beside(feedback))
    if grade.verdict == "unsure" and not overridden:
        word = tr("{verdict}, please judge for yourself", verdict=word) if feedback.unjudged else word
        return spans((word, f"bold {style}"), (more, MUTED))
    number = (f"{grade.score:>3}", f"bold {colour_of(grade.score)}")
    width = BAR_CELLS // 2 if short else BAR_CELLS
    return spans(number, " ", *bar(grade.score, width), " ", (word, f"bold {style}"), (more, MUTED), rest=4)


def _beside(feedback: Feedback) -> list[str]:
    parts = [] if feedback.gain is None else [f"{feedback.gain:+d}" if feedback.gain else "±0"]
    return parts + ([ntr("{number} hint", "{number} hints", feedback.hints)] if feedback.hints else [])


def _warnings(feedback: Feedback) -> list[Paragraph]:
    language = feedback.question.language
    warnings = flag_lines(feedback)
    if (nearer := shown_nearer(feedback)) is not None:
        warnings.append(nearer_line(nearer, language))
    if feedback.leech:
        warnings.append(LEECH[language])
    return [spans((f"! {line}", "$text-warning"), rest=2) for line in warnings]


def point_notes(point: PointResult) -> list[str]:
    """Return what the user said of a point: that the status is their word, and how much it matters."""
    notes = [tr("your word")] if point.judged else []
    return notes + ([tr(_IMPORTANCE[point.importance])] if point.importance != "normal" else [])


def _point(point: PointResult, number: int, answer: str) -> list[Paragraph]:
    symbol, word, style = STATUS[point.status]
    cells = widest(tr(STATUS[status][1]) for status in _USUAL)
    hang, begins = cells + 5, (f"{number} {symbol} {padded(tr(word), cells)} ", style)
    notes = "".join(f" · {each}" for each in point_notes(point))
    lines = [spans(begins, one_line(point.text), (notes, MUTED), rest=hang)]
    matched, against = map(one_line, quoted(point))
    if matched and matched != one_line(answer):
        lines.append(spans((tr("you: "), MUTED), (matched, f"{MUTED} italic"), first=hang))
    if against:
        but = style if point.status == "differs" else "$text-error"
        lines.append(spans((tr("but: "), but), (against, f"{MUTED} italic"), first=hang))
    return lines


FOR = "underline $text-success"
AGAINST = "bold italic $text-warning"
"""Styles of what speaks for a point and of what contradicts one: told apart without colours too."""


def marked(text: str, marks: Iterable[AnswerMark], style: str = "") -> list[Paragraph]:
    """Return untrusted `text` as `paragraph` does, in `style`, with its marks.

    Args:
        text: As typed.
        marks: Of that text, none over another.
        style: Of what is not marked.
    """
    lines = paragraph(text, style)
    for mark in marks:
        # What is shown for a character may be longer or nothing: places are counted in what is shown.
        start, end = len(literal(text[: mark.start])), len(literal(text[: mark.end]))
        lines = _with_mark(lines, start, end, AGAINST if mark.against else FOR)
    return lines


def _with_mark(lines: Iterable[Paragraph], start: int, end: int, style: str) -> list[Paragraph]:
    """Return the lines with what is from `start` to `end`, counted through them and their breaks, in a style."""
    found, begins = [], 0
    for line in lines:
        size = len(line.content.plain)
        first, last = max(start - begins, 0), min(end - begins, size)
        content = line.content.stylize(style, first, last) if first < last else line.content
        found.append(Paragraph(content, line.first, line.rest))
        begins += size + 1
    return found
