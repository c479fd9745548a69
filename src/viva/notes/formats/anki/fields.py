"""The text of a field of Anki's notes: HTML, and clozes such as `{{c1::hidden::hint}}`, one in another too."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_BREAKS = frozenset(
    {"br", "div", "p", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "table", "hr"}
)
_MUTE = frozenset({"script", "style"})
_CELLS = frozenset({"td", "th"})
_MEDIA = re.compile(r"\[(?:sound|anki:play|anki:tts):?[^\[\]]{0,300}\](?:[^\[\]]{0,300}\[/anki:tts\])?")
_UNENDED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
"""No tag; the parser would look for its end in all that follows, which takes minutes when there are thousands."""
_KEPT_BLANK = "\ue000"
"""Stands for a blank within `<pre>`, where blanks count; a character for private use, so that no text has it."""

_EMPTY = re.compile(r"\n(?=\n)")


class _Text(HTMLParser):
    """Collects the text of HTML, with a line break where a browser would make one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._mute = 0
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Break the line before a block; start a list item."""
        if tag in _MUTE:
            self._mute += 1
        if tag == "pre":
            self._pre += 1
        if tag in _BREAKS:
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag in _CELLS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Break the line after a block."""
        if tag in _MUTE:
            self._mute = max(0, self._mute - 1)
        if tag == "pre":
            self._pre = max(0, self._pre - 1)
        if tag in _BREAKS - {"br", "hr"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self._mute:
            text = data.replace("\u00a0", " ")
            self.parts.append(_code(text) if self._pre else text)


def _code(text: str) -> str:
    """Return text within `<pre>` with its blanks and empty lines marked, so that they stay."""
    return _EMPTY.sub(f"\n{_KEPT_BLANK}", text.expandtabs(4)).replace(" ", _KEPT_BLANK)


def html_text(html: str) -> str:
    """Return the text of an HTML fragment: blocks, `<br>` and list items on lines of their own, entities resolved.

    Pictures and sounds leave nothing; `<pre>` keeps its indentation and its empty lines.
    """
    sound = _UNENDED.sub("&lt;", _without_comments(_MEDIA.sub("", html)))
    try:
        parts = _parts(sound)
    except AssertionError:  # html.parser's own way to refuse a marked section such as `<![x[`
        parts = _parts(sound.replace("<![", "&lt;!["))
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in "".join(parts).split("\n")]
    return "\n".join(line.replace(_KEPT_BLANK, " ").rstrip() for line in lines if line not in {"", "-"}).strip("\n")


def _parts(html: str) -> list[str]:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return parser.parts


def _without_comments(html: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0 and (stop := html.find("-->", start + 4)) >= 0:
        parts.append(html[at:start])
        at = stop + 3
    return "".join([*parts, html[at:]])


_CLOZE_MARKS = re.compile(r"(\{\{c[0-9,]{1,20}::|::|\}\})")
CLOZE = re.compile(r"\{\{c[0-9,]{1,20}::")
"""Where a cloze begins."""


@dataclass(slots=True)
class _Open:
    """A cloze whose end has not been seen yet."""

    raw: list[str]
    shown: list[str] = field(default_factory=list)
    hint: list[str] | None = None


def both_sides(text: str) -> tuple[str, str]:
    """Return `text` with every cloze blanked, as `[…]` or `[hint]`, and with every cloze shown.

    One pass over the marks: a pattern for the whole cloze would take quadratic time on clozes that never end.
    """
    asked: list[str] = []
    parts: list[str] = []
    stack: list[_Open] = []
    for part in _CLOZE_MARKS.split(text):
        if CLOZE.match(part):
            stack.append(_Open([part]))
        elif not stack:
            asked.append(part)
            parts.append(part)
        elif part == "}}":
            _close(stack, asked, parts)
        else:
            _take(stack[-1], part)
    for unended in stack:
        asked += unended.raw
        parts += unended.raw
    return "".join(asked), "".join(parts)


def _take(cloze: _Open, part: str) -> None:
    cloze.raw.append(part)
    if part == "::" and cloze.hint is None:
        cloze.hint = []
    else:
        (cloze.shown if cloze.hint is None else cloze.hint).append(part)


def _close(stack: list[_Open], asked: list[str], text: list[str]) -> None:
    done = stack.pop()
    shown = "".join(done.shown)
    if stack:
        _take(stack[-1], shown)  # what is hidden within a hidden part is blanked with it
    else:
        asked.append(f"[{''.join(done.hint or []).strip() or '…'}]")
        text.append(shown)
