"""Statements of running text: sentences cut to a size that can be marked on its own, and the labels before them."""

from __future__ import annotations

import re

from viva.text.normal import count_cjk, fits, length
from viva.text.segment import clauses, sentences

_SHORT = 4
"""A shorter piece says nothing by itself and stays with its neighbour."""
_LONG = 60
_WANTED = 12
_NAME = 9
"""Longest part of an enumeration in Chinese characters; English parts are half as many words."""
_BORDER = re.compile(
    r"[，,、；;]+\s*(?:and\s+|or\s+|以及|和|及)?"
    r"|(?<=[\u3400-\u9fff])[ \t\u3000]+(?:(?:以及|和|及|与)[ \t]*)?(?=[\u3400-\u9fff])"
)
_AND = re.compile(r"\s+(?:and|or)\s+|(?<=\w)\s*(?:以及|和|与|及)\s*(?=\w)")
_SUMMARY = re.compile(
    r"^(?:综上(?:所述)?|总之|总的来说|总而言之|In (?:summary|conclusion|short)\b|To sum up\b|Overall,)", re.IGNORECASE
)
_INTRODUCTION = re.compile(
    r"(?:如下|以下|下面|下列|包括|步骤|总结|主要在于|有以下|分为以下|体现在|几点|几个方面|详细分析|具体(?:来说|如下)|综上)"
    r"|\b(?:the following|as follows|follows|below|steps?|include[s]?|these are|are)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?P<label>[^：:。！？!?；;，,]{1,40}?)\s*[：:](?!//)(?!(?<=\d.)\d)\s*(?P<statement>.*)$")


def statements(text: str) -> list[str]:
    """Return the sentences of a line; a long one is cut at clauses, a tiny one joins the one before it."""
    found: list[str] = []
    for sentence in sentences(text):
        piece = sentence.strip()
        if not piece:
            continue
        if found and length(piece) < _SHORT:
            found[-1] = _joined(found[-1], piece)
            continue
        if is_contentless(piece) and piece != text.strip():
            continue
        found.extend(packed(piece, _LONG // 2) if length(piece) > _LONG else [piece])
    if len(found) > 1 and length(found[0]) < _SHORT:
        found[:2] = [_joined(found[0], found[1])]
    return found


def _joined(left: str, right: str) -> str:
    return f"{left} {right}" if left[-1].isascii() and right[0].isascii() else left + right


def packed(sentence: str, size: int) -> list[str]:
    """Cut a sentence at clauses into pieces of at least `size`, the last one joined to its neighbour when shorter."""
    found: list[str] = []
    current = ""
    for clause in clauses(sentence):
        current += clause
        if length(current) >= size:
            found.append(current.strip())
            current = ""
    if current.strip():
        if found and length(current) < 0.75 * size:
            found[-1] += current.rstrip()
        else:
            found.append(current.strip())
    return found


def enumerated(text: str) -> list[str]:
    """Return the parts of an answer of one line: the names it lists, else its clauses when it is long; else nothing."""
    if re.search(r"[=]", text) or len(sentences(text.strip())) > 1:
        return []
    return names(text) or (packed(text, _WANTED - 2) if length(text) >= 2 * _WANTED and count_cjk(text) else [])


def names(text: str) -> list[str]:
    """Return the things that a line lists ("A、B和C", "A, B and C"), or nothing when it is no such list."""
    parts = [part for part in (piece.strip(" 。.") for piece in _BORDER.split(text)) if part]
    if not 1 <= len(parts) <= 12 or not all(_is_name(part) for part in parts):
        return []
    split = [name.strip() for part in parts for name in _AND.split(part) if name.strip()]
    if len(split) > 1 and not _lists_by_and_only(parts, split):
        parts = split
    return parts if len(parts) > 1 else []


def _lists_by_and_only(parts: list[str], split: list[str]) -> bool:
    """Whether only "and" parts the text and what it parts are no plain names: "均值和方差的计算" stays whole."""
    return any(length(name) > 6 or "的" in name for name in split) if len(parts) < len(split) else False


def _is_name(part: str) -> bool:
    return fits(part, _NAME, _NAME // 2 + 1)


def is_contentless(text: str) -> bool:
    """Whether a line only announces what follows: "具体步骤如下：", "The steps are as follows:"."""
    stripped = text.strip()
    last = clauses(stripped)[-1:] or [""]
    ends = stripped.endswith(("：", ":"))
    return ends and length(stripped) <= 25 and _INTRODUCTION.search(last[0] or stripped) is not None


def is_summary(text: str) -> bool:
    """Whether a statement only sums up the statements before it."""
    return _SUMMARY.match(text) is not None


def label_of(text: str) -> tuple[str | None, str]:
    """Return the label that a line begins with, such as "优点" or "Drawbacks", or None, and what follows it."""
    found = _LABEL.match(text)
    return (None, text) if found is None else (found.group("label").strip(), found.group("statement").strip())
