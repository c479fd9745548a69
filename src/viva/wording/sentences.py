"""The sentences viva says, by language: several where one would tire the ear, one where it states a fact."""

from __future__ import annotations

from viva.i18n import N_, tr
from viva.types import Importance, Language, Mastery, PointWord, Problem, Status, Verdict

Line = dict[Language, str]
Lines = dict[Language, tuple[str, ...]]
"""One way to say it, or several, by language."""

END: Line = {
    "zh": "现在结束这次面试，看总结？（按 {key} 离开，下次可以接着来。）",
    "en": "End the interview here, with a report? ({key} leaves it to be gone on with later.)",
}
SKIP: Line = {"zh": "跳过这题？", "en": "Skip this question?"}
READING: Line = {"zh": "正在读……", "en": "reading …"}
UNDONE: Line = {"zh": "撤回了，再来一次。", "en": "Taken back: the question is asked again."}
TOPIC: Line = {"zh": "好，换到“{topic}”，还有 {left} 题。", "en": "{topic}: {left} left."}
WHICH_TOPIC: Line = {
    "zh": "笔记里的话题：{topics}。这样选：/话题 {example}",
    "en": "Topics: {topics}. Choose one as in: /topic {example}",
}
NO_TOPICS: Line = {
    "zh": "笔记没有分话题，可以说题目里的词，比如：/话题 LSTM",
    "en": "Your notes have no topics; name a word of the questions, as in: /topic LSTM",
}
WHICH_QUERY: Line = {"zh": "想查什么？比如：/查 LSTM", "en": "Name what to look for, as in: /search LSTM"}
NOTHING_FOUND: Line = {"zh": "没有找到。", "en": "Nothing found."}
NOTHING_CLOSE: Line = {
    "zh": "笔记里没有很接近的内容，最接近的是：",
    "en": "Nothing in your notes is close. The nearest:",
}
GREETING: Lines = {
    "zh": ("这次有 {total} 道题，我们开始吧。", "准备了 {total} 道题，慢慢来。", "你好，今天聊 {total} 道题。"),
    "en": (
        "Hello. {questions} this time; take your time.",
        "I have {questions} for you. Let's begin.",
        "Welcome. We will go through {questions}.",
    ),
}
RESUMED: Lines = {
    "zh": ("欢迎回来，接着上次的第 {position} 题，共 {total} 题。", "我们从第 {position} 题继续，共 {total} 题。"),
    "en": (
        "Welcome back. We go on at question {position} of {total}.",
        "Let's pick up where we left off: question {position} of {total}.",
    ),
}
UNKNOWN: Lines = {
    "zh": ("没关系，笔记里都有。", "不知道也没关系，看看要点就好。"),
    "en": ("That is all right; your notes have it.", "No matter, let's look at the points."),
}
SKIPPED: Lines = {
    "zh": ("好，这题先跳过。", "先放一放，看下一题。", "跳过这题。"),
    "en": ("All right, we skip it.", "We leave that one for now.", "Skipped."),
}
SUSPENDED: Line = {
    "zh": "好，这题以后不再问了；/撤销 或 viva resume 可以恢复。",
    "en": "Suspended: it is asked no more. /undo or viva resume takes that back.",
}
SET_ASIDE: Line = {
    "zh": "好，这题以后不再问了；viva resume 可以恢复。",
    "en": "Suspended: it is asked no more. viva resume takes that back.",
}
LEECH: Line = {
    "zh": "这题已经很多次没答上来了：试着把笔记改写得更短、更清楚，或拆成几题。",
    "en": "This one was failed many times: rewrite its note, shorter and clearer, or split it in several.",
}
REVEALED: Lines = {
    "zh": ("笔记里的答案是：", "笔记里是这样写的："),
    "en": ("Your notes say:", "This is the answer in your notes:"),
}
GOODBYE: Lines = {
    "zh": ("今天就到这里。", "这次就问到这里。"),
    "en": ("That is all for now.", "That brings us to the end."),
}
HELP: dict[Language, tuple[str, str]] = {
    "zh": ("直接输入就是回答。也可以说：", "以斜杠开头的回答，请写两个斜杠。"),
    "en": ("What you type is your answer. You can also say:", "Begin an answer that starts with a slash with two."),
}
"""What is said before and after the commands."""
LEAVING: Line = {
    "zh": "先到这里，进度都保存好了，下次接着来。",
    "en": "We stop here. Everything is kept, and we can go on next time.",
}
STATUS: dict[Status, dict[Language, str]] = {
    "covered": {"zh": "说到了", "en": "covered"},
    "partial": {"zh": "说到一部分", "en": "partly covered"},
    "missed": {"zh": "没说到", "en": "missed"},
    "differs": {"zh": "与笔记不同", "en": "differs from your notes"},
    "contradicted": {"zh": "说反了", "en": "contradicted"},
}
JUDGED: Line = {"zh": "由你判定", "en": "your word"}
"""Of the status of a point."""
IMPORTANCE: dict[Importance, dict[Language, str]] = {
    "essential": {"zh": "必答", "en": "essential"},
    "normal": {"zh": "普通", "en": "normal"},
    "extra": {"zh": "选答", "en": "optional"},
}
POINT_WORD: dict[PointWord, dict[Language, str]] = {
    "covered": {"zh": "算说到", "en": "counts as said"},
    "missed": {"zh": "不算说到", "en": "does not count as said"},
    "essential": IMPORTANCE["essential"],
    "normal": IMPORTANCE["normal"],
    "extra": IMPORTANCE["extra"],
}
"""What the user said of a point."""
VERDICT: dict[Verdict, dict[Language, str]] = {
    "strong": {"zh": "很好", "en": "strong"},
    "partial": {"zh": "部分正确", "en": "partly"},
    "weak": {"zh": "还不够", "en": "not yet"},
    "unsure": {"zh": "拿不准", "en": "unsure"},
}
BRIEF: Line = {"zh": "对，但简短", "en": "right, but brief"}
"""A strong verdict on an answer that leaves points out."""
JUDGE: Line = {
    "zh": "算对、部分对还是错？请说 /对、/部分 或 /错。你判对的，以后这样答也算。",
    "en": "Right, partly or wrong? Say /right, /partial or /wrong. What you call right counts from then on.",
}
UNTIL_JUDGED: Line = {
    "zh": "在你判定之前，{when}再问。",
    "en": "Until you say so, it is asked again {when}.",
}
GAINED: Line = {"zh": "补充之后多了 {points} 分。", "en": "The follow-up brought {points} more."}
LOST: Line = {"zh": "补充之后少了 {points} 分。", "en": "The follow-up cost {points}."}
UNCHANGED: Line = {"zh": "补充没有改变分数。", "en": "The follow-up changed nothing."}
KEPT_BACK: Line = {
    "zh": "还有 {points} 个要点没说全，等你补充以后再看。",
    "en": "{points} not wholly said yet, shown after the follow-up.",
}
RATING: dict[int, dict[Language, str]] = {
    1: {"zh": "重来", "en": "again"},
    2: {"zh": "困难", "en": "hard"},
    3: {"zh": "良好", "en": "good"},
    4: {"zh": "容易", "en": "easy"},
}
FLAG: dict[str, dict[Language, str]] = {
    "empty": {"zh": "没有写答案。", "en": "There was no answer."},
    "dont-know": {"zh": "你说不知道，所以记 0 分。", "en": "You said that you do not know, so this counts 0."},
    "echo": {"zh": "这是在重复题目，没有回答。", "en": "This repeats the question and does not answer it."},
    "gibberish": {"zh": "这看起来不是一个答案。", "en": "This does not look like an answer."},
    "keywords": {
        "zh": "这些只是关键词，还没有连成回答；请说说它们之间的关系。",
        "en": "These are key words only; say how they belong together.",
    },
    "accepted-before": {
        "zh": "这样的说法你以前判过对，这次也算。",
        "en": "You accepted an answer like this before, so it counts.",
    },
    "accepted-in-part": {
        "zh": "它接近你以前判过对的说法，这也算进去了。",
        "en": "It comes near an answer that you accepted before, which counts too.",
    },
    "judged-before": {
        "zh": "同样的回答你以前判过，这次照你的判定。",
        "en": "You judged this answer before; your verdict stands.",
    },
    "adapted": {
        "zh": "按你平时改判的宽严调整过。",
        "en": "Moved towards how strictly you mark: see viva verdicts.",
    },
    "copied": {"zh": "这段话和笔记里另一题的原文一样。", "en": "These are the words of another question's answer."},
    "off-topic": {
        "zh": "这个回答里没有找到和要点有关的内容。",
        "en": "Nothing in this answer seems to touch the points.",
    },
    "no-reference": {
        "zh": "笔记里没有这题的答案，无法比较。",
        "en": "Your notes do not answer this question, so there is nothing to compare with.",
    },
}
"""By flag, and one for a half right answer with `accepted-before`; `other-entry` is told by the line that names it."""
KIND: dict[str, dict[Language, str]] = {
    "repeat": {"zh": "再说一遍题目", "en": "hear the question again"},
    "hint": {"zh": "要提示", "en": "have a hint"},
    "skip": {"zh": "跳过这题", "en": "skip the question"},
    "suspend": {"zh": "以后不再问这题", "en": "never be asked this question again"},
    "reveal": {"zh": "看答案", "en": "see the answer"},
    "next": {"zh": "下一题", "en": "go to the next question"},
    "topic": {"zh": "换话题", "en": "change the topic"},
    "progress": {"zh": "看进度", "en": "hear how you are doing"},
    "search": {"zh": "查笔记", "en": "search the notes"},
    "stop": {"zh": "结束", "en": "stop"},
    "undo": {"zh": "撤回上一题", "en": "take the last answer back"},
    "help": {"zh": "看帮助", "en": "see what can be said"},
    "rate": {"zh": "给自己评级（/评分 1 到 4）", "en": "rate yourself (/rate 1 to 4)"},
    "override": {"zh": "改判（/对、/部分 或 /错）", "en": "change the verdict (/right, /partial or /wrong)"},
    "accept": {"zh": "算说到了这个要点（/接受 2）", "en": "count a point as said (/accept 2)"},
    "refuse": {"zh": "不算说到这个要点（/不算 2）", "en": "count a point as missed (/refuse 2)"},
    "essential": {"zh": "以后这个要点必须答到（/必答 2）", "en": "make a point essential from now on (/essential 2)"},
    "extra": {"zh": "以后这个要点可答可不答（/选答 2）", "en": "make a point optional from now on (/extra 2)"},
    "normal": {"zh": "以后这个要点照常算（/普通 2）", "en": "let a point count as usual again (/normal 2)"},
}

