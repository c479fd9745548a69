"""`viva export`: the history, or the notes for Anki, as one file."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from viva.cli import counts, output
from viva.cli.options import over_notes
from viva.errors import HistoryError, NotesError
from viva.i18n import noted, reason_of, tr
from viva.workspace import Workspace

DETAILS = (
    noted(
        "The JSON form can be read back by viva import. With --format apkg it is the questions of the notes that are "
        "written, as a package for Anki."
    ),
)
EXAMPLES = (
    """\
viva export --output history.json
viva export --format csv > answers.csv
viva export --format apkg --output notes.apkg""",
)


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
            "--format", help=noted("json holds everything; csv is a table of the answers; apkg is the notes for Anki.")
        ),
    ] = Format.JSON,
    to: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help=noted("Write here instead of to stdout."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=noted("Replace a file that exists."))] = False,
    with_schedule: Annotated[
        bool,
        typer.Option("--with-schedule", help=noted("With apkg: also when each question is due, and its reviews.")),
    ] = False,
) -> None:
    """Write the whole history, of all notes, to stdout or a file."""
    if form is Format.APKG and to is None:
        raise typer.BadParameter(tr("a package for Anki needs --output FILE"), param_hint="--format")
    if with_schedule and form is not Format.APKG:
        raise typer.BadParameter(tr("only a package for Anki has a schedule"), param_hint="--with-schedule")
    if to is not None and to.exists() and not force:
        raise HistoryError(tr("{to} exists: choose another --output, or add --force to replace it", to=to))
    from viva.practice.transfer import export_csv, export_json
    from viva.practice.whole_file import write_whole

    if to is not None and form is Format.APKG:
        write_whole(to, _package(workspace, with_schedule=with_schedule))
        questions = counts.questions(len(workspace.entries))
        output.talk(tr("{questions} written to {to}: import it in Anki", questions=questions, to=to))
        return
    history = workspace.history
    text = export_json(history, datetime.now(UTC)) + "\n" if form is Format.JSON else export_csv(history)
    if to is None:
        output.document(text)
        return
    write_whole(to, text)
    output.talk(tr("history written to {to}", to=to))


def _package(workspace: Workspace, *, with_schedule: bool) -> bytes:
    from viva.practice.anki_export import anki_package

    if not workspace.entries:
        raise NotesError(tr("The notes hold no questions to export: viva check tells why."))
    try:
        changed = max(int(Path(source.path).stat().st_mtime) for source in workspace.notes.sources)
        standings = workspace.anki_standings() if with_schedule else None
        return anki_package(workspace.entries, changed, standings, workspace.suspended())
    except OSError as error:
        reason = reason_of(error)
        raise HistoryError(tr("cannot make the package ({reason}): free some space", reason=reason)) from error
