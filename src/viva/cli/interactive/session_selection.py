"""Which interview is held line by line: the one that waits, or a new one."""

from __future__ import annotations

import os
import random
import sys
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING

from viva.cli import output
from viva.cli.interactive.keyboard import Keyboard
from viva.cli.options import Selection
from viva.errors import InterviewError
from viva.i18n import tr
from viva.signals import ended_by_signals
from viva.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from viva.cli.interactive.conversation import Conversation
    from viva.interview.interview import Interview


class Order(StrEnum):
    """What a new interview asks; see `interview.selection.plan`."""

    RANDOM = "random"
    DUE = "due"
    WEAK = "weak"
    UNANSWERED = "unanswered"


class Waiting(Enum):
    """What becomes of an interview that waits."""

    OFFER = auto()
    """At a terminal the user is asked whether to go on with it."""
    OFFER_MOCK = auto()
    """The same, but only for a mock interview: a new one ends it."""
    RESUME = auto()
    FINISH = auto()
    LEAVE = auto()


@dataclass(frozen=True, slots=True)
class SessionChoice:
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


def hold(
    workspace: Workspace,
    choice: SessionChoice = SessionChoice(),
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
        _talk(workspace, _to_end(workspace), keyboard, wording, resumed=True).end()
        return
    left = _left(workspace, waiting, keyboard, follow_ups=follow_ups)
    goes_on = left is not None and _goes_on(left, waiting, keyboard)
    taken = workspace.go_on(follow_ups=follow_ups) if goes_on else None
    if taken is None and waiting is Waiting.RESUME:
        raise InterviewError(tr("no interview was interrupted: leave out --resume to begin a new one"))
    held = _begin(workspace, choice, left, follow_ups=follow_ups) if taken is None else taken
    with ended_by_signals():
        _talk(workspace, held, keyboard, wording, resumed=taken is not None).run()


def _left(workspace: Workspace, waiting: Waiting, keyboard: Keyboard, *, follow_ups: bool | None) -> Interview | None:
    """Return the interview that waits, None where there is none or another window has it, which is told."""
    left = workspace.unfinished(follow_ups=follow_ups)
    if left is None or waiting is Waiting.RESUME or not workspace.is_open_elsewhere(left):
        return left
    if keyboard.interactive and waiting is not Waiting.LEAVE:
        output.talk(tr("an interview is open in another window: this is a new one"))
    return None


def _begin(
    workspace: Workspace, choice: SessionChoice, left: Interview | None, *, follow_ups: bool | None
) -> Interview:
    """Begin a new interview, in place of one that is left, and tell what becomes of that."""
    only = workspace.practice_stats.to_ask_again() if choice.again else None
    begun = workspace.interview(
        count=len(only) if only and choice.count is None else choice.count,
        only=only,
        seed=choice.seed,
        topic=choice.topic,
        order=choice.order.value,
        mode="mock" if choice.mock else "practice",
        limit=choice.limit,
        follow_ups=follow_ups,
    )
    if left is not None and _has_results(left):
        output.talk(
            tr(
                "this ends the mock interview that waited: `viva report --interview {number}` tells how it went",
                number=left.id,
            )
        )
    return begun


def _to_end(workspace: Workspace) -> Interview:
    if (left := workspace.not_ended()) is None:
        raise InterviewError(tr("no interview waits to be ended: `viva report` tells how the last one went"))
    return left


def _has_results(left: Interview) -> bool:
    """Whether nothing was told yet of answers that were given: those of a mock interview."""
    return left.limit is not None and left.progress().asked > 0


def _talk(
    workspace: Workspace, begun: Interview, keyboard: Keyboard, rng: random.Random, *, resumed: bool
) -> Conversation:
    from viva.cli.interactive.conversation import Conversation

    session = workspace.session(
        begun, resumed=resumed, pauses=False, attended=keyboard.interactive, leave_key="Ctrl+D", rng=rng
    )
    return Conversation(workspace, session, keyboard)


def _goes_on(left: Interview, waiting: Waiting, keyboard: Keyboard) -> bool:
    """Return whether to go on with the interview that was left; ask where that is to be asked."""
    if waiting is Waiting.RESUME:
        return True
    offered = waiting is Waiting.OFFER or (waiting is Waiting.OFFER_MOCK and _has_results(left))
    return offered and keyboard.interactive and _accepts(left, keyboard)


def _accepts(left: Interview, keyboard: Keyboard) -> bool:
    from viva.cli.interactive import words

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


def start(selection: Selection) -> None:
    """Start the terminal interface on these notes, or `viva ask` where stdin or stdout is no terminal for it."""
    if not _can_show():
        with selection.open() as workspace:
            hold(workspace)
        return
    with open_workspace(selection.kb, selection.index, selection.model, reader=selection.reader) as workspace:
        workspace.require_notes()  # a mistyped path is told here, where it can be corrected, not on a screen
        from viva.tui.app import run

        run(workspace)


def _can_show() -> bool:
    """Whether there is a terminal, or what the environment names to draw with instead, as `viva serve` does."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return True
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
