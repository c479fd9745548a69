from __future__ import annotations

import pytest

from viva.errors import InterviewError, ModelError
from viva.history.history import History
from viva.interview.lifecycle import resume, start
from viva.scheduling.schedule import Schedule
from viva.types import Grade, Rating


@pytest.fixture
def begin(entries, history, grader, clock):
    def make(**chosen):
        parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock, "seed": 7}
        return start(entries, **(parts | chosen))

    return make


@pytest.fixture
def go_on(entries, history, grader, clock):
    def make(found=None):
        return resume(found or entries, history=history, grader=grader, schedule=Schedule(), clock=clock)

    return make


def order_of(interview):
    seen = []
    while interview.current:
        seen.append(interview.skip().id)
    return seen


def test_asks_each_question_once_in_an_order_fixed_by_the_seed(begin, entries):
    first, again, other = order_of(begin(seed=1)), order_of(begin(seed=1)), order_of(begin(seed=2))
    assert sorted(first) == sorted(entry.id for entry in entries)
    assert first == again != other


def test_a_full_answer_is_graded_stored_and_scheduled_before_it_is_returned(begin, history, clock):
    interview = begin(topic="动量")
    clock.wait(seconds=30)
    feedback = interview.submit("让更新方向更平稳；加快收敛")
    with History(history.path, clock) as other:
        (review,) = other.reviews()
    assert (review.score, review.verdict) == (feedback.grade.score, feedback.grade.verdict) == (100, "strong")
    assert review.answer == "让更新方向更平稳；加快收敛"
    assert 30 <= review.seconds <= 40
    assert feedback.due > clock.now
    assert interview.current is None
    assert interview.last == feedback


def test_dont_know_is_an_answer_that_comes_up_again_soon(begin):
    feedback = begin(topic="动量").submit("不知道")
    assert (feedback.grade.score, feedback.rating) == (0, Rating.AGAIN)
    assert "dont-know" in feedback.grade.flags


def test_a_question_without_an_answer_is_asked_and_left_to_the_person(begin):
    interview = begin(topic="位置编码")
    feedback = interview.submit("注意力本身不知道顺序")
    assert (feedback.grade.verdict, feedback.grade.flags, feedback.proposed) == (
        "unsure",
        ("no-reference",),
        Rating.HARD,
    )
    assert interview.rate(Rating.EASY).rating is Rating.EASY
    assert interview.progress().mean_score is None


def test_skip_leaves_the_schedule_alone_and_reveal_counts_as_again(begin, history, entries):
    interview = begin()
    skipped, revealed = interview.skip(), interview.reveal()
    card_state = {row.question_id: row for row in history.card_states(entries, Schedule())}
    assert card_state[skipped.id].due is None
    assert card_state[revealed.id].due is not None
    assert [review.rating for review in history.reviews()] == [Rating.AGAIN, None]
    assert interview.last is None


@pytest.mark.parametrize(
    ("verdict", "band"), [("strong", range(75, 101)), ("partial", range(40, 75)), ("weak", range(40))]
)
def test_override_moves_the_score_into_the_band(begin, history, verdict, band):
    interview = begin(topic="动量")
    interview.submit("something else entirely")
    feedback = interview.override(verdict)
    assert feedback.grade.score in band
    assert feedback.grade.verdict == verdict
    assert feedback.overridden
    assert history.reviews()[0].overridden
    assert feedback.rating == feedback.proposed


def test_the_persons_key_outlives_an_override(begin):
    interview = begin(topic="动量")
    interview.submit("something else entirely")
    interview.rate(Rating.HARD)
    feedback = interview.override("strong")
    assert (feedback.rating, feedback.proposed) == (Rating.HARD, Rating.GOOD)


def test_rating_changes_when_it_comes_up_again(begin):
    interview = begin(topic="动量")
    interview.submit("让更新方向更平稳；加快收敛")
    assert interview.rate(Rating.AGAIN).due < interview.rate(Rating.EASY).due


def test_undo_takes_everything_back_and_asks_again(begin, history, snapshot):
    interview = begin()
    interview.submit("不知道")
    before, question = snapshot(history), interview.current
    interview.hint()
    interview.submit("something else entirely")
    interview.override("strong")
    assert interview.undo() == question == interview.current
    assert snapshot(history) == before
    assert (interview.draft, interview.hints) == ("something else entirely", 1)


def test_undo_with_nothing_to_take_back_says_so(begin):
    with pytest.raises(InterviewError, match="nothing to take back"):
        begin().undo()


