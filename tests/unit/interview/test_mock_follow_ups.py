"""Follow-ups in a mock interview: asked at once, within a time of their own, and told of only at the end."""

from __future__ import annotations

import pytest

from tests.unit.conftest import Still
from viva.errors import InterviewError
from viva.history.history import History
from viva.interop.transfer import export_json, import_json
from viva.interview.lifecycle import resume, start
from viva.interview.redaction import VisibleHistory
from viva.interview.review import SessionReview
from viva.reports.report_data import report_data
from viva.scheduling.schedule import Schedule

LIMIT = 120
FIRST, SECOND = "让更新方向更平稳", "加快收敛"


@pytest.fixture
def clock(clock):
    return Still(clock)


@pytest.fixture
def parts(history, grader, clock):
    return {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock, "follow_ups": True}


@pytest.fixture
def begin(entries, parts):
    def make(**chosen):
        return start(entries, **({**parts, "seed": 7, "limit": LIMIT, "topic": "动量"} | chosen))

    return make


@pytest.fixture
def followed(begin, clock):
    """Answer the only question as far as its follow-up, after so many seconds."""

    def make(seconds=20, **chosen):
        mock = begin(**chosen)
        mock.present()
        clock.wait(seconds)
        mock.hand_in(FIRST)
        return mock

    return make


def test_it_is_asked_without_a_grade_and_graded_with_the_first_answer(followed, clock, history, grader, entries):
    mock = followed(90)
    assert mock.policy.is_mock
    assert mock.waiting.question.endswith("？")
    assert (mock.begun[0].entry, mock.begun[1]) == (entries[0], FIRST)
    assert mock.last is None
    first = history.reviews()[0].score
    mock.present()
    assert mock.remaining() == mock.allowed == 60
    clock.wait(15)
    taken = mock.hand_in(SECOND)
    assert not hasattr(taken, "grade")
    assert (taken.seconds, taken.limit, taken.overtime, taken.answered, taken.to_follow_up) == (
        15,
        60,
        False,
        True,
        True,
    )
    assert (mock.waiting, mock.begun, mock.current) == (None, None, None)
    [review] = history.reviews()
    assert (review.answer, review.follow_up.answer, review.follow_up.first_score) == (FIRST, SECOND, first)
    assert review.score == grader.grade(entries[0], f"{FIRST}\n{SECOND}").score > first
    assert (review.seconds, review.overtime) == (105, False)


@pytest.mark.parametrize(
    ("limit", "used", "allowed"),
    [(120, 20, 100), (120, 110, 60), (120, 500, 60), (40, 10, 40), (900, 30, 870)],
)
def test_its_time_is_what_was_left_and_a_minute_at_least(followed, limit, used, allowed):
    mock = followed(used, limit=limit)
    assert mock.limit == limit
    assert mock.allowed == allowed


@pytest.mark.parametrize("way", ["empty", "unknown", "skipped", "time", "stopped"])
def test_left_without_an_answer_the_first_grade_stands(followed, clock, history, way):
    mock = followed()
    mock.present()
    before = history.reviews()[0]
    clock.wait(5)
    steps = {
        "empty": lambda: mock.hand_in("  "),
        "unknown": lambda: mock.hand_in("不知道"),
        "skipped": mock.skip,
        "time": lambda: mock.hand_in("", time_up=True),
        "stopped": mock.finish,
    }
    steps[way]()
    [after] = history.reviews()
    assert (after.score, after.rating, after.outcome) == (before.score, before.rating, "answered")
    assert after.follow_up.first_score is None
    assert not after.follow_up.waits
    assert after.overtime is (way == "time")
    assert mock.waiting is None


