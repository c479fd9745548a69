"""`viva grade`: grades a file of answers."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, cast

import typer

from viva.cli import output
from viva.cli.failures import CANNOT
from viva.cli.lines import count_lines, read_lines
from viva.cli.options import Json, with_workspace
from viva.i18n import N_, ntr, spoken, tr
from viva.text.cells import padded
from viva.types import Verdict
from viva.wording.feedback import verdict_word
from viva.workspace import Workspace

DETAILS = (
    N_(
        "On a terminal a line for each; JSON with --json and wherever the output goes to a file or a program. A row "
        'that cannot be graded gives an "error" in its place, and the exit code is 1 at the end. Nothing is written '
        "to the history."
    ),
)
EXAMPLES = (
    """\
viva grade --answers answers.jsonl > graded.jsonl
echo '{"question_id": "1", "answer": "weights are shared"}' | viva grade --answers -""",
    N_("""A row: {"question_id", "answer"} for a question of the notes, or {"question", "reference", "answer"}."""),
)


_FLAGS = (
    N_("empty"),
    N_("dont-know"),
    N_("echo"),
    N_("gibberish"),
    N_("keywords"),
    N_("copied"),
    N_("off-topic"),
    N_("no-reference"),
    N_("other-entry"),
    N_("accepted-before"),
    N_("judged-before"),
    N_("adapted"),
)
"""What may be said of a `Grade` besides its verdict, which tells of `brief`, for the catalogues."""

_VERDICT_WIDTH = 16

STYLES = {"strong": "green", "partial": "yellow", "weak": "red", "unsure": "bold"}


@with_workspace
def command(
    workspace: Workspace,
    answers: Annotated[
        Path,
        typer.Option("--answers", metavar="FILE", help=N_("JSON lines to grade; - for stdin."), show_default=False),
    ],
    as_json: Json = False,
) -> None:
    """Grade answers, one JSON object a line, in order."""
    failed = 0
    lines = read_lines(answers)
    with output.Progress(tr("graded"), count_lines(answers), beside_data=True) as progress:
        for result in workspace.grade_rows(lines):
            failed += is_failed(result)
            if as_json or not sys.stdout.isatty():
                output.json_line(result)
            else:
                output.styled_data(row_line(result))
            progress.step()
    if failed:
        output.talk(
            ntr(
                "{number} row could not be graded: the reason stands in its place",
                "{number} rows could not be graded: the reason stands in its place",
                failed,
            )
        )
        raise typer.Exit(CANNOT)


def is_failed(result: Mapping[str, object]) -> bool:
    """Whether a row could not be graded; an "error" among the row's own keys is not ours."""
    return "error" in result and "verdict" not in result


def row_line(result: Mapping[str, object]) -> str:
    """Return a graded row as one safe line: score, verdict in words, question, answer, flags."""
    name = str(result.get("question_id") or result.get("question") or "?")
    if is_failed(result):
        return "  ".join((tr("error"), output.one_line(name), output.one_line(str(result["error"]))))
    verdict = cast("Verdict", result["verdict"])
    flags = [str(flag) for flag in cast("list[object]", result.get("flags") or ())]
    flag_words = [tr(flag) for flag in flags if flag != "brief"]
    details = f"  ({', '.join(flag_words)})" if flag_words else ""
    shown = output.one_line(f"{name}  {result.get('answer', '')}{details}")
    judged = output.styled(padded(verdict_word(verdict, flags, spoken()), _VERDICT_WIDTH), STYLES[verdict])
    return f"{result['score']!s:>5}  {judged}  {shown}"
