"""Obsidian's own Markdown as plain Markdown, line by line, so that every line keeps its number.

Links are replaced by what Obsidian shows for them; comments, embeds, block ids and queries are dropped. Code and
formulas stay as they are. Cards and callouts are left to their formats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from viva.notes.formats.markdown.tags import front_matter

_FENCE = re.compile(r"^\s*(?:>\s*)*(?P<mark>`{3,}|~{3,})\s*(?P<language>[\w-]*)")
_QUERIES = frozenset({"dataview", "dataviewjs", "tasks", "query", "base", "button"})
_SPAN = re.compile(r"``(?:[^`]|`(?!`))+``|`[^`]+`|\$(?=\S)[^$]*(?<=\S)\$|\\\((?:[^\\]|\\(?![()]))*\\\)")
"""Code and formulas within a line."""
_INLINE_QUERY = re.compile(r"`+\$?=\s")
_EMBED = re.compile(r"!\[\[[^\[\]]*\]\]")
_LINK = re.compile(r"\[\[(?P<target>[^\[\]|]*?)(?:\\?\|(?P<shown>[^\[\]]*))?\]\]")
_HIGHLIGHT = re.compile(r"==(?=[^\s=])(?P<text>[^=]*(?:=[^=]+)*?)(?<=[^\s=])==(?!=)")
_FIELD = re.compile(r"\[[\w -]+::\s[^\[\]]*\]|\([\w -]+::\s[^()]*\)")
_BLOCK_ID = re.compile(r"(?:^|(?<=\s))\^[A-Za-z0-9-]+\s*$")
_MARK_ONLY = re.compile(r"^\s*(?:[-*+]|\d+[.)])(?:\s\[.\])?$")
_COMMENT = "%%"
_FORMULA = "$$"


@dataclass(slots=True)
class _State:
    """Where in the file the reading stands."""

    last_comment: int
    """Last row that holds a comment's mark: one that opens there, and is not closed, is text."""
    fence: str = ""
    """What opened the code that is being read."""
    dropped: bool = False
    """Whether that code is a query."""
    formula: bool = False
    comment: bool = False
    rows: list[str] = field(default_factory=list)


def plain_markdown(lines: Sequence[str]) -> list[str]:
    """Return the lines of a note as plain Markdown, as many as there were; the front matter stays as it is."""
    _, start = front_matter(lines)
    last = max((row for row, line in enumerate(lines) if _COMMENT in line), default=-1)
    state = _State(last, rows=list(lines[:start]))
    for row in range(start, len(lines)):
        state.rows.append(_line(lines[row], row, state))
    return state.rows


def _line(line: str, row: int, state: _State) -> str:
    if not state.comment and (state.fence or _FENCE.match(line)):
        return _code(line, state)
    if not state.comment and (state.formula or line.strip().startswith(_FORMULA)):
        # A formula of one line opens and closes in it.
        state.formula ^= line.count(_FORMULA) % 2 == 1
        return line
    shown = _without_comments(line, row, state) if state.comment or _COMMENT in line else line
    plain = "".join(_prose(part) if is_prose else part for is_prose, part in _parts(shown))
    plain = _BLOCK_ID.sub("", plain) if "^" in plain else plain
    return line if plain == line else _tidy(plain, line)


def _tidy(plain: str, line: str) -> str:
    """Return what is left of a line without the blanks and the list mark that what was dropped leaves behind."""
    left = plain.rstrip() if line[:1].isspace() else plain.strip()
    return "" if _MARK_ONLY.match(left) else left


def _code(line: str, state: _State) -> str:
    mark = _FENCE.match(line)
    if not state.fence and mark:
        state.fence = mark["mark"]
        state.dropped = mark["language"].casefold() in _QUERIES
        return "" if state.dropped else line
    if mark and mark["mark"].startswith(state.fence) and not mark["language"]:
        state.fence = ""
    return "" if state.dropped else line


def _without_comments(line: str, row: int, state: _State) -> str:
    """Return what of a line is outside comments; code in it may hold their mark."""
    kept: list[str] = []
    for is_prose, part in [(True, line)] if state.comment else _parts(line):
        pieces = part.split(_COMMENT) if is_prose else [part]
        for at, piece in enumerate(pieces):
            if at and not state.comment and at == len(pieces) - 1 and row >= state.last_comment:
                kept.append(_COMMENT)  # nothing closes it
            elif at:
                state.comment = not state.comment
            if not state.comment:
                kept.append(piece)
    return "".join(kept)


def _parts(line: str) -> list[tuple[bool, str]]:
    """Return the parts of a line, each with whether it is prose; queries within it are left out."""
    parts: list[tuple[bool, str]] = []
    at = 0
    for span in _SPAN.finditer(line):
        parts.append((True, line[at : span.start()]))
        if not _INLINE_QUERY.match(span.group()):
            parts.append((False, span.group()))
        at = span.end()
    parts.append((True, line[at:]))
    return parts


def _prose(text: str) -> str:
    if "[[" in text:
        text = _LINK.sub(_shown, _EMBED.sub("", text))
    if "==" in text:
        text = _HIGHLIGHT.sub(r"\g<text>", text)
    return _FIELD.sub("", text) if ":: " in text else text


def _shown(link: re.Match[str]) -> str:
    """Return what Obsidian shows of a link: its own words, else the note and the heading within it."""
    if link["shown"]:
        return link["shown"].strip()
    note, *within = link["target"].split("#")
    names = [note.strip(), *(part.strip() for part in within if not part.startswith("^"))]
    return " > ".join(name for name in names if name)
