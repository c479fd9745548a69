"""`viva stats`: how practice goes."""

from typing import TYPE_CHECKING

from viva.cli import counts, output
from viva.cli.options import Json, with_workspace
from viva.i18n import spoken, tr
from viva.workspace import Workspace

if TYPE_CHECKING:
    from viva.progress.stats import Stats
    from viva.progress.trends import Course, HardPoint

DETAILS = ()
EXAMPLES = (
    """\
viva stats
viva stats --json""",
)


_POINTS = 5
"""How many points are told; `--json` has ten."""


@with_workspace
def command(workspace: Workspace, as_json: Json = False) -> None:
    """Say how practice goes: how much, how well, how steadily."""
    stats, course = workspace.practice_stats.stats(), workspace.practice_stats.course()
    if as_json:
        figures = [output.as_json(stats), output.as_json(course)]
        output.json_line({key: value for each in figures if isinstance(each, dict) for key, value in each.items()})
        return
    output.lines([*stats_lines(stats), *course_lines(course)])


def stats_lines(stats: "Stats") -> list[str]:
    """Return the figures as lines, one fact each."""
    from viva.text.moments import duration

    nothing = tr("nothing yet")
    lines = [
        tr("questions: {all}, {met} met, {new} never asked", all=stats.questions, met=stats.met, new=stats.new),
        tr("due now: {number}", number=stats.due_now),
        *([tr("suspended: {count}", count=stats.suspended)] if stats.suspended else []),
        *([tr("leeches, whose notes are worth rewriting: {count}", count=stats.leeches)] if stats.leeches else []),
        tr(
            "turns: {answered} answered, {skipped} skipped, {shown} shown",
            answered=stats.answered,
            skipped=stats.skipped,
            shown=stats.revealed,
        ),
        *(
            [tr("not judged yet, until the mock interview ends: {answers}", answers=counts.answers(stats.withheld))]
            if stats.withheld
            else []
        ),
        tr("mean score: {score}", score=nothing if stats.mean_score is None else _of_100(stats.mean_score)),
        tr("time: {time}", time=duration(stats.seconds, spoken())),
        tr("days in a row: {number}", number=stats.streak),
        tr("remembered at the second time or later: {share}", share=_share(stats.retention, nothing)),
        tr("verdicts you changed: {share}", share=_share(stats.override_rate, nothing)),
        *(
            [tr("grades moved to how you mark: {points:+d} points at most", points=stats.leniency)]
            if stats.leniency
            else []
        ),
        *(tr("{day}: {counted}", day=day, counted=counts.answers(count)) for day, count in stats.per_day if count),
    ]
    return [*lines, *_hardest_lines(stats)]


def _hardest_lines(stats: "Stats") -> list[str]:
    lines = [
        "  "
        + tr(
            "{score} over {answers}: {question}",
            score=_of_100(hard.mean_score),
            answers=counts.answers(hard.answered),
            question=output.one_line(hard.question),
        )
        for hard in stats.hardest
    ]
    return [tr("hardest:"), *lines] if lines else []


def course_lines(course: "Course") -> list[str]:
    """Return what comes up in the next days, and the points that answers keep leaving out."""
    days = tr(", ").join(f"{day.isoformat()} {count}" for day, count in course.forecast if count)
    lines = [tr("due in the next {number} days: {days}", number=len(course.forecast), days=days or tr("nothing"))]
    if course.hardest_points:
        lines.append(tr("hardest points:"))
    for hard in course.hardest_points[:_POINTS]:
        line = tr(
            "{how} in {answers}: {point} ({question})",
            how=_how_hard(hard),
            answers=counts.answers(hard.answers),
            point=hard.point,
            question=hard.question,
        )
        lines.append("  " + output.one_line(line))
    return lines


def _how_hard(hard: "HardPoint") -> str:
    parts = [
        tr("{number} missed", number=hard.missed) if hard.missed else "",
        tr("{number} contradicted", number=hard.contradicted) if hard.contradicted else "",
        tr("{number} differing", number=hard.differs) if hard.differs else "",
        tr("{number} partly", number=hard.partial) if hard.partial else "",
    ]
    return tr(", ").join(filter(None, parts))


def _of_100(score: float) -> str:
    return tr("{score:.0f} of 100", score=score)


def _share(value: float | None, nothing: str) -> str:
    return nothing if value is None else f"{value:.0%}"
