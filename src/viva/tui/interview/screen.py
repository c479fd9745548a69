"""The interview: the talk so far, the question, the answer box, the judgement.

Which step is allowed when is the business of `interview.interview`; what a line means, of `interview.dialogue`. This
screen shows each `Reply` and passes on keys and lines.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, ParamSpec

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input

from viva.errors import VivaError
from viva.i18n import N_, spoken, tr
from viva.tui.common.frame import TitleBar
from viva.tui.common.interface import NARROW, Words
from viva.tui.common.page import Page
from viva.tui.core_thread import GradingStarted
from viva.tui.editor import passage_place
from viva.tui.interview.answer_box import AnswerBox, DoubtBar
from viva.tui.interview.clocks import Countdown
from viva.tui.interview.find_bar import FindBar
from viva.tui.interview.point_bar import PointBar
from viva.tui.interview.question_panel import QuestionPanel
from viva.tui.interview.rating_bar import RatingBar
from viva.tui.interview.transcript import Transcript
from viva.types.dialogue import BEAT, InterviewProgress, Reply, Scene
from viva.wording import sentences
from viva.wording.passages import own_passage

if TYPE_CHECKING:
    from viva.interview.dialogue.controller import Controller

P = ParamSpec("P")
PATIENCE = 3.0
"""Seconds that leaving waits for the core."""
DRAFT_PAUSE = 1.0
"""Seconds after a key before the unfinished answer is stored, with what was typed meanwhile."""
LOOK = 0.25
"""Seconds between two looks at the clock, so that it is never late by more."""
SLOW = 0.2
"""Seconds after which the title line says that an answer is being graded; sooner it would only flicker."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What the screen says of itself, as it is noted for translation."""

    heading: str
    about: str
    closed_book: str
    """Why no note opens now."""
    answer_first: str


_PRACTICE = _Words(
    heading=N_("interview"),
    about=N_(
        "Type your answer and press Enter. Ctrl+J makes a new line in every terminal, Shift+Enter where the terminal "
        "can tell it; pasted text keeps its lines. You can also just say it: hint, skip, show the answer, repeat, "
        "how am I doing, ask me about …, search …, stop. Every one has a form with a slash: /help lists them. "
        "Leaving loses nothing: the interview waits with your unfinished answer."
    ),
    closed_book=N_("your notes open once the answer is graded: answer first"),
    answer_first=N_("Type an answer first. Ctrl+N skips the question, Ctrl+R shows the answer."),
)
_MOCK = _Words(
    heading=N_("mock interview"),
    about=N_(
        "Type your answer and press Enter before its time, which is at the top, is over; what you have written by then "
        "is taken as it stands. There are no hints and no marks until the end, where you can go through all answers. "
        "Ctrl+J makes a new line. You can also say skip, repeat or stop. Leaving loses nothing: the clock stops, and "
        "the interview waits with your unfinished answer."
    ),
    closed_book=N_("in a mock interview your notes stay closed; at the end you can look back and open them"),
    answer_first=N_("Type an answer first. Ctrl+N skips the question."),
)
_ALREADY_ANSWERED = N_(
    "Already answered. To add to it press Esc, then u. Enter in the empty box asks the next question."
)


