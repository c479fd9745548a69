"""Anki's clozes: `{{c1::hidden::hint}}`, one in another too."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MARKS = re.compile(r"(\{\{c[0-9,]{1,20}::|::|\}\})")
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
    for part in _MARKS.split(text):
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
