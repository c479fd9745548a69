"""What the shell can complete: question ids and topics of the notes that the line names.

No postponed annotations here: Typer reads them.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import typer

from viva.cli import output
from viva.errors import VivaError
from viva.types import Entry
from viva.workspace import Workspace, open_workspace


def complete_question(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the names of questions with the questions; none when the notes cannot be read."""
    try:
        entries = _workspace(ctx).entries
    except (VivaError, OSError):
        return []
    named = zip(names_of(entries), entries, strict=True)
    return [(name, _help(entry.question)) for name, entry in named if name.startswith(incomplete)]


def complete_topic(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the topics of the notes; none when the notes cannot be read."""
    try:
        return [topic for topic in _workspace(ctx).topics() if topic.startswith(incomplete)]
    except (VivaError, OSError):
        return []


def names_of(entries: Sequence[Entry]) -> list[str]:
    """Return what a user types to mean each entry: its number when only it has that number, else its id."""
    used = Counter(entry.number for entry in entries)
    return [entry.number if entry.number and used[entry.number] == 1 else entry.id for entry in entries]


def _help(question: str) -> str:
    """Return a question as completion help, without the brackets that Typer would take for markup."""
    return output.one_line(question).replace("[", "(").replace("]", ")")


def _workspace(ctx: typer.Context) -> Workspace:
    kb = ctx.params.get("kb") or (ctx.parent.params.get("kb") if ctx.parent else None)
    return open_workspace([Path(each) for each in kb] if kb else None)
