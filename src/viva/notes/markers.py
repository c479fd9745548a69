"""The marks that number a question or a list item, and the lines that are headings in plain text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DIGITS = r"[0-9０-９]"
_NUMBERED = re.compile(
    rf"""
    ^(?P<indent>[ \t\u3000]*) (?:\*\*|__)? (?:
      (?:Q(?:uestion|UESTION)?|q(?:uestion)?|问题|题目|问|题)[ ]?(?P<label>{_DIGITS}{{1,5}})
        [ ]?(?:[:：.．、)）]|\s(?=\S))
    | 第[ ]?(?P<ordinal>{_DIGITS}{{1,5}})[ ]?[题问道](?:题)?[ ]?[:：.．、]?
    | [#＃№](?P<hash>{_DIGITS}{{1,5}})[ ]?[:：.．、)）]?(?=[ \t\u3000]+\S)
    | (?P<dash>{_DIGITS}{{1,4}})[ ]?[-–—][ ]+(?=[^\W\d])
    | [(（\[【][ ]?(?P<paren>{_DIGITS}{{1,4}})[ ]?[)）\]】][.．、]?
    | (?P<plain>{_DIGITS}{{1,5}})[ ]?(?P<sep>\\?[.．、)）。:：])[、.．]?
    | (?P<bare>{_DIGITS}{{1,3}})(?=[ \t\u3000]+[^\W_]|[ \t\u3000]*[\u3400-\u9fff“"「《])
    ) (?:\*\*|__)? [ \t\u3000]* (?P<text>\S.*)$
    """,
    re.VERBOSE,
)
_SEPARATORS = {"．": ".", "。": ".", "）": ")", "：": ":"}
_ONLY_NUMBER = re.compile(r"^(?=.*[\d０-９])[\d０-９.,%％\s×x*/+\-^~]*$")
# "3种方法", "16层", "2 GB" go on as a sentence: the number counts something.
_COUNTED = re.compile(
    r"^\s*(?:[个种次层倍位年月日号维步类条点张只项大者组块帧秒分时天周万亿千百元度阶份轮副对]|(?:GB|MB|KB|ms|px|kg|cm|mm)\b)"
)
_OPERATOR = re.compile(r"^\s*(?:[*×/+=<>≤≥^~%％-]|[xX]\s*\d)")
_QUESTION = re.compile(
    r"[?？]\s*(?:\*\*|__)?\s*$|什么|如何|怎么|怎样|为何|为什么|哪些|哪个|哪种|是否|简述|解释|介绍|区别|说说|谈谈|请|吗"
    r"|^(?:what|why|how|when|where|which|who|explain|describe|define|compare|name|list|give|is|are|does|do|can)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ListMark:
    """A numbered line, taken apart."""

    indent: int
    """Columns before the number; a tab counts to the next multiple of four."""
    number: str
    """ASCII digits as written."""
    value: int
    style: str
    """`.`, `)`, `、`, `:`, `-`, `paren`, `label` or `bare`: how the number is set off."""
    spaced: bool
    """Whether a blank follows the number."""
    weak: bool
    """True when a digit follows the dot: `4.1x1` may be question 4 or the decimal 4.1."""
    text: str


def mark_of(line: str) -> ListMark | None:
    """Return the numbering of `line`, or None when it has none (a decimal, a size such as `3 * 3`, a year)."""
    found = _NUMBERED.match(line)
    if found is None:
        return None
    groups = found.groupdict()
    text = groups["text"].strip()
    names = ("label", "ordinal", "hash", "dash", "paren", "plain", "bare")
    digits = next(groups[name] for name in names if groups[name])
    if (groups["plain"] or groups["bare"]) and _ONLY_NUMBER.match(text):
        return None
    if groups["bare"] and (_COUNTED.match(text) or _OPERATOR.match(text)):
        return None
    number = unicodedata.normalize("NFKC", digits)
    separator = (groups["sep"] or "").removeprefix("\\")
    decimal = bool(groups["plain"]) and separator in ".．:：" and not _spaced(found)
    weak = text[0].isdigit() and (decimal or bool(groups["bare"]))
    return ListMark(
        columns(groups["indent"]), number, int(number), _style(groups), _spaced(found), weak, _unbold(line, text)
    )


def columns(indent: str) -> int:
    """Return the width of leading blanks in columns; an ideographic space counts two, a tab goes to the next fourth."""
    width = 0
    for character in indent:
        width = width + 4 - width % 4 if character == "\t" else width + (2 if character == "\u3000" else 1)
    return width


def indent_of(line: str) -> int:
    """Return the columns before the first character of `line`."""
    return columns(line[: len(line) - len(line.lstrip(" \t\u3000"))])


def looks_like_question(text: str) -> bool:
    """Whether `text` asks: a question mark at its end, or an interrogative or imperative of examiners."""
    return _QUESTION.search(text.strip()) is not None


def _spaced(found: re.Match[str]) -> bool:
    return found.start("text") > 0 and found.string[found.start("text") - 1] in " \t\u3000"


def _style(groups: dict[str, str | None]) -> str:
    if groups["label"] or groups["ordinal"] or groups["hash"]:
        return "label"
    if groups["dash"]:
        return "-"
    if groups["paren"]:
        return "paren"
    if groups["bare"]:
        return "bare"
    separator = (groups["sep"] or ".").removeprefix("\\")
    return _SEPARATORS.get(separator, separator)


def _unbold(line: str, text: str) -> str:
    """Drop the closing `**` of a line that is bold as a whole."""
    for mark in ("**", "__"):
        if line.lstrip().startswith(mark) and text.endswith(mark) and text.count(mark) == 1:
            return text.removesuffix(mark).rstrip()
    return text


_CHINESE_NUMERAL = "[一二三四五六七八九十百]+"
_HEADINGS = (
    (re.compile(r"^(#{1,6})[ \t]+(?P<text>\S.*?)[ \t#]*$"), 0),
    (re.compile(rf"^(?P<text>第\s*(?:{_CHINESE_NUMERAL}|\d+)\s*[章部篇编].*)$"), 1),
    (re.compile(r"^(?:Part|Chapter|PART|CHAPTER)\s+[\dIVX]+.*$"), 1),
    (re.compile(rf"^(?P<text>第\s*(?:{_CHINESE_NUMERAL}|\d+)\s*节.*)$"), 2),
    (re.compile(rf"^{_CHINESE_NUMERAL}[、.．:：]\s*(?P<text>\S.*)$"), 2),
    (re.compile(r"^【(?P<text>[^】]+)】$"), 2),
    (re.compile(r"^={2,}\s*(?P<text>[^=\s].*?)\s*={2,}$"), 2),
    (re.compile(rf"^[(（]{_CHINESE_NUMERAL}[)）]\s*(?P<text>\S.*)$"), 3),
)


def heading_of(line: str) -> tuple[int, str] | None:
    """Return level (from 1) and text of a line that is written as a heading, or None.

    `# CNN`, `第一章 卷积`, `一、卷积`, `（一）池化`, `【卷积】`, `== CNN ==`, `Chapter 2: …`.
    """
    for pattern, level in _HEADINGS:
        found = pattern.match(line.rstrip())
        if found:
            if level == 0:
                return len(found.group(1)), found.group("text")
            return level, (found.groupdict().get("text") or line).strip()
    return None
