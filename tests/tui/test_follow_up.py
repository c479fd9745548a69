"""Follow-ups at the keyboard: answered, left, killed, judged."""

from __future__ import annotations

import pytest

from tui.conftest import EARLY_STOPPING, FIRST, SECOND
from tui.person import run_app
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.rating_bar import RatingBar
from viva.tui.interview.report_screen import ReportScreen

NOTES = EARLY_STOPPING + "2.什么是权重衰减\n\t每一步把权重往零拉一点\n\t让模型更简单\n"
ASKED = "关于早停，还能补充什么？"


@pytest.fixture
def app_over(viva_over, tmp_path):
    def over(text=NOTES, **changes):
        path = tmp_path / "one.txt"
        path.write_text(text, encoding="utf-8")
        return viva_over(path, **({"follow_ups": True} | changes))

    return over


def only(text=NOTES):
    return text.partition("2.")[0]


def feedback(person):
    return person.app.screen.scene.feedback


async def to_early_stopping(person):
    await person.press("enter")
    if person.app.screen.scene.question.entry.number != "1":
        await person.press("ctrl+n")


async def reviews(person):
    return await person.app.core.call(person.app.workspace.reviews)


async def test_what_is_added_is_graded_with_the_first_answer(app_over):
    async with run_app(app_over(only()), 90, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        first = feedback(person).grade.score
        assert person.sees(f"{first} ━", "✓ covered", "○ 1 point is shown after the follow-up", f"viva {ASKED}")
        assert person.sees("Add to your answer. Enter alone leaves it.")
        assert SECOND not in person.text
        assert "In your notes" not in person.text
        assert person.widget(AnswerBox).has_focus
        assert "1 Again" not in person.text, "its keys would be typed into the answer"
        await person.say(SECOND)
        assert person.sees("1 Again", "proposed")
        after = feedback(person)
        assert after.grade.score > first
        assert person.sees(f"{after.grade.score} ━", f"+{after.grade.score - first}", f"you {SECOND}")
        assert person.sees("In your notes")
        assert person.text.count("✓ covered") == 2, "the first list of points has given way"
        assert "after the follow-up" not in person.text
        assert person.widget(RatingBar).has_focus
        [review] = await reviews(person)
        assert (review.answer, review.follow_up.answer) == (FIRST, SECOND)
        await person.press("enter")
        assert isinstance(person.app.screen, ReportScreen)


async def test_enter_alone_leaves_it_and_what_was_kept_back_is_read_and_rated_before_the_next_question(app_over):
    async with run_app(app_over(count=2), 90, 44) as person:
        await to_early_stopping(person)
        await person.say(FIRST)
        waiting = person.app.screen.scene
        assert waiting.follows_up
        await person.press("enter")
        assert person.sees(f"○ missed {SECOND}", "In your notes")
        assert person.app.screen.scene.question is None
        assert person.widget(RatingBar).has_focus
        await person.press("2")
        assert feedback(person).rating == 2
        assert "after the follow-up" not in person.text
        assert [review.follow_up.answer for review in await reviews(person) if review.follow_up] == [""]


async def test_after_the_last_question_it_is_read_before_the_report(app_over):
    async with run_app(app_over(only()), 90, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        await person.press("enter")
        assert person.sees(f"○ missed {SECOND}")
        assert person.widget(RatingBar).has_focus
        await person.press("2")
        await person.press("enter")
        assert isinstance(person.app.screen, ReportScreen)
        assert person.sees("1 asked · 1 answered")


@pytest.mark.parametrize("way", ["不知道", "/答案", "提示"])
async def test_the_answer_may_be_seen_instead(app_over, way):
    async with run_app(app_over(), 90, 44) as person:
        await to_early_stopping(person)
        await person.say(FIRST)
        await person.say(way)
        assert person.sees(f"○ missed {SECOND}")
        assert person.widget(RatingBar).has_focus
        assert feedback(person).gain is None


async def test_ctrl_r_shows_and_ctrl_n_goes_on(app_over):
    async with run_app(app_over(only()), 90, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        await person.type("写了一半")
        await person.press("ctrl+r")
        assert person.sees(f"○ missed {SECOND}")
        [review] = await reviews(person)
        assert review.follow_up.first_score is None
        await person.press("u")
        assert person.widget(AnswerBox).text.startswith(FIRST)


async def test_it_may_be_rated_and_judged_without_an_answer(app_over):
    async with run_app(app_over(only()), 90, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        await person.say("/rate 1")
        assert person.app.screen.scene.follows_up
        await person.say("/right")
        assert person.sees("(your verdict)", f"○ missed {SECOND}")
        assert not person.app.screen.scene.follows_up


async def test_the_follow_up_can_be_heard_again_and_looked_up_around(app_over):
    async with run_app(app_over(only()), 90, 60) as person:
        await person.press("enter")
        await person.say(FIRST)
        await person.say("再说一遍")
        assert person.text.count(ASKED) == 2
        await person.say("我答得怎么样")
        assert person.app.screen.scene.follows_up


async def test_its_draft_survives_leaving(app_over):
    app = app_over(only())
    async with run_app(app, 90, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        await person.type("保留最好")
        await person.press("ctrl+q")
    async with run_app(app_over(only()), 90, 40) as person:
        assert person.sees("Go on: 1 of 1 asked")
        await person.press("enter")
        assert person.sees(f"you {FIRST}", f"viva {ASKED}", "保留最好")
        assert SECOND not in person.text
        await person.type("的权重")
        await person.press("enter")
        assert feedback(person).gain > 0
        [review] = await reviews(person)
        assert review.follow_up.answer == "保留最好的权重"


async def test_the_draft_survives_a_kill(app_over, monkeypatch):
    monkeypatch.setattr("viva.tui.interview.screen.DRAFT_PAUSE", 0.01)
    app = app_over(only())
    async with run_app(app) as person:
        await person.press("enter")
        await person.say(FIRST)
        await person.type("还没写完")
        while not await app.core.call(lambda: getattr(app.workspace.unfinished(), "draft", "")):
            await person.pilot.pause(0.01)
        assert await app.core.call(lambda: app.workspace.unfinished().draft) == "还没写完"


async def test_none_is_asked_where_the_settings_say_so(app_over):
    async with run_app(app_over(only(), follow_ups=False), 90, 40) as person:
        await person.press("enter")
        await person.say(FIRST)
        assert person.sees(f"○ missed {SECOND}")
        assert person.widget(RatingBar).has_focus


async def test_hints_stand_beside_the_score(app_over):
    async with run_app(app_over(only(), follow_ups=False), 90, 40) as person:
        await person.press("enter", "ctrl+t", "ctrl+t")
        await person.say(FIRST)
        assert person.sees("· 2 hints")
        await person.press("enter")
        assert person.sees("1 answered", "2 hints")
