"""How commands are named on the screen; what they mean is the business of `practice.dialogue`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viva.practice.dialogue import Intent
    from viva.practice.phrases import Kind

ABOUT: dict[Kind, str] = {
    "hint": "a hint: first how many points, then how they begin",
    "skip": "another question",
    "reveal": "the answer of the notes",
    "repeat": "the question once more",
    "next": "go on after the feedback",
    "topic": "ask me about …",
    "search": "look … up in the notes",
    "progress": "how am I doing",
    "rate": "1 again, 2 hard, 3 good, 4 easy",
    "override": "right, partly or wrong: your own verdict",
    "undo": "take the last answer back",
    "stop": "end here, with a report",
}
"""What each command does, in the order of the help."""

_NAME = 12


def name_of(intent: Intent) -> str:
    """Return the command as it is written with a slash."""
    from viva.practice.phrases import NAMES

    return " ".join(filter(None, (f"/{NAMES[intent.kind][0]}", intent.argument)))


def told() -> str:
    """Return the list of commands, one a line, each under its English and its Chinese name."""
    from viva.practice.phrases import NAMES

    lines = []
    for kind, about in ABOUT.items():
        names = NAMES[kind]
        chinese = next((name for name in names if not name.isascii()), "")
        lines.append(f"/{names[0]:<{_NAME}}{about}" + (f"  ·  /{chinese}" if chinese else ""))
    return "\n".join(
        [*lines, "All of these can be said in plain words too. “//…” sends an answer that begins with a slash."]
    )
