"""English as viva writes it."""

from __future__ import annotations

_NUMBERS = "no one two three four five six seven eight nine ten".split()  # noqa: SIM905 - a list of quoted words is longer


def counted(count: int, noun: str, many: str | None = None) -> str:
    """Return "1 day", "2 days"; `many` is the plural where an s does not make it."""
    return f"{count} {noun}" if count == 1 else f"{count} {many or noun + 's'}"


def number(count: int) -> str:
    """Return a small number as an English word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