class InterviewScreen(Page):
    """Asks, takes the answer, shows what was covered; a mock interview within its time, and with a straight face."""

    LINGER = None
    """The box does not move by itself under who types: the next step takes the line away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f", "find", N_("Find in the talk"), show=False, priority=True),
        Binding("f3", "find_step(1)", N_("Next place"), show=False),
        Binding("shift+f3", "find_step(-1)", N_("Place before"), show=False),
        Binding("pageup", "scroll_talk(-1)", N_("Scroll back"), show=False, priority=True),
        Binding("pagedown", "scroll_talk(1)", N_("Scroll on"), show=False, priority=True),
        Binding("up", "scroll_lines(-1)", N_("Scroll up"), show=False),
        Binding("down", "scroll_lines(1)", N_("Scroll down"), show=False),
        Binding("ctrl+t,f8", "hint", N_("Hint")),
        Binding("ctrl+n,f9", "skip", N_("Skip")),
        Binding("ctrl+r,f4", "reveal", N_("Show answer")),
        Binding("ctrl+l", "suspend", N_("Suspend: ask it no more"), show=False),
        Binding("ctrl+o", "edit", N_("Edit"), show=False),
        Binding("slash", "command", N_("Say"), show=False),
        Binding("escape", "back", N_("Leave")),
        Binding("q", "app.leave", N_("Quit"), show=False),
    ]

    def __init__(self, session: Controller) -> None:
        super().__init__()
        self.session = session
        self.scene = Scene()
        self.busy = False
        """Whether the core takes a step."""
        self._pause: Timer | None = None
        self._begun = False
        """Whether there is something that can be answered."""
        session.reading = lambda events: self.post_message(GradingStarted(events))
        self._words = _MOCK if session.is_mock else _PRACTICE
        self.HEADING, self.ABOUT = self._words.heading, self._words.about
        self.set_class(session.is_mock, "-mock")
        self._over: Reply | None = None
        """What ended the interview while another screen was shown."""
        self._rang = False
        """Whether the end of the time was told to the session, for what is asked."""

    def compose_body(self) -> ComposeResult:
        """Make the talk and what is below it."""
        yield Transcript()
        yield FindBar()
        yield QuestionPanel()
        yield PointBar()
        yield RatingBar()
        yield DoubtBar()
        yield AnswerBox(id="answer")

    def on_mount(self) -> None:
        """Let the interviewer begin, and the clock of a mock interview run."""
        if self.session.is_mock:
            self.query_one(TitleBar).mount(Countdown())
            self.set_interval(LOOK, self._look)
            self.set_interval(BEAT, self._store_time)
        self._pass_on(self.session.open)

    def on_screen_resume(self) -> None:
        """Show the report when the interview has ended meanwhile."""
        if self._over is not None:
            self._finish(self._over)

    # What the user does

    @on(AnswerBox.Sent)
    def _say(self, event: AnswerBox.Sent) -> None:
        self._take(event.text, self.session.say, event.text)

    @on(RatingBar.Rated)
    def _rate(self, event: RatingBar.Rated) -> None:
        self._pass_on(self.session.rate, event.rating)

    @on(RatingBar.Judged)
    def _judge(self, event: RatingBar.Judged) -> None:
        self._pass_on(self.session.override, event.verdict)

    @on(PointBar.Judged)
    def _judge_point(self, event: PointBar.Judged) -> None:
        self._pass_on(self.session.judge_point, event.number, event.word)

    @on(RatingBar.Undone)
    def _undo(self) -> None:
        self._pass_on(self.session.undo)

    @on(RatingBar.Passed)
    @on(PointBar.Passed)
    def _next(self) -> None:
        self._pass_on(self.session.go_next)

    @on(DoubtBar.Decided)
    def _decide(self, event: DoubtBar.Decided) -> None:
        self._pass_on(self.session.decide, yes=event.yes)

    def action_hint(self) -> None:
        """Ask for a hint."""
        self._pass_on(self.session.hint)

    def action_skip(self) -> None:
        """Leave the question out."""
        self._pass_on(self.session.skip)

    def action_suspend(self) -> None:
        """Have the question asked no more."""
        self._pass_on(self.session.suspend)

    def action_reveal(self) -> None:
        """Give up and see the answer."""
        self._pass_on(self.session.reveal)

    def action_command(self) -> None:
        """Begin a command in the answer box."""
        self.to_the_box()
        self.query_one(AnswerBox).insert("/")

    def action_edit(self) -> None:
        """Open the notes in the user's editor, at the answer they give, once one is graded."""
        feedback = self.scene.feedback
        if feedback is None or feedback.waits:
            self.tell(lambda: tr(self._words.closed_book))
            return
        asked = feedback.question.entry
        self.viva.edit(passage_place(self.viva.workspace.entries, own_passage(asked, feedback.grade), asked))

    async def action_back(self) -> None:
        """Leave a line that was begun at the feedback, else the interview, which can be gone on with."""
        if self.scene.is_judged and self.query_one(AnswerBox).has_focus:
            self.tell("")
            self.query_one(AnswerBox).fit(self.scene)
            self.query_one(RatingBar).focus()
            return
        kept = await self.keep()
        self.app.pop_screen()
        self.viva.tell(kept or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what fits: a question to answer, or feedback to judge; no help in a mock interview."""
        if self.session.is_mock and action in {"hint", "reveal", "suspend"}:
            return False
        if action in {"skip", "reveal"}:
            return self.scene.question is not None or self.scene.follows_up
        if action == "hint":
            return self.scene.question is not None
        if action == "command":
            return not self.scene.doubt
        if action == "suspend":
            return self.scene.question is not None or self.scene.feedback is not None
        return super().check_action(action, parameters)

    def action_find(self) -> None:
        """Open the line in which the talk is searched."""
        self.query_one(FindBar).open()

    def action_find_step(self, by: int) -> None:
        """Go to the next place found, or the one before."""
        self.query_one(FindBar).step(by)

    def action_scroll_talk(self, by: int) -> None:
        """Scroll the talk by nearly its height."""
        self.scroll_by_page(self.query_one(Transcript), by, kept=2)

    def action_scroll_lines(self, by: int) -> None:
        """Scroll the talk by a line, when no text is being typed."""
        self.query_one(Transcript).scroll_relative(y=by, animate=False)

    # What is typed and not sent yet

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

    @on(GradingStarted)
    def _show_reading(self, event: GradingStarted) -> None:
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
        return _how_far(left) if isinstance(left, InterviewProgress) else None

    # What the core says

    def _pass_on(self, step: Callable[P, Reply], /, *args: P.args, **kwargs: P.kwargs) -> None:
        # What stands in the box while nothing is asked is a line not sent yet: it stays there.
        self._take("" if self.scene.is_judged else self.query_one(AnswerBox).text, step, *args, **kwargs)

    def _take(self, typed: str, step: Callable[P, Reply], /, *args: P.args, **kwargs: P.kwargs) -> None:
        """Take a step, and what was `typed` out of the box; an answer is stored before, whatever the step."""
        if self.busy:
            return
        self.busy, draft = True, typed if self.scene.takes_answer else None

        def taken() -> Reply:
            if draft is not None:
                self.session.keep_draft(draft)
            return step(*args, **kwargs)

        self._wait_no_more()
        self._run(taken, typed)

    @work(group="talk")
    async def _run(self, step: Callable[[], Reply], typed: str) -> None:
        self.query_one(QuestionPanel).stop()
        self.tell("")
        slow = self.set_timer(SLOW, lambda: self.viva.working(lambda: tr("grading…")))
        try:
            done = await self.ask(step)
            reply = done if done is not None else await self.viva.core.call(self.session.look)
        finally:
            slow.stop()
            self.busy = False
            self.viva.working(None)
        self._show(reply, typed)

    def _show(self, reply: Reply, typed: str) -> None:
        with self.app.batch_update():
            self.query_one(Transcript).show(reply.events)
            self.query_one(FindBar).count()
            if reply.draft is not None:
                self.query_one(AnswerBox).go_on(reply.draft, typed)
            self._set(reply.scene)
        if self.opening:
            self.app.call_later(self.begin_typing)  # among the keys, none of which overtakes another
        if reply.scene.question is not None:
            self._prepare()
        if reply.notice:
            notice = self._words.answer_first if reply.notice == "answer first" else _ALREADY_ANSWERED
            self.tell(lambda: tr(notice))
        if reply.report is not None:
            self._finish(reply)

    @work(exclusive=True, group="ahead")
    async def _prepare(self) -> None:
        """Have ready what the answer will be compared with, while the user thinks."""
        with suppress(VivaError):  # told when the answer is graded
            await self.viva.core.call(self.session.prepare)

    def _look(self) -> None:
        if self.query_one(Countdown).look() and not self.busy and not self._rang:
            self._rang = True  # an answer that could not be stored stays the user's to send again
            self._pass_on(self.session.time_up, self.query_one(AnswerBox).text)

    @work(exclusive=True, group="draft")
    async def _store_time(self) -> None:
        if not self.busy and self.scene.takes_answer:
            await self.ask(self.session.keep_draft, self.query_one(AnswerBox).text)

    def _set(self, scene: Scene) -> None:
        self.scene = scene
        for clock in self.query(Countdown):
            clock.begin(scene.left)
        self._rang = self._rang and not scene.left
        panel = self.query_one(QuestionPanel)
        panel.question = scene.question
        panel.begin(scene.used)
        bar, points = self.query_one(RatingBar), self.query_one(PointBar)
        bar.feedback = points.feedback = scene.feedback if scene.is_judged else None
        self.query_one(DoubtBar).doubt = scene.doubt
        self.show_heading()
        self.query_one(AnswerBox).fit(scene)
        self._focus(scene)
        self.refresh_bindings()

    def heading(self) -> str:
        """Return the name of the screen and how far the interview is."""
        progress = self.scene.progress
        if progress is None:
            return super().heading()
        if self.session.is_mock and self.size.width < NARROW:  # the clock needs the room
            return tr("mock  {asked} of {total}", asked=progress.asked, total=progress.total)
        parts = [tr("{asked} of {total}", asked=progress.asked, total=progress.total)]
        if progress.mean_score is not None and self.size.width >= NARROW:
            parts.append(tr("mean {score}", score=round(progress.mean_score)))
        return f"{super().heading()}  {' · '.join(parts)}"

    def on_resize(self) -> None:
        """Leave out of the title what a narrow terminal has no room for."""
        self.show_heading()

    def retranslate(self) -> None:
        """Say what stands around the talk in the language in force too; the talk itself stays."""
        super().retranslate()
        self.query_one(Transcript).retranslate()
        self.query_one(QuestionPanel).retranslate()
        self.query_one(AnswerBox).fit(self.scene)

    @on(FindBar.Closed)
    def focus_again(self) -> None:
        """Give the focus back to what is to be done now."""
        self._focus(self.scene)

    def _focus(self, scene: Scene) -> None:
        if scene.doubt:
            self.query_one(DoubtBar).focus()
        elif scene.is_judged and not self.query_one(AnswerBox).text:
            points = self.query_one(PointBar)
            (self.query_one(RatingBar) if points.chosen is None else points).focus()
        else:
            self.query_one(AnswerBox).focus()

    def _finish(self, reply: Reply) -> None:
        from viva.tui.interview.report_screen import ReportScreen

        if self.app.screen is not self:  # something was opened over it meanwhile: that stays
            self._over = reply
        elif reply.report is not None:
            self.app.switch_screen(ReportScreen(reply.report))

    def notes_changed(self) -> None:
        """Go on with the notes as they are now; the question and what is typed stay."""
        self._renew()

    @work(group="talk")
    async def _renew(self) -> None:
        reply = await self.ask(self.session.renew)
        if reply is not None and not self.busy and (self.scene.question is None) == (reply.scene.question is None):
            self.scene = reply.scene
            self.query_one(QuestionPanel).question = reply.scene.question


def _how_far(progress: InterviewProgress) -> Words:
    def words() -> str:
        asked = tr("{asked} of {total} asked.", asked=progress.asked, total=progress.total)
        return tr("{asked} {leaving}", asked=asked, leaving=sentences.LEAVING[spoken()])

    return words


def _begins_line(event: events.Key, bound: Container[str]) -> bool:
    """Whether a key is a character and means nothing else here; the slash begins a command."""
    return event.is_printable and event.character is not None and (event.key == "slash" or event.key not in bound)
