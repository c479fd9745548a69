"""What a typed line means: an answer, unless it is clearly something else.

A line is a command when it starts with a slash or when all of it, not a part, is a way to say one. A doubtful short
line is told as uncertain, so that the face can ask; a longer one is an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from viva.interview.dialogue.phrases import NAMES, PHRASES, POINT_WORDS, RATINGS, VERDICTS, Kind
from viva.text.normal import bare, count_cjk, is_cjk, length, normalise
from viva.types import Language
from viva.wording import sentences

_SURE_FROM = 92.0
_MAYBE_FROM = 82.0
_NAME_FROM = 60.0
_LEAST_FUZZY_CHINESE = 4
_LEAST_FUZZY_ENGLISH = 7
SLASHES = ("/", "／")
"""With one of these a command begins."""
_LONGEST_FUZZY = 12
"""Length (characters or words) up to which a line may be a mistyped command."""
_LONGEST_LINE = 200
"""Characters from which a line is an answer without another look."""
_LONGEST_TOPIC = 10
_LONGEST_PLAIN_SEARCH = 4

_TOPIC = re.compile(
    r"(?:请|那就?|接下来|下面|现在)?(?:考考我|考我|问问我|问我|换个?话题(?:[:,]|到|成|为)?"
    r"|换成|换到|来点|来几道|出几道|出点|多问点)"
    r"(?:关于|有关|几个|几道|一些|一下)?\s*(?P<topic>.+?)(?:方面|相关)?(?:的)?(?:题|题目|问题|内容|知识)?"
    r"(?:吧|呗|好吗|可以吗)?"
    r"|(?:please |now |can you |could you |let's )*(?:ask me (?:something |questions? |a question |more )?(?:about|on)"
    r"|quiz me (?:on|about)|test me (?:on|about)|interview me (?:on|about)|(?:change|switch) (?:the )?topic to"
    r"|switch to questions (?:about|on)|questions (?:about|on)|talk about)\s+(?P<english>.+?)(?: please| questions?)?"
)
_SOFT_TOPIC = re.compile(r"(?:换成|换到|来点|来几道|出几道|出点|talk about|questions (?:about|on))")
_SEARCH = re.compile(
    r"(?:请|帮我|麻烦)*(?:查一下|查一查|查查|搜一下|搜一搜|搜搜|查找一下|搜索一下)\s*[:,]?\s*(?P<quick>.+?)(?:吧|好吗)?"
    r"|(?:请|帮我)*(?:搜索|查找|查询|检索|搜|查)(?:\s+|\s*:\s*)(?P<spaced>.+)"
    r"|(?:please |can you |could you )*(?:search (?:(?:my |the )?notes )?for|search (?:my |the )?notes"
    r"|look up|search:)\s+(?P<sought>.+)"
    r"|search (?P<plain>.+)"
)
_LISTED = re.compile(r"(?:查询|检索)\s")
"""Also nouns: "查询 键 值" may be the answer."""
_ARTICLES = re.compile(r"^(?:the|a|an|in|on|at|through|from|all|each|every|to|is|and|it|its|if|until|with|by|of)\b")
_POLITE = re.compile(
    r"^(?:请你?|麻烦你?|那就?|嗯|呃|好的?|ok|okay|please|well|um+|hmm+|sorry|抱歉|不好意思)[\s,.!:]*"
    r"|[\s,.!?~]*(?:吧|呗|谢谢|好吗|可以吗|行吗|please|thanks|thank you)?[\s,.!?~]*$"
)
_DIGITS = "一二三四五六七八九十"
_POINT = re.compile(
    rf"(?P<name>{'|'.join(name for kind in POINT_WORDS for name in NAMES[kind])})\s*"
    rf"(?:(?:第|point|no\.?|#)?\s*(?P<number>\d{{1,2}}|[{_DIGITS}])\s*(?:个?要点|点|个|条)?)?"
)
"""What is said of a point after a slash, by its number; no point where the number is missing."""
_POINT_SAID = re.compile(
    r"(?P<name>接受|不算|必答|选答|accept|refuse|reject)\s*"
    rf"(?:(?:第|point)\s*(?P<number>\d{{1,2}}|[{_DIGITS}])\s*(?:个?要点|点|个|条)?|(?P<bare>\d{{1,2}}))"
)
"""The same in plain words; "接受两个" may be the answer."""
_GIVING_UP = re.compile(
    r"^(?:我?(?:真的)?(?:不知道|不会|不懂|不清楚|想不起来了?|忘了|放弃了?)"
    r"|i (?:do not|don't) know(?: it| this)?|no idea|"
    r"i give up|not sure|i forgot|idk)[\s,.;!]+"
)


_HOW: dict[Kind, dict[Language, str]] = {
    "help": sentences.NO_COMMAND,
    "rate": sentences.HOW_TO_RATE,
    "override": sentences.HOW_TO_JUDGE,
    **dict.fromkeys(POINT_WORDS, sentences.HOW_TO_JUDGE_POINTS),
}


@dataclass(frozen=True, slots=True)
class Intent:
    """What a line means."""

    kind: Kind
    argument: str = ""
    """The answer as typed, the topic, what to search for, 1-4 for "rate", a verdict for "override", the number of a
    point for what is said of one; else empty."""
    certain: bool = True
    """False where the line is only near what it is taken for, and may be an answer."""

    @property
    def is_doubtful(self) -> bool:
        """Whether to ask if this was meant; not where it only leads to how something is said."""
        return not self.certain and self.how is None

    @property
    def how(self) -> dict[Language, str] | None:
        """How to say it, by language, where the command, rating, verdict or point is none."""
        if self.kind == "help":
            return None if self.certain else _HOW["help"]
        return None if self.argument else _HOW.get(self.kind)


def understand(line: str, *, topics: Sequence[str] = ()) -> Intent:
    """Return what a typed line means.

    Args:
        line: As typed. More than one line is always an answer; so is what follows "//", without one slash.
        topics: Topics of the notes; a loose wish such as "来点 LSTM" counts when it names one of them.
    """
    text = line.strip()
    if not text or "\n" in text or "\r" in text:
        return Intent("answer", line)
    if text.startswith(SLASHES):
        return _slashed(line, text)
    if len(text) > _LONGEST_LINE:
        return Intent("answer", line)
    plain = normalise(text)
    if not plain.strip("? "):
        return Intent("help")
    return (
        _phrase(plain)
        or _of_point(_POINT_SAID.fullmatch(_POLITE.sub("", plain)))
        or _wish(text, plain, topics)
        or _near_miss(plain)
        or Intent("answer", line)
    )


def _slashed(line: str, text: str) -> Intent:  # noqa: PLR0911 - one way out for each kind of name
    if text[1:2] in SLASHES:
        return Intent("answer", line.replace(text[:2], text[0], 1))
    name, _, argument = normalise(text[1:]).partition(" ")
    shown = text[1:].strip().partition(" ")[2].strip() or argument
    if name in RATINGS and not argument:
        # "/again" asks the question again; Again as a rating is /1 or /rate again.
        return Intent("repeat") if name == "again" else Intent("rate", RATINGS[name])
    if name in VERDICTS:
        return Intent("override", VERDICTS[name])
    if found := _of_point(_POINT.fullmatch(normalise(text[1:]))):
        return found
    kind = _names().get(name)
    if kind is None or kind in POINT_WORDS:
        return _unknown(name, argument)
    if kind == "rate":
        return Intent("rate", RATINGS.get(argument, ""), certain=argument in RATINGS)
    if kind == "override":
        return Intent("override", VERDICTS.get(argument, ""), certain=argument in VERDICTS)
    return Intent(kind, shown if kind in ("topic", "search") else "")


def _of_point(match: re.Match[str] | None) -> Intent | None:
    """What is said of a point, with its number."""
    if match is None:
        return None
    number = next((text for name, text in match.groupdict().items() if name != "name" and text), "")
    place = _DIGITS.find(number) + 1 if number else 0
    return Intent(_names()[match["name"]], str(place or int(number)) if number else "", certain=bool(number))


def _unknown(name: str, argument: str) -> Intent:
    from rapidfuzz import fuzz, process

    choices = [*_names(), *VERDICTS]
    best = process.extractOne(name, choices, scorer=fuzz.ratio, score_cutoff=_NAME_FROM)
    if best is None:
        return Intent("help", name, certain=False)
    if best[0] in VERDICTS:
        return Intent("override", VERDICTS[best[0]], certain=False)
    if found := _of_point(_POINT.fullmatch(f"{best[0]} {argument}")):
        return replace(found, certain=False)
    return Intent(_names()[best[0]], certain=False)


def _phrase(plain: str) -> Intent | None:
    """The whole line is a known phrase, but for politeness and a sigh before it."""
    known = _known()
    for form in (plain, _POLITE.sub("", plain), _POLITE.sub("", _GIVING_UP.sub("", plain))):
        if found := known.get(bare(form)):
            return Intent(*found)
    return None


def _wish(text: str, plain: str, topics: Sequence[str]) -> Intent | None:
    """A topic or a search, with what it is about."""
    if match := _TOPIC.fullmatch(plain.rstrip(".!?~ ")):
        topic = (match["topic"] or match["english"]).strip(" ,:\"'")
        named = bare(topic) in {bare(name) for name in topics}
        if topic and length(topic) <= _LONGEST_TOPIC and (named or not _SOFT_TOPIC.match(plain)):
            return Intent("topic", _as_typed(topic, text))
    if match := _SEARCH.fullmatch(plain.rstrip(".!?~ ")):
        query = next(group for group in match.groups() if group).strip(" ,:")
        if not query:
            return None
        if match["plain"] and (_ARTICLES.match(query) or length(query) > _LONGEST_PLAIN_SEARCH):
            return None
        if length(query) > 2 * _LONGEST_FUZZY:
            return None
        return Intent("search", _as_typed(query, text), certain=_LISTED.match(plain) is None)
    return None


def _as_typed(part: str, text: str) -> str:
    """Give back the case the user typed where normalising did not change the length."""
    start = text.casefold().rfind(part)
    return text[start : start + len(part)] if start >= 0 and len(text.casefold()) == len(text) else part


def _near_miss(plain: str) -> Intent | None:
    """A short line that is almost a phrase: a typo at most is certain, more than one is asked about."""
    form = bare(_POLITE.sub("", plain))
    least = _LEAST_FUZZY_CHINESE if count_cjk(form) else _LEAST_FUZZY_ENGLISH
    if len(form) < least or length(plain) > _LONGEST_FUZZY:
        return None
    from rapidfuzz import fuzz, process

    phrases = [phrase for phrase in _known() if len(phrase) >= least and is_cjk(phrase[0]) == is_cjk(form[0])]
    best = process.extractOne(form, phrases, scorer=fuzz.ratio, score_cutoff=_MAYBE_FROM)
    if best is None:
        return None
    kind, argument = _known()[best[0]]
    return Intent(kind, argument, certain=best[1] >= _SURE_FROM)


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[Kind, str]]:
    return {bare(phrase): meaning for meaning, phrases in PHRASES.items() for phrase in phrases}


@lru_cache(maxsize=1)
def _names() -> dict[str, Kind]:
    return {name: kind for kind, names in NAMES.items() for name in names}
