"""A page with a talk and a box for answers, where nothing that was typed is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Container
from functools import partial

from textual import events, on, work
from textual.timer import Timer
from textual.widgets import Input

from viva.i18n import spoken, tr
from viva.interview.dialogue import wording
from viva.interview.dialogue.controller import Controller
from viva.interview.dialogue.reply import Scene
from viva.interview.summary import Progress
from viva.tui.common.interface import Words
from viva.tui.core_thread import Reading
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.question_panel import QuestionPanel
from viva.tui.interview.talk_page import TalkPage
from viva.tui.interview.transcript import Transcript

PATIENCE = 3.0
"""Seconds that leaving waits for the core."""
DRAFT_PAUSE = 1.0
"""Seconds after a key before the unfinished answer is stored, with what was typed meanwhile."""


class AnswerPage(TalkPage):
    """Stores what is in the answer box a moment after it changed, and on the way out."""

    LINGER = None
    """The box does not move by itself under who types: the next step takes the line away."""

    def __init__(self, session: Controller) -> None:
        super().__init__()
        self.session = session
        self.scene = Scene()
        self.busy = False
        """Whether the core takes a step."""
        self._pause: Timer | None = None
        self._begun = False
        """Whether there is something that can be answered."""
        session.reading = lambda events: self.post_message(Reading(events))

    @property
    def opening(self) -> bool:
        """Whether the interviewer has not spoken yet."""
        return not self._begun

    async def begin_typing(self) -> None:
        """Take what was typed since the interview was asked for."""
        self._begun = True
        await self.viva.pass_on_typed()

    def forward_to_input(self, event: events.Key | events.Paste) -> None:
        """Take what is typed while the feedback or the talk has the focus, and is no key of it, as a line's beginning.

        The focus moves before the first key gets there, so that all keys of a burst arrive in their order.
        """
        if self.scene.doubt or isinstance(self.focused, (AnswerBox, Input)):
            return
        if isinstance(event, events.Paste) or _begins_line(event, self.active_bindings):
            self.to_the_box()

    def to_the_box(self) -> None:
        """Give the box the focus, and room."""
        box = self.query_one(AnswerBox)
        box.remove_class("-aside")
        self.set_focus(box)

    @on(Reading)
    def _show_reading(self, event: Reading) -> None:
        if self.busy:  # else it is graded already
            self.query_one(QuestionPanel).question = None
            self.query_one(Transcript).wait(event.events)

    @on(AnswerBox.Changed)
    def _draft_later(self) -> None:
        if self._pause is None:  # who types on without a rest is not to lose more than who rests
            self._pause = self.set_timer(DRAFT_PAUSE, self._draft_now)

    def on_screen_suspend(self) -> None:
        """Store what was typed last: another screen is shown."""
        if self._pause is not None:
            self._draft_now()

    def _draft_now(self) -> None:
        self._wait_no_more()
        self._store_draft(self.query_one(AnswerBox).text)

    def _wait_no_more(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = None

    @work(exclusive=True, group="draft")
    async def _store_draft(self, text: str) -> None:
        if not self.busy and self.scene.takes_answer:
            await self.ask(self.session.keep_draft, text)

    async def keep(self) -> Words | None:
        """Store the unfinished answer; return what to say in the terminal after leaving."""
        self._wait_no_more()
        if self.busy or not (self.scene.takes_answer or self.scene.is_judged):
            leaving = self.ask(self.session.farewell)
        else:
            leaving = self.ask(self.session.leave, self.query_one(AnswerBox).text)
        # A core that is busy for long does this later, before it ends; nobody has to wait for it on the screen.
        done, _ = await asyncio.wait([asyncio.ensure_future(leaving)], timeout=PATIENCE)
        left = next((task.result() for task in done), None)
        return _how_far(left) if isinstance(left, Progress) else None


def _how_far(progress: Progress) -> Words:
    asked = partial(tr, "{asked} of {total} asked.", asked=progress.asked, total=progress.total)
    return lambda: tr("{asked} {leaving}", asked=asked(), leaving=wording.LEAVING[spoken()])


def _begins_line(event: events.Key, bound: Container[str]) -> bool:
    """Whether a key is a character and means nothing else here; the slash begins a command."""
    return event.is_printable and event.character is not None and (event.key == "slash" or event.key not in bound)
