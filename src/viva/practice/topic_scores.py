"""How well each topic is known, by the last score of each of its questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from viva.grading.calibration import STRONG_FROM
from viva.practice.selection import topics
from viva.text.normal import bare
from viva.types import Entry, Standing


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How a topic stands."""

    topic: str
    """A heading or a tag."""
    questions: int
    asked: int
    """Questions answered or shown at least once."""
    mean_score: float | None
    """Over the last scores of its questions, 0 to 100; None before the first."""
    strong: float | None
    """Share of all its questions whose last score is strong, 0 to 1; None while nothing was asked.

    A question without an answer in the notes cannot be judged, and is left out of both figures; so is a suspended one.
    """


def topic_scores(entries: Sequence[Entry], standings: Iterable[Standing]) -> tuple[TopicScore, ...]:
    """Return how each topic stands, those with most questions first."""
    by_id = {standing.question_id: standing for standing in standings}
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in {bare(name) for name in (*entry.place.headings, *entry.tags)}:
            members[name].append(entry)
    return tuple(
        _score(
            topic,
            [(entry, by_id[entry.id]) for entry in members[bare(topic)] if entry.id in by_id],
            len(members[bare(topic)]),
        )
        for topic in topics(entries)
    )


def _score(topic: str, known: Sequence[tuple[Entry, Standing]], questions: int) -> TopicScore:
    can_be_judged = [standing for entry, standing in known if entry.answered and not standing.suspended]
    scores = [standing.last_score for standing in can_be_judged if standing.last_score is not None]
    return TopicScore(
        topic=topic,
        questions=questions,
        asked=sum(standing.reviews > 0 for _, standing in known),
        mean_score=sum(scores) / len(scores) if scores else None,
        strong=sum(score >= STRONG_FROM for score in scores) / len(can_be_judged) if scores else None,
    )
