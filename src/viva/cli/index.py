"""`viva index`: builds or refreshes the index."""

from typing import Annotated

import typer

from viva.cli import output
from viva.cli.failures import CANNOT
from viva.cli.options import Json, over_notes
from viva.text.english import counted
from viva.workspace import Workspace

EXAMPLES = """Examples:

\b
viva index
viva index --kb notes.md --index notes-index --rebuild"""


@over_notes
def command(
    workspace: Workspace,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build it from nothing, whatever is there.")] = False,
    as_json: Json = False,
) -> None:
    """Build the index, or bring it up to date with the notes.

    Other commands do this by themselves when they need it; deleting the index loses nothing.
    """
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
    questions = counted(index.entries, "question")
    output.data(f"{index.folder}: {questions}, {counted(index.texts, 'text')}, {index.encoded} embedded now")
    output.data(f"model: {index.model_id}")
    output.data("search: exact" if index.exact else "search: approximate (HNSW)")
