"""`viva stats`: how practice goes."""

from typing import TYPE_CHECKING

from viva.cli import output
from viva.cli.options import Json, over_notes
from viva.i18n import tr
from viva.text.english import counted
from viva.workspace import Workspace

if TYPE_CHECKING:
    from viva.practice.course import Course
    from viva.practice.statistics import Stats

EXAMPLES = """Examples:

\b
viva stats
viva stats --json"""


_POINTS = 5
"""How many points are told; `--json` has ten."""


@over_notes
def command(workspace: Workspace, as_json: Json = False) -> None:
    """Say how practice goes: how much, how well, how steadily."""
    stats, course = workspace.stats(), workspace.course()
    if as_json:
        figures = [output.as_json(stats), output.as_json(course)]
        output.json_line({key: value for each in figures if isinstance(each, dict) for key, value in each.items()})
        return
    for line in [*stats_lines(stats), *course_lines(course)]:
        output.data(line)


def stats_lines(stats: "Stats") -> list[str]:
    """Return the figures as lines, one fact each."""
    from viva.practice.report import duration

    lines = [
        f"questions: {stats.questions}, {stats.met} met, {stats.new} never asked",
        f"due now: {stats.due_now}",
        *([tr("suspended: {count}", count=stats.suspended)] if stats.suspended else []),
        *([tr("leeches, whose notes are worth rewriting: {count}", count=stats.leeches)] if stats.leeches else []),
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


def course_lines(course: "Course") -> list[str]:
    """Return what comes up in the next days, and the points that answers keep leaving out."""
    days = ", ".join(f"{day.isoformat()} {count}" for day, count in course.forecast if count)
    lines = [f"due in the next {len(course.forecast)} days: {days or 'nothing'}"]
    if course.hardest_points:
        lines.append("hardest points:")
    for hard in course.hardest_points[:_POINTS]:
        counts = [(hard.missed, "missed"), (hard.contradicted, "contradicted"), (hard.partial, "partly")]
        told = ", ".join(f"{count} {word}" for count, word in counts if count)
        of = counted(hard.answers, "answer")
        lines.append("  " + output.one_line(f"{told} in {of}: {hard.point} ({hard.question})"))
    return lines


def _or_none(value: float | None, form: str) -> str:
    return "nothing yet" if value is None else form.format(value)
