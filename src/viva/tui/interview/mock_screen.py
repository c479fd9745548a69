"""The mock interview: the interview's screen with a clock, and without anything that tells how it goes."""

from __future__ import annotations

from textual import work

from viva.i18n import N_, tr
from viva.interview.mock import BEAT
from viva.tui.common.interface import NARROW
from viva.tui.common.title_bar import TitleBar
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.countdown import Countdown
from viva.tui.interview.mock_session import MockSession
from viva.tui.interview.screen import InterviewScreen
from viva.tui.interview.session import Session
from viva.tui.interview.talk import Scene

LOOK = 0.25
"""Seconds between two looks at the clock, so that it is never late by more."""


def screen_of(session: Session) -> InterviewScreen:
    """Return the screen that fits a session: of practice, or of a mock interview."""
    return MockScreen(session) if isinstance(session, MockSession) else InterviewScreen(session)


class MockScreen(InterviewScreen):
    """Asks, takes the answer within its time, and keeps a straight face."""

    HEADING = N_("mock interview")
    ABOUT = N_(
        "Type your answer and press Enter before its time, which is at the top, is over; what you have written by then "
        "is taken as it stands. There are no hints and no marks until the end, where you can go through all answers. "
        "Ctrl+J makes a new line. You can also say skip, repeat or stop. Leaving loses nothing: the clock stops, and "
        "the interview waits with your unfinished answer."
    )

    CLOSED_BOOK = N_("in a mock interview your notes stay closed; at the end you can look back and open them")

    def __init__(self, session: MockSession) -> None:
        super().__init__(session)
        self._mock = session
        self._rang = False
        """Whether the end of the time was told to the session, for the question that is asked."""

    def on_mount(self) -> None:
        """Put the clock into the title line and let it run."""
        self.query_one(TitleBar).mount(Countdown())
        self.set_interval(LOOK, self._look)
        self.set_interval(BEAT, self._store_time)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no help with the question."""
        return action not in {"hint", "reveal", "suspend"} and super().check_action(action, parameters)

    def heading(self) -> str:
        """Return the name of the screen and how far it is, in few words where the clock needs the room."""
        progress = self.scene.progress
        if progress is None or self.size.width >= NARROW:
            return super().heading()
        return tr("mock  {asked} of {total}", asked=progress.asked, total=progress.total)

    def _look(self) -> None:
        if self.query_one(Countdown).look() and not self.busy and not self._rang:
            self._rang = True  # an answer that could not be stored stays the user's to send again
            self._pass_on(self._mock.time_up, self.query_one(AnswerBox).text)

    @work(exclusive=True, group="draft")
    async def _store_time(self) -> None:
        if not self.busy and self.scene.takes_answer:
            await self.ask(self.session.keep_draft, self.query_one(AnswerBox).text)

    def _set(self, scene: Scene) -> None:
        super()._set(scene)
        self._rang = self._rang and not scene.left
        self.query_one(Countdown).begin(scene.left)
