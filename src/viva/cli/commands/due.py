"""`viva due`: what to practise now, and in the next days."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from viva.cli import counts, output
from viva.cli.options import Json, names_of, with_workspace
from viva.i18n import N_, ntr, tr
from viva.types import CardState, Entry
from viva.workspace import Workspace

if TYPE_CHECKING:
    from viva.scheduling.schedule import Forecast

DETAILS = ()
EXAMPLES = (
    N_("""\
viva due
viva due --days 30 --json
viva ask --due             practise what is due"""),
)


@with_workspace
def command(
    workspace: Workspace,
    days: Annotated[
        int, typer.Option("--days", min=1, max=3650, metavar="N", help=N_("How many days to look ahead."))
    ] = 7,
    as_json: Json = False,
) -> None:
    """List what is due now, and count what comes in the next days."""
    forecast = workspace.practice_stats.forecast(days)
    if as_json:
        rows = [due_object(entry, card_state) for entry, card_state in forecast.due]
        dates = [{"date": day, "count": count} for day, count in forecast.ahead]
        counted = {"new": forecast.new, "suspended": forecast.suspended}
        output.json_line({"now": forecast.now, "due": rows, **counted, "upcoming": dates})
        return
    output.data(
        tr("{questions} due now, {new} never asked.", questions=counts.questions(len(forecast.due)), new=forecast.new)
    )
    _print_left_out(forecast)
    names = dict(zip((entry.id for entry in workspace.entries), names_of(workspace.entries), strict=True))
    for entry, card_state in forecast.due:
        since = _since(card_state, forecast.now)
        output.data("  " + output.one_line(f"{names[entry.id]}  {entry.question}  ({since})"))
    for day, count in forecast.ahead:
        output.data(tr("{day}: {counted}", day=day, counted=counts.questions(count)))


def _print_left_out(forecast: "Forecast") -> None:
    if forecast.suspended:
        output.data(ntr("{number} question is suspended.", "{number} questions are suspended.", forecast.suspended))
    if forecast.withheld:
        line = ntr(
            "{number} question of the mock interview that waits is not judged yet.",
            "{number} questions of the mock interview that waits are not judged yet.",
            forecast.withheld,
        )
        output.data(line)


def due_object(entry: Entry, card_state: CardState) -> dict[str, object]:
    """Return a question that is due, for programs."""
    return {
        "question_id": entry.id,
        "number": entry.number,
        "question": entry.question,
        "file": entry.file,
        "line": entry.line,
        "due": card_state.due,
        "reviews": card_state.reviews,
        "last_score": card_state.last_score,
        "retrievability": card_state.retrievability,
    }


def _since(card_state: CardState, now: datetime) -> str:
    days = (now - card_state.due).days if card_state.due else 0
    since = tr("due today") if days == 0 else ntr("due for {number} day", "due for {number} days", days)
    if card_state.last_score is None:
        return since
    return tr("{since}, last score {score}", since=since, score=card_state.last_score)
