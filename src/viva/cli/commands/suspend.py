"""`viva suspend`: questions that are asked no more."""

from typing import Annotated

import typer

from viva.cli import output
from viva.cli.options import Json, complete_question, with_workspace
from viva.i18n import N_, ntr, tr
from viva.types import Entry
from viva.workspace import Workspace

DETAILS = (N_("Nothing is lost: answers and schedule stay as they are. An interview that waits leaves them out too."),)
EXAMPLES = (
    """\
viva suspend 12
viva suspend "gradients vanish" 14
viva questions --state suspended""",
)

Questions = Annotated[
    list[str],
    typer.Argument(
        metavar="QUESTION...",
        help=N_("Number or id, as viva questions prints them, or words that only one question holds."),
        autocompletion=complete_question,
        show_default=False,
    ),
]


@with_workspace
def command(workspace: Workspace, questions: Questions, as_json: Json = False) -> None:
    """Set questions aside: never asked, not due, until viva resume."""
    entries = picked(workspace, questions)
    done = workspace.suspend([entry.id for entry in entries])
    if as_json:
        output.json_line({"suspended": done, "questions": [entry.id for entry in entries]})
        return
    report_questions(entries, ntr("{number} question suspended", "{number} questions suspended", done), done)


def picked(workspace: Workspace, names: list[str]) -> list[Entry]:
    """Return the questions that are named, each once; all are found before anything is done. Raises QueryError."""
    return list({entry.id: entry for entry in map(workspace.pick, names)}.values())


def report_questions(entries: list[Entry], line: str, done: int) -> None:
    """Print the questions under what was done with them."""
    already = len(entries) - done
    output.data(line + (tr(" ({count} so already)", count=already) if already else ""))
    for entry in entries:
        output.data("  " + output.one_line(f"{entry.question}  [{entry.id}]"))
