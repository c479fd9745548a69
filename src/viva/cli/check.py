"""`viva check`: what is wrong with the notes."""

from viva.cli import output
from viva.cli.options import Json, over_notes
from viva.text.english import counted
from viva.types import Problem
from viva.workspace import Workspace

EXAMPLES = """Examples:

\b
viva check
viva check --kb notes.md --json"""


@over_notes
def command(workspace: Workspace, as_json: Json = False) -> None:
    """Say what is wrong with the notes, each with file and line.

    Questions without an answer, numbers used twice, near-duplicates, unreadable or left-out files, guessed encodings.
    What is found is no failure: the exit code is 0.
    """
    problems = workspace.check()
    questions = len(workspace.notes.entries)
    if as_json:
        output.json_line({"questions": questions, "files": len(workspace.notes.sources), "problems": problems})
        return
    for problem in problems:
        output.data(problem_line(problem))
    answered = sum(entry.answered for entry in workspace.notes.entries)
    files = counted(len(workspace.notes.sources), "file")
    found = counted(len(problems), "thing") + " to look at"
    output.data(f"{counted(questions, 'question')}, {answered} answered, in {files}: {found}.")


def problem_line(problem: Problem) -> str:
    """Return `file:line: kind: message`, as compilers have it, so that editors can jump there."""
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    other = f" (the other: {problem.other})" if problem.other and problem.other not in problem.message else ""
    return output.one_line(f"{place}: {problem.kind}: {problem.message}{other}")
