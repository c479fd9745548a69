from __future__ import annotations

import json
import lzma
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.interview.dialogue.intents import Intent, understand
from viva.interview.dialogue.phrases import NAMES, PHRASES

COMMANDS = {
    "repeat": (
        "再说一遍",
        "请再说一遍。",
        "题目是什么？",
        "Repeat the question, please",
        "what was the question?",
        "/repeat",
        "/重复",
    ),
    "hint": (
        "提示",
        "给个提示吧",
        "能给个提示吗？",
        "hint",
        "Give me a hint!",
        "could I have a hint?",
        "/hint",
        "/提示",
        "／提示",
    ),
    "skip": (
        "换一题",
        "跳过",
        "这题先跳过吧",
        "换个问题",
        "skip",
        "skip this one",
        "Ask me something else.",
        "/skip",
        "/换一题",
    ),
    "reveal": (
        "看答案",
        "不会，看答案",
        "正确答案是什么？",
        "Show the answer",
        "I don't know, show me the answer",
        "/show",
        "/答案",
    ),
    "next": ("下一题", "继续", "好的，下一题", "next", "Next question please", "let's move on", "/next", "/下一题"),
    "progress": ("我答得怎么样？", "还剩几题", "How am I doing?", "how many questions are left", "/progress", "/进度"),
    "stop": ("停止", "今天就到这里吧", "退出", "stop", "Quit.", "that's enough for today", "/stop", "/结束", "/quit"),
    "undo": ("撤销", "上一题重答", "undo", "let me try again", "/undo", "/撤销"),
    "help": ("帮助", "有什么命令？", "help", "what can I say?", "/help", "/帮助", "/?"),
}
ARGUMENTS = {
    "考我卷积": Intent("topic", "卷积"),
    "考考我LSTM吧": Intent("topic", "LSTM"),
    "问我关于注意力的问题": Intent("topic", "注意力"),
    "换个话题：优化器": Intent("topic", "优化器"),
    "ask me about LSTM": Intent("topic", "LSTM"),
    "Can you quiz me on batch normalization?": Intent("topic", "batch normalization"),
    "/topic LSTM": Intent("topic", "LSTM"),
    "/topic": Intent("topic", ""),
    "来点卷积": Intent("topic", "卷积"),
    "查一下 感受野": Intent("search", "感受野"),
    "查一下感受野": Intent("search", "感受野"),
    "搜索 ResNet": Intent("search", "ResNet"),
    "search receptive field": Intent("search", "receptive field"),
    "Search my notes for dropout": Intent("search", "dropout"),
    "look up GELU": Intent("search", "GELU"),
    "/search 感受野 -池化": Intent("search", "感受野 -池化"),
    "/3": Intent("rate", "3"),
    "/rate 2": Intent("rate", "2"),
    "/rate easy": Intent("rate", "4"),
    "/评分 困难": Intent("rate", "2"),
    "/right": Intent("override", "strong"),
    "/wrong": Intent("override", "weak"),
    "/partial": Intent("override", "partial"),
    "/答对": Intent("override", "strong"),
    "我答对了": Intent("override", "strong"),
    "I was right": Intent("override", "strong"),
    "/accept 2": Intent("accept", "2"),
    "/接受 2": Intent("accept", "2"),
    "／接受第二点": Intent("accept", "2"),
    "接受 2": Intent("accept", "2"),
    "接受第2点吧": Intent("accept", "2"),
    "accept point 3, please": Intent("accept", "3"),
    "/refuse 1": Intent("refuse", "1"),
    "/不算1": Intent("refuse", "1"),
    "不算第 3 个要点": Intent("refuse", "3"),
    "/extra 12": Intent("extra", "12"),
    "/选答 十": Intent("extra", "10"),
    "/essential 2": Intent("essential", "2"),
    "/必答 2": Intent("essential", "2"),
    "/normal 2": Intent("normal", "2"),
    "/普通 2": Intent("normal", "2"),
    "我答错了": Intent("override", "weak"),
}
ANSWERS = (
    "不知道",
    "I don't know",
    "不会",
    "没有",
    "是",
    "3",
    "提升非线性",
    "跳过连接让梯度直接流过",
    "下一层的输入分布会变化",
    "停止更新就是早停",
    "search the tree from the root to a leaf",
    "搜索空间变大",
    "stop words are removed first",
    "next sentence prediction",
    "换成深度可分离卷积",
    "继续训练直到验证误差上升",
    "hint loss from the teacher network",
    "skip connections",
    "the answer is momentum",
    "查询、键和值的点积",
    "show that the gradient vanishes",
    "repeat the block six times",
    "来点随机性",
    "接受两个输入",
    "接受两个",
    "接受 2 个",
    "不算",
    "算 3",
    "accept 2 inputs",
    "extra 2",
)


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in COMMANDS.items() for line in lines])
def test_commands(kind, line):
    assert understand(line) == Intent(kind)


