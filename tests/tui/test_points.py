"""A single point is chosen and judged at the feedback, by key and by a typed line, and when it is looked back at."""

from tui.conftest import FIRST, SECOND
from tui.person import run_app
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.point_bar import PointBar
from viva.tui.interview.rating_bar import RatingBar
from viva.tui.interview.report_screen import ReportScreen
from viva.tui.interview.review_screen import ReviewScreen


def points(person):
    return person.app.screen.scene.feedback.grade.points


async def test_a_point_is_accepted_with_one_key_once_it_is_chosen(viva_over, early_stopping):
    async with run_app(viva_over(early_stopping), 100, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        before = person.app.screen.scene.feedback.grade.score
        assert [point.status for point in points(person)] == ["covered", "missed"]
        assert "⇥ Points" in person.lines[-1]
        await person.press("tab")
        assert person.widget(PointBar).has_focus
        assert person.sees(f"▸2 ○ {SECOND}"), "the point that was missed comes first"
        assert "a Counts" in person.lines[-1]
        await person.press("a")
        assert [(point.status, point.judged) for point in points(person)] == [("covered", False), ("covered", True)]
        assert person.app.screen.scene.feedback.grade.score > before
        assert person.sees(f"▸2 ✓ your word · {SECOND}", f"2 ✓ covered {SECOND} · your word")
        assert "○ missed" not in person.text, "the feedback is told anew where it stands"
        await person.press("x")
        assert [point.status for point in points(person)] == ["covered", "missed"]
        await person.press("escape")
        assert person.widget(RatingBar).has_focus
        assert not person.widget(PointBar).display


async def test_another_point_is_chosen_by_tab_and_by_number(viva_over, early_stopping):
    async with run_app(viva_over(early_stopping), 100, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        await person.press("tab", "tab")
        assert person.sees(f"▸1 ✓ {FIRST}")
        await person.press("2")
        assert person.sees(f"▸2 ○ {SECOND}")
        await person.press("9", "left", "x")
        assert points(person)[0].status == "missed"
        await person.press("enter")
        assert isinstance(person.app.screen, ReportScreen)


async def test_a_point_is_made_optional_and_usual_again(viva_over, early_stopping):
    async with run_app(viva_over(early_stopping), 100, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        before = person.app.screen.scene.feedback.grade.score
        await person.press("tab", "o")
        assert person.sees(f"▸2 ○ optional · {SECOND}")
        assert person.app.screen.scene.feedback.grade.score > before
        await person.press("o")
        assert person.app.screen.scene.feedback.grade.score == before
        await person.press("e")
        assert points(person)[1].importance == "essential"


async def test_the_keys_of_a_point_begin_a_line_where_none_is_chosen(viva_over, early_stopping):
    async with run_app(viva_over(early_stopping), 100, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        await person.type("ask me about LSTM")
        assert person.widget(AnswerBox).text == "ask me about LSTM"
        assert not any(point.judged for point in points(person))


async def test_the_same_is_said_in_a_line(viva_over, early_stopping):
    async with run_app(viva_over(early_stopping), 100, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        await person.say("/接受 2")
        assert points(person)[1].judged
        assert person.sees("you /接受 2", f"2 ✓ covered {SECOND} · your word")
        await person.say("/选答 1")
        assert points(person)[0].importance == "extra"
        await person.say("/accept 7")
        assert person.sees("there is no point 7: this question has 2 points")
        await person.say("/refuse")
        await person.press("y")
        assert person.sees("/不算")


async def test_what_is_no_answer_is_not_accepted(viva_over, early_stopping):
    async with run_app(viva_over(early_stopping), 100, 40) as person:
        await person.press("enter")
        await person.say("不知道")
        await person.press("tab", "a")
        assert person.sees("this was no answer, so it cannot be accepted")
        assert person.widget(PointBar).has_focus
        await person.press("escape", "r")
        assert not person.app.screen.scene.feedback.overridden


async def test_points_are_judged_when_looked_back_at(viva_over, early_stopping):
    async with run_app(viva_over(early_stopping), 100, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        await person.press("enter")
        await person.app.push_screen(ReviewScreen(person.app.screen.report.interview_id))
        await person.settle()
        await person.press("tab", "a")
        assert person.sees(f"▸2 ✓ your word · {SECOND}", f"2 ✓ covered {SECOND} · your word")
        await person.press("escape", "escape")
        assert isinstance(person.app.screen, ReportScreen)
