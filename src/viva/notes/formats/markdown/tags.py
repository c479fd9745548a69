"""Tags of Markdown notes: in the front matter, and as `#tag` in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAG = re.compile(r"(?<![\w&/#\\(\[])#(?!\d+\b)([\w\u3400-\u9fff][\w/\-]*)")
_CODE = re.compile(r"`[^`]*`|\$[^$]*\$")
_KEY = re.compile(r"^(?:tags?|keywords?|标签)\s*:\s*(?P<value>.*)$", re.IGNORECASE)
_ITEM = re.compile(r"^\s*-\s+(?P<value>\S.*)$")


def front_matter(lines: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Return the tags of a front matter between two `---` lines, and the row where the text begins.

    Both styles of YAML lists are understood: `tags: [a, b]`, `tags: a, b`, and items on lines of their own.
    """
    if not lines or lines[0].strip() != "---":
        return (), 0
    close = next((row for row in range(1, len(lines)) if lines[row].strip() in {"---", "..."}), None)
    if close is None or not any(":" in line for line in lines[1:close]):
        return (), 0
    found: list[str] = []
    listing = False
    for line in lines[1:close]:
        key = _KEY.match(line)
        item = _ITEM.match(line)
        if key:
            found.extend(_values(key.group("value")))
            listing = not key.group("value").strip()
        elif listing and item:
            found.extend(_values(item.group("value")))
        elif line.strip():
            listing = False
    return tuple(dict.fromkeys(found)), close + 1


def tags_in(text: str) -> tuple[str, ...]:
    """Return the `#tags` of a line, each once, without the sign."""
    return tuple(dict.fromkeys(_TAG.findall(_CODE.sub(" ", text))))


def without_tags(text: str) -> str:
    """Return `text` without its `#tags` outside code and formulas."""
    if not tags_in(text):
        return text
    kept: list[str] = []
    at = 0
    for found in _CODE.finditer(text):
        kept += [_TAG.sub("", text[at : found.start()]), found.group()]
        at = found.end()
    kept.append(_TAG.sub("", text[at:]))
    return re.sub(r"[ \t]{2,}", " ", "".join(kept)).strip()


def _values(text: str) -> list[str]:
    inner = re.sub(r"\s#.*$", "", text).strip().strip("[]")
    return [value for part in re.split(r"[,，]", inner) if (value := part.strip().strip("\"'").lstrip("#").strip())]
