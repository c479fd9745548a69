"""Text of other people, made fit for a terminal or a page: shown as written, obeyed never."""

from __future__ import annotations

_ESCAPES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
"""Control characters become their Unicode pictures, so that an escape sequence can be read and does nothing."""

_C1 = dict.fromkeys(range(0x80, 0xA0), "\ufffd")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""They cannot be encoded, and a terminal would never get the frame they are in."""

_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
"""Direction marks reorder a whole terminal line, the words of viva too."""

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, *range(0x2060, 0x2065), 0xFEFF])
"""Terminals disagree on their width; U+200C and U+200D stay, scripts and emoji are made with them."""

TABLE: dict[int, int | str | None] = {
    **_ESCAPES,
    **_C1,
    **_SURROGATES,
    **_BIDI,
    **_INVISIBLE,
    0x09: "    ",
    0x0A: 0x0A,
    0x2028: 0x0A,
    0x2029: 0x0A,
}
"""What `str.translate` takes: a character that could steer, to what is shown for it, or None for nothing."""


def literal(text: str) -> str:
    """Return `text` as it can be shown: line breaks kept, tabs as blanks, control characters as pictures (`␛`)."""
    return text.replace("\r\n", "\n").translate(TABLE)


def one_line(text: str) -> str:
    """Return `literal(text)` with every run of blanks and line breaks as one blank."""
    return " ".join(literal(text).split())
