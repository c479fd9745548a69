"""`viva ask`: the interview line by line."""

import random
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, Annotated

import typer

from viva.cli import output
from viva.cli.completion import complete_topic
from viva.cli.ending import ended_by_signals
from viva.cli.keyboard import Keyboard
from viva.cli.options import over_notes
from viva.errors import InterviewError
from viva.i18n import noted, tr
from viva.practice.time_limit import read_limit
from viva.workspace import Workspace

if TYPE_CHECKING:
    from viva.cli.conversation import Conversation
    from viva.practice.interview import Interview

DETAILS = (noted("Every answer is stored before its feedback is printed; at the end of input it can be resumed."),)
EXAMPLES = (
    """\
viva ask --count 5 --topic LSTM
viva ask --mock --count 5 --limit 2m
viva ask --resume
viva ask --finish
viva ask --again
printf 'weights are shared\\n/skip\\n' | viva ask --seed 1""",
    noted(
        'An answer is one line; end a line with \\ to go on, or write between lines of """. '
        "/help, once it runs, lists what else can be said."
    ),
)


class Order(StrEnum):
    """What a new interview asks; see `practice.selection.plan`."""

    RANDOM = "random"
    DUE = "due"
    WEAK = "weak"
    UNANSWERED = "unanswered"


class Waiting(Enum):
    """What becomes of an interview that waits."""

    OFFER = auto()
    """At a terminal the person is asked whether to go on with it."""
    OFFER_MOCK = auto()
    """The same, but only for a mock interview: a new one ends it."""
    RESUME = auto()
    FINISH = auto()
    LEAVE = auto()


LARGEST_SEED = 2**63 - 1
"""What the history can hold."""


@over_notes
def command(  # noqa: PLR0913, PLR0917 - the options of the command line, each by its name
    workspace: Workspace,
    count: Annotated[
        int | None,
        typer.Option(
            "--count",
            min=1,
            metavar="N",
            help=noted("How many questions at most."),
            show_default=noted("the settings'"),
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            min=0,
            max=LARGEST_SEED,
            metavar="N",
            help=noted("Repeat the order and the wording."),
            show_default=False,
        ),
    ] = None,
    topic: Annotated[
        str | None,
        typer.Option(
            "--topic",
            metavar="TEXT",
            help=noted("Only questions on this heading, tag or word."),
            autocompletion=complete_topic,
            show_default=False,
        ),
    ] = None,
    order: Annotated[
        Order,
        typer.Option("--order", help=noted("What to ask: anything, what is due, weak answers again, or the untried.")),
    ] = Order.RANDOM,
    due: Annotated[
        bool, typer.Option("--due", help=noted("The same as --order due: due questions, then new ones."))
    ] = False,
    mock: Annotated[
        bool, typer.Option("--mock", help=noted("A mock interview: a time limit, all topics, feedback at the end."))
    ] = False,
    limit: Annotated[
        str | None,
        typer.Option(
            "--limit",
            metavar="TIME",
            help=noted("Time for each answer of a mock interview, as in 90s, 3m or 2m30s."),
            show_default=noted("the settings'"),
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help=noted("Go on with the interrupted interview."))] = False,
    finish: Annotated[
        bool, typer.Option("--finish", help=noted("End the interrupted interview as it is; tell how it went."))
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help=noted("Ask again what the last interview left weak, skipped or shown."))
    ] = False,
    new: Annotated[bool, typer.Option("--new", help=noted("Begin a new one; leave the interrupted one."))] = False,
    follow_ups: Annotated[
        bool | None,
        typer.Option(
            "--follow-ups/--no-follow-ups",
            help=noted("Ask one question more where an answer left something out."),
            show_default=noted("the settings', but not through a pipe"),
        ),
    ] = None,
) -> None:
    """Hold the interview line by line, for screen readers and pipes."""
    if due and order not in (Order.RANDOM, Order.DUE):
        raise typer.BadParameter(tr("--due and --order {order} exclude each other: leave one out", order=order))
    if mock and (due or order is not Order.RANDOM):
        raise typer.BadParameter(tr("--mock spreads over all topics by itself: leave out --order and --due"))
    chosen = Choice(count, seed, topic, Order.DUE if due else order, again, mock=mock, limit=_limit(limit, mock=mock))
    particular = new or mock or again or chosen.order is not Order.RANDOM or topic is not None or count is not None
    if (resume or finish) and (particular or (resume and finish)):
        raise typer.BadParameter(
            tr("--resume and --finish take it as it was begun: leave out the other, and all that begins a new one")
        )
    waiting = Waiting.FINISH if finish else Waiting.RESUME if resume else Waiting.LEAVE if new else Waiting.OFFER
    if waiting is Waiting.OFFER and particular:
        waiting = Waiting.OFFER_MOCK
    interview(workspace, chosen, waiting, follow_ups=follow_ups)


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


