"""What a question asks for, to ask for more of the same: "除了你说的，BN 还有什么作用？", "What else does BN do?".

Only words of the question are used. A question of several parts gives nothing: nobody knows which part is meant.
"""

from __future__ import annotations

import re

from viva.text.normal import fits
from viva.types import Language

_NOUNS = (
    "作用|用途|用处|功能|优缺点|优点|缺点|优势|劣势|好处|坏处|不足|局限性?|特点|特性|性质|原因|理由|区别|不同|差别|差异|联系"
    "|方法|办法|方式|手段|技巧|策略|措施|步骤|阶段|类型|种类|应用|场景|条件|假设|要求|代价|组成部分|影响|问题|指标|技术"
)
_CHINESE_SEVERAL = re.compile(r"[，,；;。？?](?!$)|[和与及]?(?:各|分别)(?=有|是)|[?？].")
_ENGLISH_SEVERAL = re.compile(
    r"[,;?](?!$)|\b(?:and|or) (?:what|how|why|when|which|where|who|is|are|do|does|did|can|should)\b", re.IGNORECASE
)
_ASKED_NOUN = re.compile(
    rf"(?P<topic>.*?)的?(?:都|各|主要|一般|通常|常见|常用)*(?:有什么|有哪些|有何|起什么|起到什么|是什么|有)(?:常见|常用|主要|具体)?的?(?P<noun>{_NOUNS})"
    rf"|(?P<owner>.*?)的?(?:主要|常见|常用)?的?(?P<owned>{_NOUNS})(?:是什么|有哪些|是哪些|有什么|都有哪些|分别是什么)?"
    rf"|(?:有|存在)?哪些(?:常见|常用|主要)?的?(?P<which>{_NOUNS}).*"
)
_LISTED = re.compile(
    rf"(?:哪些|哪几[个种点])(?:常见|常用|主要)?的?(?P<noun>{_NOUNS})|(?P<owned>{_NOUNS})(?:都|分别)?(?:有|是)哪(?:些|几[个种点])"
)
_ENGLISH_LISTED = re.compile(
    r"^(?:what|which|name|list|give|state)\b(?: are)?(?: the)?(?: [\w-]+){0,2}? "
    r"(?P<noun>reasons|advantages|disadvantages|benefits|drawbacks|limitations|differences|kinds|types|ways|methods"
    r"|steps|stages|phases|causes|uses|properties|conditions|assumptions|costs|parts|features|components|levels|rules"
    r"|techniques|principles)\b",
    re.IGNORECASE,
)
_TO_LIST = re.compile(
    rf"哪些|哪几|有什么(?:{_NOUNS})|(?:能|可以)做什么|列举|\b(?:which|what are|name|list)\b", re.IGNORECASE
)
_ASKED_VERB = re.compile(
    r"(?P<topic>.+?)(?P<verb>能|可以|会)(?P<done>做|带来|解决|起到|用来做)什么(?P<noun>作用|问题|好处)?"
)
_IN_POINT = re.compile(rf"的(?P<noun>{_NOUNS})[。.]?$")
_CUT_OPEN = re.compile(r"什么|哪些|[和与及、]$")
"""Of a topic that was cut out of a question for several things: "有什么优势和", "的过程和"."""
_OPENING = re.compile(r"^(?:请|请问|简述|简要|介绍|说明|解释|描述|谈谈|讲讲|说说|列举|一下|下|你|关于)+")
_ENDING = re.compile(r"[\s。.？?！!吗呢]+$")
_WHAT_IS = re.compile(r"^(?:什么是|何为|何谓)(?P<after>.+)$|^(?P<before>.+?)(?:是什么|指什么|是指什么|是什么意思)$")
_LONGEST_CHINESE = 24
_LONGEST_ENGLISH = 14
"""Longer words of the question are not said again, in characters or words."""

_ENGLISH_FORMS = (
    (re.compile(r"^what is the (?:main |key )?difference between (?P<x>.+)$", re.IGNORECASE),
     "What other difference is there between {x}?"),
    (re.compile(r"^(?:what (?:is|are)|define|explain) (?P<x>(?!the (?:same|difference)\b|used\b).+)$", re.IGNORECASE),
     "What else can you say about {x}?"),
    (re.compile(r"^what (?P<x>(?:do|does|did|can|could|should|would|may|must|makes?|causes?|happens?|limits?|decides?"
                r"|determines?|speaks?|goes|belongs?|influences?|affects?) .+)$", re.IGNORECASE),
     "What else {x}?"),
)  # fmt: skip


def more_of(question: str, point: str, language: Language) -> str:
    """Return a question for more of what `question` asks for, or nothing where no form fits.

    `point` is the one point that is missing, if it is one: a Chinese point may end by telling what kind of thing it is
    ("BN 还有正则化的作用").
    """
    text = " ".join(question.split())
    return _chinese(text, point) if language == "zh" else _english(text)


def asks_to_list(question: str) -> bool:
    """Whether a question asks, in any of its parts, for things by their names."""
    return _TO_LIST.search(question) is not None


def things_of(question: str, language: Language) -> str:
    """Return what a question asks to be listed ("reasons", "优点"), or nothing where it asks for no list."""
    text = " ".join(question.split())
    if language == "zh":
        found = None if _CHINESE_SEVERAL.search(_ENDING.sub("", text)) else _LISTED.search(text)
        return (found["noun"] or found["owned"]) if found else ""
    found = None if _ENGLISH_SEVERAL.search(text.rstrip(" ?.!")) else _ENGLISH_LISTED.match(text)
    return found["noun"].lower() if found else ""


def _chinese(question: str, point: str) -> str:
    asked = _ENDING.sub("", _OPENING.sub("", question))
    if _CHINESE_SEVERAL.search(asked):
        return ""
    if found := _ASKED_VERB.fullmatch(asked):
        more = f"{_blank_after(found['topic'])}还{found['verb']}{found['done']}什么{found['noun'] or ''}"
    elif found := _ASKED_NOUN.fullmatch(asked):
        more = _of_noun(found)
    elif found := _WHAT_IS.match(asked):
        topic = found["after"] or found["before"]
        return f"关于{_blank_before(topic)}，还能补充什么？" if fits(topic, _LONGEST_CHINESE, _LONGEST_ENGLISH) else ""
    elif found := _IN_POINT.search(point):
        more = f"还有什么{found['noun']}"
    else:
        return ""
    return f"除了你说的，{more}？" if more and fits(more, _LONGEST_CHINESE + 8, _LONGEST_ENGLISH + 8) else ""


def _of_noun(found: re.Match[str]) -> str:
    noun = found["noun"] or found["owned"] or found["which"]
    topic = found["topic"] or found["owner"] or ""
    if _CUT_OPEN.search(topic):
        return ""
    return f"{_blank_after(topic)}还有什么{noun}" if topic else f"还有哪些{noun}"


def _english(question: str) -> str:
    asked = question.rstrip(" ?.!")
    if _ENGLISH_SEVERAL.search(asked) or not fits(asked, _LONGEST_CHINESE, _LONGEST_ENGLISH):
        return ""
    for form, more in _ENGLISH_FORMS:
        if found := form.match(asked):
            return more.format(x=found["x"])
    return ""


def _blank_after(text: str) -> str:
    return f"{text} " if text.isascii() else text


def _blank_before(text: str) -> str:
    return f" {text}" if text.isascii() else text
