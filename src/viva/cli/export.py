"""`viva export`: the history, or the notes for Anki, as one file."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from viva.cli import output
from viva.cli.options import over_notes
from viva.errors import HistoryError, NotesError
from viva.text.english import counted
from viva.workspace import Workspace

EXAMPLES = """Examples:

\b
viva export --output history.json
viva export --format csv > answers.csv
viva export --format apkg --output notes.apkg"""


class Format(StrEnum):
    """What a history can be written as, and what the notes can."""

    JSON = "json"
    CSV = "csv"
    APKG = "apkg"


@over_notes
def command(
    workspace: Workspace,
    form: Annotated[
        Format,
        typer.Option(
            "--format", help="json holds everything; csv is a table of the answers; apkg is the notes for Anki."
        ),
    ] = Format.JSON,
    to: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write here instead of to stdout.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
) -> None:
    """Write the whole history, of all notes, to stdout or a file.

    The JSON form can be read back by viva import. With --format apkg it is the questions of the notes that are written,
    as a package for Anki.
    """
    if form is Format.APKG and to is None:
        raise typer.BadParameter("a package for Anki needs --output FILE", param_hint="--format")
    if to is not None and to.exists() and not force:
        raise HistoryError(f"{to} exists: choose another --output, or add --force to replace it")
    from viva.practice.transfer import export_csv, export_json
    from viva.practice.whole_file import write_whole

    if to is not None and form is Format.APKG:
        write_whole(to, _package(workspace))
        output.talk(f"{counted(len(workspace.entries), 'question')} written to {to}: import it in Anki")
        return
    history = workspace.history
    text = export_json(history, datetime.now(UTC)) + "\n" if form is Format.JSON else export_csv(history)
    if to is None:
        output.document(text)
        return
    write_whole(to, text)
    output.talk(f"history written to {to}")


def _package(workspace: Workspace) -> bytes:
    from viva.practice.anki_export import anki_package

    if not workspace.entries:
        raise NotesError("The notes hold no questions to export: viva check tells why.")
    try:
        changed = max(int(Path(source.path).stat().st_mtime) for source in workspace.notes.sources)
        return anki_package(workspace.entries, changed, workspace.suspended())
    except OSError as error:
        raise HistoryError(f"cannot make the package ({error.strerror or error}): free some space") from error
