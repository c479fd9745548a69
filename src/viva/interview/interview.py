"""An interview: a state machine with no screen in it.

One class for practice and for a mock interview; its policy (`interview.policy`) says which steps there are before the
end. Each turn is in the history before it is returned. What is typed is kept as a draft before it is graded, so that
neither a grader that fails nor a killed process loses it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from viva.errors import InterviewError
from viva.history.history import History
from viva.history.records import Merged, Turn, stamp, storable
from viva.i18n import tr
from viva.interview import summary as reports
from viva.interview.agenda import Agenda
from viva.interview.examiner import NOT_EXAMINED, Examined, Examiner
from viva.interview.hints import hint
from viva.interview.policy import HandedIn, Policy
from viva.interview.turns import LastAnswer, Turns
from viva.scheduling.schedule import Schedule
from viva.text.normal import joined
from viva.types import Clock, Entry, Feedback, FollowUp, Marker, Outcome, PointWord, Question, Rating, Report, Verdict
from viva.types.dialogue import InterviewProgress


class Interview:
    """Asks the questions of a plan, one after another. Made by `interview.lifecycle`."""

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
        self.follow_ups = follow_ups
        """Whether one may be asked after an answer."""
        stored = history.interview(interview_id)
        self.id = stored.id
        self.started_at = stored.started_at
        self._agenda = Agenda(stored, entries, history)
        self._finished_at = stored.finished_at
        self.policy = Policy(stored.limit)
        """Which steps there are before the end."""
        self._turns = Turns(stored.id, history, schedule)
        self._examiner = Examiner(history, grader)
        self._last = LastAnswer(self._turns, self._agenda, self._examiner, history)
        self._asked_at = clock()
        self._shown = -1
        """Position of the question that is on the screen."""
        self._running = False
        """Whether the clock of what is asked runs: it was before the user."""
        self._took = (0.0, False)
        """Seconds that what was asked last took, and whether that was too long."""

    # Where it stands

    @property
    def current(self) -> Question | None:
        """The question to answer now; None when all are done or the interview was finished."""
        return None if self.finished or self._agenda.done else self._agenda.question

    @property
    def limit(self) -> int | None:
        """Seconds for an answer in a mock interview; None in practice."""
        return self.policy.limit

    @property
    def last(self) -> Feedback | None:
        """What was said of the last turn, if that was an answer: what `override` and `rate` act on.

        None in a mock interview: what was made of an answer is told by `interview.review`, at the end.
        """
        return None if self.policy.is_mock else self._last.feedback

    @property
    def begun(self) -> tuple[Question, str] | None:
        """The question that the follow-up goes back to, and what was answered; None where no follow-up waits."""
        last = self._turns.last
        if self.waiting is None or last is None:
            return None
        return self._agenda.asked(last.key, last.position), last.review.answer

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
        return self._agenda.draft

    @property
    def hints(self) -> int:
        """Hints taken for the current question."""
        return self._agenda.hints

    @property
    def finished(self) -> bool:
        """Whether the interview was ended for good."""
        return self._finished_at is not None

    def present(self) -> Question | None:
        """Return the current question and start its clock: it is on the screen.

        In a mock interview the clock starts when what is asked, which may be a follow-up, is first before the user,
        and runs on; in practice it starts again each time. Without this call a question's time runs from the end of
        the turn before. What was suspended meanwhile, here or in another window, is no longer asked.
        """
        if self.policy.is_mock and self._running:
            return self.current
        if not (self.policy.is_mock and self.waiting):  # then the current question is the next one, and not shown yet
            self._drop_what_is_gone()
            self._shown = self._agenda.position
        self._running = True
        self._asked_at = self._clock()
        return self.current

    def used(self) -> float:
        """Return the seconds used so far on what is asked, at least 0."""
        return self._used_until(self._clock())

    @property
    def allowed(self) -> float | None:
        """Seconds for what is asked now, the question or the follow-up, in a mock interview; None in practice."""
        last = self._turns.last
        return self.policy.allowed(last.review.seconds if self.waiting and last else None)

    def remaining(self) -> float | None:
        """Return the seconds left for what is asked, 0 when its time is over; None where there is no limit."""
        return None if (allowed := self.allowed) is None else max(0.0, allowed - self.used())

    def keep_time(self) -> None:
        """Store the time used so far in a mock interview; called every few seconds, as a killed program cannot."""
        if self.policy.is_mock and self._running and (self.waiting is not None or self.current is not None):
            self._agenda.keep_time(self.used())

    def progress(self) -> InterviewProgress:
        """Return how it goes so far; of a mock interview, how far it is until it is finished."""
        topics = self._turns.topics(self._agenda.entries)
        found = reports.progress(self._turns.reviews, topics, len(self._agenda.plan))
        return replace(found, mean_score=None, weak_topics=()) if self.policy.is_mock and not self.finished else found

    def refuse(self, step: str) -> None:
        """Raise InterviewError, in the language of the question, where the policy grants no such step.

        The steps here refuse by themselves; a face asks for what is none of them, such as a search of the notes.
        """
        if not self.policy.grants(step):
            question = self.begun[0] if self.begun else self._need_current()
            self.policy.refuse(step, question.language)

    def renew(self, entries: Sequence[Entry]) -> None:
        """Go on with notes that were read again: what vanished is asked no more, but for the question on the screen."""
        shown = [] if self._agenda.done or self._shown != self._agenda.position else [self._agenda.key]
        followed = [self._turns.last.key] if self.waiting and self._turns.last else []
        self._agenda.renew(entries, [*followed, *shown])

    # Steps

    def leave(self) -> None:
        """Let another window go on with it."""
        self._history.lock.leave(self.id)

    def save_draft(self, text: str) -> None:
        """Keep an unfinished answer, so that a killed process does not lose it."""
        if self.waiting is None:
            self._need_current()
        self._agenda.keep_draft(storable(text))
        self.keep_time()

    def submit(self, answer: str) -> Feedback:
        """Grade and store an answer, and move on.

        Raises:
            InterviewError: There is no question to answer, or the answer cannot be graded and is kept as the draft; or
                this is a mock interview, where `hand_in` takes it and keeps the feedback.
            HistoryError: The answer cannot be stored; the question stays the current one.
        """
        self._need_openness()
        return self._submit(answer)

    def hand_in(self, answer: str, *, time_up: bool = False) -> HandedIn:
        """Grade and store an answer, move on, and tell nothing of the grade; an empty one counts as no answer.

        While a follow-up waits (`waiting`), it is the answer to that, and graded together with the first; an empty one
        leaves the first grade as it is.

        Args:
            answer: As typed.
            time_up: The time ran out and this is what was typed until then.

        Raises:
            InterviewError: There is no question to answer, or the answer cannot be graded and is kept as the draft.
            HistoryError: The answer cannot be stored; the question stays the current one.
        """
        limit, more = self.allowed, self.waiting is not None
        assert limit is not None, "answers are handed in where there is a limit"
        feedback = self._add(answer, time_up=time_up) if more else self._submit(answer, time_up=time_up)
        seconds, overtime = self._took
        return HandedIn(feedback.question, seconds, limit, overtime, bool(answer.strip()), more)

    def _submit(self, answer: str, *, time_up: bool = False) -> Feedback:
        question = self._need_current()
        when, answer = self._clock(), storable(answer)
        self._last.let_go()
        self.save_draft(answer)
        found = self._examiner.examine(self._agenda.key, question.entry, answer, self.hints, more=self.follow_ups)
        self._record(answer, "answered", when, found, time_up=time_up)
        return self._last.judged_feedback()

    def follow_up(self, answer: str) -> Feedback:
        """Grade the answer to the follow-up together with the first, as one; the turn's judgement is replaced.

        Nothing, or "I don't know", declines it. A rating of the user's own stays.

        Raises:
            InterviewError: No follow-up waits, or the answer cannot be graded and is kept as the draft; or this is a
                mock interview, where `hand_in` takes it.
            HistoryError: The answer cannot be stored; the follow-up still waits.
        """
        self._need_openness()
        return self._add(answer)

    def _add(self, answer: str, *, time_up: bool = False) -> Feedback:
        self._need_follow_up()
        when, answer = self._clock(), storable(answer)
        self.save_draft(answer)
        return self._close_follow_up(self._last.add(answer), when, time_up=time_up)

    def decline(self) -> Feedback:
        """Leave the follow-up without an answer: the first grade stays, and what was typed is kept beside it.

        Raises InterviewError where none waits, and in a mock interview, where `skip` leaves it and keeps the feedback.
        """
        self._need_openness()
        return self._decline()

    def _decline(self) -> Feedback:
        self._need_follow_up()
        return self._close_follow_up(None, self._clock())

    def skip(self) -> Entry:
        """Move on without an answer; the schedule does not change.

        In a mock interview the follow-up that waits is what is skipped, in practice it is declined with the question.
        """
        if self.policy.is_mock and self.waiting is not None:
            return self._decline().question.entry
        return self._skip()

    def _skip(self) -> Entry:
        entry = self._need_current().entry
        self._last.let_go()
        self._record(self.draft, "skipped", self._clock())
        return entry

    def suspend(self) -> Entry:
        """Set the current question aside for good, and move on; `undo` takes back both."""
        self.refuse("suspend")
        entry = self._need_current().entry
        self._history.suspend([self._agenda.key])
        self._skip()
        return entry

    def reveal(self) -> Entry:
        """Give up: it counts as Again, and the interview moves on."""
        self.refuse("reveal")
        entry = self._need_current().entry
        self._last.let_go()
        self._record(self.draft, "revealed", self._clock(), Examined(None, Rating.AGAIN))
        return entry

    def hint(self) -> str:
        """Return the next hint. Raises InterviewError when there is none."""
        self.refuse("hint")
        text = hint(self._need_current().entry, self.hints)
        self._last.let_go()
        self._agenda.add_hint()
        return text

    def override(self, verdict: Verdict) -> Feedback:
        """Replace the verdict of the last answer by the user's: the score moves into its band.

        A follow-up that waits is declined: nothing is left to ask.
        """
        self.refuse("override")
        return self._last.override(verdict)

    def judge_point(self, number: int, word: PointWord) -> Feedback:
        """Put the user's word on a point of the last answer, from 1, in force; a follow-up that waits is declined."""
        self.refuse("point")
        return self._last.judge_point(number, word)

    def rate(self, rating: Rating) -> Feedback:
        """Replace the rating of the last answer by the user's."""
        self.refuse("rate")
        return self._last.rate(rating)

    def undo(self) -> Question:
        """Take the last turn back, with its follow-up, and ask its question again, a suspended one too.

        What was typed becomes the draft.
        """
        self.refuse("undo")
        self._need_open()
        turn = self._turns.last_of(self._agenda.entries)
        asked = turn.review.follow_up
        draft = joined(turn.review.answer, self.draft if self.waiting else asked.answer if asked else "")
        self._turns.take_back(self._agenda.plan_with(turn), draft)
        self._history.resume([turn.key])
        self._agenda.went_back(turn, draft)
        self._asked_at = self._clock()
        return self._agenda.question

    def change_topic(self, topic: str | None) -> int:
        """Keep to questions on a topic from now on, to all with None; return how many are left to ask.

        The interview keeps its length where the topic has enough questions; nothing is asked twice.

        Raises:
            InterviewError: No question is left on the topic, or all were asked.
        """
        self.refuse("topic")
        self._need_current()
        topic = topic.strip() or None if topic else None
        left = self._agenda.on_topic(topic)
        self._last.let_go()
        if not self._agenda.take_up(topic, left):
            self._asked_at = self._clock()
        return len(left)

    def finish(self) -> Report:
        """End the interview for good and return the report; a second call returns it again."""
        if self._finished_at is None:
            self._last.let_go()
            now = self._clock()
            self._history.update(self.id, finished_at=stamp(now))
            self._finished_at = now
            self._history.lock.leave(self.id)
        reviews, topics = self._turns.reviews, self._turns.topics(self._agenda.entries)
        return reports.report(self.id, self.started_at, self._finished_at, reviews, topics, self.limit)

    # Underneath

    def _record(
        self,
        answer: str,
        outcome: Outcome,
        when: datetime,
        found: Examined = NOT_EXAMINED,
        *,
        time_up: bool = False,
    ) -> None:
        agenda, (seconds, overtime) = self._agenda, self._time_used(when, time_up=time_up)
        turn = Turn(
            agenda.key, agenda.question.entry, agenda.position, answer, outcome, found.grade, found.proposed,
            found.proposed, self.hints, self._asked_at, when, found.own, found.more, seconds, overtime,
        )  # fmt: skip
        self._turns.add(turn)
        agenda.moved_on()
        self._start_clock_of_next()

    def _used_until(self, moment: datetime) -> float:
        return self._agenda.spent + max(0.0, (moment - self._asked_at).total_seconds())

    def _time_used(self, until: datetime, *, time_up: bool) -> tuple[float, bool]:
        """Return the seconds used on what is asked, and whether they are more than is allowed."""
        seconds, allowed = self._used_until(until), self.allowed
        self._took = seconds, time_up or (allowed is not None and seconds >= allowed)
        return self._took

    def _start_clock_of_next(self) -> None:
        self._asked_at, self._agenda.spent, self._running = self._clock(), 0.0, False

    def _drop_what_is_gone(self) -> None:
        """Leave out of the plan what is suspended or vanished, but for a question whose answer was begun."""
        self._agenda.drop_what_is_gone(begun=bool(self.draft) and self.waiting is None)

    def _close_follow_up(self, judged: Merged | None, when: datetime, *, time_up: bool = False) -> Feedback:
        seconds, overtime = self._time_used(when, time_up=time_up)
        # Who leaves a follow-up was reading, not answering; in a mock interview there is nothing to read.
        counted = seconds if judged or self.policy.is_mock else 0.0
        self._last.close(counted, judged, overtime=overtime)
        self._start_clock_of_next()
        return self._last.judged_feedback()

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

    def _need_openness(self) -> None:
        if self.policy.is_mock:
            raise InterviewError(tr("a mock interview keeps its feedback until the end: hand the answer in instead"))