def test_skipping_one_leaves_the_next_question_alone(begin, clock, history):
    mock = begin(topic=None, count=6)
    while not mock.waiting:
        mock.present()
        mock.hand_in(mock.current.entry.answer.replace("；", ";").split(";")[0])
    there = mock.current
    mock.present()
    mock.save_draft("half a thought")
    clock.wait(30)
    assert mock.skip() == mock._agenda.entries[history.turns(mock.id)[-1].key]
    assert mock.current == there
    assert mock.draft == ""
    assert history.reviews()[0].follow_up.answer == "half a thought"
    mock.present()
    assert mock.remaining() == LIMIT


def test_time_that_runs_out_takes_what_was_typed_and_marks_the_turn(followed, clock, history):
    mock = followed()
    mock.present()
    clock.wait(100)
    assert mock.remaining() == 0
    taken = mock.hand_in(SECOND, time_up=True)
    assert (taken.overtime, taken.answered) == (True, True)
    [review] = history.reviews()
    assert review.overtime
    assert review.follow_up.first_score is not None


def test_a_kill_keeps_it_with_its_draft_and_its_clock(followed, clock, entries, parts, history):
    mock = followed()
    mock.present()
    clock.wait(30)
    mock.save_draft("加快")
    clock.wait(10)
    mock.keep_time()
    clock.wait(86400)
    assert VisibleHistory(history, entries).withheld == {mock.id}
    with pytest.raises(InterviewError, match="not over"):
        SessionReview(history, entries, Schedule())
    back = resume(entries, **(parts | {"follow_ups": False}))
    assert (back.waiting, back.draft, back.begun[1]) == (mock.waiting, "加快", FIRST)
    back.present()
    clock.wait(5)
    assert back.remaining() == 55
    assert back.hand_in(f"{back.draft}收敛").seconds == 45
    assert resume(entries, **parts) is None


def test_nothing_that_would_help_or_tell_is_given_while_it_waits(followed):
    mock = followed()
    for step in (mock.hint, mock.reveal, mock.suspend, mock.undo, lambda: mock.refuse("search")):
        with pytest.raises(InterviewError, match="模拟面试"):
            step()
    for step in (mock.decline, lambda: mock.follow_up("x"), lambda: mock.submit("x")):
        with pytest.raises(InterviewError, match="hand the answer in"):
            step()
    assert mock.waiting is not None
    assert mock.progress().mean_score is None


def test_without_follow_ups_none_is_asked(begin):
    mock = begin(follow_ups=False)
    mock.hand_in(FIRST)
    assert mock.waiting is None


def test_all_of_it_is_seen_afterwards_and_travels(followed, history, entries, tmp_path, clock):
    mock = followed()
    mock.hand_in(SECOND)
    mock.finish()
    seen = SessionReview(history, entries, Schedule()).turn(1)
    assert (seen.review.answer, seen.review.follow_up.answer) == (FIRST, SECOND)
    assert seen.feedback.gain > 0
    [told] = report_data(history, entries, Schedule()).turns
    assert told.review.follow_up.answer == SECOND
    with History(tmp_path / "other.db", clock) as other:
        import_json(other, export_json(history, clock()))
        [review] = other.reviews()
        assert review.follow_up == seen.review.follow_up
        assert other.interview(review.interview_id).limit == LIMIT


def test_what_is_suspended_is_not_asked(entries, parts, history):
    keys = history.reconcile(entries)
    history.suspend([keys[entries[0].id], keys[entries[1].id]])
    mock = start(entries, seed=1, limit=LIMIT, **parts)
    assert mock.progress().total == len(entries) - 2
    with pytest.raises(InterviewError, match="suspended"):
        start(entries, seed=1, limit=LIMIT, topic="动量", **parts)
    mock.present()
    mock.hand_in("something else altogether")
    mock.skip() if mock.waiting else None
    history.suspend([keys[mock.current.entry.id]])
    there = mock.current
    assert mock.present() != there
    assert mock.progress().total == len(entries) - 3
    history.suspend(set(keys.values()))
    assert VisibleHistory(history, entries).withheld == {mock.id}, "it is open"
    mock.leave()
    assert not VisibleHistory(history, entries).withheld
    assert resume(entries, **parts) is None
