"""JSON Lines: one object a line with `question` and `answer`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from viva.i18n import tr
from viva.notes.formats.tables import role_of, tags_of
from viva.notes.raw import Parsed, RawEntry

if TYPE_CHECKING:
    from collections.abc import Sequence


def recognises(lines: Sequence[str], *, sure: bool) -> bool:
    """Whether the first line that holds text is a JSON object; with `sure`, a file of that suffix always is."""
    first = next((line for line in lines if line.strip()), "")
    if sure:
        return True
    return first.lstrip().startswith("{") and isinstance(_value(first), dict)


def parse_json_lines(lines: Sequence[str]) -> Parsed:
    """Return the questions; a line that is no object with a question is reported and passed over."""
    entries: list[RawEntry] = []
    bad: list[tuple[int, str]] = []
    for line, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        value = _value(text)
        entry = _entry(value, line) if isinstance(value, dict) else None
        if entry is not None:
            entries.append(entry)
        else:
            wrong = tr("has no text under `question`") if isinstance(value, dict) else tr("is no JSON object")
            bad.append((line, tr("This line {wrong}; it was passed over.", wrong=wrong)))
    return Parsed(tuple(entries), tuple(bad))


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _entry(row: dict[str, object], line: int) -> RawEntry | None:
    fields: dict[str, object] = {}
    for key, value in row.items():
        role = role_of(key)
        if role is not None and value is not None:
            fields.setdefault(role, value)
    question = " ".join(_text(fields.get("question")).split("\n"))
    if not question:
        return None
    tags = fields.get("tags")
    listed = (
        tuple(str(tag).strip() for tag in tags if str(tag).strip()) if isinstance(tags, list) else tags_of(_text(tags))
    )
    return RawEntry(question, _text(fields.get("answer")), line, line, _text(fields.get("number")) or None, tags=listed)


def _text(value: object) -> str:
    """Return a value as text; a list of answers becomes list items."""
    if isinstance(value, list):
        return "\n".join(f"- {_text(item)}" for item in value if _text(item))
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    # A lone surrogate (JSON can spell one) cannot be written to a terminal or a file.
    text = text.encode("utf-8", "replace").decode("utf-8")
    return "\n".join(part.rstrip() for part in text.split("\n")).strip()
