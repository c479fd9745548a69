"""`viva report`: the report of an interview, on the screen or as a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from viva.cli import output
from viva.cli.options import LARGEST, Json, with_workspace
from viva.errors import HistoryError
from viva.i18n import N_, tr
from viva.workspace import Workspace

if TYPE_CHECKING:
    from viva.reports.report_data import ReportData, ReportTurn

DETAILS = (N_("Without --markdown and --html it is printed. The page needs no network and no script."),)
EXAMPLES = (
    """\
viva report
viva report --markdown report.md --html report.html
viva report --interview 12 --json""",
)


@with_workspace
def command(
    workspace: Workspace,
    interview: Annotated[
        int | None,
        typer.Option(
            "--interview",
            min=1,
            max=LARGEST,
            metavar="N",
            help=N_("This interview, by the number in its report."),
            show_default=N_("the last one"),
        ),
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="FILE", help=N_("Write it as Markdown."), show_default=False)
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help=N_("Write it as one HTML page."), show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace files that exist."))] = False,
    as_json: Json = False,
) -> None:
    """Tell how an interview went, or save it as a page."""
    wanted = [path for path in (markdown, html) if path is not None]
    if len(set(wanted)) < len(wanted):
        raise typer.BadParameter(tr("--markdown and --html name the same file: choose two names"))
    for path in wanted:
        if path.exists() and not force:
            raise HistoryError(tr("{path} exists: choose another name, or add --force to replace it", path=path))
    report_data = workspace.practice_stats.report_data(interview)
    _write(workspace, report_data, markdown, html)
    if as_json:
        output.json_line(as_data(report_data))
    elif not wanted:
        output.lines(workspace.practice_stats.report_text(report_data))


def _write(workspace: Workspace, report_data: "ReportData", markdown: Path | None, html: Path | None) -> None:
    from viva.files import write_whole

    forms: tuple[tuple[Path | None, Literal["markdown", "html"]], ...] = ((markdown, "markdown"), (html, "html"))
    for path, form in forms:
        if path is not None:
            write_whole(path, workspace.practice_stats.report_page(report_data, form))
            output.talk(tr("report written to {path}", path=path))


def as_data(report_data: "ReportData") -> dict[str, object]:
    """Return the account as one flat object: the figures, the topics, the turns, the weakest by the id of the turn."""
    report = report_data.report
    return {
        "interview_id": report.interview_id,
        "language": report_data.language,
        "started_at": report.started_at,
        "finished_at": report.finished_at if report_data.finished else None,
        "mode": report.mode,
        "limit": report.limit,
        "topic": report_data.topic,
        "planned": report_data.planned,
        "asked": report.asked,
        "answered": report.answered,
        "skipped": report.skipped,
        "revealed": report.revealed,
        "mean_score": report.mean_score,
        "overall_score": report.overall_score,
        "seconds": report_data.seconds,
        "topics": [{"topic": name, "mean_score": mean, "answered": answered} for name, mean, answered in report.topics],
        "turns": [_turn(turn) for turn in report_data.turns],
        "weakest": [turn.review.id for turn in report_data.weakest],
    }


def _turn(turn: "ReportTurn") -> dict[str, object]:
    review = output.as_json(turn.review)
    assert isinstance(review, dict)
    more = {name: getattr(turn, name) for name in ("grader_score", "points", "flags", "passage", "file", "line")}
    return {**review, **more}
