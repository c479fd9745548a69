"""The language of the interface, and the key that switches it."""

import shutil
from importlib import import_module
from pkgutil import walk_packages

from textual.command import CommandPalette
from textual.widgets import Input, OptionList

import viva.tui
from tui.conftest import NOTES
from tui.person import run_app
from tui.test_screens import english
from viva.i18n import speaking, spoken, tr
from viva.tui.common.dialogs import HelpScreen
from viva.tui.common.inputs import Choice, Stepper
from viva.tui.common.page import Page
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.rating_bar import RatingBar
from viva.tui.interview.screen import InterviewScreen
from viva.tui.library.question_list import QuestionList

HALF = "it keeps an average\nof past"


async def test_a_key_switches_in_the_middle_of_an_answer(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        question = person.app.screen.scene.question.entry.question
        await person.type(HALF)
        await person.press("left", "left")
        box = person.widget(AnswerBox)
        before = box.selection
        assert "F2 中文" in person.lines[-1]
        await person.press("f2")
        assert spoken() == "zh"
        assert person.sees("面试 已问 0/3 题", "第 1 题，共 3 题", question, "⏎ 提交", "^n 跳过", "F2 English", "就绪")
        assert (box.text, box.selection, box.has_focus) == (HALF, before, True)
        await person.type("x")
        assert box.text == "it keeps an average\nof paxst"
        await person.press("f2")
        assert person.sees("interview 0 of 3", "1 of 3", "⏎ Send", "F2 中文", "ready", "it keeps an average of paxst")


async def test_all_open_screens_speak_it_and_the_talk_stays(viva_over):
    async with run_app(viva_over("learning.md"), 100, 40) as person:
        await person.press("tab", "2", "enter")
        await person.say("it keeps an average of past gradients and damps oscillation")
        assert person.sees("In your notes", "proposed · again", "you it keeps an average")
        said = [line for line in person.lines if line.strip().startswith("viva ") and "ready" not in line]
        await person.press("f2")
        assert person.widget(RatingBar).has_focus
        assert person.sees(
            "笔记里的答案", "建议", "再问", "1 重来", "2 困难", "3 良好", "4 容易", "r 判对", "你 it keeps"
        )
        assert [line for line in person.lines if line.strip().startswith("viva ") and "就绪" not in line] == said
        await person.press("3", "f1")
        assert isinstance(person.app.screen, HelpScreen)
        assert person.sees("按键：面试", "Ctrl+J 换行", "撤回")
        await person.press("f2")
        assert person.sees("Keys: interview", "Ctrl+J makes a new line", "Undo", "F2 中文")
        await person.press("f2", "escape", "escape")
        assert person.sees(
            "用自己的笔记练面试", "继续：已问 1/2 题", "重新开始", "已问 1/2 题。", "先到这里", "◂ 2 ▸", "● 随机"
        )
        await person.press("f2")
        assert person.sees("Go on: 1 of 2 asked", "1 of 2 asked. We stop here.", "● random", "all topics 3")


async def test_what_is_chosen_and_listed_stays(viva_over):
    async with run_app(viva_over("learning.md"), 100, 40) as person:
        await person.press("tab", "2", "tab", "right", "right", "tab", "tab", "down")
        await person.press("f2")
        assert (person.widget(Stepper).value, person.widget(Choice).chosen) == (2, 2)
        topics = person.widget(OptionList)
        assert (topics.highlighted, topics.has_focus) == (1, True)
        assert person.sees("● 薄弱优先", "全部话题")
        await person.press("b", "down", "slash")
        await person.type("lowered")
        await person.press("f2")
        assert person.app.screen.query_one(Input).value == "lowered"
        assert person.widget(QuestionList).marked.entry.question.startswith("Why is the learning rate")
        assert person.sees("notes 1 of 3", "○ new", "scored by 2 points: its lines", "Filter")
        await person.press("f2")
        assert person.sees("笔记 1/3", "○ 新题", "按 2 个要点评分", "筛选")


async def test_notices_are_said_again(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        assert person.sees("indexed 3 questions into")
        await person.press("f2")
        assert "indexed" not in person.text
        await person.press("b", "slash")
        await person.type("qqq")
        assert person.sees("没有同时包含这些词的题", "笔记 0/3")
        await person.press("f2")
        assert person.sees("no question has all of these words", "notes 0 of 3")
        await person.press("escape", "escape", "enter", "enter")
        assert person.sees("Type an answer first.")
        await person.press("f2")
        assert person.sees("请先输入回答。", "在这里输入回答，回车提交。")


async def test_the_palette_speaks_it_too(viva_over):
    with speaking("zh"):
        async with run_app(viva_over("nets.zh.txt"), 100, 40) as person:
            await person.press("enter", "ctrl+p")
            assert isinstance(person.app.screen, CommandPalette)
            await person.pilot.pause(0.2)
            assert person.sees("搜索命令", "继续面试", "笔记", "进度", "设置")
            assert english(person) <= {"nets", "txt", "SVG", "English", "viva"}, person.text
            await person.type("english")
            await person.pilot.pause(0.2)
            await person.press("enter")
            assert spoken() == "en"
            assert person.sees("interview 0 of 4", "⏎ Send")
            await person.press("ctrl+p")
            await person.type("help")
            await person.pilot.pause(0.2)
            await person.press("enter")
            assert isinstance(person.app.screen, HelpScreen)


async def test_a_picture_is_told_of(viva_over, tmp_path):
    with speaking("zh"):
        async with run_app(viva_over("nets.zh.txt"), 160, 30) as person:
            person.app.deliver_screenshot(path=str(tmp_path))
            while not list(tmp_path.glob("*.svg")):
                await person.pilot.pause(0.05)
            await person.settle()
            told = [(each.title, each.message) for each in person.app._notifications]
            assert told == [("截图", f"已保存为 {next(tmp_path.glob('*.svg'))}")]


async def test_nothing_english_where_there_is_nothing_to_see(viva_over, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(NOTES / "nets.zh.txt", tmp_path / "网络.txt")
    (tmp_path / "空.txt").write_text("1.什么是召回率\n", encoding="utf-8")
    with speaking("zh"):
        async with run_app(viva_over(tmp_path / "网络.txt", tmp_path / "空.txt"), 100, 30) as person:
            await person.press("p")
            assert person.sees("还没有可以统计的内容。")
            assert not english(person), person.text
            await person.press("escape", "s")
            await person.type("。")
            assert not english(person) - {"txt"}, person.text
            await person.press("escape", "b", "end")
            assert person.sees("? 无答案 1. 什么是召回率", "笔记里没有这题的答案")
            assert not english(person) - {"txt"}, person.text
            await person.press("p")
            assert isinstance(person.app.screen, InterviewScreen)
            await person.press("ctrl+r")
            assert not english(person) - {"txt"}, person.text


def test_every_key_and_screen_of_ours_has_its_words_in_chinese():
    """A class is made before any language is in force: its words are noted there, and translated when they are shown."""
    modules = [import_module(found.name) for found in walk_packages(viva.tui.__path__, "viva.tui.")]
    classes = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    ours = [each for each in classes if each.__module__.startswith("viva.tui")]
    told = {each.HEADING for each in ours if issubclass(each, Page)} | {
        each.ABOUT for each in ours if issubclass(each, Page)
    }
    told |= {binding.description for each in ours for binding in vars(each).get("BINDINGS", ())}
    with speaking("zh"):
        assert {text for text in told if text and tr(text) == text} == set()


async def test_a_line_of_keys_ends_with_a_whole_key(viva_over):
    async with run_app(viva_over("learning.md"), 80, 24) as person:
        whole = person.lines[-1].split()
        for width in range(20, 80, 7):
            await person.pilot.resize_terminal(width, 24)
            await person.settle()
            shown = person.lines[-1].split()
            assert shown == whole[: len(shown)]
            assert len(shown) % 2 == 0
