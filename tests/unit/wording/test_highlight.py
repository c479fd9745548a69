"""Where the words stand that speak for a point, or against one."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.conftest import make_entry
from viva.types import Feedback, FollowUp, Grade, PointResult, Question, Rating
from viva.types.dialogue import AnswerMark
from viva.wording.highlight import answer_marks, marks, within

WORDS = st.text(alphabet="ab ，,。.\n…好", max_size=30)
POINTS = st.builds(
    PointResult,
    text=st.just("point"),
    status=st.sampled_from(["covered", "partial", "missed", "differs", "contradicted"]),
    similarity=st.just(0.5),
    evidence=st.text(alphabet="ab ，.…好", max_size=6),
    against=st.text(alphabet="ab ，.…好", max_size=6),
)


def point(evidence="", *, status="covered", against=""):
    return PointResult("point", status, 0.5, evidence, against=against)


def marked(text, *points):
    return [(text[mark.start : mark.end], mark.against) for mark in marks(text, points)]


def test_what_speaks_for_a_point_and_what_denies_one():
    text = "缩小特征图，但是会增加计算量"
    assert marked(text, point("缩小特征图"), point("但是会增加计算量", status="contradicted")) == [
        ("缩小特征图", False),
        ("但是会增加计算量", True),
    ]
    assert marked(text, point("缩小特征图", against="会增加计算量")) == [("缩小特征图", False), ("会增加计算量", True)]


def test_what_differs_is_marked_as_what_contradicts():
    text = "缩小特征图，但是会增加计算量"
    differing = [("但是会增加计算量", True)]
    assert marked(text, point("但是会增加计算量", status="differs")) == differing
    assert marked(text, point("", status="differs", against="但是会增加计算量")) == differing
    both = point("缩小特征图", status="differs", against="会增加计算量")
    assert marked(text, both) == [("缩小特征图", False), ("会增加计算量", True)]


def test_the_pieces_around_what_is_left_out_are_marked():
    assert marked("first, then second, last", point("first … last")) == [("first", False), ("last", False)]
    assert marked("so on… and so forth", point("so on… and")) == [("so on… and", False)], "typed dots are no gap"


def test_a_clause_goes_before_the_same_letters_within_another():
    text = "Leaky ReLU, ReLU, ELU"
    assert marks(text, [point("ReLU")]) == (AnswerMark(12, 16),)
    assert marks("Leaky ReLUs", [point("ReLU")]) == (AnswerMark(6, 10),)


def test_words_of_another_wording_are_marked_nowhere():
    assert marks("something else", [point("an earlier answer"), point("")]) == ()


@given(text=WORDS, points=st.lists(POINTS, max_size=4))
def test_marks_lie_within_the_text_and_never_overlap(text, points):
    found = marks(text, points)
    edges = [edge for mark in found for edge in (mark.start, mark.end)]
    assert edges == sorted(edges)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in found)
    assert all(first.end < second.start or first.against != second.against for first, second in pairwise(found))


@given(text=WORDS, points=st.lists(POINTS, max_size=4), edges=st.tuples(st.integers(0, 30), st.integers(0, 30)))
def test_the_marks_of_a_part_are_those_of_the_whole(text, points, edges):
    start, end = sorted(min(edge, len(text)) for edge in edges)
    whole = {at: mark.against for mark in marks(text, points) for at in range(mark.start, mark.end)}
    part = {
        start + at: mark.against
        for mark in within(marks(text, points), start, end)
        for at in range(mark.start, mark.end)
    }
    assert part == {at: against for at, against in whole.items() if start <= at < end}


def feedback(answer, more, *points):
    question = Question(make_entry(1, "为什么"), 1, 1, "zh")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    asked = None if more is None else FollowUp("还有呢？", more or None)
    return Feedback(
        question, answer, Grade(50, "partial", points, None), Rating.HARD, Rating.HARD, now, 1, follow_up=asked
    )


def test_a_quotation_that_runs_into_the_second_answer_is_marked_in_both():
    given_ = feedback("先说一半 ", " 再说一半", point("说一半 \n 再说"))
    first, more = answer_marks(given_)
    assert first == (AnswerMark(1, 5),)
    assert more == (AnswerMark(0, 3),)


def test_while_the_follow_up_waits_only_what_was_covered_is_marked():
    waits = feedback("对的，一半对", "", point("对的"), point("一半对", status="partial"))
    assert answer_marks(waits) == ((AnswerMark(0, 2),), ())
    done = replace(waits, follow_up=replace(waits.follow_up, answer="没有"))
    assert answer_marks(done) == ((AnswerMark(0, 2), AnswerMark(3, 6)), ())


def test_blank_answers_have_no_marks():
    assert answer_marks(feedback(" ", "后来才说", point("后来才说"))) == ((), (AnswerMark(0, 4),))
    assert answer_marks(feedback("", None)) == ((), ())