YOU: Line = {"zh": "你的回答", "en": "Your answer"}
FOLLOW_UP: Line = {"zh": "追问", "en": "Follow-up"}
ADDED: Line = {"zh": "你的补充", "en": "Your answer to it"}
BEFORE: Line = {"zh": "补充前的得分", "en": "Score before it"}
COLON: Line = {"zh": "：", "en": ": "}
WAS_SKIPPED: Line = {"zh": "跳过", "en": "skipped"}
WAS_SHOWN: Line = {"zh": "看了答案", "en": "answer shown"}
NO_COMMAND: Line = {
    "zh": "没有 /{name} 这个命令，/帮助 列出所有命令。",
    "en": "There is no command /{name}; /help lists them all.",
}
HOW_TO_RATE: Line = {
    "zh": "评级写 /评分 1 到 4：1 重来，2 困难，3 良好，4 容易。",
    "en": "Rate with /rate 1 to 4: 1 again, 2 hard, 3 good, 4 easy.",
}
HOW_TO_JUDGE: Line = {
    "zh": "改判写 /对、/部分 或 /错。",
    "en": "Change the verdict with /right, /partial or /wrong.",
}
HOW_TO_JUDGE_POINTS: Line = {
    "zh": "要点用它的号码来说：/接受 2、/不算 2，/选答 2、/必答 2、/普通 2。",
    "en": "Name the point by its number: /accept 2, /refuse 2, or /extra 2, /essential 2, /normal 2.",
}


