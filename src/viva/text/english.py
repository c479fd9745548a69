"""English as viva writes it."""

from __future__ import annotations


def counted(count: int, noun: str, many: str | None = None) -> str:
    """Return "1 day", "2 days"; `many` is the plural where an s does not make it."""
    return f"{count} {noun}" if count == 1 else f"{count} {many or noun + 's'}"
