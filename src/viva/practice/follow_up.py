"""The follow-up: one question about what an answer left out, in the words of the question and of the points' labels.

No language model: a few forms, the most particular one that gives nothing away. What a form may say beside its own
words are words of the question, a label ("优点：…", "Young generation: …"), or the person's own. Whether it gives
something away is for the grader to say: the follow-up itself, taken as an answer, must earn nothing beyond a label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from viva.practice import follow_up_wording as wording
from viva.practice.labels import Labelled, labelled
from viva.practice.subject import asks_to_list, more_of, things_of
from viva.text.normal import fits, language_of
from viva.types import Entry, Grade, Language, Point, PointResult, Status

_SILENT = frozenset(
    ("empty", "dont-know", "echo", "gibberish", "copied", "off-topic", "no-reference", "other-entry",
     "accepted-before", "judged-before")
)  # fmt: skip
"""Flags of an answer after which nothing more is asked: it was none, or the person has settled what it is worth."""
_RANK: dict[Status, int] = {"missed": 0, "contradicted": 0, "partial": 1, "covered": 2}
_QUOTED_CHINESE = 24
_QUOTED_ENGLISH = 12
"""The longest words of the person's own that are said back to them, in characters or words."""


class Marks(Protocol):
    """What is needed of a grader; see `practice.judgement.Marker`."""

    def grade(self, entry: Entry, answer: str) -> Grade:
        """Return what a fair marker would say."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A follow-up that could be asked."""

    text: str
    """One line, a question, in the language of the entry's question."""
    aims: tuple[int, ...]
    """Indices of the points of the grade that it asks for."""


def follow_up(entry: Entry, grade: Grade, marker: Marks) -> Probe | None:
    """Return the follow-up to an answer, or None when there is nothing to ask.

    Args:
        entry: The question.
        grade: Of the answer to it.
        marker: Tells whether a form gives away what it asks for.
    """
    return next((probe for probe in probes(entry, grade) if _keeps_still(probe, entry, grade, marker)), None)


def probes(entry: Entry, grade: Grade) -> Iterator[Probe]:
    """Yield the follow-ups to an answer, the most particular first; the last one holds no word of the notes.

    Nothing where no point is missed or thin, where the answer was none, and where it met no point at all: a follow-up
    goes on from what was said.
    """
    if grade.verdict == "unsure" or _SILENT.intersection(grade.flags):
        return
    if not _met(grade.points):
        return
    language = language_of(entry.question)
    missed = tuple(index for index, point in enumerate(grade.points) if point.status == "missed")
    partial = tuple(index for index, point in enumerate(grade.points) if point.status == "partial")
    found: Iterator[tuple[str, tuple[int, ...]]] = iter(())
    if missed:
        found = _for_missed(entry, grade.points, missed, language)
    elif partial and grade.verdict != "strong":
        found = _for_partial(grade.points, partial, language)
    for text, aims in found:
        line = " ".join(text.split())
        if language_of(line) == language:
            yield Probe(line, aims)


def merged(first: Grade, both: Grade) -> Grade:
    """Return the grade of two answers as one; what was added takes nothing away unless it contradicts the notes."""
    if both.score >= first.score or _opposed(both) > _opposed(first):
        return both
    return first


def without_aims(grade: Grade) -> Grade:
    """Return a grade that tells only what was covered, as it is shown while its follow-up waits for an answer."""
    return replace(
        grade, points=tuple(point for point in grade.points if point.status == "covered"), passage=None, near=()
    )


def _met(points: Sequence[PointResult]) -> int:
    return sum(point.status in ("covered", "partial") for point in points)


def _opposed(grade: Grade) -> int:
    return sum(bool(point.against) or point.status == "contradicted" for point in grade.points)


def _keeps_still(probe: Probe, entry: Entry, grade: Grade, marker: Marks) -> bool:
    """Whether the text, taken as an answer, covers nothing that it asks for, and says nothing of it but a label."""
    texts = [point.text for point in grade.points]
    whole = marker.grade(entry, probe.text).points
    for index in probe.aims:
        found = labelled(texts[index])
        texts[index] = found.rest if found and found.label.lower() in probe.text.lower() else texts[index]
    untold = replace(entry, points=tuple(Point(text) for text in texts))
    beyond = marker.grade(untold, probe.text).points
    if not len(whole) == len(beyond) == len(texts):
        return True  # what is graded is no list of these points: nothing can be counted for one of them
    return all(
        whole[index].status != "covered" and _RANK[beyond[index].status] <= _RANK[grade.points[index].status]
        for index in probe.aims
    )


def _for_missed(
    entry: Entry, points: Sequence[PointResult], missed: tuple[int, ...], language: Language
) -> Iterator[tuple[str, tuple[int, ...]]]:
    # Where things are to be listed, a label is likely to be one of them: only those of any subject are said.
    listing = asks_to_list(entry.question)
    labels = {
        index: found
        for index in missed
        if (found := labelled(points[index].text)) and found.names and (found.facet or not listing)
    }
    for found in labels.values():
        aims = tuple(other for other, each in labels.items() if each.label == found.label)
        if text := _of_label(found, points, language):
            yield text, aims
    things, named = things_of(entry.question, language), _met(points)
    if things and len(missed) > 1 and named + len(missed) == len(points):
        yield wording.named_of(named, len(points), things, language), missed
    if text := more_of(entry.question, points[missed[0]].text if len(missed) == 1 else "", language):
        yield text, missed
    yield wording.still_missing(len(missed), len(points), language), missed
    yield wording.plainly(len(missed), language), missed


def _for_partial(
    points: Sequence[PointResult], partial: tuple[int, ...], language: Language
) -> Iterator[tuple[str, tuple[int, ...]]]:
    # Where only labels are said of it, the label is what was met.
    for index in partial:
        if (found := labelled(points[index].text)) and found.names:
            yield wording.more_precisely(found.label, language), (index,)
            break
    for index in partial:
        said = " ".join(points[index].evidence.split())
        if said and fits(said, _QUOTED_CHINESE, _QUOTED_ENGLISH):
            yield wording.said_back(said, language), (index,)
            break
    yield wording.half_there(len(partial), language), partial


def _of_label(found: Labelled, points: Sequence[PointResult], language: Language) -> str:
    if found.step:
        return wording.of_step(found.label, language)
    begun = any(
        _RANK[point.status] and (other := labelled(point.text)) and other.label == found.label for point in points
    )
    return wording.of_label(found.label, found.rest, language, begun=begun)