MOCK_GREETING: Lines = {
    "zh": (
        "这是一次模拟面试：{total} 道题，每题限时 {limit}，中途不点评，最后一起看结果。",
        "你好，我们来一次模拟面试。{total} 道题，每题 {limit}，答完再一起看结果。",
    ),
    "en": (
        "This is a mock interview: {questions}, {limit} for each answer, and no word on how it goes until the end.",
        "Welcome to your mock interview. {questions}, {limit} for each answer; we look at the results at the end.",
    ),
}
MOCK_RESUMED: Lines = {
    "zh": ("欢迎回来，模拟面试从第 {position} 题继续，共 {total} 题，每题限时 {limit}。",),
    "en": ("Welcome back to your mock interview: question {position} of {total}, {limit} for each answer.",),
}
MOCK_THANKS: Lines = {
    "zh": ("谢谢，下一题。", "好的，我们看下一题。", "明白了，下一个问题。"),
    "en": ("Thank you. Next question.", "All right. The next question.", "I see, thank you. Let's go on."),
}
MOCK_THANKS_AT_LAST: Lines = {
    "zh": ("谢谢，问题都问完了。",),
    "en": ("Thank you. That was the last question.",),
}
MOCK_MORE: Lines = {
    "zh": ("谢谢，我再追问一句。", "好的，再问你一点。"),
    "en": ("Thank you. One more question about that.", "I see. Let me follow up on that."),
}
MOCK_SKIPPED: Lines = {"zh": ("好，下一题。",), "en": ("All right, the next question.",)}
MOCK_SKIPPED_AT_LAST: Lines = {
    "zh": ("好，问题都问完了。",),
    "en": ("All right. That was the last question.",),
}
TIME_UP: Line = {"zh": "时间到，就按你写到的这些算。", "en": "Time is up; I take your answer as it stands."}
NO_ANSWER: Line = {"zh": "时间到，这题没有回答。", "en": "Time is up, and there was no answer."}
NOTHING_MORE: Line = {"zh": "时间到，这个追问先放下。", "en": "Time is up; let us leave it at that."}
TIME: Line = {"zh": "这题限时 {limit}。", "en": "You have {limit} for this answer."}
TIME_FOR_MORE: Line = {"zh": "这个追问限时 {limit}。", "en": "You have {limit} for this one."}
TIME_LEFT: Line = {"zh": "这题还剩 {left}。", "en": "You have {left} left for this answer."}
NO_TIME: Line = {"zh": "这题的时间已经用完了。", "en": "The time for this answer is over."}
TOOK: Line = {"zh": "用时 {used}。", "en": "That took {used}."}
TOOK_OVER: Line = {"zh": "用时 {used}，超时了。", "en": "That took {used}, which is over time."}
HOW_TO_GO_ON: Line = {
    "zh": "回车看下一题，/对、/部分、/错 改判，/接受 2、/不算 2 评判要点，/评分 1 到 4 评级，/停 看总结。",
    "en": (
        "Enter goes on; /right, /partial, /wrong change the verdict, /accept 2 and /refuse 2 that on a point, "
        "/rate 1 to 4 the rating; /stop ends this."
    ),
}
OUTSIDE: Line = {
    "zh": "直接输入就是回答，没有提示，也不能撤回。也可以说：",
    "en": "What you type is your answer; there are no hints, and nothing is taken back. You can also say:",
}

MASTERY_WORDS: dict[Mastery, tuple[str, str]] = {
    "new": ("○", N_("new")),
    "learning": ("◐", N_("learning")),
    "due": ("●", N_("due")),
    "mastered": ("✓", N_("mastered")),
    "unanswered": ("?", N_("no answer")),
    "leech": ("!", N_("leech")),
    "suspended": ("‖", N_("suspended")),
}
"""The sign and the word of each, noted for translation."""


def format_problem(problem: Problem) -> str:
    """Return the message of a problem, with the other place where there is one and the message does not name it."""
    if not problem.other or problem.other in problem.message:
        return problem.message
    return problem.message + tr(" (the other: {place})", place=problem.other)
