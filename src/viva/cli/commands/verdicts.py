"""`viva verdicts`: the user's own verdicts, and what they teach."""

from typing import TYPE_CHECKING, Annotated

import typer

from viva.cli import counts, output
from viva.cli.options import Json, with_workspace
from viva.i18n import N_, spoken, tr
from viva.text.moments import local_day
from viva.wording import sentences
from viva.workspace import Workspace

if TYPE_CHECKING:
    from viva.history.verdicts import GivenOnPoint, GivenVerdict

DETAILS = (N_("The turns themselves keep your verdict, and nothing is deleted."),)
EXAMPLES = (
    N_("""\
viva verdicts
viva verdicts --forget 12    let verdict 12 count no longer
viva verdicts --reset        let none of them count: grades are viva's own again"""),
)


@with_workspace
def command(
    workspace: Workspace,
    forget: Annotated[
        int | None,
        typer.Option("--forget", metavar="NUMBER", help=N_("Let this verdict count no longer."), show_default=False),
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help=N_("Let no verdict given so far count any longer."))] = False,
    as_json: Json = False,
) -> None:
    """List the verdicts you changed and what they teach, or have them forgotten."""
    if forget is not None and reset:
        raise typer.BadParameter(tr("--forget and --reset exclude each other: choose one"))
    if forget is not None or reset:
        done = workspace.practice_stats.forget_verdicts(forget)
        if as_json:
            output.json_line({"forgotten": done})
        else:
            output.data(tr("forgotten: {verdicts}; your history keeps them", verdicts=counts.verdicts(done)))
        return
    given, habit = workspace.practice_stats.verdicts(), workspace.practice_stats.habit()
    points = workspace.practice_stats.point_verdicts()
    if as_json:
        output.json_line({"habit": habit, "verdicts": given, "points": points})
        return
    output.data(tr("Marking: {manner} ({learned})", manner=habit.manner, learned=habit.learned))
    for one in given:
        output.data("\n".join(verdict_lines(one)))
    if points:
        output.data(tr("Single points:"))
    for verdict in points:
        output.data("\n".join(point_lines(verdict)))


def verdict_lines(given: "GivenVerdict") -> list[str]:
    """Return a verdict as safe lines: its number, when, both verdicts, the question; the answer below."""
    when = local_day(given.answered_at)
    verdict = sentences.VERDICT[given.verdict][spoken()]
    if given.grader_score is not None:
        verdict = tr("{verdict}, viva said {score}", verdict=verdict, score=given.grader_score)
    lines = [f"{given.review_id}  {when}  {verdict}  {output.one_line(given.question)}"]
    if given.answer.strip():
        lines.append(f"    {output.one_line(given.answer)}")
    return lines


def point_lines(given: "GivenOnPoint") -> list[str]:
    """Return a word on a point as safe lines: the number of its answer, when, the word, the question; the point below.

    What was said is added where the point was judged by it.
    """
    word = sentences.POINT_WORD[given.word][spoken()]
    lines = [f"{given.review_id}  {local_day(given.given_at)}  {word}  {output.one_line(given.question)}"]
    lines.append(f"    {output.one_line(given.point)}")
    return [*lines, *([f"    {output.one_line(given.words)}"] if given.words.strip() else [])]
