"""A verdict that the person gave counts when the same is said again."""

from __future__ import annotations

import pytest

from viva.errors import InterviewError
from viva.history.overrides import is_same
from viva.interview.lifecycle import start
from viva.scheduling.schedule import Schedule

OWN = "像一个滚下山的重球，惯性让它冲过小坑"


@pytest.fixture
def ask(entries, history, grader, clock):
    """Answer the question about momentum in a new interview."""

    def make(answer, verdict=None):
        parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock}
        interview = start(entries, seed=7, topic="动量", **parts)
        feedback = interview.submit(answer)
        if verdict is not None:
            feedback = interview.override(verdict)
        return interview, feedback

    return make


def test_an_accepted_wording_counts_from_then_on(ask):
    _, before = ask(OWN)
    assert before.grade.verdict != "strong"
    ask(OWN, "strong")
    for again in (OWN, f"{OWN}。", "像一个滚下山的重球，惯性让它冲过了小坑"):
        _, after = ask(again)
        assert after.grade.verdict == "strong", again
        assert "accepted-before" in after.grade.flags
        assert not after.overridden


def test_what_comes_close_to_an_accepted_wording_is_graded_against_it(ask):
    close = "它就像滚下山的重球，靠惯性冲过一个个小坑"
    before = ask(close)[1].grade.score
    ask(OWN, "strong")
    after = ask(close)[1].grade
    assert after.score > before
    assert "accepted-before" in after.flags


def test_a_wording_turned_down_stays_turned_down(ask):
    answer = "让更新方向更平稳"
    before = ask(answer)[1].grade.score
    ask(answer, "weak")
    after = ask(answer)[1].grade
    assert after.score <= min(before, 39)
    assert (after.verdict, "judged-before" in after.flags) == ("weak", True)


def test_the_latest_verdict_rules(ask):
    ask(OWN, "strong")
    ask(OWN, "partial")
    assert ask(OWN)[1].grade.verdict == "partial"


def test_a_verdict_taken_back_no_longer_counts(ask):
    interview, _ = ask(OWN, "strong")
    interview.undo()
    assert "accepted-before" not in ask(OWN)[1].grade.flags


def test_the_opposite_of_an_accepted_wording_is_not_the_same():
    assert not is_same("动量会让更新方向更加平稳", "动量不会让更新方向更加平稳")
    assert not is_same("it makes the updates steadier", "it never makes the updates steadier")
    assert is_same("it makes the updates steadier", "It makes the updates staedier.")


def test_what_is_no_answer_cannot_be_accepted_and_teaches_nothing(ask, history):
    with pytest.raises(InterviewError, match="no answer"):
        ask("不知道", "strong")
    assert history.verdicts() == []
    ask("不知道", "partial")
    for answer in ("不知道", "我不会", ""):
        assert ask(answer)[1].grade.score == 0


def test_another_question_is_not_touched(ask, entries, history, grader, clock):
    ask(OWN, "strong")
    other = next(entry for entry in entries if "动量" not in entry.question and entry.answer)
    topic = other.place.headings[-1] if other.place.headings else other.question
    interview = start(entries, seed=7, topic=topic, history=history, grader=grader, schedule=Schedule(), clock=clock)
    assert "accepted-before" not in interview.submit(OWN).grade.flags


def test_a_question_without_an_answer_learns_one(entries, history, grader, clock):
    def answer(text):
        parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock}
        interview = start(entries, seed=7, topic="位置编码", **parts)
        return interview, interview.submit(text)

    interview, first = answer("注意力本身不知道词的顺序")
    assert first.grade.flags == ("no-reference",)
    interview.override("strong")
    again = answer("注意力机制本身不知道词的顺序")[1].grade
    assert (again.verdict, again.flags) == ("strong", ("accepted-before",))
