"""Random steps in a mock interview: its clock counts what was before the person, kills and refusals change nothing.

A follow-up has a clock of its own, and is one turn with its question.
"""

from __future__ import annotations

import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from viva.errors import InterviewError
from viva.history.history import History
from viva.interview.lifecycle import resume, start
from viva.interview.policy import LEAST_FOR_MORE
from viva.scheduling.schedule import Schedule
from viva.types import Entry, Grade, Place, Point, PointResult

LIMIT = 100
ENTRIES = [
    Entry(f"a#{i}", Place("/nowhere", "a.md", (f"topic {i % 2}",), str(i)), str(i), f"question {'abcdef'[i]}?", "x; y",
          (Point("x"), Point("y")), "a.md", i, i)
    for i in range(1, 6)
]  # fmt: skip


class Scored:
    """Grades by the largest number that is typed: what is tested here is the interview, not the grader.

    From 40 to 74 the second point is missed, which a follow-up asks for.
    """

    def grade(self, entry, answer):
        score = max(map(int, re.findall(r"\d+", answer)), default=0)
        first, second = ("covered" if score >= 40 else "missed"), ("covered" if score >= 75 else "missed")
        points = (PointResult("x", first, 0.0, ""), PointResult("y", second, 0.0, ""))
        return Grade(score, "strong" if score >= 75 else "partial" if score >= 40 else "weak", points, None)


class Steps(RuleBasedStateMachine):
    @initialize(seed=st.integers(0, 50), count=st.integers(1, 5))
    def begin(self, seed, count):
        self.folder = tempfile.TemporaryDirectory()
        self.now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
        self.parts = {"grader": Scored(), "schedule": Schedule(), "clock": lambda: self.now, "follow_ups": True}
        self.open()
        self.mock = start(ENTRIES, seed=seed, count=count, limit=LIMIT, **self.parts)
        self.mock.present()
        self.used = self.stored = 0
        self.allowed = LIMIT
        self.expected = []

    def open(self):
        self.history = History(Path(self.folder.name) / "history.db", lambda: self.now)
        self.parts["history"] = self.history

    def asking(self):
        return self.mock.current is not None or self.follows()

    def follows(self):
        return self.mock.waiting is not None

    @rule(seconds=st.integers(0, 40))
    def wait(self, seconds):
        self.now += timedelta(seconds=seconds)
        self.used += seconds

    @precondition(asking)
    @rule(score=st.integers(0, 100), said=st.booleans(), rang=st.booleans())
    def hand_in(self, score, said, rang):
        more = self.follows()
        taken = self.mock.hand_in(str(score) if said else "", time_up=rang)
        assert (taken.seconds, taken.answered, taken.to_follow_up) == (self.used, said, more)
        assert taken.limit == self.allowed
        assert taken.overtime == (rang or self.used >= self.allowed)
        if more:
            self.followed(taken.overtime, score if said else 0)
        else:
            self.done("answered", taken.overtime, score if said else 0)

    @precondition(asking)
    @rule()
    def skip(self):
        more = self.follows()
        self.mock.skip()
        if more:
            self.followed(self.used >= self.allowed, 0)
        else:
            self.done("skipped", self.used >= LIMIT, None)

    def followed(self, overtime, score):
        outcome, used, before, first = self.expected[-1]
        self.expected[-1] = (outcome, used + self.used, before or overtime, max(first, score))
        self.go_on()

    def done(self, outcome, overtime, score):
        self.expected.append((outcome, self.used, overtime, score))
        assert self.follows() == (outcome == "answered" and 40 <= score < 75)
        self.go_on()

    def go_on(self):
        self.allowed = max(LIMIT - self.expected[-1][1], LEAST_FOR_MORE) if self.follows() else LIMIT
        self.mock.present()
        self.used = self.stored = 0

    @precondition(asking)
    @rule(keep=st.booleans())
    def keep(self, keep):
        self.mock.save_draft("7") if keep else self.mock.keep_time()
        self.stored = self.used

    @precondition(asking)
    @rule(days=st.integers(0, 3))
    def be_killed(self, days):
        self.history.close()
        self.now += timedelta(days=days)
        self.open()
        self.mock = resume(ENTRIES, **self.parts)
        self.now += timedelta(seconds=30)
        self.mock.present()
        self.used = self.stored

    @precondition(asking)
    @rule(step=st.sampled_from(["hint", "reveal", "undo", "suspend"]))
    def be_refused(self, step):
        before = self.mock.current
        try:
            getattr(self.mock, step)()
        except InterviewError:
            assert self.mock.current == before
        else:
            raise AssertionError(step)

    @invariant()
    def the_clock_is_right(self):
        if self.asking():
            assert self.mock.remaining() == max(0, self.allowed - self.used)

    @invariant()
    def all_is_stored_and_nothing_told(self):
        found = [(r.outcome, r.seconds, r.overtime, r.score) for r in reversed(self.history.reviews())]
        assert found == self.expected
        assert self.mock.progress().mean_score is None
        assert self.mock.last is None

    def teardown(self):
        if hasattr(self, "folder"):
            self.history.close()
            self.folder.cleanup()


Steps.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestMockSteps = Steps.TestCase
