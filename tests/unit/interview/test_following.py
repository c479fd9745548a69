"""An interview with follow-ups: asked, answered, declined, killed, taken back, and what the history keeps."""

from __future__ import annotations

import json

import pytest

from viva.errors import InterviewError
from viva.history.history import History
from viva.interop.transfer import export_csv, export_json, import_json
from viva.interview.lifecycle import resume, start
from viva.scheduling.schedule import Schedule
from viva.types import Rating

FIRST, SECOND = "让更新方向更平稳", "加快收敛"


@pytest.fixture
def begin(entries, history, grader, clock):
    def make(**chosen):
        parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock, "seed": 7}
        return start(entries, **(parts | {"follow_ups": True} | chosen))

    return make


@pytest.fixture
def go_on(entries, history, grader, clock):
    def make(found=None, **chosen):
        parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock}
        return resume(found or entries, **(parts | {"follow_ups": True} | chosen))

    return make


def test_what_is_added_is_graded_with_the_first_answer_and_stored_as_one_turn(begin, history, clock, entries, grader):
    interview = begin(topic="动量")
    clock.wait(seconds=30)
    first = interview.submit(FIRST)
    assert first.waits
    assert first.follow_up == interview.waiting
    assert first.follow_up.question.endswith("？")
    clock.wait(seconds=10)
    both = interview.follow_up(SECOND)
    assert both.grade == grader.grade(entries[0], f"{FIRST}\n{SECOND}")
    assert both.gain == both.grade.score - first.grade.score > 0
    assert not both.waits
    assert interview.waiting is None
    [review] = history.reviews()
    assert (review.answer, review.follow_up.question, review.follow_up.answer) == (
        FIRST,
        first.follow_up.question,
        SECOND,
    )
    assert (review.score, review.follow_up.first_score) == (both.grade.score, first.grade.score)
    assert 40 <= review.seconds <= 60
    [card_state] = [row for row in history.card_states(entries, Schedule()) if row.question_id == entries[0].id]
    assert (card_state.reviews, card_state.last_score) == (1, both.grade.score)
    assert card_state.due == both.due > first.due


@pytest.mark.parametrize("said", ["", "  ", "不知道", "想不起来了"])
def test_a_follow_up_that_is_declined_leaves_the_first_grade(begin, said):
    interview = begin(topic="动量")
    first = interview.submit(FIRST)
    after = interview.follow_up(said)
    assert (after.grade, after.rating, after.due, after.gain) == (first.grade, first.rating, first.due, None)
    assert after.follow_up.answer == said
    assert interview.waiting is None
    with pytest.raises(InterviewError, match="no follow-up waits"):
        interview.follow_up(SECOND)
    with pytest.raises(InterviewError, match="no follow-up waits"):
        interview.decline()


def test_whoever_goes_on_declines_and_what_was_typed_is_kept(begin, history):
    for step in ("skip", "reveal", "hint"):
        interview = begin()
        while interview.current and not interview.waiting:
            interview.submit(interview.current.entry.points[0].text if interview.current.entry.points else "?")
        interview.save_draft("写了一半")
        getattr(interview, step)()
        assert interview.waiting is None
        asked = [review.follow_up for review in history.reviews() if review.follow_up]
        assert asked[0].answer == "写了一半"
        assert asked[0].first_score is None


def test_nothing_is_asked_unless_it_is_wanted_or_anything_is_missing(begin):
    interview = begin(topic="动量", follow_ups=False)
    assert interview.submit(FIRST).follow_up is None
    assert begin(topic="动量").submit(f"{FIRST}；{SECOND}").follow_up is None
    assert begin(topic="动量").submit("不知道").follow_up is None
    assert begin(topic="位置编码").submit("注意力本身不知道顺序，所以要告诉它").follow_up is None


def test_the_draft_of_a_follow_up_outlives_a_kill_even_after_the_last_question(begin, go_on):
    interview = begin(topic="动量")
    interview.submit(FIRST)
    interview.save_draft("加快")
    assert interview.current is None
    back = go_on()
    assert (back.waiting, back.draft, back.last) == (interview.waiting, "加快", interview.last)
    assert back.follow_up(SECOND).gain > 0
    assert back.draft == ""
    assert go_on() is None


def test_a_follow_up_keeps_its_draft_when_the_next_question_vanishes_but_not_when_its_own_does(begin, go_on, entries):
    interview = begin(seed=3)
    while not interview.waiting:
        interview.submit(interview.current.entry.points[0].text if interview.current.entry.points else "?")
    interview.save_draft("写了一半")
    forecast, asked = interview.current.entry.id, interview.last.question.entry.id
    back = go_on([entry for entry in entries if entry.id != forecast])
    assert (back.waiting, back.draft) == (interview.waiting, "写了一半")
    gone = go_on([entry for entry in entries if entry.id not in (asked, forecast)])
    assert gone.waiting is None


