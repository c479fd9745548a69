"""A mock interview as the screens see it: answers are taken with thanks, and nothing is told of them before the end."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from viva.i18n import N_
from viva.interview.dialogue.mock_interviewer import MockInterviewer
from viva.interview.mock import HandedIn
from viva.tui.common.interface import Words
from viva.tui.interview.session import Session
from viva.tui.interview.talk import Closed, Event, Reply, Said, Typed

if TYPE_CHECKING:
    from viva.interview.dialogue.intents import Intent
    from viva.interview.mock import MockInterview
    from viva.workspace import Workspace

NOTHING_TYPED = N_("Type an answer first. Ctrl+N skips the question.")


class MockSession(Session):
    """A mock interview between a user and a workspace."""

    def __init__(self, workspace: Workspace, mock: MockInterview, *, resumed: bool) -> None:
        super().__init__(workspace, mock, resumed=resumed)
        self._mock = mock
        self._host = MockInterviewer("en", random.Random(mock.id), mock)  # noqa: S311  # the wording, nothing secret
        self._interviewer = self._host

    def open(self) -> Reply:
        """Greet, and ask the question, or the follow-up at which the interview was left."""
        if (begun := self._mock.begun) is None:
            return super().open()
        question, answer = begun
        self._host.language = question.language
        greeting = self._host.greeting(question.total, resumed=self._resumed, position=question.position)
        return self._ask(Said(greeting), Closed(question), Typed(answer))

    def say(self, line: str) -> Reply:
        """Take a typed line: an answer, unless it is clearly something else."""
        if not line.strip() and self._waits:
            return self.go_next()
        if not line.strip() and self._mock.current is not None:
            return self._reply(notice=NOTHING_TYPED)
        return super().say(line)

    def time_up(self, text: str) -> Reply:
        """Take what was typed until the time ran out, whatever else was being asked."""
        self._doubt, self._if_yes, self._if_no = "", None, None
        if self._is_complete:
            return self._reply()
        taken = self._mock.hand_in(text, time_up=True)
        typed = [Typed(text)] if taken.answered else []
        return self._taken(taken, *typed, Said(f"{self._host.time_up(taken)}\n{self._host.thanks(taken)}"))

    def go_next(self) -> Reply:
        """Leave the follow-up without an answer; after the last question, end with the report."""
        if not self._waits:
            return super().go_next()
        return self._ask(Said(self._host.skipped(self._mock.skip())))

    def reveal(self) -> Reply:
        """Refuse, while a follow-up waits too."""
        self._mock.reveal()
        return self._reply()

    def farewell(self) -> Words | None:
        """Keep the time that was used, and return what to say in the terminal after leaving."""
        self._mock.keep_time()
        return super().farewell()

    # What was typed

    def _answer(self, text: str) -> Reply:
        if self._is_complete:
            return self.go_next()
        taken = self._mock.hand_in(text)
        return self._taken(taken, Typed(text), Said(self._host.thanks(taken)))

    def _taken(self, taken: HandedIn, *events: Event) -> Reply:
        """Go on after an answer without its grade, with the follow-up where there is one."""
        return self._ask(*events) if taken.to_follow_up else self._ask(Closed(taken.question), *events)

    def _do(self, intent: Intent) -> Reply:
        self._host.refuse(intent)
        return super()._do(intent)

    def _of_question(self, kind: str) -> Reply:
        if (asked := self._mock.waiting) is None:
            return super()._of_question(kind)
        return self._reply(Said(asked.question)) if kind == "repeat" else self.go_next()

    def _help(self) -> Reply:
        return self._reply(Said("\n".join(self._host.help_lines())))

    # Underneath

    @property
    def _waits(self) -> bool:
        return self._mock.waiting is not None

    @property
    def _is_complete(self) -> bool:
        # Left at its last follow-up, the interview waits: its results are still to be told.
        return self._mock.current is None and not self._waits

    def _ask(self, *events: Event) -> Reply:
        if (asked := self._mock.waiting) is not None:
            self._mock.present()
            return self._reply(*events, Said(asked.question), draft=self._mock.draft)
        # After the last question the talk stays until the user asks for the report.
        return self._reply(*events, draft="") if events and self._mock.current is None else super()._ask(*events)

    def _reply(self, *events: Event, draft: str | None = None, notice: str = "") -> Reply:
        reply = super()._reply(*events, draft=draft, notice=notice)
        scene = replace(reply.scene, left=None if self._is_complete else self._mock.remaining(), used=None)
        if (asked := self._mock.waiting) is not None:
            scene = replace(scene, question=None, more="" if self._doubt else asked.question)
        return replace(reply, scene=scene)
