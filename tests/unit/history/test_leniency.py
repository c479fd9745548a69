"""How strictly a person marks, learned from the verdicts that they changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.errors import HistoryError
from viva.grading.calibration import verdict_of
from viva.history.leniency import ENOUGH, MOST, Marking, adapted, habit
from viva.interview.lifecycle import start
from viva.scheduling.schedule import Schedule
from viva.types import Grade

SCORES = st.integers(0, 100)
POINTS = st.integers(-MOST, MOST)
VERDICTS = st.sampled_from(["weak", "partial", "strong"])


def graded(score, *flags, unsure=False):
    return Grade(score, verdict_of(score, unsure=unsure), (), None, flags)


@given(POINTS)
def test_a_better_answer_never_gets_the_lower_score(points):
    found = [adapted(graded(score), points).score for score in range(101)]
    assert found == sorted(found)
    assert (found[0], found[100], found[50]) == (0, 100, 50 + points)


@given(st.lists(st.builds(Marking, SCORES, VERDICTS, st.booleans())))
def test_it_stays_within_its_limits(markings):
    assert -MOST <= habit(markings).points <= MOST


@given(SCORES, POINTS)
def test_the_verdict_is_that_of_the_new_score_and_a_change_is_told(score, points):
    before, after = graded(score), adapted(graded(score), points)
    assert after.verdict == verdict_of(after.score)
    assert ("adapted" in after.flags) == (after.verdict != before.verdict)


def test_who_always_agrees_moves_nothing():
    assert habit([Marking(score, verdict_of(score), changed=False) for score in range(100)]).points == 0


def test_few_changes_move_nothing():
    assert habit([Marking(70, "strong", changed=True)] * (ENOUGH - 1)).points == 0


def test_the_direction_is_the_person_s():
    kind = habit([Marking(65, "strong", changed=True)] * 20)
    strict = habit([Marking(80, "partial", changed=True)] * 20)
    assert kind.points > 0 > strict.points


def test_one_odd_grade_among_many_weighs_little():
    agreed = [Marking(50, "partial", changed=False)] * 90
    assert habit([*agreed, *[Marking(0, "strong", changed=True)] * ENOUGH]).points <= 1


@pytest.mark.parametrize("flag", ["echo", "dont-know", "no-reference", "accepted-before"])
def test_what_is_no_matter_of_strictness_is_left_alone(flag):
    assert adapted(graded(50, flag), MOST) == graded(50, flag)


def test_unsure_stays_unsure():
    assert adapted(graded(50, unsure=True), MOST).verdict == "unsure"


HALVES = {
    "为什么要用动量": "让更新方向更平稳",
    "What does weight decay do": "it shrinks the weights",
    "学习率预热有什么用": "训练初期更稳定",
    "自注意力的复杂度是多少": "序列越长越慢",
    "Why scale the dot product": "large dot products saturate the softmax",
}


@pytest.fixture
def ask(entries, history, grader, clock):
    """Answer half of each question, or another half of the one about momentum; give a verdict where one is named."""

    def make(verdict=None, *, topic=None, answers=HALVES):
        parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock}
        interview = start(entries, seed=7, topic=topic, **parts)
        found = []
        while (question := interview.current) is not None:
            if question.entry.question not in answers:
                interview.skip()
                continue
            found.append(interview.submit(answers[question.entry.question]).grade)
            if verdict:
                interview.override(verdict)
        return found

    return make


def test_the_grader_s_own_score_outlives_the_person_s(ask, history):
    (own,) = ask(topic="动量")
    ask("strong", topic="动量")
    (found,) = history.verdicts()
    assert (found.verdict, found.grader_score) == ("strong", own.score)


def test_after_enough_changes_grades_follow_and_forgetting_ends_it(ask, history):
    other = {"topic": "动量", "answers": {"为什么要用动量": "加快收敛"}}
    (before,) = ask(**other)
    ask("strong")
    assert history.habit().points > 0
    (after,) = ask(**other)
    assert after.score > before.score
    assert [point.similarity for point in after.points] == [point.similarity for point in before.points]
    assert history.forget_verdicts() == len(HALVES)
    assert (history.verdicts(), history.habit().points) == ([], 0)
    assert ask(**other) == [before]


def test_one_verdict_is_forgotten_alone(ask, history):
    ask("strong")
    first = history.verdicts()[-1]
    assert history.forget_verdicts(first.review_id) == 1
    assert len(history.verdicts()) == len(HALVES) - 1
    with pytest.raises(HistoryError, match="viva verdicts"):
        history.forget_verdicts(first.review_id)
