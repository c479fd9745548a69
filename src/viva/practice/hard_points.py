"""The points that answers keep leaving out or getting wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from viva.practice.past import LATEST, Past
from viva.types import Entry, Status


@dataclass(frozen=True, slots=True)
class HardPoint:
    """A point of the notes that went badly in the latest answers to its question."""

    point: str
    question_id: str
    question: str
    answers: int
    """How many answers were looked at, at most five."""
    partial: int
    missed: int
    differs: int
    contradicted: int

    @property
    def failures(self) -> float:
        """How often it went badly; said partly, or not quite as in the notes, counts half."""
        return self.missed + self.contradicted + (self.partial + self.differs) / 2


def hard_points(past: Iterable[Past], entries: Sequence[Entry], most: int) -> tuple[HardPoint, ...]:
    """Return the points that went badly most often, at most `most`, the hardest first.

    An answer that the person called right leaves nothing out, and an extra point may be left out. Points that are no
    longer in the notes are gone.
    """
    answers: dict[str, list[Past]] = defaultdict(list)
    for each in past:
        if each.points and each.review.outcome == "answered" and each.review.verdict != "unsure":
            answers[each.entry_id].append(each)
    found = [hard for entry in entries for hard in _of_entry(entry, answers[entry.id][-LATEST:])]
    found.sort(key=lambda hard: (-hard.failures, hard.answers))
    return tuple(found[:most])


def _of_entry(entry: Entry, answers: Sequence[Past]) -> list[HardPoint]:
    fates = [_fates(each) for each in answers]
    found = []
    for text in dict.fromkeys(point.text for point in entry.points):
        counts = Counter(fate[text] for fate in fates if text in fate)
        hard = HardPoint(
            text,
            entry.id,
            entry.question,
            counts.total(),
            counts["partial"],
            counts["missed"],
            counts["differs"],
            counts["contradicted"],
        )
        if hard.failures:
            found.append(hard)
    return found


def _fates(answer: Past) -> dict[str, Status]:
    accepted = answer.review.overridden and answer.review.verdict == "strong"
    counting = [point for point in answer.points if point.importance != "extra"]
    return {point.text: "covered" if accepted else point.status for point in counting}