@dataclass(frozen=True, slots=True)
class Choice:
    """Which questions a new interview asks, and how."""

    count: int | None = None
    seed: int | None = None
    topic: str | None = None
    order: Order = Order.RANDOM
    again: bool = False
    """Whether to keep to what the last interview left open, and by default to ask all of that."""
    mock: bool = False
    limit: int | None = None
    """Seconds for an answer of a mock interview; None for the settings'."""


def interview(
    workspace: Workspace,
    choice: Choice = Choice(),
    waiting: Waiting = Waiting.OFFER,
    *,
    follow_ups: bool | None = None,
) -> None:
    """Hold an interview on stdin and stdout.

    Args:
        workspace: The notes to ask about.
        choice: Which questions a new interview asks.
        waiting: What becomes of one that waits.
        follow_ups: Ask more where an answer left something out. Default: as the settings say at a terminal; never
            through a pipe, whose lines are one answer a question.

    Raises:
        InterviewError: No question fits, or there is nothing to go on with.
        ModelError: The model cannot be opened.
    """
    workspace.warm()  # a wrong --model is told now, not after the first answer
    keyboard = Keyboard()
    if follow_ups is None and not keyboard.interactive:
        follow_ups = False
    wording = random.Random(choice.seed)  # noqa: S311  # chooses words, keeps no secret
    if waiting is Waiting.FINISH:
        _talk(workspace, _to_end(workspace), keyboard, wording).end()
        return
    left = workspace.unfinished(follow_ups=follow_ups)
    if left is not None and waiting is not Waiting.RESUME and workspace.is_open_elsewhere(left):
        if keyboard.interactive and waiting is not Waiting.LEAVE:
            output.talk(tr("an interview is open in another window: this is a new one"))
        left = None
    goes_on = left is not None and _goes_on(left, waiting, keyboard)
    if goes_on and (taken := workspace.go_on(follow_ups=follow_ups)) is not None:
        _hold(_talk(workspace, taken, keyboard, wording), resumed=True)
        return
    if waiting is Waiting.RESUME:
        raise InterviewError(tr("no interview was interrupted: leave out --resume to begin a new one"))
    begun = _begin(workspace, choice, follow_ups=follow_ups)
    if left is not None and _has_results(left):
        output.talk(
            tr(
                "this ends the mock interview that waited: `viva report --interview {number}` tells how it went",
                number=left.id,
            )
        )
    _hold(_talk(workspace, begun, keyboard, wording))


def _hold(talk: "Conversation", *, resumed: bool = False) -> None:
    with ended_by_signals():
        talk.run(resumed=resumed)


def _begin(workspace: Workspace, choice: Choice, *, follow_ups: bool | None) -> "Interview":
    only = workspace.ledger.to_ask_again() if choice.again else None
    return workspace.interview(
        count=len(only) if only and choice.count is None else choice.count,
        only=only,
        seed=choice.seed,
        topic=choice.topic,
        order=choice.order.value,
        mode="mock" if choice.mock else "practice",
        limit=choice.limit,
        follow_ups=follow_ups,
    )


def _to_end(workspace: Workspace) -> "Interview":
    if (left := workspace.not_ended()) is None:
        raise InterviewError(tr("no interview waits to be ended: `viva report` tells how the last one went"))
    return left


def _has_results(left: "Interview") -> bool:
    """Whether nothing was told yet of answers that were given: those of a mock interview."""
    return left.limit is not None and left.progress().asked > 0


def _talk(workspace: Workspace, begun: "Interview", keyboard: Keyboard, wording: random.Random) -> "Conversation":
    from viva.cli.conversation import Conversation
    from viva.cli.mock_conversation import MockConversation
    from viva.practice.mock import MockInterview

    if isinstance(begun, MockInterview):
        return MockConversation(workspace, begun, wording)
    return Conversation(workspace, begun, keyboard, wording)


def _goes_on(left: "Interview", waiting: Waiting, keyboard: Keyboard) -> bool:
    """Return whether to go on with the interview that was left; ask where that is to be asked."""
    if waiting is Waiting.RESUME:
        return True
    offered = waiting is Waiting.OFFER or (waiting is Waiting.OFFER_MOCK and _has_results(left))
    return offered and keyboard.interactive and _accepts(left, keyboard)


def _accepts(left: "Interview", keyboard: Keyboard) -> bool:
    from viva.cli import words

    question = left.current
    if question is None:
        return False
    output.data(words.OFFER[question.language].format(position=question.position, total=question.total))
    while (line := keyboard.line()) is not None:
        decided = words.yes_or_no(line) if line.strip() else True
        if decided is not None:
            return decided
        output.data(words.YES_OR_NO[question.language])
    return True