def test_undo_takes_back_a_skip_and_the_end(begin):
    interview = begin(topic="动量")
    interview.skip()
    assert interview.current is None
    assert interview.undo().entry.question == "为什么要用动量"


def test_hints_count_the_points_then_give_their_beginnings(begin, history):
    interview = begin(topic="weight decay")
    assert interview.hint() == "The answer has 2 points; try to recall them."
    assert interview.hint().startswith("Point 1 begins: It")
    assert interview.hint().startswith("Point 2 begins: it")
    with pytest.raises(InterviewError, match="no more hints"):
        interview.hint()
    feedback = interview.submit("It shrinks the weights; it lowers overfitting")
    assert feedback.rating is Rating.HARD
    assert history.reviews()[0].hints == 3


def test_hints_lower_the_proposed_rating_but_a_reference_is_needed(begin):
    with pytest.raises(InterviewError, match="没有这道题的答案"):
        begin(topic="位置编码").hint()


def test_no_hint_gives_a_whole_point_away(begin, entries):
    from viva.interview.hints import hint

    for entry in entries:
        for taken, point in enumerate(entry.points, start=1):
            assert point.text not in hint(entry, taken)


@pytest.mark.parametrize(
    ("topic", "count"),
    [("Attention", 3), ("attention", 3), ("动量", 1), ("weight  DECAY", 1), ("Atention", 3), ("优化", 0)],
)
def test_topics_match_headings_words_and_typos(begin, topic, count):
    if count:
        assert len(order_of(begin(topic=topic))) == count
    else:
        with pytest.raises(InterviewError, match="no question is about"):
            begin(topic=topic)


def test_a_blank_topic_is_none(begin, entries):
    assert len(order_of(begin(topic="  "))) == len(entries)


def test_change_topic_keeps_length_and_never_repeats(begin):
    interview = begin(count=4)
    done = interview.skip().id
    left = interview.change_topic("Attention")
    rest = order_of(interview)
    assert len(rest) == left <= 3
    assert done not in rest
    assert all("Attention" in identity for identity in rest)


def test_change_topic_refuses_what_is_not_there_and_stays(begin):
    interview = begin()
    question = interview.current
    with pytest.raises(InterviewError, match="no question is about"):
        interview.change_topic("quantum gravity")
    assert interview.current == question


def test_due_first_then_new_and_nothing_else(begin, entries, clock):
    interview = begin(seed=3)
    late, later, fine = interview.reveal().id, interview.current.entry.id, None
    interview.submit("不知道")
    fine = interview.current.entry.id
    interview.submit(interview.current.entry.answer or "x")
    interview.rate(Rating.EASY)
    interview.finish()
    clock.wait(days=2)
    order = order_of(begin(order="due"))
    assert order[:2] == [late, later]
    assert fine not in order
    assert len(order) == len(entries) - 1


def test_nothing_due_says_when(begin):
    interview = begin()
    while interview.current:
        interview.reveal()
    with pytest.raises(InterviewError, match="nothing is due before 2026-03-0"):
        begin(order="due")


def test_weak_answers_again_the_worst_first_and_nothing_else(begin):
    first = begin(seed=3)
    with pytest.raises(InterviewError, match="answered weakly"):
        begin(order="weak")
    nothing = first.current.entry.id
    first.submit("不知道")
    strong = first.current.entry.id
    first.submit(first.current.entry.answer or "x")
    first.override("strong")
    half = first.current.entry.id
    first.submit("x")
    first.override("partial")
    first.finish()
    order = order_of(begin(order="weak"))
    assert order == [nothing, half]
    assert strong not in order


def test_the_unanswered_are_those_never_asked(begin, entries):
    first = begin(seed=3)
    seen = {first.reveal().id, first.current.entry.id}
    first.submit("不知道")
    first.finish()
    order = order_of(begin(order="unanswered"))
    assert set(order) == {entry.id for entry in entries} - seen
    rest = begin(order="unanswered")
    while rest.current:
        rest.reveal()
    with pytest.raises(InterviewError, match="asked already"):
        begin(order="unanswered")


@pytest.mark.parametrize("count", [0, -1])
def test_a_senseless_count_is_refused(begin, count):
    with pytest.raises(InterviewError, match="at least 1"):
        begin(count=count)