def test_the_second_of_two_windows_is_told_and_keeps_what_was_typed(begin, go_on, history):
    one = begin(topic="动量")
    one.submit(FIRST)
    two = go_on()
    two.follow_up(SECOND)
    with pytest.raises(InterviewError, match="another window"):
        one.follow_up("别的补充")
    assert one.draft == "别的补充"
    assert one.waiting is None
    assert one.last == two.last
    assert history.reviews()[0].follow_up.answer == SECOND


def test_undo_takes_the_whole_turn_back_and_gives_all_that_was_typed(begin, history, snapshot):
    interview = begin(topic="动量")
    before = snapshot(history)
    interview.submit(FIRST)
    interview.save_draft("加快")
    interview.undo()
    assert (interview.draft, interview.waiting, snapshot(history)) == (f"{FIRST}\n加快", None, before)
    interview.submit(FIRST)
    interview.follow_up(SECOND)
    interview.undo()
    assert interview.draft == f"{FIRST}\n{SECOND}"
    assert snapshot(history) == before
    assert interview.submit(interview.draft).follow_up is None


def test_override_and_rate_act_on_the_whole_turn(begin, history):
    interview = begin(topic="动量")
    interview.submit(FIRST)
    interview.rate(Rating.AGAIN)
    assert interview.waiting is not None
    both = interview.follow_up(SECOND)
    assert both.rating is Rating.AGAIN, "the person's key outlives what is added"
    judged = interview.override("weak")
    assert (judged.grade.verdict, judged.rating, judged.follow_up.answer) == ("weak", Rating.AGAIN, SECOND)
    assert [given.answer for given in history.verdicts()] == [f"{FIRST}\n{SECOND}"]
    again = begin(topic="动量")
    assert "judged-before" in again.submit(f"{FIRST}。{SECOND}").grade.flags


def test_an_override_leaves_nothing_to_ask(begin):
    interview = begin(topic="动量")
    interview.submit(FIRST)
    judged = interview.override("strong")
    assert interview.waiting is None
    assert judged.follow_up.answer == ""
    assert judged.grade.verdict == "strong"


def test_what_contradicts_may_cost_points_and_nothing_else_does(begin):
    interview = begin(topic="动量")
    first = interview.submit(FIRST)
    assert interview.follow_up("嗯嗯就这样吧哈哈哈").grade.score >= first.grade.score
    wrong = begin(topic="动量")
    wrong.submit(FIRST)
    assert wrong.follow_up("它不会加快收敛，反而拖慢收敛").gain < 0


def test_a_grader_that_fails_loses_neither_answer(begin, go_on, grader):
    class Failing:
        def __init__(self):
            self.answers = 0

        def grade(self, entry, answer):
            if "\n" in answer:
                raise ValueError("odd")
            return grader.grade(entry, answer)

    interview = begin(topic="动量", grader=Failing())
    interview.submit(FIRST)
    with pytest.raises(InterviewError, match="it is kept"):
        interview.follow_up(SECOND)
    assert interview.waiting
    back = go_on()
    assert back.draft == SECOND
    assert back.follow_up(back.draft).gain > 0


def test_a_follow_up_that_cannot_be_made_is_not_asked(begin, monkeypatch):
    def failing(*_):
        raise ValueError("odd")

    monkeypatch.setattr("viva.interview.examiner.follow_up", failing)
    assert begin(topic="动量").submit(FIRST).follow_up is None


def test_exports_hold_the_follow_up_and_imports_bring_it_back(begin, history, clock, tmp_path, entries):
    interview = begin(topic="动量")
    interview.submit(FIRST)
    interview.follow_up(SECOND)
    begin(topic="动量").submit(FIRST)
    text = export_json(history, clock.now)
    rows = export_csv(history).splitlines()
    assert rows[0].endswith("follow_up,follow_up_answer,first_score")
    assert SECOND in rows[1]
    with History(tmp_path / "other.db", clock) as other:
        assert import_json(other, text).reviews == 2
        assert [review.follow_up for review in other.reviews()] == [review.follow_up for review in history.reviews()]
    older = json.loads(text)
    for row in older["reviews"]:
        for column in ("follow_up", "follow_up_answer", "first_score"):
            del row[column]
    with History(tmp_path / "older.db", clock) as other:
        assert import_json(other, json.dumps(older)).reviews == 2
        assert all(review.follow_up is None for review in other.reviews())


def test_the_report_waits_for_no_follow_up(begin):
    interview = begin(topic="动量")
    interview.submit(FIRST)
    assert interview.finish().answered == 1
    assert interview.waiting is None


def test_a_window_that_goes_on_after_another_answered_keeps_what_was_typed_in_it(begin, go_on, history):
    one = begin(seed=3)
    while not one.waiting:
        one.submit(one.current.entry.points[0].text if one.current.entry.points else "?")
    two = go_on()
    two.decline()
    one.save_draft("别的补充")
    one.skip()
    assert [review.answer for review in history.reviews() if review.outcome == "skipped"] == ["别的补充"]


def test_reading_is_no_answering_time(begin, history, clock):
    interview = begin(topic="动量")
    interview.submit(FIRST)
    before = history.reviews()[0].seconds
    clock.wait(minutes=5)
    interview.decline()
    assert history.reviews()[0].seconds == before
