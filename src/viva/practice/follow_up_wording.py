"""The forms of a follow-up, by language."""

from __future__ import annotations

import re

from viva.practice.enumeration import items_of
from viva.text.normal import words
from viva.types import Language

_EXAMPLE = re.compile(r"例子?|举例|例如|比如|示例|(?:an? )?examples?|e\.?g\.?|for (?:example|instance)", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:generation|phase|stage|layer|level|case|side|part|cost|price|cure|remedy|symptom|cause|reason|result|effect"
    r"|purpose|aim|goal|idea|formula|definition|problem|solution|rule|condition|trade-off|trick|output|input"
    r"|(?:dis)?advantages?|benefits?|drawbacks?|limitations?|strengths?|weakness(?:es)?|pros?|cons?)$",
    re.IGNORECASE,
)
"""Last words of a label that want an article: "the young generation", but "overfitting"."""
_ARTICLE = re.compile(
    r"^(?:the|an?|its|their|in|at|on|for|with|when|while|if|during|after|before|under)\b", re.IGNORECASE
)
_NUMBERS = "no one two three four five six seven eight nine ten".split()  # noqa: SIM905 - a list of quoted words is longer
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth"}


def number(count: int) -> str:
    """Return a small number as an English word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def of_label(label: str, rest: str, language: Language, *, begun: bool) -> str:
    """Ask for a point by its label; `begun` tells that another point under the same label was met."""
    if language == "zh":
        if _EXAMPLE.fullmatch(label):
            return "能举个例子吗？"
        if begun:
            return f"{_set_off(label)}还有哪些？"
        return f"{_set_off(label)}有哪些？" if items_of(rest) else f"那{_set_off(label, before=True)}呢？"
    if _EXAMPLE.fullmatch(label):
        return "Can you give an example?"
    if begun:
        return f"What else is there to say about {_in_sentence(label)}?"
    return f"And {_in_sentence(label)}?"


def of_step(label: str, language: Language) -> str:
    """Ask what a numbered step does."""
    if language == "zh":
        return f"{_set_off(label)}做什么？"
    digits = re.search(r"\d+", label)
    ordinal = _ORDINALS.get(digits[0]) if digits else words(label.lower())[0]
    return f"What happens in the {ordinal} step?" if ordinal else f"What happens in {label.lower()}?"


def still_missing(missed: int, total: int, language: Language) -> str:
    """Ask for what is missing by number: how many points there are, and how many are left."""
    if language == "zh":
        return f"{total} 个要点还差 {missed} 个，能再补充吗？"
    if missed == 1:
        return f"One of the {number(total)} points is still missing; what is it?"
    return f"{number(missed).capitalize()} of the {number(total)} points are still missing; what are they?"


def plainly(missed: int, language: Language) -> str:
    """Ask for what is missing, without a number of the notes in it."""
    if language == "zh":
        return "还差一个要点，能再补充吗？" if missed == 1 else "还差几个要点，能再补充吗？"
    return "Something is still missing; what else belongs to the answer?"


def more_precisely(label: str, language: Language) -> str:
    """Ask for more on a point that was half said, by its label."""
    if language == "zh":
        return f"{_set_off(label)}能再说具体一点吗？"
    return f"Can you say more about {_in_sentence(label)}?"


def said_back(said: str, language: Language) -> str:
    """Ask for more on a point that was half said, in the person's own words."""
    if language == "zh":
        return f"你说“{said}”，能再具体一点吗？"
    return f'You said "{said}"; can you be more precise?'


def half_there(count: int, language: Language) -> str:
    """Ask for more on points that were half said."""
    if language == "zh":
        return f"有 {count} 个要点只说到一部分，能再具体一点吗？"
    if count == 1:
        return "One point is only half there; can you say more?"
    return f"{number(count).capitalize()} points are only half there; can you say more?"


def named_of(named: int, total: int, things: str, language: Language) -> str:
    """Ask for the rest of a list: "You named two of the four reasons; what are the others?"."""
    if language == "zh":
        return f"{total} 个{things}里你说到了 {named} 个，其余的是什么？"
    return f"You named {number(named)} of the {number(total)} {things}; what are the others?"


def _set_off(text: str, *, before: bool = False) -> str:
    """Return text that Chinese characters follow, or stand at both sides of, with blanks where it has none of them."""
    return (" " if before else "") + text + " " if text.isascii() else text


def _in_sentence(label: str) -> str:
    """Return a label as it stands within an English sentence: "Young generation" as "the young generation"."""
    first, _, others = label.partition(" ")
    small = first.lower() if first[1:].islower() or first == "A" else first
    text = f"{small} {others}".strip()
    counted = _COUNTED.search(text) and not _ARTICLE.match(text)
    return f"the {text}" if counted else text
