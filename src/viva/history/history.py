"""The history: every question met, every answer given, in one SQLite file of the user's data folder."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from viva.errors import HistoryError
from viva.history.backup.backup import Backups
from viva.history.card_state import card_states_of, decide, lapses_of, suspended_keys
from viva.history.database import Database, insert_row, update_row
from viva.history.judgement import Judgement
from viva.history.leniency import Habit
from viva.history.overrides import PointVerdict, Precedent
from viva.history.questions import reconcile, vanished, vanished_entry
from viva.history.records import (
    Followed,
    StoredInterview,
    StoredTurn,
    Turn,
    Vanished,
    grade_json,
    interview_of,
    moment,
    review_of,
    review_row,
    stamp,
    turn_of,
)
from viva.history.review_log import recalls_of
from viva.history.session_lock import InterviewLock
from viva.history.verdicts import GivenVerdict, PointHistory, forget, given_verdicts, habit_of, precedents_of
from viva.i18n import tr
from viva.scheduling.mastery import Lapses
from viva.scheduling.schedule import Schedule
from viva.types import CardState, Clock, Entry, Grade, Rating, Review


class History:
    """Questions, interviews, turns and the schedule's cards; each call is one transaction.

    Safe from several processes at once, and from several threads one after another. Every call raises HistoryError
    when the file cannot be used.
    """

    def __init__(self, path: Path, clock: Clock, backups: Backups | None = None) -> None:
        """Open or create the history at `path`, and have it backed up if it is time. Raises HistoryError."""
        self.path = path
        self.database = Database(path, before_upgrade=backups.keep_before_upgrade if backups else None)
        if backups:
            backups.keep_daily()
        self.points = PointHistory(self.database)
        """The user's own verdicts on single points."""
        self._clock = clock
        self.lock = InterviewLock(path)
        """The lock on the interview that this window has open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing is lost without it."""
        self.lock.leave()
        self.database.close()

    # Questions

    def reconcile(self, entries: Sequence[Entry]) -> dict[str, int]:
        """Return {entry id: key}, having noted what is new, changed, moved, vanished or back.

        Nothing is written when nothing changed. See `history.identity` for how a question is known again.
        """
        return reconcile(self.database, entries, self._clock())

    def vanished(self) -> list[Vanished]:
        """Return the questions that are no longer in their notes but have answers, latest first."""
        return vanished(self.database)

    def suspend(self, keys: Iterable[int]) -> int:
        """Set questions aside: they are neither asked nor due; return how many were not suspended already."""
        return decide(self.database, keys, self._clock(), suspended=True)

    def resume(self, keys: Iterable[int]) -> int:
        """Let suspended questions be asked again, where they were left; return how many were suspended."""
        return decide(self.database, keys, self._clock(), suspended=False)

    def suspended(self) -> set[int]:
        """Return the questions that are suspended, of all notes."""
        return suspended_keys(self.database)

    def lapses(self, key: int) -> Lapses:
        """Return how often a question was failed."""
        return lapses_of(self.database, key)

    def entry(self, key: int, identity: str, text: str) -> Entry:
        """Return what is known of a question that is no longer in the notes, to show its turns."""
        return vanished_entry(self.database, key, identity, text)

    # What was answered

    def card_states(self, entries: Sequence[Entry], schedule: Schedule) -> list[CardState]:
        """Return where each question stands in the schedule, in the order given."""
        keys = self.reconcile(entries)
        self._refresh_cards(schedule)
        return card_states_of(self.database, entries, keys, schedule, self._clock())

    def reviews(self, entries: Sequence[Entry] | None = None, limit: int | None = None) -> list[Review]:
        """Return the turns that were not taken back, newest first; of all notes when `entries` is None.

        They are as stored: `interview.redaction` is for telling a user of them.
        """
        rows = self.database.rows("SELECT * FROM reviews WHERE NOT undone ORDER BY answered_at DESC, id DESC")
        if entries is not None:
            wanted = set(self.reconcile(entries).values())
            rows = [row for row in rows if row["question_key"] in wanted]
        return [review_of(row) for row in rows[:limit]]

    def precedents(self, key: int) -> list[Precedent]:
        """Return the answers to a question whose verdict the user gave, the latest first."""
        return precedents_of(self.database, key)

    def verdicts(self) -> list[GivenVerdict]:
        """Return the verdicts that the user gave and that count for other answers, the latest first."""
        return given_verdicts(self.database)

    def habit(self) -> Habit:
        """Return how the user marks, by their latest answers to whatever notes."""
        return habit_of(self.database)

    def forget_verdicts(self, review_id: int | None = None) -> int:
        """Let what was said of an answer and its points, or of all, count for its own turn alone; see `forget`."""
        return forget(self.database, review_id)

    def turns(self, interview_id: int) -> list[StoredTurn]:
        """Return the turns of an interview that were not taken back, in order."""
        rows = self.database.rows(
            "SELECT * FROM reviews WHERE interview_id = ? AND NOT undone ORDER BY id", [interview_id]
        )
        return [turn_of(row) for row in rows]

    def turn(self, review_id: int) -> StoredTurn:
        """Return one turn. Raises HistoryError when there is none."""
        rows = self.database.rows("SELECT * FROM reviews WHERE id = ?", [review_id])
        if not rows:
            raise HistoryError(
                tr(
                    "the history {path} has no turn {number}: `viva history` lists them",
                    path=self.path,
                    number=review_id,
                )
            )
        return turn_of(rows[0])

    def due(self, key: int) -> datetime | None:
        """Return when a question comes up again; None when it was never answered."""
        rows = self.database.rows("SELECT due FROM cards WHERE question_key = ?", [key])
        return moment(rows[0]["due"]) if rows else None

    def record(self, interview_id: int, turn: Turn, schedule: Schedule, position: int) -> int:
        """Store a turn and move the interview on to `position`, in one transaction; return the review's id."""
        with self.database.transaction() as connection:
            review_id = insert_row(connection, "reviews", review_row(interview_id, turn))
            moved_on = {"position": position, "draft": "", "hints": 0, "spent": 0}
            update_row(connection, "interviews", interview_id, moved_on)
            self._fold(connection, turn.key, schedule)
        return review_id

    def amend(
        self, review_id: int, judgement: Judgement, schedule: Schedule, given: PointVerdict | None = None
    ) -> None:
        """Replace the judgement of a turn: the user's verdict or key, or what follows from their word on a point."""
        columns = {
            **_judged_columns(judgement.grade, judgement.proposed, judgement.rating, judgement.own),
            "overridden": judgement.overridden,
            "rated": judgement.rated,
        }
        if judgement.overridden and given is None:
            columns["counts"] = 1
        with self.database.transaction() as connection:
            if given is not None:
                self.points.note(connection, review_id, given, self._clock())
            update_row(connection, "reviews", review_id, columns)
            self._fold(connection, self.turn(review_id).key, schedule)

    def follow(self, interview_id: int, turn: StoredTurn, followed: Followed, schedule: Schedule) -> bool:
        """Store what became of a turn's follow-up; return False, and store nothing, when it waits no more."""
        with self.database.transaction() as connection:
            closed = connection.execute(
                "UPDATE reviews SET follow_up_answer = ?, seconds = seconds + ?, overtime = max(overtime, ?) "
                "WHERE id = ? AND follow_up IS NOT NULL AND follow_up_answer IS NULL AND NOT undone",
                (followed.answer, followed.seconds, followed.overtime, turn.review.id),
            )
            if not closed.rowcount:
                return False
            update_row(connection, "interviews", interview_id, {"draft": "", "spent": 0})
            if merged := followed.merged:
                columns = _judged_columns(merged.grade, merged.proposed, merged.rating, merged.grader_score)
                update_row(connection, "reviews", turn.review.id, {**columns, "first_score": merged.first_score})
                self._fold(connection, turn.key, schedule)
        return True

    def take_back(
        self, interview_id: int, turn: StoredTurn, plan: Sequence[int], draft: str, schedule: Schedule
    ) -> None:
        """Mark a turn undone and go back to it, with `draft` as the unfinished answer."""
        with self.database.transaction() as connection:
            update_row(connection, "reviews", turn.review.id, {"undone": 1})
            gone_back = {
                "plan": json.dumps(list(plan)),
                "position": turn.position,
                "draft": draft,
                "hints": turn.review.hints,
            }
            update_row(connection, "interviews", interview_id, gone_back)
            self._fold(connection, turn.key, schedule)

    def _fold(self, connection: sqlite3.Connection, key: int, schedule: Schedule) -> None:
        state = schedule.fold(key, [(recall.rating, recall.at) for recall in recalls_of(self.database, key)])
        if state is None:
            connection.execute("DELETE FROM cards WHERE question_key = ?", (key,))
        else:
            connection.execute(
                "INSERT OR REPLACE INTO cards (question_key, state, due, retention) VALUES (?, ?, ?, ?)",
                (key, state.json, stamp(state.due), schedule.retention),
            )

    def _refresh_cards(self, schedule: Schedule) -> None:
        """Fold again what another retention had scheduled, and what an import left without a card."""
        stale = (
            "SELECT DISTINCT question_key AS key FROM recalls LEFT JOIN cards USING (question_key) "
            "WHERE retention IS NULL OR retention != ?"
        )
        if rows := self.database.rows(stale, [schedule.retention]):
            with self.database.transaction() as connection:
                for row in rows:
                    self._fold(connection, row["key"], schedule)

    # Interviews

    def begin(
        self, plan: Sequence[int], seed: int, topic: str | None, mode: str, limit: int | None = None
    ) -> StoredInterview:
        """Store a new interview; `mode` is its order, `limit` the seconds for an answer in a mock interview."""
        with self.database.transaction() as connection:
            row = {
                "uid": uuid.uuid4().hex,
                "plan": json.dumps(list(plan)),
                "position": 0,
                "seed": seed,
                "topic": topic,
                "mode": mode,
                "started_at": stamp(self._clock()),
                "answer_limit": limit,
            }
            interview_id = insert_row(connection, "interviews", row)
        return self.interview(interview_id)

    def interview(self, interview_id: int) -> StoredInterview:
        """Return a stored interview."""
        return interview_of(self.database.rows("SELECT * FROM interviews WHERE id = ?", [interview_id])[0])

    def latest(self, keys: Iterable[int]) -> StoredInterview | None:
        """Return the interview begun last that has one of these questions in its plan."""
        wanted = set(keys)
        for row in self.database.rows("SELECT * FROM interviews ORDER BY started_at DESC, id DESC"):
            stored = interview_of(row)
            if wanted.intersection(stored.plan):
                return stored
        return None

    def open_mocks(self) -> list[StoredInterview]:
        """Return the mock interviews that were not ended, of all notes."""
        rows = self.database.rows("SELECT * FROM interviews WHERE answer_limit IS NOT NULL AND finished_at IS NULL")
        return [interview_of(row) for row in rows]

    def update(self, interview_id: int, **columns: str | float | None) -> None:
        """Set columns of an interview: plan (JSON), position, topic, draft, hints, spent, finished_at."""
        with self.database.transaction() as connection:
            update_row(connection, "interviews", interview_id, columns)


def _judged_columns(grade: Grade, proposed: Rating, rating: Rating, grader_score: int | None) -> dict[str, object]:
    return {
        "score": grade.score,
        "verdict": grade.verdict,
        "grade": grade_json(grade),
        "proposed": proposed,
        "rating": rating,
        "grader_score": grader_score,
    }
