"""Where questions stand in viva's schedule, as Anki's cards and reviews tell it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from viva.history.history import History
from viva.history.review_log import Recall, all_recalls
from viva.scheduling.schedule import Memory, Schedule
from viva.scheduling.weeks import local_day
from viva.types import Entry, Rating

ROLLOVER = 4
"""Hour at which Anki's day begins; its collections are born at that hour."""
_BORN = (2020, 9, 13, ROLLOVER)
_LEARNED, _REVIEWED = 0, 1
"""Types of reviews."""
_MOST = (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class AnkiReviewRow:
    """A row of Anki's `revlog`, but for its card."""

    at: int
    """Milliseconds since 1970: its id."""
    ease: int
    interval: int
    """Days."""
    before: int
    """The interval before, days."""
    factor: int
    """Difficulty by FSRS, 100 to 1100."""
    milliseconds: int
    kind: int


@dataclass(frozen=True, slots=True)
class AnkiCardState:
    """The columns of a card that tell of its schedule."""

    due: int
    """Day, counted from the one the collection was born."""
    interval: int
    reviews: int
    lapses: int
    data: str
    """Memory state by FSRS, as JSON."""
    log: tuple[AnkiReviewRow, ...]


def born(zone: tzinfo | None = None) -> datetime:
    """Return when a collection with a schedule is said to be made: its days are counted from there."""
    return datetime(*_BORN, tzinfo=zone) if zone else datetime(*_BORN).astimezone()


def minutes_west(zone: tzinfo | None = None) -> int:
    """Return how far west of Greenwich the clock was then, as Anki notes it."""
    offset = born(zone).utcoffset()
    assert offset is not None
    return -int(offset.total_seconds()) // 60


def anki_card_states(
    history: History, entries: Sequence[Entry], schedule: Schedule, zone: tzinfo | None = None
) -> Mapping[str, AnkiCardState]:
    """Return how each question stands that was ever reviewed, by its id; days are those of the user's calendar.

    Raises:
        HistoryError: The history cannot be read.
    """
    recalls = all_recalls(history.database)
    keys = history.reconcile(entries)
    return {
        identity: _card_state(key, recalls[key], schedule, zone) for identity, key in keys.items() if recalls.get(key)
    }


def _card_state(key: int, recalls: Sequence[Recall], schedule: Schedule, zone: tzinfo | None) -> AnkiCardState:
    memories = schedule.memories(key, [(recall.rating, recall.at) for recall in recalls])
    log = tuple(_log(recalls, memories))
    last = memories[-1]
    state = {
        "s": round(last.stability, 4), "d": round(last.difficulty, 3), "dr": schedule.retention,
        "decay": round(schedule.decay, 3), "lrt": int(recalls[-1].at.timestamp()),
    }  # fmt: skip
    return AnkiCardState(
        due=(local_day(last.due, zone) - born(zone).date()).days,
        interval=log[-1].interval,
        reviews=len(recalls),
        lapses=sum(recall.rating is Rating.AGAIN for recall in recalls[1:]),
        data=json.dumps(state, separators=(",", ":")),
        log=log,
    )


def _log(recalls: Sequence[Recall], memories: Sequence[Memory]) -> Iterator[AnkiReviewRow]:
    before = 0
    for recall, memory in zip(recalls, memories, strict=True):
        interval = max(1, round((memory.due - recall.at.astimezone(UTC)).total_seconds() / 86_400))
        yield AnkiReviewRow(
            at=milliseconds(recall.at),
            ease=int(recall.rating),
            interval=interval,
            before=before,
            factor=round((memory.difficulty - 1) / 9 * 1000) + 100,
            milliseconds=min(int(recall.seconds * 1000), _MOST),
            kind=_REVIEWED if before else _LEARNED,
        )
        before = interval


def milliseconds(moment: datetime) -> int:
    """Return a moment as milliseconds since 1970, rounded down as its text is when cut off."""
    past = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (past.days * 86_400 + past.seconds) * 1000 + past.microseconds // 1000
