"""What is typed is kept whatever is done next, and arrives in its order however fast it comes."""

import pytest
from textual import events

from tui.conftest import FIRST
from tui.person import run_app
from viva.errors import InterviewError
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.rating_bar import RatingBar
from viva.tui.interview.report_screen import ReportScreen
from viva.tui.interview.screen import InterviewScreen
from viva.tui.search.screen import SearchScreen
from viva.tui.start.screen import StartScreen

ANSWER = "缩小特征图的尺寸"
HALF = "才写了一半"
NAMES = {"/": "slash", "\r": "enter", " ": "space"}


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    """Nothing is stored by the mere passing of time."""
    monkeypatch.setattr("viva.tui.interview.screen.DRAFT_PAUSE", 600)


def box(person):
    return person.widget(AnswerBox)


def asked(person):
    return person.app.screen.scene.question.entry


def burst(person, text):
    """Send keys as a terminal does, one right after the other."""
    for character in text:
        named = character if character.isascii() and character.isalnum() else f"typed_{ord(character):x}"
        person.app.post_message(events.Key(NAMES.get(character, named), character))


async def test_who_types_without_a_rest_has_it_stored_too(viva_over, monkeypatch):
    monkeypatch.setattr("viva.tui.interview.screen.DRAFT_PAUSE", 0.3)
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        for _ in range(12):
            burst(person, "写")
            await person.pilot.pause(0.1)
        assert len(await draft(person)) >= 5


async def draft(person):
    return await person.app.core.call(lambda: person.app.workspace.unfinished().draft)


@pytest.mark.parametrize(("key", "outcome"), [("ctrl+n", "skipped"), ("ctrl+r", "revealed"), ("ctrl+l", "skipped")])
async def test_what_was_just_typed_is_kept_with_a_turn_that_is_left(viva_over, key, outcome):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        first = asked(person)
        await person.type(HALF)
        await person.press(key)
        [review] = await person.app.core.call(person.app.workspace.reviews)
        assert (review.question, review.answer, review.outcome) == (first.question, HALF, outcome)
        assert box(person).text == ""
        await person.say("/undo")
        assert asked(person) == first
        assert box(person).text == HALF


async def test_what_was_just_typed_is_stored_before_a_hint(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.type(HALF)
        assert await draft(person) == ""
        await person.press("ctrl+t")
        assert (await draft(person), box(person).text) == (HALF, HALF)


async def test_a_line_that_changes_the_topic_or_is_obeyed_is_no_draft(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        await person.say("/topic Data")
        assert (await draft(person), box(person).text) == ("", "")
        await person.say("/hint")
        assert (await draft(person), box(person).text) == ("", "")


@pytest.mark.parametrize("way", ["palette", "help", "search"])
async def test_what_was_just_typed_is_stored_when_another_screen_opens(viva_over, way):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.type(HALF)
        if way == "palette":
            await person.press("ctrl+p")
        elif way == "help":
            await person.press("f1")
        else:
            await person.app.navigator.search()
        await person.settle()
        assert not isinstance(person.app.screen, InterviewScreen)
        assert await draft(person) == HALF


async def test_undo_during_a_follow_up_keeps_both_answers(viva_over, early_stopping):
    async with run_app(viva_over(early_stopping, follow_ups=True), 90, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        assert person.app.screen.scene.follows_up
        await person.type(HALF)
        person.app.screen._pass_on(person.app.screen.session.undo)
        await person.settle()
        assert box(person).text == f"验证集损失连续若干轮不再下降时停止训练\n{HALF}"


async def test_a_line_not_sent_yet_stays_when_the_feedback_is_left(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.say(ANSWER)
        await person.type("先写着")
        person.widget(RatingBar).action_next()
        await person.settle()
        assert person.app.screen.scene.question is not None
        assert box(person).text == "先写着"


async def test_a_line_not_sent_yet_waits_with_the_next_question_when_viva_is_left(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.say(ANSWER)
        await person.type("先写着")
        await person.app._keep_pages()
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        assert person.app.screen.scene.question is not None
        assert box(person).text == "先写着"


# Faster than the screen


@pytest.mark.parametrize("text", ["/stop", "/停", "下一题", "next", "残差连接 and then some", "/say it: 1 2 3 q?"])
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_burst_at_the_feedback_arrives_in_its_order(viva_over, text, size):
    async with run_app(viva_over("nets.zh.txt"), *size) as person:
        await person.press("enter")
        await person.say(ANSWER)
        assert person.widget(RatingBar).has_focus
        given = person.app.screen.scene.feedback
        burst(person, text)
        await person.settle()
        assert box(person).text == text
        assert box(person).has_focus
        assert person.app.screen.scene.feedback == given, "no letter of it was taken for a judgement"


async def test_a_burst_with_enter_is_sent_whole(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.say(ANSWER)
        burst(person, "/stop\r")
        await person.settle()
        assert person.sees("you /stop")
        await person.press("y")
        assert isinstance(person.app.screen, ReportScreen)


async def test_keys_of_the_feedback_still_judge(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.say(ANSWER)
        burst(person, "w2")
        await person.settle()
        assert box(person).text == ""
        assert person.app.screen.scene.feedback.overridden


async def test_what_is_typed_while_an_answer_is_graded_stays(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        burst(person, f"{ANSWER}\r下一")
        await person.settle()
        assert person.app.screen.scene.feedback.answer == ANSWER
        assert box(person).text == "下一"
        assert box(person).has_focus
        burst(person, "题\r")
        await person.settle()
        assert person.sees("you 下一题", "2 of 4")


async def test_a_paste_at_the_feedback_is_a_line(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.say(ANSWER)
        person.app.post_message(events.Paste("贴上的"))
        burst(person, "一行")
        await person.settle()
        assert box(person).text == "贴上的一行"


async def test_a_burst_in_the_find_line_stays_there(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter", "ctrl+f")
        burst(person, "/残差")
        await person.settle()
        assert box(person).text == ""


@pytest.mark.parametrize("text", ["q means query", "sbpc, n", "残差连接"])
async def test_what_is_typed_while_the_interview_opens_goes_to_its_box(viva_over, text):
    async with run_app(viva_over("nets.zh.txt")) as person:
        burst(person, f"\r{text}")
        await person.settle()
        assert isinstance(person.app.screen, InterviewScreen)
        assert box(person).text == text
        assert box(person).has_focus


async def test_what_is_typed_while_the_interview_opens_can_be_sent_and_pasted(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        burst(person, "\r\r")
        await person.pilot.pause(0)
        person.app.post_message(events.Paste("缩小"))
        burst(person, "特征图的尺寸\r")
        await person.settle()
        assert person.app.screen.scene.feedback.answer == ANSWER


async def test_what_is_typed_where_no_interview_comes_does_nothing(viva_over, monkeypatch):
    def cannot(*_, **__):
        raise InterviewError("no")

    monkeypatch.setattr("viva.workspace.Workspace.begin_session", cannot)
    async with run_app(viva_over("nets.zh.txt")) as person:
        burst(person, "\rq")
        await person.settle()
        assert person.app.return_code is None
        assert isinstance(person.app.screen, StartScreen)
        await person.press("s")
        assert isinstance(person.app.screen, SearchScreen)
        assert person.app._type_ahead.take() == []
