"""`viva import`: a history that was exported, back in."""

from pathlib import Path
from typing import Annotated

import typer

from viva.cli import output
from viva.cli.options import Json, over_notes
from viva.errors import HistoryError
from viva.text.english import counted
from viva.workspace import Workspace

EXAMPLES = """Examples:

\b
viva import history.json"""


@over_notes
def command(
    workspace: Workspace,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What viva export wrote as JSON.", show_default=False)],
    as_json: Json = False,
) -> None:
    """Add the turns of an exported history to yours.

    What is there already is left alone: importing twice does no harm. A file that is damaged changes nothing.
    """
    from viva.practice.transfer import import_json

    added = import_json(workspace.history, _read(file))
    if as_json:
        output.json_line({"added": added})
        return
    questions = counted(added.questions, "question")
    interviews = counted(added.interviews, "interview")
    output.data(f"added: {counted(added.reviews, 'turn')}, {interviews}, {questions}")


def _read(file: Path) -> str:
    try:
        return file.expanduser().read_text(encoding="utf-8-sig")
    except OSError as error:
        raise HistoryError(f"cannot read {file} ({error.strerror}): check the path") from error
    except UnicodeDecodeError as error:
        raise HistoryError(f"{file} is not UTF-8: choose a file made by `viva export`") from error
