"""A whole interview at the keyboard, with the real model, index and history."""

import asyncio
import threading

from textual import events
from textual.messages import ExitApp

from tui.person import run_app
from viva.errors import HistoryError
from viva.tui.interview.answer_box import AnswerBox, DoubtBar
from viva.tui.interview.rating_bar import RatingBar
from viva.tui.interview.report_screen import ReportScreen
from viva.tui.interview.screen import InterviewScreen
from viva.tui.start.screen import StartScreen
from viva.types import Rating

GOOD = {
    "什么是池化层": "把特征图缩小，后面计算就少了，而且小的平移不会影响输出",
    "残差连接解决了什么问题": "网络变深以后会退化，残差连接缓解它，梯度还能沿捷径直接传到浅层",
    "为什么要打乱训练数据": "不打乱的话同类样本连在一起，梯度方向会有偏",
    "什么是教师强制": "训练解码器时用真实的上一个词作输入，不用模型自己的输出",
}


def asked(person):
    return person.app.screen.scene.question.entry


def feedback(person):
    return person.app.screen.scene.feedback


def box(person):
    return person.widget(AnswerBox)


async def test_answer_rate_quit_and_go_on(viva_over, capsys):
    app = viva_over("nets.zh.txt")
    async with run_app(app) as person:
        await person.press("enter")
        question = asked(person).question
        assert person.sees("1 of 4 · nets.zh.txt", question, "Your answer. Enter sends it.")
        await person.say(GOOD[question])
        given = feedback(person)
        assert given.grade.score >= 60
        assert person.sees(question, GOOD[question], f"{given.grade.score} ━", "✓ covered", "In your notes")
        assert person.sees(f"nets.zh.txt:{given.question.entry.line}", f"▸{int(given.proposed)}", "proposed")

        other = 2 if given.proposed != Rating.HARD else 3
        await person.press(str(other))
        assert person.sees(f"▸{other}", "your choice")
        await person.press("enter")
        second = asked(person).question
        assert second != question
        await person.type("写了一半")
        await person.press("ctrl+q")
    assert app.return_code == 0
    assert "1 of 4 asked" in capsys.readouterr().err

    async with run_app(viva_over("nets.zh.txt")) as person:
        assert person.sees("Go on: 1 of 4 asked", "Start anew")
        await person.press("enter")
        assert asked(person).question == second
        assert box(person).text == "写了一半"
        reviews = await person.app.core.call(person.app.workspace.reviews)
        assert [(review.question, review.rating) for review in reviews] == [(question, Rating(other))]
        await person.press("escape")
        assert isinstance(person.app.screen, StartScreen)


