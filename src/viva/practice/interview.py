"""An interview: a state machine with no screen in it.

Each turn is in the history before it is returned. What is typed is kept as a draft before it is graded, so that neither
a grader that fails nor a killed process loses it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from viva.errors import InterviewError, VivaError
from viva.practice import report as reports
from viva.practice.feedback import propose_rating
from viva.practice.hints import hint
from viva.practice.history import History
from viva.practice.judgement import Marker, feedback_of, grade_of_turn, moved, propose
from viva.practice.leniency import adapted, teaches
from viva.practice.mastery import becomes_leech
from viva.practice.precedents import follow
from viva.practice.records import StoredTurn, Turn, stamp, storable
from viva.practice.report import Progress
from viva.practice.schedule import Schedule
from viva.practice.selection import plan, replan
from viva.practice.turns import Turns
from viva.text.normal import language_of
from viva.types import Clock, Entry, Feedback, Grade, Order, Outcome, Question, Rating, Report, Verdict


def start(  # noqa: PLR0913 - the parts of a workspace, each by name
    entries: Sequence[Entry],
    *,
    history: History,
    grader: Marker,
    schedule: Schedule,
    clock: Clock,
    seed: int,
    count: int | None = None,
    topic: str | None = None,
    order: Order = "random",
    only: Collection[str] | None = None,
) -> Interview:
    """Begin a new interview; see `practice.selection.plan` for which questions it asks.

    Raises:
        InterviewError: No question fits.
        HistoryError: The history cannot be used.
    """
    topic = topic.strip() or None if topic else None
    standings = {s.question_id: s for s in history.standings(entries, schedule)} if order != "random" else {}
    keys = history.reconcile(entries)
    aside = history.suspended()
    suspended = {name for name, key in keys.items() if key in aside}
    chosen = plan(
        entries, standings, seed=seed, count=count, topic=topic, order=order, now=clock(), only=only,
        suspended=suspended,
    )  # fmt: skip
    stored = history.begin([keys[entry.id] for entry in chosen], seed, topic, order)
    return Interview(stored.id, {keys[entry.id]: entry for entry in entries}, history, grader, schedule, clock)


def resume(
    entries: Sequence[Entry], *, history: History, grader: Marker, schedule: Schedule, clock: Clock
) -> Interview | None:
    """Return the interview begun last, where it was left; None when it was finished or nothing is left to ask.

    Questions that vanished from the notes or were suspended meanwhile are dropped from what is left, but for one that
    waits with an unfinished answer.
    """
    if not entries:
        return None
    keys = history.reconcile(entries)
    stored = history.latest(keys.values())
    if stored is None or stored.finished_at is not None:
        return None
    waiting = set(stored.plan[stored.position : stored.position + 1] if stored.draft else ())
    present = set(keys.values()) - (history.suspended() - waiting)
    left = [key for key in stored.plan[stored.position :] if key in present]
    if not left:
        return None
    found = [*stored.plan[: stored.position], *left]
    if found != list(stored.plan):
        moved = stored.plan[stored.position] != left[0]
        forgotten: dict[str, str | int] = {"draft": "", "hints": 0} if moved else {}
        history.update(stored.id, plan=json.dumps(found), **forgotten)
    return Interview(stored.id, {keys[entry.id]: entry for entry in entries}, history, grader, schedule, clock)


class Interview:
    """Asks the questions of a plan, one after another. Made by `start` and `resume`."""

    def __init__(
        self,
        interview_id: int,
        entries: Mapping[int, Entry],
        history: History,
        grader: Marker,
        schedule: Schedule,
        clock: Clock,
    ) -> None:
        """Open a stored interview; `entries` are by the history's keys."""
        self._history, self._grader, self._clock = history, grader, clock
        self._entries = entries
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
        self._turns = Turns(stored.id, history, schedule)
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
    def draft(self) -> str:
        """What was typed for the current question and not yet submitted."""
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

    def progress(self) -> Progress:
        """Return how it goes so far."""
        return reports.progress(self._turns.reviews, self._topics(), len(self._plan))

    def renew(self, entries: Sequence[Entry]) -> None:
        """Go on with notes that were read again; the question on the screen stays even when it vanished from them.

        Others that vanished are no longer asked.
        """
        keys = self._history.reconcile(entries)
        shown = self._plan[self._position : self._position + 1] if self._shown == self._position else []
        kept = {key: self._entries[key] for key in shown if key in self._entries}
        self._entries = {**kept, **{keys[entry.id]: entry for entry in entries}}

    # Steps

    def save_draft(self, text: str) -> None:
        """Keep an unfinished answer, so that a killed process does not lose it."""
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
        self.save_draft(answer)
        grade, own = self._grade(self._plan[self._position], question.entry, answer)
        proposed = propose(grade, self._hints)
        return self._feedback(self._record(answer, "answered", grade, proposed, when, own))

    def skip(self) -> Entry:
        """Move on without an answer; the schedule does not change."""
        entry = self._need_current().entry
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
        self._record(self._draft, "revealed", None, Rating.AGAIN, self._clock())
        return entry

    def hint(self) -> str:
        """Return the next hint. Raises InterviewError when there is none."""
        text = hint(self._need_current().entry, self._hints)
        self._history.update(self.id, hints=self._hints + 1)
        self._hints += 1
        return text

    def override(self, verdict: Verdict) -> Feedback:
        """Replace the verdict of the last answer by the person's: the score moves into its band."""
        turn = self._turns.last_answer()
        grade = moved(grade_of_turn(turn), verdict)
        proposed = propose_rating(grade, turn.review.hints)
        rating = turn.review.rating if turn.rated and turn.review.rating else proposed
        return self._feedback(self._turns.judge(grade, proposed, rating, overridden=True, rated=turn.rated))

    def rate(self, rating: Rating) -> Feedback:
        """Replace the rating of the last answer by the person's."""
        turn = self._turns.last_answer()
        grade, proposed = grade_of_turn(turn), turn.review.proposed or rating
        overridden = turn.review.overridden
        return self._feedback(self._turns.judge(grade, proposed, Rating(rating), overridden=overridden, rated=True))

    def undo(self) -> Question:
        """Take the last turn back and ask its question again, a suspended one too; what was typed becomes the draft."""
        self._need_open()
        turn = self._turns.last
        if turn is None:
            raise InterviewError("there is nothing to take back: no question was answered yet")
        if turn.key not in self._entries:
            raise InterviewError("the last question is no longer in the notes, so it cannot be asked again")
        # Another window may have changed the plan: what was asked takes its place again.
        found = [*self._plan[: turn.position], turn.key, *self._plan[turn.position + 1 :]]
        self._turns.take_back(found)
        self._history.resume([turn.key])
        self._plan, self._position = found, turn.position
        self._draft, self._hints = turn.review.answer, turn.review.hints
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
            now = self._clock()
            self._history.update(self.id, finished_at=stamp(now))
            self._finished_at = now
        return reports.report(self.id, self.started_at, self._finished_at, self._turns.reviews, self._topics())

    # Underneath

    def _record(
        self,
        answer: str,
        outcome: Outcome,
        grade: Grade | None,
        rating: Rating | None,
        when: datetime,
        own: int | None = None,
    ) -> StoredTurn:
        key, position = self._plan[self._position], self._position
        entry = self._entries[key]
        turn = Turn(
            key, entry, position, answer, outcome, grade, rating, rating, self._hints, self._asked_at, when, own
        )
        stored = self._turns.add(turn)
        self._position += 1
        self._hints, self._draft = 0, ""
        self._asked_at = self._clock()
        return stored

    def _drop_what_is_gone(self) -> None:
        """Leave out of the plan what is suspended or vanished, but for a question whose answer was begun."""
        asked, first = self._entries.keys() - self._history.suspended(), self._position + bool(self._draft)
        left = [key for key in self._plan[first:] if key in asked]
        if len(left) == len(self._plan[first:]):
            return
        found = [*self._plan[:first], *left]
        stays = found[self._position : self._position + 1] == self._plan[self._position : self._position + 1]
        hints = self._hints if stays else 0
        self._history.update(self.id, plan=json.dumps(found), hints=hints)
        self._plan, self._hints = found, hints

    def _grade(self, key: int, entry: Entry, answer: str) -> tuple[Grade, int | None]:
        """Return the grade as this person would have it, and the grader's own score where it tells of their habit."""
        try:
            grade = self._grader.grade(entry, answer)
            followed = follow(grade, entry, answer, self._history.precedents(key), self._grader)
            own = grade.score if teaches(followed) else None
            return adapted(followed, self._history.habit().points), own
        except VivaError:
            raise  # it says itself what to do
        except Exception as error:
            raise InterviewError(
                f"the answer could not be graded ({type(error).__name__}: {error}); it is kept: try again, or skip"
            ) from error

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
            raise InterviewError("this interview is finished: begin a new one")

    def _need_current(self) -> Question:
        self._need_open()
        if (question := self.current) is None:
            raise InterviewError("all questions are done: finish the interview, or take the last turn back")
        return question

    def _topics(self) -> dict[str, tuple[str, ...]]:
        return self._turns.topics(self._entries.items())
