"""`viva import`: a history that was exported, back in."""

from pathlib import Path
from typing import Annotated

import typer

from viva.cli import counts, output
from viva.cli.options import Json, over_notes
from viva.errors import HistoryError
from viva.i18n import noted, ntr, reason_of, tr
from viva.workspace import Workspace

DETAILS = (
    noted("What is there already is left alone: importing twice does no harm. A file that is damaged changes nothing."),
)
EXAMPLES = ("viva import history.json",)


@over_notes
def command(
    workspace: Workspace,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=noted("What viva export wrote as JSON."), show_default=False)
    ],
    as_json: Json = False,
) -> None:
    """Add the turns of an exported history to yours."""
    from viva.practice.transfer import import_json

    added = import_json(workspace.history, _read(file))
    if as_json:
        output.json_line({"added": added})
        return
    output.data(
        tr(
            "added: {turns}, {interviews}, {questions}",
            turns=counts.turns(added.reviews),
            interviews=ntr("{number} interview", "{number} interviews", added.interviews),
            questions=counts.questions(added.questions),
        )
    )


def _read(file: Path) -> str:
    try:
        return file.expanduser().read_text(encoding="utf-8-sig")
    except OSError as error:
        raise HistoryError(
            tr("cannot read {file} ({reason}): check the path", file=file, reason=reason_of(error))
        ) from error
    except UnicodeDecodeError as error:
        raise HistoryError(tr("{file} is not UTF-8: choose a file made by `viva export`", file=file)) from error
