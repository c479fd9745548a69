"""`viva search`: the passages of the notes that answer a query."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from viva.cli import output
from viva.cli.failures import CANNOT
from viva.cli.lines import hit_lines, read_lines
from viva.cli.options import Json, with_workspace
from viva.errors import QueryError
from viva.i18n import N_, ntr, tr
from viva.workspace import Workspace

DETAILS = (N_('A query may hold an "exact phrase", a -word to leave out, tag:NAME and file:NAME.'),)
EXAMPLES = (
    N_("""\
viva search "why does dropout help"
viva search '"batch normalisation" -dropout file:deep'    exact phrase, without a word, in one file
viva search --queries queries.txt --top 3 --json"""),
)


@with_workspace
def command(
    workspace: Workspace,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY", help=N_("What to look for; several words are one query."), show_default=False),
    ] = None,
    queries: Annotated[
        Path | None,
        typer.Option("--queries", metavar="FILE", help=N_("Search for each line of a file, or - for stdin.")),
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, metavar="K", help=N_("How many passages at most."))] = 5,
    as_json: Json = False,
) -> None:
    """Search the notes by meaning and by words."""
    if words and queries is None:
        _print_hits(workspace, " ".join(words), top, as_json=as_json)
        return
    if words or queries is None:
        raise typer.BadParameter(tr("give either a QUERY or --queries FILE"))
    _search_lines(workspace, filter(str.strip, read_lines(queries)), top, as_json=as_json)


def _search_lines(workspace: Workspace, queries: Iterable[str], top: int, *, as_json: bool) -> None:
    failed = 0
    for number, each in enumerate(queries):
        if not as_json:
            output.data(("\n" if number else "") + tr("Query: {query}", query=output.one_line(each)))
        try:
            _print_hits(workspace, each, top, as_json=as_json)
        except QueryError as error:
            failed += 1
            _print_failure(each, error, as_json=as_json)
    if failed:
        output.talk(
            ntr(
                "{number} query made no sense: the reason stands in its place",
                "{number} queries made no sense: the reason stands in its place",
                failed,
            )
        )
        raise typer.Exit(CANNOT)


def _print_hits(workspace: Workspace, query: str, top: int, *, as_json: bool) -> None:
    """Print what is found. Raises QueryError."""
    hits = workspace.search(query, top)
    if as_json:
        output.json_line({"query": query, "hits": hits})
        return
    if not hits:
        output.data(tr("Nothing found."))
    elif workspace.closeness(hits[0]) == "far":
        output.data(tr("Nothing close. The nearest:"))
    for hit in hits:
        output.styled_data("\n".join(hit_lines(hit, workspace.closeness(hit))))


def _print_failure(query: str, error: QueryError, *, as_json: bool) -> None:
    if as_json:
        output.json_line({"query": query, "hits": [], "error": str(error)})
    else:
        output.data(tr("error: {reason}", reason=output.one_line(str(error))))
