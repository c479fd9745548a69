"""`viva due`: what to practise now, and in the next days."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from viva.cli import counts, output
from viva.cli.options import Json, over_notes
from viva.cli.questions import names_of
from viva.i18n import noted, ntr, tr
from viva.types import Entry, Standing
from viva.workspace import Workspace

DETAILS = ()
EXAMPLES = (
    noted("""\
viva due
viva due --days 30 --json
viva ask --due             practise what is due"""),
)


@over_notes
def command(
    workspace: Workspace,
    days: Annotated[
        int, typer.Option("--days", min=1, max=3650, metavar="N", help=noted("How many days to look ahead."))
    ] = 7,
    as_json: Json = False,
) -> None:
    """List what is due now, and count what comes in the next days."""
    now = datetime.now(UTC)
    entries = workspace.entries
    standings = {standing.question_id: standing for standing in workspace.standings()}
    due = due_now(entries, standings, now)
    suspended = sum(standing.suspended for standing in standings.values())
    new = sum(1 for entry in entries if standings[entry.id].is_new)
    ahead = upcoming(list(standings.values()), now, days)
    if as_json:
        rows = [due_object(entry, standing) for entry, standing in due]
        dates = [{"date": day, "count": count} for day, count in ahead]
        output.json_line({"now": now, "due": rows, "new": new, "suspended": suspended, "upcoming": dates})
        return
    names = dict(zip((entry.id for entry in entries), names_of(entries), strict=True))
    output.data(tr("{questions} due now, {new} never asked.", questions=counts.questions(len(due)), new=new))
    if suspended:
        output.data(ntr("{number} question is suspended.", "{number} questions are suspended.", suspended))
    if held_back := sum(standing.withheld for standing in standings.values()):
        told = ntr(
            "{number} question of the mock interview that waits is not judged yet.",
            "{number} questions of the mock interview that waits are not judged yet.",
            held_back,
        )
        output.data(told)
    for entry, standing in due:
        output.data("  " + output.one_line(f"{names[entry.id]}  {entry.question}  ({_since(standing, now)})"))
    for day, count in ahead:
        output.data(tr("{day}: {counted}", day=day, counted=counts.questions(count)))


def due_now(entries: Sequence[Entry], standings: Mapping[str, Standing], now: datetime) -> list[tuple[Entry, Standing]]:
    """Return the questions that were asked before and are due, the longest overdue first."""
    asked = [(entry, standings[entry.id]) for entry in entries if entry.id in standings]
    ripe = [(entry, standing, standing.due) for entry, standing in asked if standing.due and standing.due <= now]
    return [(entry, standing) for entry, standing, _ in sorted(ripe, key=lambda each: each[2])]


def upcoming(standings: Sequence[Standing], now: datetime, days: int) -> list[tuple[str, int]]:
    """Return how many questions come due on each of the next days, by the person's own calendar, from today on."""
    times = [standing.due for standing in standings if standing.due and standing.due > now]
    counts = Counter(time.astimezone().date() for time in times)
    today = now.astimezone().date()
    return [
        ((today + timedelta(days=ahead)).isoformat(), counts[today + timedelta(days=ahead)]) for ahead in range(days)
    ]


def due_object(entry: Entry, standing: Standing) -> dict[str, object]:
    """Return a question that is due, for programs."""
    return {
        "question_id": entry.id,
        "number": entry.number,
        "question": entry.question,
        "file": entry.file,
        "line": entry.line,
        "due": standing.due,
        "reviews": standing.reviews,
        "last_score": standing.last_score,
        "retrievability": standing.retrievability,
    }


def _since(standing: Standing, now: datetime) -> str:
    days = (now - standing.due).days if standing.due else 0
    since = tr("due today") if days == 0 else ntr("due for {number} day", "due for {number} days", days)
    if standing.last_score is None:
        return since
    return tr("{since}, last score {score}", since=since, score=standing.last_score)
