"""`viva ask`: the interview line by line."""

from typing import Annotated

import typer

from viva.cli.interactive.session_selection import Order, SessionChoice, Waiting, hold
from viva.cli.options import LARGEST, complete_topic, with_workspace
from viva.i18n import N_, tr
from viva.text.moments import read_limit
from viva.workspace import Workspace

DETAILS = (N_("Every answer is stored before its feedback is printed; at the end of input it can be resumed."),)
EXAMPLES = (
    """\
viva ask --count 5 --topic LSTM
viva ask --mock --count 5 --limit 2m
viva ask --resume
viva ask --finish
viva ask --again
printf 'weights are shared\\n/skip\\n' | viva ask --seed 1""",
    N_(
        'An answer is one line; end a line with \\ to go on, or write between lines of """. '
        "/help, once it runs, lists what else can be said."
    ),
)


@with_workspace
def command(  # noqa: PLR0913, PLR0917 - the options of the command line, each by its name
    workspace: Workspace,
    count: Annotated[
        int | None,
        typer.Option(
            "--count",
            min=1,
            metavar="N",
            help=N_("How many questions at most."),
            show_default=N_("the settings'"),
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            min=0,
            max=LARGEST,
            metavar="N",
            help=N_("Repeat the order and the wording."),
            show_default=False,
        ),
    ] = None,
    topic: Annotated[
        str | None,
        typer.Option(
            "--topic",
            metavar="TEXT",
            help=N_("Only questions on this heading, tag or word."),
            autocompletion=complete_topic,
            show_default=False,
        ),
    ] = None,
    order: Annotated[
        Order,
        typer.Option("--order", help=N_("What to ask: anything, what is due, weak answers again, or the untried.")),
    ] = Order.RANDOM,
    due: Annotated[
        bool, typer.Option("--due", help=N_("The same as --order due: due questions, then new ones."))
    ] = False,
    mock: Annotated[
        bool, typer.Option("--mock", help=N_("A mock interview: a time limit, all topics, feedback at the end."))
    ] = False,
    limit: Annotated[
        str | None,
        typer.Option(
            "--limit",
            metavar="TIME",
            help=N_("Time for each answer of a mock interview, as in 90s, 3m or 2m30s."),
            show_default=N_("the settings'"),
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help=N_("Go on with the interrupted interview."))] = False,
    finish: Annotated[
        bool, typer.Option("--finish", help=N_("End the interrupted interview as it is; tell how it went."))
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help=N_("Ask again what the last interview left weak, skipped or shown."))
    ] = False,
    new: Annotated[bool, typer.Option("--new", help=N_("Begin a new one; leave the interrupted one."))] = False,
    follow_ups: Annotated[
        bool | None,
        typer.Option(
            "--follow-ups/--no-follow-ups",
            help=N_("Ask one question more where an answer left something out."),
            show_default=N_("the settings', but not through a pipe"),
        ),
    ] = None,
) -> None:
    """Hold the interview line by line, for screen readers and pipes."""
    if due and order not in (Order.RANDOM, Order.DUE):
        raise typer.BadParameter(tr("--due and --order {order} exclude each other: leave one out", order=order))
    if mock and (due or order is not Order.RANDOM):
        raise typer.BadParameter(tr("--mock spreads over all topics by itself: leave out --order and --due"))
    chosen = SessionChoice(
        count, seed, topic, Order.DUE if due else order, again, mock=mock, limit=_limit(limit, mock=mock)
    )
    particular = new or mock or again or chosen.order is not Order.RANDOM or topic is not None or count is not None
    if (resume or finish) and (particular or (resume and finish)):
        raise typer.BadParameter(
            tr("--resume and --finish take it as it was begun: leave out the other, and all that begins a new one")
        )
    waiting = Waiting.FINISH if finish else Waiting.RESUME if resume else Waiting.LEAVE if new else Waiting.OFFER
    if waiting is Waiting.OFFER and particular:
        waiting = Waiting.OFFER_MOCK
    hold(workspace, chosen, waiting, follow_ups=follow_ups)


def _limit(written: str | None, *, mock: bool) -> int | None:
    """Return the limit in seconds. Raises BadParameter."""
    if written is None:
        return None
    if not mock:
        raise typer.BadParameter(tr("--limit is the time for an answer of a mock interview: add --mock"))
    try:
        return read_limit(written)
    except ValueError as error:
        raise typer.BadParameter(f"--limit: {error}") from error
