"""`viva check`: what is wrong with the notes."""

from viva.cli import counts, output
from viva.cli.options import Json, with_workspace
from viva.i18n import N_, english, ntr, tr
from viva.types import Problem
from viva.wording.sentences import format_problem
from viva.workspace import Workspace

DETAILS = (
    N_(
        "Questions without an answer, numbers used twice, near-duplicates, unreadable or left-out files, guessed "
        "encodings. What is found is no failure: the exit code is 0."
    ),
)
EXAMPLES = (
    """\
viva check
viva check --kb notes.md --json""",
)


@with_workspace
def command(workspace: Workspace, as_json: Json = False) -> None:
    """Say what is wrong with the notes, each with file and line."""
    problems = workspace.check()
    questions = len(workspace.notes.entries)
    if as_json:
        output.json_line({"questions": questions, "files": len(workspace.notes.sources), "problems": problems})
        return
    for problem in problems:
        output.data(problem_line(problem))
    answered = sum(entry.answered for entry in workspace.notes.entries)
    output.data(
        tr(
            "{questions}, {answered} answered, in {files}: {found}.",
            questions=counts.questions(questions),
            answered=answered,
            files=counts.files(len(workspace.notes.sources)),
            found=ntr("{number} thing to look at", "{number} things to look at", len(problems)),
        )
    )


def problem_line(problem: Problem) -> str:
    """Return `file:line: kind: message`, as compilers have it, so that editors can jump there.

    The kind is left out where the message begins with it.
    """
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    names_kind = str(english(problem.message)).casefold().replace(" ", "-").startswith(problem.kind)
    kind = "" if names_kind else f"{tr(problem.kind)}: "
    return output.one_line(f"{place}: {kind}{format_problem(problem)}")


_KINDS = (
    N_("no-answer"),
    N_("repeated-number"),
    N_("near-duplicate"),
    N_("unreadable"),
    N_("guessed-encoding"),
    N_("left-out"),
    N_("no-questions"),
)
"""The kinds of a `Problem`, for the catalogues."""
