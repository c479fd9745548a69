"""The lines of an answer: the marks before them, and what is left without."""

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
    point_text, first = without_first_mark(text)
    label, statement = label_of(point_text)
    if first is None and label is not None and statement:
        unmarked_statement, first = without_first_mark(statement)
        if first is not None:
            point_text = point_text[: len(point_text) - len(statement)] + unmarked_statement
    point_text, last = without_last_mark(point_text)
    return point_text, first or last


def without_first_mark(text: str) -> tuple[str, Importance | None]:
    """Return a text without the marks it begins with, or behind the label it begins with, and what they say."""
    found: Importance | None = None
    for pattern, says in ((_ESSENTIAL_FIRST, "essential"), (_EXTRA_FIRST, "extra"), (_ESSENTIAL_FIRST, "essential")):
        mark = pattern.match(text)
        if mark is not None and _has_text(text[mark.end() :]):
            text = text[mark.end() :]
            found = "essential" if "essential" in (found, says) else "extra"
    labelled = _EXTRA_LABEL.match(text)
    if labelled is not None:
        return labelled["label"] + text[labelled.end() :], found or "extra"
    return text, found


def without_last_mark(text: str) -> tuple[str, Importance | None]:
    """Return a text without the mark it ends with, and what that says."""
    mark = _EXTRA_LAST.search(text)
    if mark is None or not _has_text(text[: mark.start()]):
        return text, None
    return text[: mark.start()] + mark["end"], "extra"


def _has_text(text: str) -> bool:
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


WIDEST = 2_000
"""A longer line is no prose whose emphasis matters."""
_MARKED = re.compile(r"[*_`\[<^~=]")
_CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)")
_PRIVATE = 0xF0000
"""The first of 65,534 characters that no text uses."""
_BOLD = re.compile(
    r"(?P<mark>\*\*|__)(?=\S)(?P<text>.+?)(?<=\S)(?P=mark)(?!\*)|<(?P<tag>b|strong)\b[^>]*>(?P<inner>.+?)</(?P=tag)>",
    re.IGNORECASE,
)
_MARKUP = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)|!\[\[[^\]]*\]\]"), r"\1"),
    (re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]+)\]\]"), r"\1"),
    (re.compile(r"(?<!!)\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"(\*\*|__|~~|==)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"</?(?:b|i|u|em|strong|br|p|sub|sup|span|div|li|ul|ol|code|mark|kbd)\b[^>]*>"), " "),
    (re.compile(r"\^\d+\^|\[\^[^\]]+\]"), ""),
)


def plain(row: str) -> str:
    """Return a line without Markdown's quote marks, emphasis, links and footnote marks."""
    text = unquoted(row)
    if len(text) <= WIDEST and _MARKED.search(text):
        text = _unmarked(text)
    return text.strip()


def unquoted(row: str) -> str:
    """Return a line without Markdown's quote marks and the marks of a heading, its emphasis as written."""
    text = re.sub(r"^\s*(?:>\s*)+", "", row).strip()
    return re.sub(r"^#{1,6}\s+", "", text)


def bold_parts(row: str) -> tuple[str, ...]:
    """Return what is bold in a line, as it reads, in order; nothing within code is."""
    if len(row) > WIDEST or not _MARKED.search(row):
        return ()
    text, code = _without_code(row)
    parts = (found["text"] or found["inner"] for found in _BOLD.finditer(text))
    return tuple(_without_markup(part).translate(code).strip() for part in parts)


def _without_code(text: str) -> tuple[str, dict[int, str]]:
    """Return a line with single private characters for the code in it, and what these stand for."""
    code: dict[int, str] = {}

    def put(span: re.Match[str]) -> str:
        inner = span["code"]
        code[_PRIVATE + len(code)] = inner.strip() if inner[0] == inner[-1] == " " and inner.strip() else inner
        return chr(_PRIVATE + len(code) - 1)

    return _CODE.sub(put, text), code


def _unmarked(text: str) -> str:
    """Take marks away, but none within code: `__eq__` is a name."""
    text, code = _without_code(text)
    return _without_markup(text).translate(code)


def _without_markup(text: str) -> str:
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return text
