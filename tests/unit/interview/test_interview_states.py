"""Random steps keep the laws: the history's rows are the turns, undo leads back, a reopened interview is the same."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.unit.conftest import Ticking
from viva.errors import InterviewError
from viva.history.history import History
from viva.interview.lifecycle import resume, start
from viva.scheduling.schedule import Schedule
from viva.types import Entry, Grade, Place, Point, PointResult, Rating, Verdict

VERDICTS: list[Verdict] = ["strong", "partial", "weak"]
ENTRIES = [
    Entry(f"a#{i}", Place("/nowhere", "a.md", (f"topic {i % 2}",), str(i)), str(i), f"{word}?", "x; y",
          (Point("x one"), Point("y two")), "a.md", i, i)
    for i, word in enumerate(("apple", "river", "cloud", "stone", "flame"), start=1)
]  # fmt: skip


class Scored:
    """Grades by the numbers that are typed: what is tested here is the interview, not the grader."""

    def grade(self, entry: Entry, answer: str) -> Grade:
        score = min(100, sum(int(word) for word in answer.split() if word.isdigit()))
        verdict = "strong" if score >= 75 else "partial" if score >= 40 else "weak"
        met = PointResult("x one", "covered" if score else "missed", 0.0, "")
        return Grade(score, verdict, (met, PointResult("y two", "missed", 0.0, "")), None)


class Steps(RuleBasedStateMachine):
    @initialize(seed=st.integers(0, 50), count=st.integers(1, 5))
    def begin(self, seed, count):
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Ticking()
        self.history = History(Path(self.folder.name) / "history.db", self.clock)
        self.parts = {"history": self.history, "grader": Scored(), "schedule": Schedule(), "clock": self.clock}
        self.interview = start(ENTRIES, seed=seed, count=count, follow_ups=True, **self.parts)
        self.past = []

    def picture(self):
        rows = self.history.database.rows("SELECT * FROM reviews WHERE NOT undone ORDER BY id")
        cards = self.history.database.rows("SELECT * FROM cards ORDER BY question_key")
        return self.interview.current, self.interview.last, [tuple(row) for row in (*rows, *cards)]

    def asking(self):
        return self.interview.current is not None

    def leave_follow_up(self):
        if self.interview.waiting:
            self.interview.decline()

    @precondition(asking)
    @rule(score=st.integers(0, 100))
    def submit(self, score):
        self.leave_follow_up()
        self.past.append(self.picture())
        asked = self.interview.current
        feedback = self.interview.submit(str(score))
        assert (feedback.question, feedback.grade.score) == (asked, score)
        assert (self.interview.waiting is not None) == feedback.waits == (40 <= score < 75)

    @precondition(lambda self: self.interview.waiting is not None)
    @rule(score=st.integers(0, 100))
    def follow_up(self, score):
        before = self.interview.last
        feedback = self.interview.follow_up(str(score))
        assert feedback.gain == feedback.grade.score - before.grade.score >= 0
        assert (feedback.answer, feedback.follow_up.answer) == (before.answer, str(score))
        assert self.interview.waiting is None

    @precondition(lambda self: self.interview.waiting is not None)
    @rule()
    def decline(self):
        before = self.interview.last
        feedback = self.interview.decline()
        assert (feedback.grade, feedback.rating, feedback.due) == (before.grade, before.rating, before.due)
        assert self.interview.waiting is None

    @precondition(asking)
    @rule(step=st.sampled_from(["skip", "reveal", "suspend"]))
    def pass_on(self, step):
        self.leave_follow_up()
        self.past.append(self.picture())
        asked = self.interview.current
        assert getattr(self.interview, step)() == asked.entry

    @precondition(asking)
    @rule(text=st.text(max_size=20))
    def draft(self, text):
        self.interview.save_draft(text)

    @precondition(asking)
    @rule()
    def hint(self):
        try:
            self.interview.hint()
        except InterviewError:
            assert self.interview.hints == 3

    @precondition(lambda self: self.interview.last is not None)
    @rule(verdict=st.sampled_from(VERDICTS))
    def override(self, verdict):
        assert self.interview.override(verdict).grade.verdict == verdict

    @precondition(lambda self: self.interview.last is not None)
    @rule(rating=st.sampled_from(list(Rating)))
    def rate(self, rating):
        assert self.interview.rate(rating).rating is rating

    @precondition(asking)
    @rule(topic=st.sampled_from(["topic 0", "topic 1", None]))
    def change_topic(self, topic):
        before = self.interview.current
        try:
            left = self.interview.change_topic(topic)
        except InterviewError:
            assert self.interview.current == before
            return
        assert left >= 1
        # The turns before are seen with another plan from now on: only their rows can be compared.
        self.past = [(None, None, rows) for _, _, rows in self.past]

    @precondition(lambda self: bool(self.past))
    @rule()
    def undo(self):
        current, last, rows = self.past.pop()
        self.interview.undo()
        now = self.picture()
        assert now[2] == rows
        if current is not None:
            assert now[:2] == (current, last)

    @precondition(asking)
    @rule()
    def reopen(self):
        before = (
            self.interview.current,
            self.interview.last,
            self.interview.draft,
            self.interview.hints,
            self.interview.waiting,
        )
        self.history.close()
        self.history = History(Path(self.folder.name) / "history.db", self.clock)
        self.parts["history"] = self.history
        self.interview = resume(ENTRIES, follow_ups=True, **self.parts)
        assert before == (
            self.interview.current,
            self.interview.last,
            self.interview.draft,
            self.interview.hints,
            self.interview.waiting,
        )

    @invariant()
    def rows_are_turns(self):
        reviews = self.history.reviews(ENTRIES)
        progress = self.interview.progress()
        assert len(reviews) == progress.asked == len(self.past)
        asked = [review.question_id for review in reviews]
        assert len(set(asked)) == len(asked)
        if self.interview.current is not None:
            assert self.interview.current.entry.id not in asked
            assert self.interview.current.position == progress.asked + 1

    @invariant()
    def cards_are_folds(self):
        reviews = [review for review in self.history.reviews(ENTRIES) if review.rating]
        for entry, card_state in zip(ENTRIES, self.history.card_states(ENTRIES, Schedule()), strict=True):
            rows = [(review.rating, review.answered_at) for review in reviews if review.question_id == entry.id]
            folded = Schedule().fold(1, rows)
            assert card_state.due == (folded.due if folded else None)

    def teardown(self):
        if hasattr(self, "folder"):
            self.history.close()
            self.folder.cleanup()


Steps.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestSteps = Steps.TestCase
