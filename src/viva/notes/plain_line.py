"""A line of an answer as it reads: without the marks of Markdown and HTML around its words."""

from __future__ import annotations

import re

_WIDEST = 2_000
"""A longer line is no prose whose emphasis matters."""
_MARKED = re.compile(r"[*_`\[<^~=]")
_CODE = re.compile(r"`([^`]+)`")
_PRIVATE = 0xF0000
"""The first of 65,534 characters that no text uses."""
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
    text = re.sub(r"^\s*(?:>\s*)+", "", row).strip()
    text = re.sub(r"^#{1,6}\s+", "", text)
    if len(text) <= _WIDEST and _MARKED.search(text):
        text = _unmarked(text)
    return text.strip()


def _unmarked(text: str) -> str:
    """Take marks away, but none within code: `__eq__` is a name. Code waits as single private characters meanwhile."""
    code = dict(enumerate(_CODE.findall(text), _PRIVATE))
    for character in code:
        text = _CODE.sub(chr(character), text, count=1)
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return text.translate(code)
