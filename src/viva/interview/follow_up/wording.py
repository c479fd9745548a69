"""The forms of a follow-up that are no form of the question, by language."""

from __future__ import annotations

import re

from viva.text.normal import words
from viva.types import Language

PLAIN: dict[Language, str] = {"zh": "还有什么要补充的？", "en": "What else would you add?"}
"""Where nothing more particular can be asked."""

_COMMON = re.compile(
    r"(?!(?:the|an?|its|their|in|at|on|for|with|when|if|after|before)\b)(?:[a-z][a-z -]*|[A-Z][a-z-]+(?:s| [a-z -]+))"
)
"""An English label that wants an article: no name, and nothing that has one or wants none."""
_NUMBERS = "no one two three four five six seven eight nine ten".split()  # noqa: SIM905 - a list of quoted words is longer
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth"}


def number(count: int) -> str:
    """Return a small number as an English word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def of_thing(name: str, language: Language, *, begun: bool) -> str:
    """Ask for one of several things; `begun` tells that something was said of it.

    Nothing where English wants more than the bare word: it may be an adjective ("airborne").
    """
    if language == "zh":
        return f"关于{_set_off(name)}，还能补充什么？" if begun else f"那{_set_off(name)}呢？"
    if not begun:
        return f"And {name}?"
    return "" if re.fullmatch("[A-Z]?[a-z]+", name) else f"What else can you say about {name}?"


def of_heading(label: str, language: Language, *, begun: bool) -> str:
    """Ask for what stands under a label of the notes."""
    if language == "en" and _COMMON.fullmatch(label):
        label = f"the {label[0].lower()}{label[1:]}"
    return of_thing(label, language, begun=begun)


def of_step(label: str, language: Language) -> str:
    """Ask what a numbered step does."""
    if language == "zh":
        return f"{label}做什么？"
    digits = re.search(r"\d+", label)
    ordinal = _ORDINALS.get(digits[0]) if digits else words(label.lower())[0]
    return f"What happens in the {ordinal} step?" if ordinal else f"What happens in {label.lower()}?"


def _set_off(text: str) -> str:
    """Return text that stands between Chinese characters, with blanks where it has none of them itself."""
    return f" {text} " if text.isascii() else text
