"""The agenda of an interview: its questions in order, the place among them, and what was typed there.

Each change is in the history before it is here, so that a killed process loses none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from viva.history.history import History
from viva.history.records import StoredInterview, StoredTurn
from viva.interview.selection import replan
from viva.text.normal import language_of
from viva.types import Entry, Question


class Agenda:
    """What one stored interview asks, and how far it is."""

    def __init__(self, stored: StoredInterview, entries: Mapping[int, Entry], history: History) -> None:
        """`entries` are by the history's keys."""
        self._id, self._seed, self._history = stored.id, stored.seed, history
        self.entries = entries
        self.plan = list(stored.plan)
        """Keys of questions, in order."""
        self.position = stored.position
        """Index in the plan of the question to ask now, from 0; the length of the plan when all are done."""
        self.draft = stored.draft
        """What was typed for what is asked now, and not yet submitted."""
        self.hints = stored.hints
        """Hints taken for the question to ask now."""
        self.spent = stored.spent
        """Seconds of a mock interview that were used on what is asked now before the program was last started."""

    @property
    def done(self) -> bool:
        """Whether all was asked."""
        return self.position >= len(self.plan)

    @property
    def key(self) -> int:
        """Key of the question to ask now, while not all is done."""
        return self.plan[self.position]

    @property
    def question(self) -> Question:
        """The question to ask now, while not all is done."""
        return self.asked(self.key, self.position)

    def asked(self, key: int, position: int, entry_id: str = "", text: str = "") -> Question:
        """Return a question of the plan; the id and text that it had are for one that left the notes."""
        entry = self.entries.get(key) or self._history.entry(key, entry_id, text)
        return Question(entry, position + 1, len(self.plan), language_of(entry.question))

    # What is typed and taken there

    def keep_draft(self, text: str) -> None:
        """Store an unfinished answer."""
        if text != self.draft:
            self._history.update(self._id, draft=text)
            self.draft = text

    def keep_time(self, seconds: float) -> None:
        """Store the seconds used on what is asked now, for the next start of the program."""
        self._history.update(self._id, spent=seconds)

    def add_hint(self) -> None:
        """Count one more hint."""
        self._history.update(self._id, hints=self.hints + 1)
        self.hints += 1

    # Steps; the first two follow the history, which stores them with the turn

    def moved_on(self) -> None:
        """Go to the next question: a turn was stored."""
        self.position += 1
        self.draft, self.hints = "", 0

    def went_back(self, turn: StoredTurn, draft: str) -> None:
        """Go back to the question of a turn that was taken back, with `draft` as the answer begun."""
        self.plan, self.position = self.plan_with(turn), turn.position
        self.draft, self.hints = draft, turn.review.hints

    def plan_with(self, turn: StoredTurn) -> list[int]:
        """Return the plan with a turn's question in its place, which another window may have given to another."""
        return [*self.plan[: turn.position], turn.key, *self.plan[turn.position + 1 :]]

    def on_topic(self, topic: str | None) -> list[int]:
        """Return what would be asked from now on to keep to a topic. Raises InterviewError when nothing is left."""
        return replan(self.entries, self.plan, self.position, topic, self._seed, self._history.suspended())

    def take_up(self, topic: str | None, left: Sequence[int]) -> bool:
        """Ask what is `left` on a topic from now on; return whether the question asked now stays."""
        stays = left[0] == self.key
        draft, hints = (self.draft, self.hints) if stays else ("", 0)
        found = [*self.plan[: self.position], *left]
        self._history.update(self._id, plan=json.dumps(found), topic=topic, draft=draft, hints=hints)
        self.plan, self.draft, self.hints = found, draft, hints
        return stays

    def drop_what_is_gone(self, *, begun: bool) -> None:
        """Leave out what is suspended or vanished, but for the question asked now where its answer is `begun`."""
        asked, first = self.entries.keys() - self._history.suspended(), self.position + begun
        left = [key for key in self.plan[first:] if key in asked]
        if len(left) == len(self.plan[first:]):
            return
        found = [*self.plan[:first], *left]
        stays = found[self.position : self.position + 1] == [self.key]
        hints, spent = (self.hints, self.spent) if stays else (0, 0.0)
        self._history.update(self._id, plan=json.dumps(found), hints=hints, spent=spent)
        self.plan, self.hints, self.spent = found, hints, spent

    def renew(self, entries: Sequence[Entry], kept: Iterable[int]) -> None:
        """Take the notes as they are now; of the questions that vanished from them only those `kept` stay."""
        keys = self._history.reconcile(entries)
        stay = {key: self.entries[key] for key in kept if key in self.entries}
        self.entries = {**stay, **{keys[entry.id]: entry for entry in entries}}