def test_steps_that_are_not_allowed_say_why(begin):
    interview = begin(count=1)
    for step in (interview.undo, lambda: interview.rate(Rating.GOOD), lambda: interview.override("weak")):
        with pytest.raises(InterviewError):
            step()
    interview.skip()
    for step in (lambda: interview.submit("x"), interview.skip, interview.reveal, interview.hint):
        with pytest.raises(InterviewError, match="all questions are done"):
            step()
    interview.finish()
    for step in (lambda: interview.submit("x"), interview.undo, interview.hint):
        with pytest.raises(InterviewError, match="finished"):
            step()


def test_leaving_resumes_and_finishing_does_not(begin, go_on):
    interview = begin()
    interview.submit("不知道")
    interview.hint()
    interview.save_draft("half an ans")
    back = go_on()
    assert (back.current, back.last, back.draft, back.hints) == (interview.current, interview.last, "half an ans", 1)
    assert back.progress() == interview.progress()
    back.finish()
    assert go_on() is None


def test_resume_drops_what_vanished_and_forgets_its_draft(begin, go_on, entries):
    interview = begin(seed=5)
    interview.save_draft("about the question that goes")
    gone = interview.current.entry.id
    left = [entry for entry in entries if entry.id != gone]
    back = go_on(left)
    assert back.draft == ""
    assert gone not in order_of(back)
    assert back.progress().total == len(left)


def test_resume_shows_a_last_turn_whose_question_vanished(begin, go_on, entries):
    interview = begin(seed=5)
    gone = interview.current.entry
    interview.submit("不知道")
    back = go_on([entry for entry in entries if entry.id != gone.id])
    assert back.last.question.entry.question == gone.question
    with pytest.raises(InterviewError, match="no longer in the notes"):
        back.undo()


def test_a_newer_interview_hides_an_older_one(begin, go_on):
    begin()
    begin(seed=9).finish()
    assert go_on() is None


class Failing:
    def __init__(self, error):
        self.error = error

    def grade(self, entry, answer) -> Grade:
        raise self.error


@pytest.mark.parametrize(
    ("error", "told"), [(ModelError("no model: get one"), ModelError), (ValueError("odd"), InterviewError)]
)
def test_a_grader_that_fails_loses_no_answer(begin, go_on, error, told):
    interview = begin(grader=Failing(error))
    question = interview.current
    with pytest.raises(told):
        interview.submit("a long answer")
    assert interview.current == question
    back = go_on()
    assert (back.current, back.draft) == (question, "a long answer")
    assert back.submit(back.draft).answer == "a long answer"
    assert back.draft == ""


def test_the_report_counts_and_finds_the_weakest(begin):
    interview = begin(seed=4)
    interview.skip()
    interview.reveal()
    weak = interview.current.entry.id
    interview.submit("完全不相关")
    interview.override("weak")
    interview.submit(interview.current.entry.answer or "?")
    report = interview.finish()
    assert (report.asked, report.answered, report.skipped, report.revealed) == (4, 2, 1, 1)
    assert report.weakest[0].question_id == weak
    assert interview.finish() == report


def test_two_windows_on_one_interview_keep_both_answers(begin, go_on, history):
    one = begin()
    two = go_on()
    one.submit("first window")
    two.submit("second window")
    assert {review.answer for review in history.reviews()} == {"first window", "second window"}


def test_bytes_that_a_terminal_could_not_decode_are_no_accident(begin, history):
    interview = begin()
    interview.save_draft("half \udce4")
    interview.submit("caf\udce9 \x00 and more")
    assert history.reviews()[0].answer == "caf? \x00 and more"


def test_undo_after_another_window_changed_the_topic_asks_the_same_question(begin, go_on):
    one = begin(seed=3, count=6)
    two = go_on()
    asked = two.current.entry.id
    one.skip()
    one.change_topic("Optimizers")
    two.submit("不知道")
    assert go_on().undo().entry.id == asked


def test_the_title_that_all_questions_share_is_no_topic_of_the_report(entries, history, grader, clock):
    from dataclasses import replace

    titled = [
        replace(entry, place=replace(entry.place, headings=("My notes", *entry.place.headings))) for entry in entries
    ]
    interview = start(titled, history=history, grader=grader, schedule=Schedule(), clock=clock, seed=1, topic="动量")
    interview.submit("不知道")
    assert interview.finish().topics == (("Optimizers", 0.0, 1),)


def test_only_the_questions_that_were_named_are_asked(begin, entries):
    wanted = {entries[1].id, entries[4].id}
    assert set(order_of(begin(only=wanted))) == wanted
    with pytest.raises(InterviewError, match="none of these questions"):
        begin(only={"vanished.md#1"})
