"""`viva index`: builds or refreshes the index."""

from typing import Annotated

import typer

from viva.cli import counts, output
from viva.cli.failures import CANNOT
from viva.cli.options import Json, with_workspace
from viva.i18n import N_, tr
from viva.workspace import Workspace

DETAILS = (N_("Other commands do this by themselves when they need it; deleting the index loses nothing."),)
EXAMPLES = (
    """\
viva index
viva index --kb notes.md --index notes-index --rebuild""",
)


@with_workspace
def command(
    workspace: Workspace,
    rebuild: Annotated[bool, typer.Option("--rebuild", help=N_("Build it from nothing, whatever is there."))] = False,
    as_json: Json = False,
) -> None:
    """Build the index, or bring it up to date with the notes."""
    index = workspace.rebuild() if rebuild else workspace.index
    if index.folder is None:  # it could not be stored, and a line has said why
        raise typer.Exit(CANNOT)
    if as_json:
        output.json_line(
            {
                "folder": index.folder,
                "model": index.model_id,
                "questions": index.entries,
                "texts": index.texts,
                "embedded_now": index.encoded,
                "exact": index.exact,
            }
        )
        return
    output.data(
        tr(
            "{folder}: {questions}, {texts}, {number} embedded now",
            folder=index.folder,
            questions=counts.questions(index.entries),
            texts=counts.texts(index.texts),
            number=index.encoded,
        )
    )
    output.data(tr("model: {model}", model=index.model_id))
    output.data(tr("search: exact") if index.exact else tr("search: approximate (HNSW)"))
