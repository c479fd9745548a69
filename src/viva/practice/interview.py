"""An interview: a state machine with no screen in it.

Each turn is in the history before it is returned. What is typed is kept as a draft before it is graded, so that neither
a grader that fails nor a killed process loses it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from viva.errors import InterviewError
from viva.i18n import tr
from viva.practice import report as reports
from viva.practice.examiner import Examiner
from viva.practice.hints import hint
from viva.practice.history import History
from viva.practice.judgement import Marker, feedback_of, propose
from viva.practice.last_answer import LastAnswer
from viva.practice.mastery import becomes_leech
from viva.practice.records import Followed, Merged, StoredTurn, Turn, joined, stamp, storable
from viva.practice.report import Progress
from viva.practice.schedule import Schedule
from viva.practice.selection import replan
from viva.practice.turns import Turns
from viva.text.normal import language_of
from viva.types import Clock, Entry, Feedback, FollowUp, Grade, Outcome, Question, Rating, Report, Verdict


class Interview:
    """Asks the questions of a plan, one after another. Made by `practice.opening`."""

    def __init__(
        self,
        interview_id: int,
        entries: Mapping[int, Entry],
        history: History,
        grader: Marker,
        schedule: Schedule,
        clock: Clock,
        *,
        follow_ups: bool = False,
    ) -> None:
        """Open a stored interview; `entries` are by the history's keys."""
        self._history, self._clock = history, clock
        self._entries, self._follow_ups = entries, follow_ups
        stored = history.interview(interview_id)
        self.id = stored.id
        self.started_at = stored.started_at
        self.topic = stored.topic
        self._seed = stored.seed
        self._plan = list(stored.plan)
        self._position = stored.position
        self._hints = stored.hints
        self._draft = stored.draft
        self._finished_at = stored.finished_at
        self.limit = stored.limit
        """Seconds for an answer in a mock interview; None in practice."""
        self._spent = stored.spent
        self._turns = Turns(stored.id, history, schedule)
        self._examiner = Examiner(history, grader)
        self._last = LastAnswer(self._turns, entries, self._examiner)
        self._asked_at = clock()
        self._shown = -1
        """Position of the question that is on the screen."""

    # Where it stands

    @property
    def current(self) -> Question | None:
        """The question to answer now; None when all are done or the interview was finished."""
        if self._finished_at is not None or self._position >= len(self._plan):
            return None
        return self._question(self._plan[self._position], self._position)

    @property
    def last(self) -> Feedback | None:
        """What was said of the last turn, if that was an answer: what `override` and `rate` act on."""
        turn = self._turns.last
        return self._feedback(turn) if turn is not None and turn.review.outcome == "answered" else None

    @property
    def waiting(self) -> FollowUp | None:
        """The follow-up to the last answer, while it waits; it tells nothing of the grade.

        `follow_up` answers it, `decline` does not, and neither does any step on the current question, which is the
        next one already.
        """
        return None if self.finished else self._last.waiting

    @property
    def draft(self) -> str:
        """What was typed for the follow-up that waits, else for the current question, and not yet submitted."""
        return self._draft

    @property
    def hints(self) -> int:
        """Hints taken for the current question."""
        return self._hints

    @property
    def finished(self) -> bool:
        """Whether the interview was ended for good."""
        return self._finished_at is not None

    def present(self) -> Question | None:
        """Return the current question and start its clock now: it is on the screen.

        Without this call a question's time runs from the end of the turn before. What was suspended meanwhile, here or
        in another window, is no longer asked.
        """
        self._drop_what_is_gone()
        self._shown = self._position
        self._asked_at = self._clock()
        return self.current

    def used(self) -> float:
        """Return the seconds used so far on what is asked, at least 0."""
        return max(0.0, (self._clock() - self._asked_at).total_seconds())

    def progress(self) -> Progress:
        """Return how it goes so far."""
        return reports.progress(self._turns.reviews, self._topics(), len(self._plan))

    def renew(self, entries: Sequence[Entry]) -> None:
        """Go on with notes that were read again; the question on the screen stays even when it vanished from them.

        Others that vanished are no longer asked.
        """
        keys = self._history.reconcile(entries)
        shown = self._plan[self._position : self._position + 1] if self._shown == self._position else []
        followed = [self._turns.last.key] if self.waiting and self._turns.last else []
        kept = {key: self._entries[key] for key in (*followed, *shown) if key in self._entries}
        self._entries = {**kept, **{keys[entry.id]: entry for entry in entries}}
        self._last = LastAnswer(self._turns, self._entries, self._examiner)

    # Steps

    def save_draft(self, text: str) -> None:
        """Keep an unfinished answer, so that a killed process does not lose it."""
        if self.waiting is None:
            self._need_current()
        text = storable(text)
        if text != self._draft:
            self._history.update(self.id, draft=text)
            self._draft = text

    def submit(self, answer: str) -> Feedback:
        """Grade and store an answer, and move on.

        Raises:
            InterviewError: There is no question to answer, or the answer cannot be graded and is kept as the draft.
            HistoryError: The answer cannot be stored; the question stays the current one.
        """
        question = self._need_current()
        when, answer = self._clock(), storable(answer)
        self._let_go()
        self.save_draft(answer)
        grade, own = self._examiner.grade(self._plan[self._position], question.entry, answer)
        proposed = propose(grade, self._hints)
        more = self._examiner.follow_up(question.entry, grade) if self._follow_ups else None
        return self._feedback(self._record(answer, "answered", grade, proposed, when, own, more))

    def follow_up(self, answer: str) -> Feedback:
        """Grade the answer to the follow-up together with the first, as one; the turn's judgement is replaced.

        Nothing, or "I don't know", declines it. A rating of the person's own stays.

        Raises:
            InterviewError: No follow-up waits, or the answer cannot be graded and is kept as the draft.
            HistoryError: The answer cannot be stored; the follow-up still waits.
        """
        self._need_follow_up()
        when, answer = self._clock(), storable(answer)
        self.save_draft(answer)
        return self._close_follow_up(self._last.add(answer), when)

    def decline(self) -> Feedback:
        """Leave the follow-up without an answer: the first grade stays, and what was typed is kept beside it."""
        self._need_follow_up()
        return self._close_follow_up(None, self._clock())

    def skip(self) -> Entry:
        """Move on without an answer; the schedule does not change."""
        entry = self._need_current().entry
        self._let_go()
        self._record(self._draft, "skipped", None, None, self._clock())
        return entry

    def suspend(self) -> Entry:
        """Set the current question aside for good, and move on; `undo` takes back both."""
        entry = self._need_current().entry
        self._history.suspend([self._plan[self._position]])
        self.skip()
        return entry

    def reveal(self) -> Entry:
        """Give up: it counts as Again, and the interview moves on."""
        entry = self._need_current().entry
        self._let_go()
        self._record(self._draft, "revealed", None, Rating.AGAIN, self._clock())
        return entry

    def hint(self) -> str:
        """Return the next hint. Raises InterviewError when there is none."""
        text = hint(self._need_current().entry, self._hints)
        self._let_go()
        self._history.update(self.id, hints=self._hints + 1)
        self._hints += 1
        return text

    def override(self, verdict: Verdict) -> Feedback:
        """Replace the verdict of the last answer by the person's: the score moves into its band.

        A follow-up that waits is declined: nothing is left to ask.
        """
        self._let_go()
        return self._feedback(self._last.override(verdict))

    def rate(self, rating: Rating) -> Feedback:
        """Replace the rating of the last answer by the person's."""
        return self._feedback(self._last.rate(rating))

    def undo(self) -> Question:
        """Take the last turn back, with its follow-up, and ask its question again, a suspended one too.

        What was typed becomes the draft.
        """
        self._need_open()
        turn = self._turns.last
        if turn is None:
            raise InterviewError(tr("there is nothing to take back: no question was answered yet"))
        if turn.key not in self._entries:
            raise InterviewError(tr("the last question is no longer in the notes, so it cannot be asked again"))
        # Another window may have changed the plan: what was asked takes its place again.
        found = [*self._plan[: turn.position], turn.key, *self._plan[turn.position + 1 :]]
        asked = turn.review.follow_up
        draft = joined(turn.review.answer, self._draft if self.waiting else asked.answer if asked else "")
        self._turns.take_back(found, draft)
        self._history.resume([turn.key])
        self._plan, self._position = found, turn.position
        self._draft, self._hints = draft, turn.review.hints
        self._asked_at = self._clock()
        return self._question(turn.key, turn.position)

    def change_topic(self, topic: str | None) -> int:
        """Keep to questions on a topic from now on, to all with None; return how many are left to ask.

        The interview keeps its length where the topic has enough questions; nothing is asked twice.

        Raises:
            InterviewError: No question is left on the topic, or all were asked.
        """
        self._need_current()
        topic = topic.strip() or None if topic else None
        left = replan(self._entries, self._plan, self._position, topic, self._seed, self._history.suspended())
        self._let_go()
        stays = left[0] == self._plan[self._position]
        draft, hints = (self._draft, self._hints) if stays else ("", 0)
        found = [*self._plan[: self._position], *left]
        self._history.update(self.id, plan=json.dumps(found), topic=topic, draft=draft, hints=hints)
        self._plan, self.topic, self._draft, self._hints = found, topic, draft, hints
        if not stays:
            self._asked_at = self._clock()
        return len(left)

    def finish(self) -> Report:
        """End the interview for good and return the report; a second call returns it again."""
        if self._finished_at is None:
            self._let_go()
            now = self._clock()
            self._history.update(self.id, finished_at=stamp(now))
            self._finished_at = now
        return reports.report(
            self.id, self.started_at, self._finished_at, self._turns.reviews, self._topics(), self.limit
        )

    # Underneath

    def _record(
        self,
        answer: str,
        outcome: Outcome,
        grade: Grade | None,
        rating: Rating | None,
        when: datetime,
        own: int | None = None,
        more: str | None = None,
    ) -> StoredTurn:
        key, position = self._plan[self._position], self._position
        entry = self._entries[key]
        seconds, overtime = self._time_used(when)
        turn = Turn(
            key, entry, position, answer, outcome, grade, rating, rating, self._hints, self._asked_at, when, own, more,
            seconds, overtime,
        )  # fmt: skip
        stored = self._turns.add(turn)
        self._position += 1
        self._hints, self._draft = 0, ""
        self._moved_on()
        return stored

    def _time_used(self, until: datetime) -> tuple[float, bool]:
        """Return the seconds used on what is asked, and whether they are more than is allowed."""
        return max(0.0, (until - self._asked_at).total_seconds()), False

    def _moved_on(self) -> None:
        """Start the clock of what is asked next."""
        self._asked_at = self._clock()

    def _drop_what_is_gone(self) -> None:
        """Leave out of the plan what is suspended or vanished, but for a question whose answer was begun."""
        begun = bool(self._draft) and self.waiting is None
        asked, first = self._entries.keys() - self._history.suspended(), self._position + begun
        left = [key for key in self._plan[first:] if key in asked]
        if len(left) == len(self._plan[first:]):
            return
        found = [*self._plan[:first], *left]
        stays = found[self._position : self._position + 1] == self._plan[self._position : self._position + 1]
        hints, spent = (self._hints, self._spent) if stays else (0, 0.0)
        self._history.update(self.id, plan=json.dumps(found), hints=hints, spent=spent)
        self._plan, self._hints, self._spent = found, hints, spent

    def _let_go(self) -> None:
        """Decline the follow-up if one waits: the person went on."""
        if self.waiting is not None:
            self._draft = "" if self._last.let_go(self._draft) else self._draft
            self._spent = 0.0

    def _close_follow_up(self, judged: Merged | None, when: datetime) -> Feedback:
        seconds, overtime = self._time_used(when)
        # Who leaves a follow-up was reading, not answering; in a mock interview there is nothing to read.
        counted = seconds if judged or self.limit is not None else 0.0
        turn = self._last.close(Followed(self._draft, counted, overtime, judged))
        self._draft = ""
        self._moved_on()
        return self._feedback(turn)

    def _feedback(self, turn: StoredTurn) -> Feedback:
        review = turn.review
        question = self._question(turn.key, turn.position, review.question_id, review.question)
        failed = review.rating is Rating.AGAIN and becomes_leech(self._history.lapses(turn.key))
        return feedback_of(turn, question, self._history.due(turn.key), leech=failed)

    def _question(self, key: int, position: int, entry_id: str = "", text: str = "") -> Question:
        entry = self._entries.get(key) or self._history.entry(key, entry_id, text)
        return Question(entry, position + 1, len(self._plan), language_of(entry.question))

    def _need_open(self) -> None:
        if self._finished_at is not None:
            raise InterviewError(tr("this interview is finished: begin a new one"))

    def _need_current(self) -> Question:
        self._need_open()
        if (question := self.current) is None:
            raise InterviewError(tr("all questions are done: finish the interview, or take the last turn back"))
        return question

    def _need_follow_up(self) -> None:
        self._need_open()
        if self.waiting is None:
            raise InterviewError(tr("no follow-up waits for an answer: go on with the next question"))

    def _topics(self) -> dict[str, tuple[str, ...]]:
        return self._turns.topics(self._entries.items())
