"""`viva resume`: suspended questions that are asked again."""

from viva.cli import output
from viva.cli.commands.suspend import Questions, picked, report_questions
from viva.cli.options import Json, with_workspace
from viva.i18n import N_, ntr
from viva.workspace import Workspace

DETAILS: tuple[str, ...] = ()
EXAMPLES = (
    N_("""\
viva resume 12
viva resume "gradients vanish"
viva ask --resume     goes on with an interrupted interview instead"""),
)


@with_workspace
def command(workspace: Workspace, questions: Questions, as_json: Json = False) -> None:
    """Let suspended questions be asked again, where they were left."""
    entries = picked(workspace, questions)
    done = workspace.resume([entry.id for entry in entries])
    if as_json:
        output.json_line({"resumed": done, "questions": [entry.id for entry in entries]})
        return
    report_questions(entries, ntr("{number} question resumed", "{number} questions resumed", done), done)
