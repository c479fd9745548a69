"""The interface's own words: each is said anew when it is shown, so that the language may change at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from rich.cells import cell_len

from viva.i18n import N_, spoken, tr
from viva.text.literal import TABLE, literal, one_line
from viva.types import Language

Words = Callable[[], str]
"""Says something in the language that is in force when it is called."""

OTHER = N_("中文")
"""The name of the language that viva does not speak now; in Chinese it is "English"."""


NARROW = 60
"""Cells below which a terminal is narrow: what can be missed is left out."""


def other_language() -> Language:
    """Return the language that viva does not speak now."""
    return "en" if spoken() == "zh" else "zh"


def listed(parts: Iterable[str]) -> str:
    """Return the parts of a list in one line."""
    return tr(", ").join(parts)


def padded(text: str, cells: int) -> str:
    """Return `text` filled up with blanks to a width in cells; a Chinese character takes two."""
    return text + " " * (cells - cell_len(text))


def widest(words: Iterable[str]) -> int:
    """Return the cells of the widest word, 0 where there is none."""
    return max(map(cell_len, words), default=0)


def from_home(path: str) -> str:
    """Return a path as the user calls it: what lies in their home folder begins with a tilde."""
    try:
        inside = Path(path).relative_to(Path.home())
    except (ValueError, RuntimeError):  # it lies elsewhere, or there is no home
        return path
    return str(Path("~") / inside)


__all__ = ["literal", "one_line", "sanitize_input"]

_TYPED: dict[int, int | str | None] = {**TABLE, **dict.fromkeys(range(0x20)), 0x09: "    ", 0x0A: 0x0A, 0x7F: None}


def sanitize_input(text: str) -> str:
    """Return pasted `text` as it could have been typed: without control characters, line breaks as newlines."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TYPED)
