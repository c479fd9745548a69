"""What is told of stored answers: all of it, but for how those of a mock interview went that is not over.

A mock interview promises no word on its answers before its end. They are in the history like all others, and the
schedule has them; whatever tells a user of the past reads it here, where they are told as answered and not judged
yet. The interview itself, exports and backups read the history as it is.

What keeps an answer back is that its interview can still be gone on with, or is open in a window. Ended, or left for a
newer interview on the same notes, it is told like any other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace

from viva.history.card_state import lapses
from viva.history.history import History
from viva.history.records import StoredInterview
from viva.scheduling.mastery import Lapses
from viva.scheduling.schedule import Schedule
from viva.types import CardState, Entry, Rating, Review

_ANSWERS = "SELECT * FROM reviews WHERE NOT undone AND outcome = 'answered' "
_SCORED = "SELECT * FROM reviews WHERE NOT undone AND score IS NOT NULL ORDER BY answered_at, id"


class VisibleHistory:
    """The stored turns on some questions, as they are told; all of it raises HistoryError."""

    def __init__(self, history: History, entries: Sequence[Entry]) -> None:
        """Read which interview is not over; `entries` are the notes as they are now."""
        self._history, self._entries = history, entries
        self.keys = history.reconcile(entries)
        """The history's key of each question, by its id."""
        self.withheld = withheld(history, self.keys.values())
        """The mock interviews of which nothing is told yet."""

    def reviews(self, limit: int | None = None) -> list[Review]:
        """Return the turns that were not taken back, newest first."""
        return [self.review(each) for each in self._history.reviews(self._entries, limit)]

    def review(self, stored: Review) -> Review:
        """Return a turn as it is told."""
        if not self.holds_back(stored):
            return stored
        asked = stored.follow_up
        return replace(
            stored, score=None, verdict=None, proposed=None, rating=None, overridden=False, withheld=True,
            follow_up=None if asked is None else replace(asked, first_score=None),
        )  # fmt: skip

    def holds_back(self, stored: Review) -> bool:
        """Whether nothing is told of how a turn went: it was answered in a mock interview that is not over."""
        return stored.outcome == "answered" and stored.interview_id in self.withheld

    def ratings(self) -> list[list[Rating]]:
        """Return the ratings of each question, in order of time, those of other programs too."""
        series: dict[int, list[Rating]] = {key: [] for key in self.keys.values()}
        held_back = {row["id"] for row in self._held_back()}
        rows = self._history.database.rows("SELECT * FROM recalls ORDER BY recalled_at, id")
        for row in rows:
            if row["question_key"] in series and row["id"] not in held_back:
                series[row["question_key"]].append(Rating(row["rating"]))
        return list(series.values())

    def scores(self) -> list[tuple[Entry, int]]:
        """Return (question, score) of each answer that could be judged, in order of time."""
        by_key = {self.keys[entry.id]: entry for entry in self._entries}
        rows = self._history.database.rows(_ANSWERS + "AND verdict != 'unsure' ORDER BY answered_at, id")
        return [
            (by_key[row["question_key"]], row["score"])
            for row in rows
            if row["question_key"] in by_key and row["interview_id"] not in self.withheld
        ]

    def card_states(self, schedule: Schedule) -> list[CardState]:
        """Return where each question stands, in the order given: what an answer is not judged for has not changed."""
        stored = self._history.card_states(self._entries, schedule)
        if not (held_back := {row["question_key"] for row in self._held_back()}):
            return stored
        database = self._history.database
        before = {
            row["question_key"]: row["score"]
            for row in database.rows(_SCORED)
            if row["interview_id"] not in self.withheld
        }
        failed = lapses(database, apart=self.withheld)
        return [
            _before(each, before.get(key), failed.get(key, Lapses())) if key in held_back else each
            for each, key in zip(stored, (self.keys[each.id] for each in self._entries), strict=True)
        ]

    def _held_back(self) -> list[sqlite3.Row]:
        """Return the rows of what is kept back; most often there are none."""
        if not self.withheld:
            return []
        rows = self._history.database.rows(_ANSWERS)
        return [row for row in rows if row["interview_id"] in self.withheld]


def _before(card_state: CardState, score: int | None, failed: Lapses) -> CardState:
    """Return a card state without what its last answer changed; when the question comes up would tell of that too."""
    return replace(
        card_state, due=None, retrievability=None, last_score=score, lapses=failed.total, fresh_lapses=failed.fresh,
        withheld=True,
    )  # fmt: skip


def withheld(history: History, keys: Collection[int]) -> frozenset[int]:
    """Return the mock interviews with one of these questions that can be gone on with, or are open in any window.

    Raises:
        HistoryError: The history cannot be used.
    """
    wanted = set(keys)
    mocks = [each for each in history.open_mocks() if wanted.intersection(each.plan)]
    latest = history.latest(wanted) if mocks else None
    return frozenset(
        each.id
        for each in mocks
        if (latest is not None and each.id == latest.id and _waits(history, each)) or history.lock.is_open(each.id)
    )


def _waits(history: History, stored: StoredInterview) -> bool:
    """Whether something is left to ask, by what is known of all notes: those read now may be a part of its own."""
    rows = history.database.rows("SELECT key, suspended FROM questions WHERE vanished_at IS NULL")
    suspended = {row["key"]: row["suspended"] for row in rows}
    turns = history.turns(stored.id)
    asked = turns[-1].review.follow_up if turns and turns[-1].key in suspended else None
    if asked is not None and asked.waits:
        return True
    left = stored.plan[stored.position :]
    begun = bool(stored.draft) and bool(left) and left[0] in suspended
    return begun or any(suspended.get(key) == 0 for key in left)
