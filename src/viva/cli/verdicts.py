"""`viva verdicts`: the person's own verdicts, and what they teach."""

from typing import TYPE_CHECKING, Annotated

import typer

from viva.cli import output
from viva.cli.options import Json, over_notes
from viva.text.english import counted
from viva.workspace import Workspace

if TYPE_CHECKING:
    from viva.practice.leniency import Habit
    from viva.practice.verdicts import GivenVerdict

EXAMPLES = """Examples:

\b
viva verdicts
viva verdicts --forget 12    let verdict 12 count no longer
viva verdicts --reset        let none of them count: grades are viva's own again"""


@over_notes
def command(
    workspace: Workspace,
    forget: Annotated[
        int | None,
        typer.Option("--forget", metavar="NUMBER", help="Let this verdict count no longer.", show_default=False),
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Let no verdict given so far count any longer.")] = False,
    as_json: Json = False,
) -> None:
    """List the verdicts you changed and what they teach, or have them forgotten.

    The turns themselves keep your verdict, and nothing is deleted.
    """
    if forget is not None and reset:
        raise typer.BadParameter("--forget and --reset exclude each other: choose one")
    if forget is not None or reset:
        done = workspace.forget_verdicts(forget)
        if as_json:
            output.json_line({"forgotten": done})
        else:
            output.data(f"forgotten: {counted(done, 'verdict')}; your history keeps them")
        return
    given, habit = workspace.verdicts(), workspace.habit()
    if as_json:
        output.json_line({"habit": habit, "verdicts": given})
        return
    output.data(habit_line(habit))
    for one in given:
        output.data("\n".join(verdict_lines(one)))


def habit_line(habit: "Habit") -> str:
    """Say how the person marks, in one line."""
    from viva.practice.leniency import ENOUGH

    if habit.changed < ENOUGH:
        return (
            f"You changed {counted(habit.changed, 'verdict')}: from {ENOUGH} on, grades begin to follow how you mark."
        )
    of = f"you changed {counted(habit.changed, 'verdict')} of the last {habit.judged}"
    if not habit.points:
        return f"You mark about as viva does: {of}."
    how = "kinder" if habit.points > 0 else "stricter"
    return f"You mark {how} than viva ({of}): grades in the middle move by {habit.points:+d}."


def verdict_lines(given: "GivenVerdict") -> list[str]:
    """Return a verdict as safe lines: its number, when, both verdicts, the question; the answer below."""
    when = given.answered_at.astimezone().strftime("%Y-%m-%d")
    own = "" if given.grader_score is None else f", viva said {given.grader_score}"
    lines = [f"{given.review_id}  {when}  {given.verdict}{own}  {output.one_line(given.question)}"]
    if given.answer.strip():
        lines.append(f"    {output.one_line(given.answer)}")
    return lines
