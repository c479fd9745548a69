"""A mock interview: its clock, what it keeps to itself, and what is told and changed at the end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.conftest import Still
from viva.errors import InterviewError
from viva.history.history import History
from viva.interop.transfer import export_json, import_json
from viva.interview.lifecycle import resume, start
from viva.interview.review import SessionReview
from viva.interview.summary import report_lines
from viva.progress.review_history import last_turns, recent_sessions
from viva.reports.html import report_html
from viva.reports.markdown import report_markdown
from viva.reports.report_data import report_data
from viva.reports.text import report_text
from viva.scheduling.schedule import Schedule
from viva.types import Rating

LIMIT = 120


@pytest.fixture
def clock(clock):
    return Still(clock)


@pytest.fixture
def parts(history, grader, clock):
    return {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock}


@pytest.fixture
def begin(entries, parts):
    def make(**chosen):
        return start(entries, **({**parts, "seed": 7, "limit": LIMIT} | chosen))

    return make


def test_feedback_is_stored_at_once_and_told_at_the_end(begin, entries, history):
    mock = begin()
    assert mock.policy.is_mock
    assert (mock.limit, mock.allowed) == (LIMIT, LIMIT)
    asked = mock.present()
    taken = mock.hand_in(asked.entry.answer or "x")
    assert taken.question == asked
    assert not hasattr(taken, "grade")
    (review,) = history.reviews(entries)
    assert review.rating is review.proposed is not None
    assert history.card_states([asked.entry], Schedule())[0].due is not None
    progress = mock.progress()
    assert (progress.asked, progress.answered, progress.mean_score, progress.weak_topics) == (1, 1, None, ())
    assert mock.last is None
    with pytest.raises(InterviewError, match="viva ask --resume"):
        report_data(history, entries, Schedule())
    with pytest.raises(InterviewError, match="not over"):
        SessionReview(history, entries, Schedule(), mock.id)
    (sitting,) = recent_sessions(last_turns(history, entries, 3), 3)
    assert (sitting.mean_score, sitting.withheld) == (None, True)
    mock.finish()
    assert report_data(history, entries, Schedule()).report.mode == "mock"
    assert SessionReview(history, entries, Schedule()).turn(1).feedback.grade.score == review.score


def test_time_is_measured_from_when_the_question_is_first_before_the_person(begin, clock, history):
    mock = begin()
    clock.wait(500)
    mock.present()
    clock.wait(30)
    mock.present()
    assert (mock.used(), mock.remaining()) == (30, 90)
    clock.wait(89.5)
    taken = mock.hand_in("x")
    assert (taken.seconds, taken.overtime, taken.answered) == (119.5, False, True)
    clock.wait(60)
    mock.present()
    clock.wait(121)
    assert mock.remaining() == 0
    assert mock.hand_in("y").overtime
    mock.present()
    assert mock.hand_in("", time_up=True) == mock_turn(mock, 3, seconds=0, overtime=True, answered=False)
    assert [review.overtime for review in history.reviews()] == [True, True, False]
    assert [review.seconds for review in history.reviews()] == [0, 121, 119.5]


def mock_turn(mock, number, **facts):
    from viva.interview.policy import HandedIn

    question = mock._agenda.asked(mock._agenda.plan[number - 1], number - 1)
    return HandedIn(question, limit=LIMIT, **facts)


def test_saying_nothing_is_no_answer_and_not_a_look_at_the_notes(begin, history):
    mock = begin(topic="动量")
    mock.hand_in("  ", time_up=True)
    (review,) = history.reviews()
    assert (review.outcome, review.score, review.rating) == ("answered", 0, Rating.AGAIN)
    assert history.turns(mock.id)[0].grade.flags == ("empty",)


def test_a_kill_gives_no_new_clock_and_closed_time_does_not_count(begin, entries, parts, clock):
    mock = begin()
    mock.hand_in("first")
    mock.present()
    clock.wait(40)
    mock.save_draft("half")
    clock.wait(10)
    mock.keep_time()
    clock.wait(4)  # not stored before the kill: given back
    clock.wait(86400)
    back = resume(entries, **parts)
    assert back.policy.is_mock
    assert (back.draft, back.current, back.limit) == ("half", mock.current, LIMIT)
    clock.wait(3600)
    back.present()
    clock.wait(20)
    assert back.remaining() == 50
    assert back.hand_in(back.draft).seconds == 70
    back.present()
    assert back.remaining() == LIMIT


def test_time_that_ran_out_before_a_kill_stays_run_out(begin, entries, parts, clock):
    mock = begin()
    mock.present()
    clock.wait(LIMIT + 5)
    mock.keep_time()
    back = resume(entries, **parts)
    back.present()
    assert back.remaining() == 0
    assert back.hand_in(back.draft).overtime


def test_a_question_that_vanished_takes_its_time_along(begin, entries, parts, clock):
    mock = begin()
    mock.present()
    clock.wait(50)
    mock.keep_time()
    gone = mock.current.entry.id
    back = resume([each for each in entries if each.id != gone], **parts)
    back.present()
    assert back.remaining() == LIMIT


def test_what_an_interviewer_does_not_do_is_refused_in_the_language_of_the_question(begin, history):
    for topic, word in (("动量", "模拟面试"), ("weight decay", "mock interview")):
        mock = begin(topic=topic)
        steps = (
            mock.hint, mock.reveal, mock.undo, lambda m=mock: m.refuse("search"), lambda m=mock: m.change_topic("x"),
            lambda m=mock: m.override("strong"), lambda m=mock: m.rate(Rating.GOOD),
        )  # fmt: skip
        for step in steps:
            with pytest.raises(InterviewError, match=word):
                step()
        with pytest.raises(InterviewError, match="until the end"):
            mock.submit("x")
        assert mock.current is not None
    assert history.reviews() == []


def test_skipping_is_allowed_and_counts_nothing_for_the_overall_score(begin, history):
    mock = begin()
    while mock.current:
        mock.present()
        if mock.current.entry.answered and mock.current.position % 2:
            mock.hand_in(mock.current.entry.answer)
        else:
            mock.skip()
    report = mock.finish()
    scores = [review.score for review in report.reviews if review.outcome == "answered"]
    assert report.overall_score == sum(scores) / report.asked
    assert report.mean_score == sum(scores) / len(scores)
    assert (report.mode, report.limit) == ("mock", LIMIT)


@pytest.mark.parametrize(
    ("chosen", "told"), [({"limit": 29}, "29s"), ({"limit": 901}, "15m"), ({"order": "due"}, "order")]
)
def test_senseless_choices_are_refused(begin, chosen, told):
    with pytest.raises(InterviewError, match=told):
        begin(**chosen)


def test_every_turn_can_be_judged_at_the_end(begin, entries, history):
    mock = begin(seed=3)
    mock.hand_in("something quite different")
    mock.skip()
    mock.hand_in("something else entirely")
    mock.finish()
    after = SessionReview(history, entries, Schedule(), mock.id)
    assert len(after) == 3
    first, skipped = after.turn(1), after.turn(2)
    assert (first.number, first.total, first.limit, first.feedback.answer) == (1, 3, LIMIT, "something quite different")
    assert skipped.feedback is None
    with pytest.raises(InterviewError, match="no answer to judge"):
        after.override(2, "strong")
    for number in (0, 4):
        with pytest.raises(InterviewError, match="choose 1 to 3"):
            after.turn(number)
    due = first.feedback.due
    feedback = after.override(1, "strong")
    assert (feedback.grade.verdict, feedback.overridden, feedback.rating) == ("strong", True, feedback.proposed)
    assert feedback.due > due
    assert after.rate(1, Rating.HARD).rating is Rating.HARD
    assert after.override(1, "strong").rating is Rating.HARD, "the person's key outlives a verdict"
    again = SessionReview(history, entries, Schedule())
    assert again.turn(1).feedback == after.turn(1).feedback
    assert report_data(history, entries, Schedule(), mock.id).changed[0].number == 1


def test_afterwards_is_for_practice_too(begin, entries, history):
    practice = begin(limit=None)
    practice.submit("不知道")
    practice.reveal()
    after = SessionReview(history, entries, Schedule(), practice.id)
    rated = SessionReview(history, entries, Schedule()).rate(1, Rating.AGAIN)
    assert rated.rated
    assert after.turn(1).feedback == replace(rated, rated=False)
    assert after.turn(2).limit is None


@pytest.mark.parametrize(
    ("topic", "facts"),
    [
        ("weight decay", ("Mock interview report", "Time for each answer: 2 minutes", "Over time: 1 question",
                          "Overall score: ", "2 minutes 10 seconds, over time")),
        ("动量", ("模拟面试报告", "每题限时：2 分钟", "超时：1 题", "总分：", "2 分 10 秒，超时")),
    ],
)  # fmt: skip
def test_every_form_of_the_report_says_that_it_was_a_mock(begin, entries, history, clock, topic, facts):
    mock = begin(topic=topic)
    mock.present()
    clock.wait(130)
    mock.hand_in("It shrinks the weights 更平稳")
    mock.finish()
    found = report_data(history, entries, Schedule())
    text = "\n".join(report_text(found))
    assert not [fact for fact in facts if fact not in text]
    for form in (report_markdown(found), report_html(found)):
        assert facts[0] in form
        assert facts[-1] in form
    assert 'class="over" width="100' in report_html(found)


def test_the_last_words_tell_limit_score_and_overtime(begin, clock):
    mock = begin(topic="weight decay")
    mock.present()
    clock.wait(130)
    mock.hand_in("It shrinks the weights; it lowers overfitting")
    lines = report_lines(mock.finish(), "en")
    assert lines[0] == "A mock interview, 2 minutes for each answer."
    assert lines[1].startswith("Overall score ")
    assert lines[2] == "1 answer over time."
    assert report_lines(mock.finish(), "zh")[2] == "1 题超时。"


def test_an_export_takes_the_mock_along_and_an_old_one_is_still_read(begin, clock, history, tmp_path):
    import json

    mock = begin()
    mock.hand_in("x", time_up=True)
    mock.present()
    clock.wait(7)
    mock.keep_time()
    text = export_json(history, clock())
    with History(tmp_path / "other.db", clock) as other:
        assert import_json(other, text).reviews == 1
        assert (other.interview(1).limit, other.interview(1).spent) == (LIMIT, 7)
        assert other.reviews()[0].overtime
    old = json.loads(text)
    for row in old["interviews"]:
        del row["answer_limit"], row["spent"]
    for row in old["reviews"]:
        del row["overtime"]
    with History(tmp_path / "old.db", clock) as other:
        assert import_json(other, json.dumps(old)).interviews == 1
        assert other.interview(1).limit is None
