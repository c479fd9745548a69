"""A line of an answer as it reads: without the marks of Markdown and HTML around its words."""

from __future__ import annotations

import re

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
