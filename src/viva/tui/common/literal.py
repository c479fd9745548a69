"""Text of other people on the screen, as `text.literal` shows it, and pasted text as it could have been typed."""

from __future__ import annotations

from viva.text.literal import TABLE, literal, one_line

__all__ = ["literal", "one_line", "sanitize_input"]

_TYPED: dict[int, int | str | None] = {**TABLE, **dict.fromkeys(range(0x20)), 0x09: "    ", 0x0A: 0x0A, 0x7F: None}


def sanitize_input(text: str) -> str:
    """Return pasted `text` as it could have been typed: without control characters, line breaks as newlines."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TYPED)