@pytest.mark.parametrize("line", ARGUMENTS)
def test_commands_with_an_argument(line):
    assert understand(line, topics=["卷积"]) == ARGUMENTS[line]


@pytest.mark.parametrize("line", ANSWERS)
def test_answers(line):
    assert understand(line, topics=["卷积"]) == Intent("answer", line)


@pytest.mark.parametrize(
    ("line", "kind"),
    [("show teh anwser", "reveal"), ("gime a hint", "hint"), ("/hnit", "hint"), ("/skpi", "skip"), ("/rigth", "override"),
     ("/accept", "accept"), ("/acept 2", "accept"), ("/refuse x", "refuse"), ("/blorp", "help"), ("/rate", "rate"), ("/rate 9", "rate"), ("再重复一遍", "repeat")],
)  # fmt: skip
def test_a_near_miss_asks(line, kind):
    intent = understand(line)
    assert (intent.kind, intent.certain) == (kind, False)


def test_one_slip_of_the_keys_is_no_doubt():
    assert understand("show me teh answer") == Intent("reveal")


@pytest.mark.parametrize(("line", "answer"), [("//usr/bin", "/usr/bin"), ("／／开头", "／开头"), ("  //x", "  /x")])
def test_two_slashes_begin_an_answer(line, answer):
    assert understand(line) == Intent("answer", answer)


@given(st.sampled_from(["skip", "/hint", "看答案", "stop"]), st.text(max_size=20))
def test_more_than_one_line_is_an_answer(command, more):
    text = f"{command}\n{more}x"
    assert understand(text) == Intent("answer", text)


@given(st.text(max_size=400))
def test_any_text_means_something_and_an_answer_is_kept_as_typed(text):
    intent = understand(text)
    if intent.kind == "answer" and not text.strip().startswith(("/", "／")):
        assert intent.argument == text


def test_a_very_long_line_takes_no_time():
    begun = time.process_time()
    for line in ("!" * 200_000, "查" * 200_000, "ask me about " + "a " * 100_000, " " * 100_000 + "x", "! " * 99):
        assert understand(line).kind == "answer"
    assert time.process_time() - begun < 1


def test_every_kind_has_names_in_both_languages_and_no_name_or_phrase_has_two_meanings():
    names = [name for names in NAMES.values() for name in names]
    assert len(names) == len(set(names))
    for options in NAMES.values():
        assert any(name.isascii() for name in options)
        assert any(not name.isascii() for name in options)
    phrases = [phrase for group in PHRASES.values() for phrase in group]
    assert len(phrases) == len(set(phrases))
    for (kind, argument), group in PHRASES.items():
        for phrase in group:
            assert understand(phrase) == Intent(kind, argument), phrase


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("换个话题", "topic"),
        ("换个话题吧", "topic"),
        ("考我点别的", "topic"),
        ("change the topic", "topic"),
        ("different topic please", "topic"),
        ("q", "stop"),
        (":q", "stop"),
        ("保存并退出", "stop"),
        ("pass", "skip"),
        ("答案", "reveal"),
        ("怎么退出", "help"),
        ("?", "help"),
        ("？", "help"),
    ],
)
def test_short_ways_to_say_it(line, kind):
    assert understand(line) == Intent(kind, "")


@pytest.mark.parametrize(("line", "kind"), [("查询 键 值", "search")])
def test_what_may_be_either_is_asked_about(line, kind):
    found = understand(line)
    assert (found.kind, found.certain) == (kind, False)


@pytest.mark.shared
def test_a_real_answer_is_never_a_command(shared):
    """Graded answers of students. What literally asks for something and earned no marks was a command there too."""
    rows = [line.rstrip("\n").split("\t") for line in (shared / "dev" / "answers.tsv").read_text("utf-8").splitlines()]
    answers = [(row[3], float(row[2])) for row in rows if len(row) > 3]
    for path in sorted((shared / "grading").glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as file:
            answers += [(row["answer"], row["score"]) for row in map(json.loads, file)]
    assert len(answers) > 300 * 8
    told = [(answer, score, understand(answer)) for answer, score in answers]
    assert [row for row in told if row[2].kind != "answer" and row[2].certain and row[1] > 0] == []
    asked = [row for row in told if row[2].kind != "answer" and row[2].certain]
    assert len(asked) / len(told) < 0.002
    assert {row[2].kind for row in asked} <= {"reveal", "next", "hint", "skip", "help"}
    assert sum(not row[2].certain for row in told) / len(told) < 0.001
