"""How people say what they want of an interviewer, in Chinese and English. Compared without blanks and punctuation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from viva.types import PointWord

Kind = Literal[
    "answer",
    "repeat",
    "hint",
    "skip",
    "suspend",
    "reveal",
    "next",
    "topic",
    "progress",
    "search",
    "stop",
    "undo",
    "help",
    "rate",
    "override",
    "accept",
    "refuse",
    "essential",
    "extra",
    "normal",
]

NAMES: dict[Kind, tuple[str, ...]] = {
    "repeat": ("repeat", "again", "question", "重复", "再说一遍", "题目"),
    "hint": ("hint", "tip", "提示"),
    "skip": ("skip", "pass", "跳过", "换一题", "换题"),
    "suspend": ("suspend", "never", "暂停", "不再问"),
    "reveal": ("show", "reveal", "answer", "solution", "答案", "看答案"),
    "next": ("next", "continue", "下一题", "继续"),
    "topic": ("topic", "about", "话题", "主题", "考我"),
    "progress": ("progress", "score", "status", "进度", "成绩"),
    "search": ("search", "find", "查", "搜", "搜索", "查找"),
    "stop": ("stop", "quit", "exit", "end", "bye", "停", "停止", "结束", "退出"),
    "undo": ("undo", "back", "撤销", "撤回", "重答"),
    "help": ("help", "?", "commands", "帮助", "命令"),
    "rate": ("rate", "rating", "评分", "评级"),
    "override": ("override", "verdict", "改判"),
    "accept": ("accept", "接受"),
    "refuse": ("refuse", "reject", "不算"),
    "essential": ("essential", "必答"),
    "extra": ("extra", "optional", "选答"),
    "normal": ("normal", "普通"),
}
"""Names after a slash; the first English and the first Chinese one are those that help shows."""

VERDICTS = {
    "right": "strong", "correct": "strong", "strong": "strong", "对": "strong", "答对": "strong",
    "partial": "partial", "partly": "partial", "half": "partial", "部分": "partial", "部分对": "partial",
    "wrong": "weak", "incorrect": "weak", "weak": "weak", "错": "weak", "答错": "weak",
}  # fmt: skip
"""Names after a slash that give a verdict at once, and what may follow /override."""

POINT_WORDS: dict[Kind, PointWord] = {
    "accept": "covered", "refuse": "missed", "essential": "essential", "extra": "extra", "normal": "normal",
}  # fmt: skip
"""What is said of a point, by kind; the number of the point follows the name."""

RATINGS = {
    "1": "1", "again": "1", "重来": "1", "忘了": "1", "2": "2", "hard": "2", "难": "2", "困难": "2",
    "3": "3", "good": "3", "好": "3", "良好": "3", "4": "4", "easy": "4", "容易": "4", "简单": "4",
}  # fmt: skip
"""What may follow /rate."""

PHRASES: dict[tuple[Kind, str], tuple[str, ...]] = {
    ("repeat", ""): (
        "重复", "重复一遍", "重复一下", "重复问题", "重复一下问题", "再说一遍", "再说一次", "再念一遍", "再读一遍",
        "问题是什么", "题目是什么", "什么问题来着", "刚才问的什么", "没听清", "没看清题目", "再看一下题目",
        "再问一遍",
        "repeat", "repeat that", "repeat the question", "say that again", "say it again", "come again",
        "what was the question", "what is the question", "what's the question", "ask again", "once more",
        "can you repeat", "can you repeat the question", "could you repeat the question", "could you repeat that",
    ),
    ("hint", ""): (
        "提示", "提示一下", "给个提示", "给点提示", "给我提示", "给我个提示", "给我一点提示", "来个提示",
        "来点提示",
        "再给个提示", "再提示一下", "有提示吗", "有没有提示", "能给个提示吗", "可以提示一下吗", "需要提示",
        "我要提示",
        "hint", "hint me", "a hint", "give me a hint", "give a hint", "another hint", "one more hint",
        "can i have a hint",
        "can i get a hint", "could i have a hint", "any hints", "any hint", "i need a hint", "a little hint",
        "help me out",
        "can you give me a hint", "could you give me a hint", "i want a hint",
    ),
    ("skip", ""): (
        "跳过", "跳过这题", "跳过这道题", "跳过这个问题", "先跳过", "换一题", "换题", "换一道", "换一道题",
        "换个题", "换个问题",
        "换一个", "换一个问题", "换道题", "这题跳过", "这题先跳过", "这道题跳过", "先跳过这题", "先跳过这道题",
        "pass", "skip", "skip it", "skip this", "skip this one", "skip that", "skip the question", "skip this question",
        "pass on this",
        "pass on this one", "another question", "a different question", "ask another question",
        "ask something else",
        "ask me something else", "ask me another question", "ask me another one", "give me another question",
        "change the question", "let's skip this", "let's skip this one", "can we skip this", "i want to skip this",
    ),
    ("suspend", ""): (
        "暂停这题", "暂停这道题", "别再问这题", "别再问这道题", "不要再问这题", "不要再问这道题", "以后别问这题",
        "以后别再问这题", "以后不要问这题", "以后不要再问这题",
        "suspend this", "suspend this one", "suspend this question", "suspend the question", "never ask this again",
        "never ask me this again", "don't ask this again", "don't ask me this again", "do not ask this again",
    ),
    ("reveal", ""): (
        "答案", "查看答案", "answer", "solution",
        "看答案", "看看答案", "看一下答案", "显示答案", "公布答案", "揭晓答案", "给我看答案", "给我答案",
        "告诉我答案", "告诉我吧",
        "直接告诉我答案", "直接看答案", "答案是什么", "正确答案是什么", "参考答案", "标准答案", "我想看答案",
        "我要看答案",
        "求答案", "说答案", "说答案吧", "给出答案", "答案呢",
        "show answer", "show the answer", "show me the answer", "show me the solution", "show me", "reveal",
        "reveal the answer", "tell me", "tell me the answer", "tell answer", "give answer", "give me the answer",
        "what is the answer",
        "what's the answer", "what is the correct answer", "what's the right answer", "see the answer",
        "let me see the answer", "i want to see the answer", "the answer please", "just tell me",
        "just tell me the answer",
        "i give up show me the answer", "i give up tell me the answer",
    ),
    ("next", ""): (
        "下一题", "下一个", "下一道", "下一道题", "下一个问题", "继续", "继续吧", "接着来", "接着问", "来下一题",
        "下一题吧",
        "next", "next one", "next question", "the next one", "the next question", "go on", "continue", "move on",
        "carry on",
        "let's move on", "let's go on", "let's continue", "go ahead", "keep going", "ask the next question",
    ),
    ("topic", ""): (
        "换个话题", "换话题", "换一个话题", "换个主题", "换主题", "换个方向", "考我点别的", "考点别的", "问我点别的",
        "换个别的话题", "话题", "主题", "有哪些话题", "有什么话题",
        "topic", "topics", "change topic", "change the topic", "change topics", "switch topic", "switch the topic",
        "another topic", "a different topic", "different topic", "new topic", "what topics are there",
        "can we change the topic", "let's change the topic",
    ),
    ("progress", ""): (
        "score", "进度怎么样", "成绩",
        "我答得怎么样", "答得怎么样", "我答的怎么样", "我表现怎么样", "我的表现怎么样", "表现如何", "我做得怎么样",
        "怎么样了",
        "多少分了", "我多少分", "我得了多少分", "平均多少分", "现在多少分", "进度", "看进度", "我的进度",
        "还有几题", "还剩几题",
        "还有多少题", "还剩多少题", "我的成绩", "成绩怎么样", "到第几题了",
        "how am i doing", "how did i do", "how am i doing so far", "how's it going so far", "how well am i doing",
        "progress", "my progress", "show my progress", "my score", "what's my score", "what is my score",
        "show my score",
        "how many left", "how many are left", "how many questions left", "how many questions are left",
        "how many more",
        "how many more questions",
    ),
    ("stop", ""): (
        "q", "bye bye", "save and quit", "quit please", "i'm tired", "i want to quit", "保存并退出", "我要退出",
        "停止", "停", "停下", "结束", "结束吧", "结束面试", "结束了", "退出", "不玩了", "不答了", "就到这里",
        "就到这里吧", "到此为止",
        "今天就到这里", "今天就到这里吧", "今天到这里", "先到这里", "先到这里吧", "先这样吧", "我要走了", "我累了",
        "再见", "拜拜",
        "不想答了", "停止面试", "休息一下", "我想休息", "我想停了",
        "stop", "quit", "exit", "stop here", "let's stop", "let's stop here", "stop it", "stop the interview",
        "end the interview", "finish the interview", "that's all for today", "that's enough",
        "that's enough for today",
        "i'm done", "i am done", "i'm done for today", "enough for today", "bye", "goodbye", "good bye", "see you",
        "i want to stop", "i'd like to stop", "i have to go", "i need a break",
    ),
    ("undo", ""): (
        "撤销", "撤回", "重答", "我要重答", "上一题重答", "重新回答上一题", "回到上一题", "返回上一题", "上一题",
        "刚才那题重来",
        "撤销上一题", "让我重答", "重新答一次", "我想重新回答",
        "undo", "undo that", "take that back", "take it back", "go back", "previous question",
        "the previous question",
        "back to the last question", "let me try again", "let me answer again", "let me redo that",
        "can i try again",
        "i want to answer again", "go back to the previous question",
    ),
    ("help", ""): (
        "帮助", "有什么命令", "有哪些命令", "怎么用", "怎么操作", "我能做什么", "我可以说什么", "你能做什么",
        "怎么退出", "怎么结束", "how do i quit", "how do i exit", "how do i stop",
        "help", "help me", "commands", "show help", "show commands", "what can i say", "what can i do",
        "what can you do",
        "how does this work", "list commands", "what are the commands",
    ),
    ("override", "strong"): (
        "我答对了", "我是对的", "其实我答对了", "我觉得我答对了", "这题我答对了", "算我对", "应该算对",
        "判错了我答对了",
        "i was right", "i am right", "i'm right", "my answer was right", "my answer is right",
        "my answer was correct",
        "my answer is correct", "that was right", "that was correct", "count it as right", "mark it right",
    ),
    ("override", "weak"): (
        "我答错了", "其实我答错了", "我是错的", "这题我答错了", "算我错", "应该算错", "i was wrong", "i am wrong",
        "i'm wrong",
        "my answer was wrong", "my answer is wrong", "that was wrong", "count it as wrong", "mark it wrong",
    ),
}  # fmt: skip
"""Whole lines that are a command, by (kind, argument)."""
