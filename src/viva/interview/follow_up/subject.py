"""What a question asks for, to ask for more of it in its own words: "What else does dropout do?", "BN 还有什么作用？".

Nothing is known here but how questions are built. A question of several parts is taken apart.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from viva.text.normal import fits
from viva.text.terms import terms
from viva.types import Language

_CHINESE = 24
_ENGLISH = 16
"""The longest words of the question that are said again, in characters or words."""

_WH = r"(?:what|how|why|when|which|where|whom?)\b"
_DOES = r"(?:do|does|did|can|could|should|would|may|must)\b"
_IS = r"(?:is|are|was|were)\b"
_STOP = r"[?？!！;；。：]|(?<=\w\w)[.:](?!\S)"
_BETWEEN: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(rf"{_STOP}|[，,](?!\d)"),
    "en": re.compile(rf"{_STOP}|,?\s(?:and|or)\s(?={_WH}|{_DOES}|{_IS})|,\s(?={_WH})", re.IGNORECASE),
}
_ASKS: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"什么|哪|怎|如何|[为有]何|几|谁|多[少久大长远]|还是|是否|(.)不\1|[吗呢]$"),
    "en": re.compile(rf"^(?:\w+ ){{0,2}}{_WH}|^(?:{_DOES}|{_IS})", re.IGNORECASE),
}
_OPENING = re.compile(
    r"^(?:请问|请(?=[你讲谈说介解描简])|[又并再](?=[怎如讲谈说介解描]))?你?"
    r"(?:讲讲|谈谈|说说|简述|(?:[讲谈说]|介绍|说明|解释|描述)一下|(?<=[请并再])(?:介绍|说明|解释|描述))?"
)
_FOR_NAMES = re.compile(r"[哪几谁]|\b(?:which|where|when|whom?|what are|name|list)\b", re.IGNORECASE)
_JOINS = r"(?:[和与跟及、或]|还是)"
_NEAR = r"[^，。？、]{{0,4}}"
_EDGE = r"(?:(?<![a-z\d])|(?![a-z\d]))"
"""Not within an English word, which stands between Chinese characters without blanks."""
_JOINED = r"and|or|from|than|differ|mean|work"
_BESIDE: dict[Language, str] = {
    "zh": rf"(?:{_JOINS}{_NEAR})?{_EDGE}(?P<name>{{label}}){_EDGE}(?:（\w+）)?(?:{_NEAR}?{_JOINS})?",
    "en": r"(?:\b(?:and|or|from|than|between) |, )?(?P<name>(?:\b(?:the|an?) )?\b{label}\b"
    rf"(?: (?!(?:{_JOINED}|it|them|the|an?|its|in|of|for|to|with|do)\b)[\w-]+)??)"
    rf"(?=[,:]|$| (?:{_JOINED})\b)(?: ?(?:and|or|from|than|differ)\b|,)?",
}
"""A thing that a question speaks of, with what joins it to another: a match that is longer than the thing itself."""
_MAY = r"[各都]?(?<![没主重需可功社引])(?:有|能|可以|会|要|应?该|需要|起)"
"""A verb that 还 goes before, where it is no part of another word (没有, 重要, 社会)."""
_ON = "关于{x}，还能补充什么？"
_FORMS: dict[Language, tuple[tuple[str, str], ...]] = {
    "zh": (
        (r"(?P<x>哪些.+)", "除了你说的，还有{x}？"),
        (rf"(?P<x>.*?)(?P<y>{_MAY}[^有能会要为凭在是]{{0,4}}(?:什么(?!时候)|哪些|何).*)", "除了你说的，{x}还{y}？"),
        (r"什么[是叫](?P<x>.+)", _ON),
        (r"(?P<x>.+?)(?:分别|各|又|到底)?(?:是什么(?:意思)?|指什么|是怎么回事|是怎样的)", _ON),
        (r"(?P<x>(?:[^，,？?吗]|,(?=\d))+?)呢?", _ON),
    ),
    "en": (
        (r"what(?:'s| is| are) the differences?(?P<x>| between .+)", "What other difference is there{x}?"),
        (r"what are the (?P<x>(?:two|three|four|five|six|seven|eight|nine|ten) [\w-]+s)\b.*",
         "You named some of the {x}; what are the others?"),
        (r"what are the (?P<x>(?:[\w-]+ )?\w+s\b.*)", "What are the other {x}?"),
        (r"which (?P<x>(?:[\w-]+ )?\w+[^\Ws]s\b.*)", "Which other {x}?"),
        (rf"how (?P<x>(?:{_DOES}|{_IS}) .+ (?:differ(?:ent)?|compare)\b.*)", "How else {x}?"),
        (r"compare (?P<x>(?!.*, and ).+ and .+)", "How else do {x} compare?"),
        (r"how (?P<x>do|would|should|can) you (?P<y>(?!do\b|go\b).+)", "What else {x} you do to {y}?"),
        (r"how does (?P<x>.+) work(?P<y>\b.*)", "What else can you say about how {x} works{y}?"),
        (r"how do (?P<x>.+ work\b.*)", "What else can you say about how {x}?"),
        (rf"what (?P<x>{_IS} .+ (?:for|of|like|about|from))", "What else {x}?"),
        (rf"what (?P<x>{_IS} (?:\S+ (?:about|with)|in|inside|behind|under) .+)", "What else {x}?"),
        (rf"what (?P<x>{_DOES} (?!.*\beach\b).+)", "What else {x}?"),
        (rf"what (?P<x>(?!is\b|was\b|does\b)\w+[^\Ws]s (?!of\b|{_IS}|{_DOES}).+)", "What else {x}?"),
        (rf"(?:what {_IS}|explain|describe) (?P<x>(?!.*, and ).+)", "What else can you say about {x}?"),
        (r"(?:walk|talk) me through (?P<x>(?!how\b).+)", "What else belongs to {x}?"),
    ),
}  # fmt: skip
"""The form of a question, and of the question for more of what it asks for."""


class Part(NamedTuple):
    """One of the things that a question asks."""

    text: str
    own: frozenset[str]
    """Terms that no other part of the question has."""
    place: float
    """Where it begins, by the number of parts before it: 0 for the first, 0.5 for the second of two."""


def asks_for_names(question: str) -> bool:
    """Whether a question asks for things, places, persons or times by their names."""
    return _FOR_NAMES.search(question) is not None


def parts_of(question: str, language: Language) -> list[Part]:
    """Return what a question asks, one thing after another, without what it only tells."""
    question = " ".join(question.split())
    pieces = [text for piece in _BETWEEN[language].split(question) if piece and (text := piece.strip(" ."))]
    asked = [piece for piece in pieces if _ASKS[language].search(piece)] or [question.strip(" .。?？")]
    counts = Counter(term for piece in asked for term in set(terms(piece)))
    return [
        Part(piece, frozenset(term for term in terms(piece) if counts[term] == 1), at / len(asked))
        for at, piece in enumerate(asked)
        if piece
    ]


def again(part: Part, language: Language) -> str:
    """Return a part of the question that nobody spoke of as a question of its own, or nothing where it is long."""
    text = _OPENING.sub("", part.text)
    if not fits(text, _CHINESE, _ENGLISH):
        return ""
    if language == "zh":
        return f"那{text}？" if text.endswith("吗") else f"那{text.removesuffix('呢')}呢？"
    return f"And {text[0].lower()}{text[1:]}?"


def more_of(part: Part, language: Language) -> str:
    """Return a question for more of what a part asks for, or nothing where no form gives a clean sentence."""
    text = _OPENING.sub("", part.text)
    if not fits(text, _CHINESE, _ENGLISH):
        return ""
    for form, more in _FORMS[language]:
        if found := re.fullmatch(form, text, re.IGNORECASE):
            return more.format(**found.groupdict())
    return ""


def named_beside(question: str, label: str, language: Language) -> str:
    """Return a label as the question has it, or nothing where it is none of several things there ("ale and lager")."""
    form = _BESIDE[language].format(label=re.escape(label))
    found = re.search(form, " ".join(question.split()).rstrip("?. "), re.IGNORECASE)
    return re.sub(r"^an? ", "the ", found["name"]) if found and found["name"] != found[0] else ""
