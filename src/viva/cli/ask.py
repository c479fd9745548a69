"""`viva ask`: the interview line by line."""

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from viva.cli import output
from viva.cli.completion import complete_topic
from viva.cli.keyboard import Keyboard
from viva.cli.options import over_notes
from viva.errors import InterviewError
from viva.i18n import noted
from viva.workspace import Workspace

if TYPE_CHECKING:
    from viva.practice.interview import Interview

EXAMPLES = """Examples:

\b
viva ask --count 5 --topic LSTM
viva ask --resume
printf 'weights are shared\\n/skip\\n' | viva ask --seed 1

An answer is one line; end a line with \\ to go on, or write between lines of \"\"\". /help, once it runs, lists what
else can be said."""


class Order(StrEnum):
    """What a new interview asks; see `practice.selection.plan`."""

    RANDOM = "random"
    DUE = "due"
    WEAK = "weak"
    UNANSWERED = "unanswered"


LARGEST_SEED = 2**63 - 1
"""What the history can hold."""


@over_notes
def command(  # noqa: PLR0913, PLR0917 - the options of the command line, each by its name
    workspace: Workspace,
    count: Annotated[
        int | None,
        typer.Option("--count", min=1, metavar="N", help="How many questions at most.", show_default="the settings'"),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed", min=0, max=LARGEST_SEED, metavar="N", help="Repeat the order and the wording.", show_default=False
        ),
    ] = None,
    topic: Annotated[
        str | None,
        typer.Option(
            "--topic",
            metavar="TEXT",
            help="Only questions on this heading, tag or word.",
            autocompletion=complete_topic,
            show_default=False,
        ),
    ] = None,
    order: Annotated[
        Order, typer.Option("--order", help="What to ask: anything, what is due, weak answers again, or the untried.")
    ] = Order.RANDOM,
    due: Annotated[bool, typer.Option("--due", help="The same as --order due: due questions, then new ones.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the interrupted interview.")] = False,
    new: Annotated[bool, typer.Option("--new", help="Begin a new one; leave the interrupted one.")] = False,
    follow_ups: Annotated[
        bool | None,
        typer.Option(
            "--follow-ups/--no-follow-ups",
            help=noted("Ask one question more where an answer left something out."),
            show_default=noted("the settings', but not through a pipe"),
        ),
    ] = None,
) -> None:
    """Hold the interview line by line, for screen readers and pipes.

    Every answer is stored before its feedback is printed; at the end of input it can be resumed.
    """
    if due and order not in (Order.RANDOM, Order.DUE):
        raise typer.BadParameter(f"--due and --order {order} exclude each other: leave one out")
    chosen = Choice(count, seed, topic, Order.DUE if due else order)
    particular = new or chosen.order is not Order.RANDOM or topic is not None or count is not None
    if resume and particular:
        raise typer.BadParameter(
            "--resume goes on as it was begun: leave out --new, --count, --topic, --order and --due"
        )
    if resume or particular:
        interview(workspace, chosen, offer=False, resume=resume, follow_ups=follow_ups)
    else:
        interview(workspace, chosen, follow_ups=follow_ups)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which questions a new interview asks."""

    count: int | None = None
    seed: int | None = None
    topic: str | None = None
    order: Order = Order.RANDOM


def interview(
    workspace: Workspace,
    choice: Choice = Choice(),
    *,
    offer: bool = True,
    resume: bool = False,
    follow_ups: bool | None = None,
) -> None:
    """Hold an interview on stdin and stdout.

    Args:
        workspace: The notes to ask about.
        choice: Which questions a new interview asks.
        offer: Ask at a terminal whether to go on with an interrupted interview.
        resume: Go on with it without asking.
        follow_ups: Ask more where an answer left something out. Default: as the settings say at a terminal; never
            through a pipe, whose lines are one answer a question.

    Raises:
        InterviewError: No question fits, or there is nothing to go on with.
        ModelError: The model cannot be opened.
    """
    from viva.cli.conversation import Conversation

    workspace.warm()  # a wrong --model is told now, not after the first answer
    keyboard = Keyboard()
    if follow_ups is None and not keyboard.interactive:
        follow_ups = False
    waiting = workspace.unfinished(follow_ups=follow_ups) if resume or (offer and keyboard.interactive) else None
    if resume and waiting is None:
        raise InterviewError("no interview was interrupted: leave out --resume to begin a new one")
    if waiting is not None and not resume and not _goes_on(waiting, keyboard):
        waiting = None
    begun = waiting or workspace.interview(
        count=choice.count, seed=choice.seed, topic=choice.topic, order=choice.order.value, follow_ups=follow_ups
    )
    wording = random.Random(choice.seed)  # noqa: S311  # chooses words, keeps no secret
    Conversation(workspace, begun, keyboard, wording).run(resumed=waiting is not None)


def _goes_on(waiting: "Interview", keyboard: Keyboard) -> bool:
    from viva.cli import words

    question = waiting.current
    if question is None:
        return False
    output.data(words.OFFER[question.language].format(position=question.position, total=question.total))
    while (line := keyboard.line()) is not None:
        decided = words.yes_or_no(line) if line.strip() else True
        if decided is not None:
            return decided
        output.data(words.YES_OR_NO[question.language])
    return True
