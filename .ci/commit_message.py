"""Check how a commit message looks: a short subject, and a body that says why.

Run by git through pre-commit, with the file that holds the message. It cannot see whether the body says why; it sees
whether there is one.
"""

from __future__ import annotations

import sys
from pathlib import Path

LONGEST = 72
"""Characters of a subject: what `git log --oneline` shows in a terminal of 80 columns."""
MADE_BY_GIT = ("Merge ", 'Revert "', "fixup! ", "squash! ", "amend! ")
"""How subjects begin that git wrote, or that go before they are shared."""
_SCISSORS = "# ------------------------ >8 ------------------------"


def faults(message: str) -> list[str]:
    """Return what is wrong with a message, as sentences; nothing when all is well."""
    lines = _kept(message)
    if not lines:
        return []  # git itself refuses an empty message
    subject, *below = lines
    if subject.startswith(MADE_BY_GIT):
        return []
    found = []
    if len(subject) > LONGEST:
        found.append(f"the subject has {len(subject)} characters; {LONGEST} is the most")
    if subject.endswith((".", "。")):
        found.append("the subject ends in a full stop")
    if below and below[0]:
        found.append("the line below the subject is not empty")
    if not any(below):
        found.append("there is no body that says why")
    return found


def _kept(message: str) -> list[str]:
    """Return the lines that git keeps: no comments, nothing below the scissors, no blanks around it all."""
    text = message.partition(_SCISSORS)[0]
    lines = [line.rstrip() for line in text.splitlines() if not line.startswith("#")]
    return "\n".join(lines).strip().splitlines()


if __name__ == "__main__":
    if found := faults(Path(sys.argv[1]).read_text(encoding="utf-8")):
        raise SystemExit("\n".join(f"commit message: {fault}" for fault in found))
