"""`viva export`: the history as one file."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from viva.cli import output
from viva.cli.options import over_notes
from viva.errors import HistoryError
from viva.workspace import Workspace

EXAMPLES = """Examples:

\b
viva export --output history.json
viva export --format csv > answers.csv"""


class Format(StrEnum):
    """What a history can be written as."""

    JSON = "json"
    CSV = "csv"


@over_notes
def command(
    workspace: Workspace,
    form: Annotated[
        Format, typer.Option("--format", help="json holds everything; csv is a table of the answers.")
    ] = Format.JSON,
    to: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write here instead of to stdout.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
) -> None:
    """Write the whole history, of all notes, to stdout or a file.

    The JSON form can be read back by viva import.
    """
    if to is not None and to.exists() and not force:
        raise HistoryError(f"{to} exists: choose another --output, or add --force to replace it")
    from viva.practice.transfer import export_csv, export_json
    from viva.practice.whole_file import write_whole

    history = workspace.history
    text = export_json(history, datetime.now(UTC)) + "\n" if form is Format.JSON else export_csv(history)
    if to is None:
        output.document(text)
        return
    write_whole(to, text)
    output.talk(f"history written to {to}")
