"""What a user marks in the notes: `!` before a point that an answer must have, `(extra)` at one that may be missing.

Marks are taken off the text of the point; the notes themselves stay as they are. What is bold as a whole is marked too,
where not everything is. A term in bold at the beginning of a point is none: that is how many write their lists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from viva.notes.points.statements import label_of
from viva.text.normal import fits
from viva.types import Importance

_EXTRA = r"[(（][ ]?(?:extra|optional|补充|选答|可选)[ ]?[)）]"
_ESSENTIAL_FIRST = re.compile(r"[!！](?![=＝!！~\[(])\s*(?=\S)")
_EXTRA_FIRST = re.compile(rf"{_EXTRA}\s*[:：]?\s*(?=\S)", re.IGNORECASE)
_EXTRA_LAST = re.compile(rf"(?<=\S)\s*{_EXTRA}(?P<end>[。.；;，,：:]?)\s*$", re.IGNORECASE)
_EXTRA_ALONE = re.compile(rf"{_EXTRA}[:：]?", re.IGNORECASE)
_EXTRA_LABEL = re.compile(rf"^(?P<label>[^：:。！？!?；;，,]{{1,40}}?)\s*{_EXTRA}\s*(?=[：:])", re.IGNORECASE)
_END_MARKS = ".。!！;；"
_TERM = (5, 3)
"""The most Chinese characters, and words else, of a term before a full stop: "**Early stopping.** It …"."""


def begins_marked(text: str) -> bool:
    """Whether a line begins with a mark."""
    return bool(first_mark(text))


def first_mark(text: str) -> str:
    """Return the mark that a line begins with, with the blanks after it, or nothing."""
    found = _ESSENTIAL_FIRST.match(text) or _EXTRA_FIRST.match(text)
    return found[0] if found else ""


def is_alone(text: str) -> bool:
    """Whether a line is nothing but the mark of what may be missing: it holds for what is below."""
    return _EXTRA_ALONE.fullmatch(text) is not None


def ends_marked(text: str) -> bool:
    """Whether a line ends with a mark."""
    return _EXTRA_LAST.search(text) is not None


def unmarked(text: str) -> tuple[str, Importance | None]:
    """Return a point without the marks at its beginning and end, and what they say of it; `!` says more than `(extra)`.

    A mark right behind the label of a point ("History: (extra) …") is one at its beginning.
    """
    rest, first = without_first_mark(text)
    label, said = label_of(rest)
    if first is None and label is not None and said:
        said, first = without_first_mark(said)
        rest = f"{rest[: len(rest) - len(label_of(rest)[1])]}{said}" if first is not None else rest
    rest, last = without_last_mark(rest)
    return rest, first or last


def without_first_mark(text: str) -> tuple[str, Importance | None]:
    """Return a text without the marks it begins with, or behind the label it begins with, and what they say."""
    found: Importance | None = None
    for pattern, says in ((_ESSENTIAL_FIRST, "essential"), (_EXTRA_FIRST, "extra"), (_ESSENTIAL_FIRST, "essential")):
        mark = pattern.match(text)
        if mark is not None and _tells(text[mark.end() :]):
            text = text[mark.end() :]
            found = "essential" if "essential" in (found, says) else "extra"
    labelled = _EXTRA_LABEL.match(text)
    if labelled is not None:
        return labelled["label"] + text[labelled.end() :], found or "extra"
    return text, found


def without_last_mark(text: str) -> tuple[str, Importance | None]:
    """Return a text without the mark it ends with, and what that says."""
    mark = _EXTRA_LAST.search(text)
    if mark is None or not _tells(text[: mark.start()]):
        return text, None
    return text[: mark.start()] + mark["end"], "extra"


def _tells(text: str) -> bool:
    return any(character.isalnum() for character in text)


def begins_bold(text: str, bold: Sequence[str]) -> bool:
    """Whether a line begins with the first of what is bold in it."""
    return bool(bold) and text.startswith(bold[0])


def is_bold(text: str, bold: Sequence[str]) -> bool:
    """Whether a piece of a line lies in what is bold in it, or begins with a whole sentence that is bold."""
    core = _core(text)
    return bool(core) and any(core in _core(part) or _leads(part, text.strip()) for part in bold)


def _leads(part: str, text: str) -> bool:
    """Whether a text begins with a part of it that is a sentence, and no term."""
    if not text.startswith(part) or fits(part, *_TERM):
        return False
    return part.endswith(tuple(_END_MARKS)) or text[len(part) :].lstrip()[:1] in tuple(_END_MARKS)


def _core(text: str) -> str:
    return " ".join(text.split()).strip(f" {_END_MARKS}，,、：:")
