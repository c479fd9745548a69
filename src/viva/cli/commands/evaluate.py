"""`viva eval`: how far the grader agrees with people."""

from pathlib import Path
from typing import Annotated

import typer

from viva.cli import output
from viva.cli.failures import CANNOT
from viva.cli.lines import read_lines
from viva.cli.options import Json, with_workspace
from viva.i18n import N_, tr
from viva.workspace import Workspace

DETAILS = (N_("Rows that cannot be used are left out and named; the exit code is then 1 at the end."),)
EXAMPLES = (
    """\
viva eval marked.jsonl
viva eval marked.jsonl --json""",
    N_("""A row is one of viva grade with a human "score" from 0 to 1."""),
)

NAMES = {
    "pearson": "Pearson",
    "answers": N_("answers"),
    "questions": N_("questions"),
    "spearman": "Spearman",
    "within_question": N_("Spearman within a question, mean"),
    "rmse": "RMSE",
    "constant_rmse": N_("RMSE of always giving the mean"),
    "qwk": N_("quadratic weighted kappa"),
    "unsure": N_("share left to a person"),
}


@with_workspace
def command(
    workspace: Workspace,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help=N_("JSON lines with human scores; - for stdin."), show_default=False),
    ],
    as_json: Json = False,
) -> None:
    """Compare the grader with scores that people gave."""
    evaluation = workspace.evaluate(read_lines(file))
    figures = evaluation.agreement.as_dict()
    if as_json:
        output.json_line({**figures, "bad_rows": evaluation.bad_rows})
    else:
        for name, value in figures.items():
            shown = tr("not defined") if value is None else value
            output.data(tr("{name}: {value}", name=tr(NAMES.get(name, name)), value=shown))
    for row in evaluation.bad_rows:
        output.talk(tr("left out: {row}", row=row))
    if evaluation.bad_rows:
        raise typer.Exit(CANNOT)
