"""What is typed in place of an answer: nothing, "I don't know", the question again, or keys hit at random."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from viva.grading.conflicts import numbers
from viva.text.normal import bare, count_cjk, fits, length, normalise, words
from viva.text.terms import TermWeights, terms

NotAnAnswer = Literal["empty", "dont-know", "echo", "gibberish"]

_FILLER = (
    r"(?:抱歉|不好意思|对不起|老师|面试官|这个|这题|这道题|这一题|这个问题|该题|那个|题目|问题|我|真的|真|实在|确实|完全"
    r"|暂时|现在|目前|一下子|一时|也|就|都|还|可能|好像|大概|应该|其实|有点|有些|可|呃|嗯|额|啊|呀|呢|吧|了|哦|哈|啦|的|诶|唉"
    r"|哎|sorry|well|um+|uh+|hmm+|er+|i'm afraid|honestly|really|actually|to be honest|tbh|please|thanks"
    r"|thank you|谢谢|请)"
)
_CHINESE = (
    r"(?:(?:并|根本|一点也|一点都|一点|半点都)?(?:不|没)(?:太|大|怎么|是很|很|咋)?"
    r"(?:知道|懂|会|清楚|了解|记得|晓得|明白|熟悉|熟|确定|懂得|有?印象|思路|头绪|准备|复习|学过?|看过?|背过?|听说过"
    r"|接触过)(?:到|过|这里|这儿|这部分内容|这个|这题|这道题|这块|这部分|怎么说|怎么答|怎么回答|该怎么说|怎么讲|怎么解释|如何回答|是什么|答案"
    r"|呢|了|啊)*|没有?(?:任何)?(?:印象|思路|头绪|概念|想法|答案|准备|复习)"
    r"|(?:想|记|答|说|回答)不(?:起来|起|出来|出|上来|上|清楚|清|到|得)(?:了|是什么|怎么说)?"
    r"|(?:忘记|忘掉|忘光|忘|遗忘)(?:了|光了|掉了|干净了)?(?:这个|怎么说|是什么)?"
    r"|(?:跳过|略过|略|过|下一题|下一个|换一题|放弃|pass)(?:吧|了|这题)?"
    r"|不会(?:做|答|说|回答|写)?|太难了?|不详|无答案|无|空|未知|求答案|看答案|一无所知|毫无头绪|没想法|不懂)"
)
_NOT = (
    r"(?:do not|don't|dont|did not|didn't|can not|cannot|can't|cant|have not|haven't|could not|couldn't)"
    r"(?: really| quite| even| actually| yet)?"
)
_ENGLISH = (
    rf"(?:i )?(?:simply |just |really |honestly |still )*{_NOT} (?:know|remember|recall|understand|get|say|answer"
    r"|think of|study|studied|learned|learnt|learn|prepared|prepare|have a clue|have any idea|have an idea|seen?"
    r"|cover(?:ed)?)(?: (?:the|this|that|it|any|anything|answer|question|one|about|to|of|how|what|is|at|all|exactly|for"
    r"|sure|now|right|yet|so|well|much|explain|say|or|topic|thing|either))*"
    r"|(?:i )?dunno|idk|i d k|no idea(?: at all)?"
    r"|(?:i have |i've |i've got |got )?(?:no|not a|not the slightest) (?:idea|clue|answer)(?: at all"
    r"| about (?:this|that|it))?|clueless"
    r"|not (?:really |quite |very |entirely |so )?(?:sure|certain|known|familiar|prepared)"
    r"(?: (?:about|with|of|on|how|what|this|that|it|the|answer|to|is))*"
    r"|(?:i am|i'm|im) (?:really |quite )?(?:not |un)(?:really |quite )?(?:sure|certain|familiar|prepared)"
    r"(?: (?:about|with|of|this|that|it))*|unsure"
    r"|(?:i )?(?:totally |completely |have )?(?:forgotten|forgot|forget)(?: (?:it|this|that|the|answer))*"
    r"|skip(?: (?:it|this|that|the|question|one))*|pass|next(?: (?:question|one))?|n/?a|none|nothing|unknown"
    r"|no answer|(?:i )?give up|no comment|beats me|who knows"
    r"|(?:i(?:'ve| have)? )?never (?:heard|learned|learnt|studied|seen)(?: (?:of|it|this|that))*"
)
_KERNEL = re.compile(rf"{_CHINESE}|(?<![a-z])(?:{_ENGLISH})(?![a-z])")
_FILLERS = re.compile(rf"{_FILLER}|[\W_]+")
_YES_NO = re.compile(r"会不会|是否会?|会.*吗|有没有|有.*吗|能.*吗|\b(?:is|are|does|do|did|can|will|any)\b")
_PLAIN_NO = frozenset(("不会", "不", "没有", "无", "none", "nothing", "no"))
_ASKING = frozenset(
    terms(
        "什么 有什么 作用 特点 特性 如何 怎么 为何 为什么 区别 原理 概念 优点 缺点 优缺点 过程 方法 原因 问题 介绍 "
        "简述 解释 说明 请问 哪些 多少 用途 定义 好处 意思 解决 计算 技术 what which how why explain describe define "
        "difference between purpose role effect mean meaning feature features characteristics advantages disadvantages "
        "briefly please question tell introduce reason reasons method methods work works list name state give discuss "
        "use used"
    )
)
_LEAST_SHARE = 0.6
_LONGEST = 80
_LEAST_WORDS = 4
_CHINESE_TERM = 3
_ENGLISH_TERM = 1
_NAME = 6
"""Characters or words of a point that is a name rather than a statement."""
_VOWELS = frozenset("aeiouy")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LEAST_KEYS = 4
"""Letters along a row of keys that are no name: DSA and SDF are."""


def is_dont_know(answer: str, question: str = "") -> bool:
    """Whether the whole answer, and not a part of it, says that the user does not know.

    "I don't know exactly, but it cuts parameters" and "不会陷入局部最小" are answers; so is "不会" where the question
    can be answered by no.
    """
    text = normalise(answer)
    if len(text) > _LONGEST or (bare(text) in _PLAIN_NO and _YES_NO.search(normalise(question))):
        return False
    remaining, kernels = _KERNEL.subn(" ", text)
    return bool(kernels) and not _FILLERS.sub("", remaining)


def is_echo(answer: str, question: str, weights: TermWeights) -> bool:
    """Whether the answer is the question again, as typed or turned a little, with nothing added."""
    if not question:
        return False
    asked, answered = set(terms(question)), set(terms(answer))
    if bare(answer) == bare(question):
        return True
    if not answered or not asked or numbers(answer) - numbers(question):
        return False
    subject = asked - _ASKING or asked
    shared = weights.total(answered & subject)
    fresh = weights.total(_fresh(answered - asked - _ASKING, question))
    return shared >= _LEAST_SHARE * weights.total(subject) and fresh <= 0.12 * shared


def _fresh(added: set[str], question: str) -> set[str]:
    """Chinese bigrams of characters that all stand in the question ("积有", "积作") say nothing new."""
    characters = set(normalise(question)) | set("有什么作用特点如何怎么样为何区别呢吗的是请问")
    return {term for term in added if term.isascii() or not characters.issuperset(term)}


def is_keywords(clauses: Sequence[str], points: Sequence[str]) -> bool:
    """Whether an answer is a list of four or more single words where the reference makes statements."""
    wanted = sorted(length(point) for point in points)
    if len(clauses) < _LEAST_WORDS or not wanted or wanted[len(wanted) // 2] <= _NAME:
        return False
    return all(fits(clause, _CHINESE_TERM, _ENGLISH_TERM) for clause in clauses)


def is_gibberish(answer: str) -> bool:
    """Whether the answer holds no word at all: signs only, one character over and over, or keys hit at random."""
    text = bare(answer)
    if not text:
        return True
    if len(text) >= 4 and len(set(text)) == 1:
        return True
    if count_cjk(answer):
        return len(text) >= 6 and len(set(text)) <= 2
    found = [word.lower() for word in words(answer) if word.isascii() and word.isalpha()]
    return sum(map(len, found)) >= _LEAST_KEYS and all(map(_is_typed_at_random, found))


def _is_typed_at_random(word: str) -> bool:
    """Whether a word runs along a row of keys, or is long and nobody could say it."""
    if len(word) >= 3 and any(word in row or word[::-1] in row for row in _ROWS):
        return True
    return len(word) >= 6 and (not _VOWELS & set(word) or re.search(r"[^aeiouy]{6,}", word) is not None)


def kind_of(answer: str, question: str, weights: TermWeights) -> NotAnAnswer | None:
    """Return why `answer` is not an answer, or None when it may be one."""
    if not answer.strip() or not normalise(answer):
        return "empty"
    if is_dont_know(answer, question):
        return "dont-know"
    if is_echo(answer, question, weights):
        return "echo"
    if is_gibberish(answer):
        return "gibberish"
    return None
