"""`viva export`: the history, or the notes for other programs, as one file."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from viva.cli import counts, output
from viva.cli.options import with_workspace
from viva.errors import HistoryError, NotesError
from viva.i18n import N_, tr
from viva.reasons import why
from viva.workspace import Workspace

DETAILS = (
    N_(
        "The JSON form can be read back by viva import. With --notes, or as Markdown or a package for Anki, it is the "
        "questions of the notes that are written, with their answers; viva reads each of these forms as notes."
    ),
)
EXAMPLES = (
    """\
viva export --output history.json
viva export --format csv > answers.csv
viva export --format markdown --output notes.md
viva export --notes --format csv > notes.csv
viva export --format apkg --output notes.apkg""",
)


class Format(StrEnum):
    """What a history can be written as, and what the notes can."""

    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    APKG = "apkg"


_OF_NOTES = {Format.MARKDOWN, Format.APKG}
"""What a history has no form of."""


@with_workspace
def command(
    workspace: Workspace,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            help=N_("json holds everything; csv is a table; markdown and apkg (for Anki) are of the notes alone."),
        ),
    ] = Format.JSON,
    notes: Annotated[
        bool, typer.Option("--notes", help=N_("Write the questions of the notes, not the history."))
    ] = False,
    to: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help=N_("Write here instead of to stdout."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace a file that exists."))] = False,
    with_schedule: Annotated[
        bool,
        typer.Option("--with-schedule", help=N_("With apkg: also when each question is due, and its reviews.")),
    ] = False,
) -> None:
    """Write the whole history, of all notes, to stdout or a file."""
    if form is Format.APKG and to is None:
        raise typer.BadParameter(tr("a package for Anki needs --output FILE"), param_hint="--format")
    if with_schedule and form is not Format.APKG:
        raise typer.BadParameter(tr("only a package for Anki has a schedule"), param_hint="--with-schedule")
    if to is not None and to.exists() and not force:
        raise HistoryError(tr("{to} exists: choose another --output, or add --force to replace it", to=to))
    if form is Format.APKG and to is not None:
        _write_file(to, _package(workspace, with_schedule=with_schedule))
        _tell_count(workspace, to, tr("import it in Anki"))
    elif notes or form in _OF_NOTES:
        _write_notes(workspace, form, to)
    else:
        _write_history(workspace, form, to)


def _write_history(workspace: Workspace, form: Format, to: Path | None) -> None:
    transfer = workspace.import_export
    text = transfer.history_json() + "\n" if form is Format.JSON else transfer.history_csv()
    if to is None:
        output.document(text)
        return
    _write_file(to, text)
    output.talk(tr("history written to {to}", to=to))


def _write_notes(workspace: Workspace, form: Format, to: Path | None) -> None:
    text = {
        Format.JSON: workspace.import_export.notes_json,
        Format.CSV: workspace.import_export.notes_csv,
        Format.MARKDOWN: workspace.import_export.notes_markdown,
    }[form]()
    if to is None:
        output.document(text)
        return
    _write_file(to, text)
    found = workspace.import_export.is_read_as_notes(to)
    _tell_count(workspace, to, tr("viva reads it as notes") if found else tr("viva reads it as notes that --kb names"))


def _tell_count(workspace: Workspace, to: Path, advice: str) -> None:
    questions = counts.questions(len(workspace.entries))
    output.talk(tr("{questions} written to {file}: {advice}", questions=questions, file=to, advice=advice))


def _write_file(to: Path, content: str | bytes) -> None:
    from viva.files import write_whole

    write_whole(to, content)


def _package(workspace: Workspace, *, with_schedule: bool) -> bytes:
    if not workspace.entries:
        raise NotesError(tr("The notes hold no questions to export: viva check tells why."))
    try:
        return workspace.import_export.anki_package(with_schedule=with_schedule)
    except OSError as error:
        reason = why(error)
        raise HistoryError(tr("cannot make the package ({reason}): free some space", reason=reason)) from error
