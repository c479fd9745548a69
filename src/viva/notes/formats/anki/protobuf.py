"""One number out of a protobuf message: all that is wanted of Anki's."""

from __future__ import annotations

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_SIZES = {_FIXED64: 8, _FIXED32: 4}
_LONGEST = 10
"""Bytes of a number."""


def number(message: bytes, field: int) -> int:
    """Return the whole number in a field of `message`: the last one, 0 where there is none or the rest is damaged."""
    found = at = 0
    while at < len(message):
        key, at = _varint(message, at)
        name, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            found = value if name == field else found
        elif kind == _BYTES:
            size, at = _varint(message, at)
            at += size
        elif kind in _SIZES:
            at += _SIZES[kind]
        else:
            break
    return found


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count, byte in enumerate(message[at : at + _LONGEST]):
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return value, at + count + 1
    return value, len(message)
