"""The follow-up: one question about what an answer left out, in the words of the question and of the points' labels.

No language model: a few forms, the most particular first. What a form may say beside its own words are words of the
question, or the label of a point ("缺点：…", "Young generation: …"), and the label only where it gives nothing away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from viva.interview.follow_up.labels import Labelled, is_heading, labelled
from viva.interview.follow_up.subject import Part, again, asks_for_names, more_of, named_beside, parts_of
from viva.text.normal import bare, count_cjk, language_of, words
from viva.text.terms import terms
from viva.types import Entry, Grade, Language, PointResult

_SETTLED = frozenset(("other-entry", "accepted-before", "judged-before"))
"""Flags of an answer after which nothing more is asked: it belongs elsewhere, or the user said what it is worth."""
_SURELY_MISSED = 0.15
"""Most credit of a point that nothing was said of."""
_OF_WEIGHT = 0.5
"""Least weight of a point that is asked for, in equal shares."""


def follow_up(entry: Entry, grade: Grade, answer: str) -> str | None:
    """Return what to ask after an answer that is partly right, in one line in the language of the question.

    None where the answer said nothing that is right or anything that is wrong, and where no point of weight is surely
    missed: nobody is asked for what they just said.

    Args:
        entry: The question.
        grade: Of the answer to it.
        answer: All that was said so far.
    """
    if grade.verdict != "partial" or _SETTLED.intersection(grade.flags):
        return None
    statuses = {point.status for point in grade.points}
    if "covered" not in statuses or statuses & {"differs", "contradicted"}:
        return None
    if not any(_is_sure(point, len(grade.points)) for point in grade.points):
        return None
    language = language_of(entry.question)
    lines = (" ".join(text.split()) for text in _forms(entry.question, grade.points, answer, language))
    return next(line for line in lines if line and language_of(line) == language)


def merged(first: Grade, both: Grade) -> Grade:
    """Return the grade of two answers as one; what was added takes nothing away unless it contradicts the notes."""
    if both.score >= first.score or _opposed(both) > _opposed(first):
        return both
    return first


def _opposed(grade: Grade) -> int:
    return sum(
        point.status == "contradicted" or (bool(point.against) and point.status != "differs") for point in grade.points
    )


def _is_sure(point: PointResult, count: int) -> bool:
    """Whether a point that matters is surely missed."""
    missed = point.status == "missed" and point.credit <= _SURELY_MISSED
    return missed and point.importance != "extra" and point.weight * count >= _OF_WEIGHT


def _forms(question: str, points: Sequence[PointResult], answer: str, language: Language) -> Iterator[str]:
    met = [at for at, point in enumerate(points) if point.status in ("covered", "partial")]
    heard = "\n".join((answer, *(points[at].text for at in met)))
    missed = [point.text for point in points if _is_sure(point, len(points))]
    parts = parts_of(question, language)
    if len(parts) > 1:
        wanted = {term for text in missed for term in terms(text)}
        parts = [part for part in parts[1:] if part.own & wanted]
    yield from (again(part, language) for part in parts if _is_open(part, heard, (max(met) + 1) / len(points)))
    labels = [found for point in points if (found := labelled(point.text))]
    for found in filter(None, map(labelled, missed)):
        yield from _of_label(found, labels, question, heard, language)
    yield from (more_of(part, language) for part in parts)
    yield PLAIN[language]


def _is_open(part: Part, heard: str, met: float) -> bool:
    """Whether nobody spoke of a part of the question.

    The notes tell things in the order in which they are asked: who met what stands below the place of the part may well
    have spoken of it in words of their own.
    """
    return met < part.place and not part.own.intersection(terms(heard))


def _of_label(
    found: Labelled, labels: Sequence[Labelled], question: str, heard: str, language: Language
) -> Iterator[str]:
    begun = bare(found.label) in bare(heard)
    if found.step:
        yield of_step(found.label, language)
    elif len(found.label) == count_cjk(found.label) == 1:
        return  # too little to tell what it names
    elif name := named_beside(question, found.label, language):
        yield of_thing(name, language, begun=begun)
    elif not asks_for_names(question) and is_heading(found, labels):
        yield of_heading(found.label, language, begun=begun)


PLAIN: dict[Language, str] = {"zh": "还有什么要补充的？", "en": "What else would you add?"}
"""Where nothing more particular can be asked."""

_COMMON = re.compile(
    r"(?!(?:the|an?|its|their|in|at|on|for|with|when|if|after|before)\b)(?:[a-z][a-z -]*|[A-Z][a-z-]+(?:s| [a-z -]+))"
)
"""An English label that wants an article: no name, and nothing that has one or wants none."""
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth"}


def of_thing(name: str, language: Language, *, begun: bool) -> str:
    """Ask for one of several things; `begun` tells that something was said of it.

    Nothing where English wants more than the bare word: it may be an adjective ("airborne").
    """
    if language == "zh":
        return f"关于{_set_off(name)}，还能补充什么？" if begun else f"那{_set_off(name)}呢？"
    if not begun:
        return f"And {name}?"
    return "" if re.fullmatch("[A-Z]?[a-z]+", name) else f"What else can you say about {name}?"


def of_heading(label: str, language: Language, *, begun: bool) -> str:
    """Ask for what stands under a label of the notes."""
    if language == "en" and _COMMON.fullmatch(label):
        label = f"the {label[0].lower()}{label[1:]}"
    return of_thing(label, language, begun=begun)


def of_step(label: str, language: Language) -> str:
    """Ask what a numbered step does."""
    if language == "zh":
        return f"{label}做什么？"
    digits = re.search(r"\d+", label)
    ordinal = _ORDINALS.get(digits[0]) if digits else words(label.lower())[0]
    return f"What happens in the {ordinal} step?" if ordinal else f"What happens in {label.lower()}?"


def _set_off(text: str) -> str:
    """Return text that stands between Chinese characters, with blanks where it has none of them itself."""
    return f" {text} " if text.isascii() else text