async def test_to_the_report(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        scores = []
        for _ in range(3):
            await person.say(GOOD[asked(person).question])
            scores.append(feedback(person).grade.score)
            await person.press("enter")
        last = asked(person).question
        await person.press("ctrl+n")
        assert isinstance(person.app.screen, ReportScreen)
        assert person.sees("4 asked · 3 answered · 1 skipped", "mean score", f"{round(sum(scores) / 3)} ━")
        assert last not in person.text
        assert person.sees("Worth another look", "nets.zh.txt:")
        await person.press("enter")
        assert isinstance(person.app.screen, StartScreen)
        assert "Go on" not in person.text


async def test_plain_words_are_obeyed(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        first = asked(person)
        await person.say("给个提示")
        assert person.sees("you 给个提示", f"答案有 {len(first.points)} 个要点")
        assert asked(person) == first
        assert box(person).text == ""
        await person.say("我答得怎么样")
        assert person.sees("4 题里已经问了 0 题")
        await person.say("查一下 残差连接")
        assert person.sees("nets.zh.txt:5", "残差连接解决了什么问题")
        await person.say("跳过这题")
        assert asked(person) != first
        assert person.sees(first.question, "you 跳过这题")
        second = asked(person)
        await person.say("/答案")
        assert person.sees(second.points[0].text)
        assert asked(person) not in (first, second)


async def test_a_near_miss_is_asked_about(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        first = asked(person)
        await person.say("/hnit")
        assert person.widget(DoubtBar).has_focus
        assert person.sees("Did you mean to have a hint?", "y / n")
        await person.press("y")
        assert person.sees("The answer has 2 points")
        assert asked(person) == first
        await person.say("/skpi")
        await person.press("n")
        assert feedback(person).answer == "/skpi"
        assert feedback(person).question.entry == first


async def test_stop_asks_first(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        await person.say("/stop")
        assert person.sees("End the interview here")
        await person.press("n")
        assert box(person).has_focus
        await person.say("stop")
        await person.press("y")
        assert isinstance(person.app.screen, ReportScreen)
        assert person.sees("No answer was graded.")


async def test_override_and_undo(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        entry = asked(person)
        await person.say("something about cooking pasta with tomato sauce")
        assert feedback(person).grade.verdict == "weak"
        await person.press("r")
        assert feedback(person).overridden
        assert feedback(person).grade.verdict == "strong"
        assert person.sees("strong (your verdict)")
        await person.press("u")
        assert asked(person) == entry
        assert box(person).text == "something about cooking pasta with tomato sauce"
        assert box(person).has_focus
        assert await person.app.core.call(person.app.workspace.reviews) == []


async def test_empty_answers_are_not_graded(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        await person.press("enter")
        await person.say("   ")
        assert feedback(person) is None
        assert person.sees("Type an answer first.")


async def test_lines_stay_lines(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.type("第一点\n第二点")
        await person.paste("\r\n粘贴的\x1b[31m一行\r另一行")
        assert box(person).text == "第一点\n第二点\n粘贴的[31m一行\n另一行"
        await person.press("enter")
        assert feedback(person).answer == "第一点\n第二点\n粘贴的[31m一行\n另一行"


async def test_letters_typed_before_enter_are_all_sent(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        for character in "缩小特征图":
            person.app.post_message(events.Key(f"typed_{ord(character):x}", character))
        person.app.post_message(events.Key("enter", "\r"))
        await person.settle()
        assert feedback(person).answer == "缩小特征图"


async def test_the_caret_stands_after_wide_characters(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.type("池化a（层）")
        left = box(person).content_region.offset
        assert person.app.cursor_position == (left.x + 2 + 2 + 1 + 2 + 2 + 2, left.y)
        await person.press("left", "left")
        assert person.app.cursor_position == (left.x + 7, left.y)


async def test_an_error_of_the_core_is_one_line_and_loses_nothing(viva_over, monkeypatch):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")

        def full(*_args, **_changes):
            raise HistoryError("the history cannot be written: free some space")

        monkeypatch.setattr(person.app.workspace.history, "record", full)
        await person.say("缩小特征图的尺寸")
        assert person.sees("✗ the history cannot be written: free some space")
        assert box(person).text == "缩小特征图的尺寸"
        assert asked(person) is not None
        monkeypatch.undo()
        await person.press("enter")
        assert feedback(person).answer == "缩小特征图的尺寸"


async def test_notes_without_an_answer_leave_the_judgement_to_the_person(viva_over, tmp_path):
    notes = tmp_path / "bare.txt"
    notes.write_text("1.What is dropout?\n", encoding="utf-8")
    async with run_app(viva_over(notes)) as person:
        await person.press("enter")
        await person.say("it switches random units off while training")
        assert person.sees("unsure, please judge for yourself", "Right, partly or wrong? r, p or w")
        assert "0 ─" not in person.text
        assert "▸" not in person.text
        assert feedback(person).rating == Rating.HARD
        await person.press("4")
        assert feedback(person).rating == Rating.EASY
        assert person.sees("▸4 Easy", "your choice")
        assert "Right, partly or wrong?" not in person.text


async def test_long_feedback_is_read_from_the_score_on_with_the_notes_above_it(viva_over, tmp_path):
    notes = tmp_path / "long.txt"
    points = "\n".join(f"\t{number}.part number {number} of the checklist matters" for number in range(1, 30))
    notes.write_text(f"1.What is on the checklist?\n{points}\n", encoding="utf-8")
    async with run_app(viva_over(notes)) as person:
        await person.press("enter")
        await person.say("part number 3 of the checklist matters")
        assert person.sees(f"{feedback(person).grade.score} ━") or person.sees(f"{feedback(person).grade.score} ─")
        assert "In your notes" not in person.text
        for _ in range(3):
            await person.press("pageup")
        assert person.sees("In your notes")
        assert person.widget(RatingBar).has_focus


async def test_the_draft_is_kept_when_viva_is_ended_from_outside(viva_over, monkeypatch):
    monkeypatch.setattr("viva.tui.interview.screen.DRAFT_PAUSE", 60)
    app = viva_over("nets.zh.txt")
    async with run_app(app) as person:
        await person.press("enter")
        await person.type("还没写完")
        app.post_message(ExitApp())  # what a signal and a closed page send
        async with asyncio.timeout(10):
            while not await app.core.call(lambda: app.workspace.unfinished().draft):
                await person.pilot.pause(0.01)


async def test_the_draft_survives_a_kill(viva_over, monkeypatch):
    monkeypatch.setattr("viva.tui.interview.screen.DRAFT_PAUSE", 0.01)
    app = viva_over("nets.zh.txt")
    async with run_app(app) as person:
        await person.press("enter")
        await person.type("还没写完")
        while not await app.core.call(lambda: app.workspace.unfinished().draft):
            await person.pilot.pause(0.01)
        assert isinstance(app.screen, InterviewScreen)
        assert await app.core.call(lambda: app.workspace.unfinished().draft) == "还没写完"


async def test_words_typed_at_the_feedback_are_a_line(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.say("缩小特征图的尺寸")
        assert person.widget(RatingBar).has_focus
        await person.say("下一题")
        assert feedback(person) is None
        assert person.sees("you 下一题", "2 of 4")
        await person.say("缩小特征图的尺寸")
        given = feedback(person)
        await person.say("next it is said that the gradient flows along the shortcut")
        assert person.sees("Already answered. To add to it press Esc, then u.")
        assert feedback(person) == given
        assert box(person).text == "next it is said that the gradient flows along the shortcut"


async def test_escape_leads_from_a_line_back_to_the_keys_and_u_adds_it_to_the_answer(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.say("缩小特征图的尺寸")
        await person.type("还有")
        await person.press("backspace", "backspace", "escape")
        assert person.widget(RatingBar).has_focus
        assert "⏎ Next" in person.lines[-1]
        await person.say("还能减少计算")
        assert person.sees("Already answered.")
        await person.press("escape")
        assert "Already answered." not in person.text
        await person.press("u")
        assert box(person).text == "缩小特征图的尺寸\n还能减少计算"
        assert asked(person) is not None
        await person.press("enter")
        await person.press("escape")
        assert isinstance(person.app.screen, StartScreen)


async def test_the_last_answer_is_read_before_the_report(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter", "ctrl+n", "ctrl+n", "ctrl+n")
        last = asked(person)
        await person.press("ctrl+r")
        assert person.sees(last.points[0].text, "Enter shows the report.")
        await person.press("enter")
        assert isinstance(person.app.screen, ReportScreen)
        assert person.sees("4 asked · 0 answered · 3 skipped · 1 shown")


async def test_what_did_not_go_well_is_asked_again_from_the_report(viva_over):
    async with run_app(viva_over("nets.zh.txt")) as person:
        await person.press("enter")
        await person.say(asked(person).points[0].text)
        await person.press("r", "enter")
        skipped = set()
        for _ in range(3):
            skipped.add(asked(person).question)
            await person.press("ctrl+n")
        assert isinstance(person.app.screen, ReportScreen)
        assert person.sees("a Retry", "Skipped or shown", *(f"– {question}" for question in skipped))
        await person.press("a")
        assert person.app.screen.scene.question.total == 3
        for _ in range(3):
            assert asked(person).question in skipped
            await person.say("、".join(point.text for point in asked(person).points))
            await person.press("r", "enter")
        assert isinstance(person.app.screen, ReportScreen)
        assert "Retry" not in person.text
        await person.press("a")
        assert isinstance(person.app.screen, ReportScreen)


async def test_a_chinese_talk_is_chinese_throughout(viva_over):
    async with run_app(viva_over("nets.zh.txt", "learning.md")) as person:
        await person.press("enter")
        while asked(person).question not in GOOD:
            await person.press("ctrl+n")
        await person.say("/话题")
        assert person.sees("笔记里的话题：", "这样选：/话题")
        await person.say("/查")
        assert person.sees("想查什么？")
        await person.say("/停")
        assert person.sees("现在结束这次面试，看总结？")
        await person.press("n")
        await person.say("不太清楚这道题要怎么回答")
        await person.press("u")
        assert person.sees("撤回了，再来一次。")


async def test_notes_without_topics_say_so(viva_over, tmp_path):
    notes = tmp_path / "flat.txt"
    notes.write_text("1.什么是召回率\n\t相关的里面找到了多少\n", encoding="utf-8")
    async with run_app(viva_over(notes)) as person:
        await person.press("enter")
        await person.say("换个话题")
        assert person.sees("笔记没有分话题")


async def test_the_report_is_saved_on_a_key(viva_over, isolated_home):
    async with run_app(viva_over("nets.zh.txt"), 100, 40) as person:
        await person.press("enter")
        await person.say("不知道")
        await person.press("enter")
        for _ in range(3):
            await person.press("ctrl+n")
        assert isinstance(person.app.screen, ReportScreen)
        await person.press("s")
        markdown, page = sorted((isolated_home / "reports").iterdir(), reverse=True)
        assert (markdown.suffix, page.suffix) == (".md", ".html")
        assert person.sees(f"saved {markdown.name} and {page.name} in {page.parent}", "s Save")
        assert markdown.read_text(encoding="utf-8").startswith("# 面试报告 ")
        assert "</html>" in page.read_text(encoding="utf-8")
        await person.press("f1")
        assert person.sees("Save", "viva report writes it where")


async def test_what_an_answer_is_compared_with_is_ready_before_it_is_sent(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        entry = person.app.screen.scene.question.entry
        prepared = person.app.workspace.grader._references
        assert (entry.question, entry.answer, entry.points) in prepared


async def test_grading_is_told_only_where_it_takes_a_while(viva_over, monkeypatch):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        session, going_on = person.app.screen.session, threading.Event()
        graded = session.say

        def slowly(line):
            going_on.wait(10)
            return graded(line)

        monkeypatch.setattr(session, "say", slowly)
        await person.type("an answer")
        await person.pilot.press("enter")
        while "grading…" not in person.text:
            await person.pilot.pause(0.05)
        going_on.set()
        await person.settle()
        assert person.sees("ready")
        assert "grading…" not in person.text
