"""`viva stats`: how practice goes."""

from typing import TYPE_CHECKING

from viva.cli import output
from viva.cli.options import Json, over_notes
from viva.text.english import counted
from viva.workspace import Workspace

if TYPE_CHECKING:
    from viva.practice.statistics import Stats

EXAMPLES = """Examples:

\b
viva stats
viva stats --json"""


@over_notes
def command(workspace: Workspace, as_json: Json = False) -> None:
    """Say how practice goes: how much, how well, how steadily."""
    stats = workspace.stats()
    if as_json:
        output.json_line(stats)
        return
    for line in stats_lines(stats):
        output.data(line)


def stats_lines(stats: "Stats") -> list[str]:
    """Return the figures as lines, one fact each."""
    from viva.practice.report import duration

    lines = [
        f"questions: {stats.questions}, {stats.met} met, {stats.new} never asked",
        f"due now: {stats.due_now}",
        f"turns: {stats.answered} answered, {stats.skipped} skipped, {stats.revealed} shown",
        f"mean score: {_or_none(stats.mean_score, '{:.0f} of 100')}",
        f"time: {duration(stats.seconds, 'en')}",
        f"days in a row: {stats.streak}",
        f"remembered at the second time or later: {_or_none(stats.retention, '{:.0%}')}",
        f"verdicts you changed: {_or_none(stats.override_rate, '{:.0%}')}",
        *([f"grades moved to how you mark: {stats.leniency:+d} points at most"] if stats.leniency else []),
        *(f"{day.isoformat()}: {counted(count, 'answer')}" for day, count in stats.per_day if count),
    ]
    if stats.hardest:
        lines.append("hardest:")
        lines += [
            f"  {hard.mean_score:.0f} of 100 over {counted(hard.answered, 'answer')}: " + output.one_line(hard.question)
            for hard in stats.hardest
        ]
    return lines


def _or_none(value: float | None, form: str) -> str:
    return "nothing yet" if value is None else form.format(value)
