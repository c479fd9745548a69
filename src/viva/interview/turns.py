"""The turns of one interview: each is in the history before it is here."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from viva.errors import InterviewError
from viva.history.history import History
from viva.history.judgement import Judgement
from viva.history.overrides import PointVerdict
from viva.history.records import Followed, StoredTurn, Turn
from viva.i18n import tr
from viva.scheduling.schedule import Schedule
from viva.types import Entry, Review


class Turns:
    """What was asked so far, without what was taken back."""

    def __init__(self, interview_id: int, history: History, schedule: Schedule) -> None:
        """Read the turns of a stored interview."""
        self._id, self._history, self._schedule = interview_id, history, schedule
        self._turns = history.turns(interview_id)

    @property
    def reviews(self) -> list[Review]:
        """All turns, in order."""
        return [turn.review for turn in self._turns]

    @property
    def stored(self) -> list[StoredTurn]:
        """All turns, in order, with what is needed to change them."""
        return self._turns

    @property
    def last(self) -> StoredTurn | None:
        """The last turn, whatever became of its question."""
        return self._turns[-1] if self._turns else None

    def last_answer(self) -> StoredTurn:
        """Return the last turn. Raises InterviewError when it was no answer."""
        if self.last is None or self.last.review.outcome != "answered":
            raise InterviewError(tr("the last turn has no answer to judge: answer a question first"))
        return self.last

    def last_of(self, entries: Container[int]) -> StoredTurn:
        """Return the last turn. Raises InterviewError when there is none, or its question is not among these keys."""
        if self.last is None:
            raise InterviewError(tr("there is nothing to take back: no question was answered yet"))
        if self.last.key not in entries:
            raise InterviewError(tr("the last question is no longer in the notes, so it cannot be asked again"))
        return self.last

    def add(self, turn: Turn) -> StoredTurn:
        """Store a turn and move the interview on."""
        review_id = self._history.record(self._id, turn, self._schedule, turn.position + 1)
        self._turns.append(self._history.turn(review_id))
        return self._turns[-1]

    def judge(self, made: Judgement, given: PointVerdict | None = None) -> StoredTurn:
        """Replace the judgement of the last turn, by what the user said of a point if it is that."""
        review_id = self._turns[-1].review.id
        self._history.amend(review_id, made, self._schedule, given)
        self._turns[-1] = self._history.turn(review_id)
        return self._turns[-1]

    def follow(self, followed: Followed) -> bool:
        """Store what became of the last turn's follow-up; False when another window was first."""
        stored = self._history.follow(self._id, self._turns[-1], followed, self._schedule)
        self._turns[-1] = self._history.turn(self._turns[-1].review.id)
        return stored

    def take_back(self, plan: Sequence[int], draft: str) -> None:
        """Undo the last turn; the interview goes back to it, with `draft` as the unfinished answer."""
        self._history.take_back(self._id, self._turns[-1], plan, draft, self._schedule)
        self._turns.pop()

    def topics(self, entries: Mapping[int, Entry]) -> dict[str, tuple[str, ...]]:
        """Return headings and tags by question id; what all questions share, such as the title, is no topic."""
        names = {key: (entry.id, dict.fromkeys((*entry.place.headings, *entry.tags))) for key, entry in entries.items()}
        shared = set.intersection(*(set(found) for _, found in names.values())) if len(names) > 1 else set()
        named = {
            key: (identity, tuple(n for n in found if n not in shared)) for key, (identity, found) in names.items()
        }
        # A question that moved since is known by its id at the time of asking too.
        asked = {turn.review.question_id: named[turn.key][1] for turn in self._turns if turn.key in named}
        return dict(named.values()) | asked
