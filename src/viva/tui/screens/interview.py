"""The interview: the talk so far, the question, the answer box, the judgement.

Which step is allowed when is the business of `practice.interview`; what a line means, of `practice.dialogue`. This
screen shows each `Reply` and passes on keys and lines.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, ParamSpec

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from viva.i18n import noted, tr
from viva.tui.interface import Words
from viva.tui.screens.page import Page
from viva.tui.session import Session
from viva.tui.talk import Reply, Scene
from viva.tui.widgets.answer_box import AnswerBox
from viva.tui.widgets.doubt_bar import DoubtBar
from viva.tui.widgets.find_bar import FindBar
from viva.tui.widgets.question_panel import NARROW, QuestionPanel
from viva.tui.widgets.rating_bar import RatingBar
from viva.tui.widgets.transcript import Transcript

P = ParamSpec("P")
PATIENCE = 3.0
"""Seconds that leaving waits for the core."""
DRAFT_PAUSE = 1.0
"""Seconds without a key before the unfinished answer is stored."""


class InterviewScreen(Page):
    """Asks, takes the answer, shows what was covered."""

    HEADING = noted("interview")
    ABOUT = noted(
        "Type your answer and press Enter. Ctrl+J makes a new line in every terminal, Shift+Enter where the terminal "
        "can tell it; pasted text keeps its lines. You can also just say it: hint, skip, show the answer, repeat, "
        "how am I doing, ask me about …, search …, stop. Every one has a form with a slash: /help lists them. "
        "Leaving loses nothing: the interview waits with your unfinished answer."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t,f8", "hint", noted("Hint")),
        Binding("ctrl+n,f9", "skip", noted("Skip")),
        Binding("ctrl+r,f4", "reveal", noted("Show answer")),
        Binding("ctrl+l", "suspend", noted("Suspend: ask it no more"), show=False),
        Binding("ctrl+f", "find", noted("Find in the talk"), show=False, priority=True),
        Binding("f3", "find_step(1)", noted("Next place"), show=False),
        Binding("shift+f3", "find_step(-1)", noted("Place before"), show=False),
        Binding("slash", "command", noted("Say"), show=False),
        Binding("pageup", "scroll_talk(-1)", noted("Scroll back"), show=False, priority=True),
        Binding("pagedown", "scroll_talk(1)", noted("Scroll on"), show=False, priority=True),
        Binding("up", "scroll_lines(-1)", noted("Scroll up"), show=False),
        Binding("down", "scroll_lines(1)", noted("Scroll down"), show=False),
        Binding("escape", "back", noted("Leave")),
        Binding("q", "app.leave", noted("Quit"), show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.scene = Scene()
        self.busy = False
        self._pause: Timer | None = None
        self._over: Reply | None = None
        """What ended the interview while another screen was shown."""

    def compose_body(self) -> ComposeResult:
        """Make the talk and what is below it."""
        yield Transcript()
        yield FindBar()
        yield QuestionPanel()
        yield RatingBar()
        yield DoubtBar()
        yield AnswerBox(id="answer")

    def on_mount(self) -> None:
        """Let the interviewer begin."""
        self._pass_on(self.session.open)

    def on_screen_resume(self) -> None:
        """Show the report when the interview has ended meanwhile."""
        if self._over is not None:
            self._finish(self._over)

    # What the person does

    @on(AnswerBox.Sent)
    def _say(self, event: AnswerBox.Sent) -> None:
        self._pass_on(self.session.say, event.text)

    @on(RatingBar.Rated)
    def _rate(self, event: RatingBar.Rated) -> None:
        self._pass_on(self.session.rate, event.rating)

    @on(RatingBar.Judged)
    def _judge(self, event: RatingBar.Judged) -> None:
        self._pass_on(self.session.override, event.verdict)

    @on(RatingBar.Undone)
    def _undo(self) -> None:
        self._pass_on(self.session.undo)

    @on(RatingBar.Passed)
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
        self._pass_on(self.session.suspend, self.query_one(AnswerBox).text)

    def action_reveal(self) -> None:
        """Give up and see the answer."""
        self._pass_on(self.session.reveal)

    def action_command(self) -> None:
        """Begin a command in the answer box."""
        self._begin_typing("/")

    def on_key(self, event: events.Key) -> None:
        """Take what is typed while the feedback has the focus, and is no key of it, as the beginning of a line."""
        meant = event.is_printable and event.key not in self.active_bindings and not self.scene.doubt
        if meant and event.character is not None:
            event.stop()
            event.prevent_default()
            self._begin_typing(event.character)

    def _begin_typing(self, text: str) -> None:
        box = self.query_one(AnswerBox)
        box.remove_class("-aside")
        box.focus()
        box.insert(text)

    def action_find(self) -> None:
        """Open the line in which the talk is searched."""
        self.query_one(FindBar).open()

    @on(FindBar.Changed)
    def _find(self, event: FindBar.Changed) -> None:
        self.query_one(Transcript).find(event.query)
        self.query_one(FindBar).count(*self.query_one(Transcript).counted)

    def action_find_step(self, by: int) -> None:
        """Go to the next place found, or the one before; open the line where nothing was looked for."""
        bar, talk = self.query_one(FindBar), self.query_one(Transcript)
        if not bar.is_open:
            bar.open()
            return
        talk.step(by)
        bar.count(*talk.counted)

    @on(FindBar.Stepped)
    def _step_find(self, event: FindBar.Stepped) -> None:
        self.action_find_step(event.by)

    @on(FindBar.Closed)
    def _end_find(self) -> None:
        self.query_one(FindBar).close()
        self.query_one(Transcript).find("")
        self._focus(self.scene)

    def action_scroll_talk(self, by: int) -> None:
        """Scroll the talk by nearly its height."""
        talk = self.query_one(Transcript)
        talk.scroll_relative(y=by * max(1, talk.size.height - 2), animate=False)

    def action_scroll_lines(self, by: int) -> None:
        """Scroll the talk by a line, when no text is being typed."""
        self.query_one(Transcript).scroll_relative(y=by, animate=False)

    async def action_back(self) -> None:
        """Leave the interview for the start screen; it can be gone on with there."""
        kept = await self.keep()
        self.app.pop_screen()
        self.viva.tell(kept or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what fits: a question to answer, or feedback to judge."""
        if action in {"skip", "reveal"}:
            return self.scene.question is not None or self.scene.follows_up
        if action == "hint":
            return self.scene.question is not None
        if action == "suspend":
            return self.scene.question is not None or self.scene.feedback is not None
        return super().check_action(action, parameters)

    # What the core says

    def _pass_on(self, step: Callable[P, Reply], /, *args: P.args, **kwargs: P.kwargs) -> None:
        if not self.busy:
            self.busy = True
            self._run(lambda: step(*args, **kwargs))

    @work(group="talk")
    async def _run(self, step: Callable[[], Reply]) -> None:
        box = self.query_one(AnswerBox)
        box.read_only = True
        self.tell("")
        self.viva.working(lambda: tr("grading…"))
        try:
            done = await self.ask(step)
            reply = done if done is not None else await self.viva.core.call(self.session.look)
        finally:
            self.busy = False
            box.read_only = False
            self.viva.working(None)
        self._show(reply)

    def _show(self, reply: Reply) -> None:
        with self.app.batch_update():
            talk = self.query_one(Transcript)
            talk.show(reply.events)
            self.query_one(FindBar).count(*talk.counted)
            self._set(reply.scene)
            if reply.draft is not None:
                self.query_one(AnswerBox).put(reply.draft)
        if reply.notice:
            self.tell(lambda: tr(reply.notice))
        if reply.report is not None:
            self._finish(reply)

    def _set(self, scene: Scene) -> None:
        self.scene = scene
        self.query_one(QuestionPanel).question = scene.question
        self.query_one(RatingBar).feedback = scene.feedback
        self.query_one(DoubtBar).doubt = scene.doubt
        self.show_heading()
        box = self.query_one(AnswerBox)
        box.set_class(bool(scene.doubt), "-away")
        box.set_class(scene.feedback is not None and not scene.follows_up, "-aside")
        box.placeholder = _placeholder(scene)
        self._focus(scene)
        self.refresh_bindings()

    def heading(self) -> str:
        """Return the name of the screen and how far the interview is."""
        progress = self.scene.progress
        if progress is None:
            return super().heading()
        told = [tr("{asked} of {total}", asked=progress.asked, total=progress.total)]
        if progress.mean_score is not None and self.size.width >= NARROW:
            told.append(tr("mean {score}", score=round(progress.mean_score)))
        return f"{super().heading()}  {' · '.join(told)}"

    def on_resize(self) -> None:
        """Leave out of the title what a narrow terminal has no room for."""
        self.show_heading()

    def speak_again(self) -> None:
        """Say what stands around the talk in the language in force too; the talk itself stays."""
        super().speak_again()
        self.query_one(Transcript).speak_again()
        self.query_one(QuestionPanel).speak_again()
        self.query_one(AnswerBox).placeholder = _placeholder(self.scene)

    def _focus(self, scene: Scene) -> None:
        if scene.doubt:
            self.query_one(DoubtBar).focus()
        elif scene.feedback is not None and not scene.follows_up:
            self.query_one(RatingBar).focus()
        else:
            self.query_one(AnswerBox).focus()

    def _finish(self, reply: Reply) -> None:
        from viva.tui.screens.report import ReportScreen

        if self.app.screen is not self:  # something was opened over it meanwhile: that stays
            self._over = reply
        elif reply.report is not None:
            entries = {entry.id: entry for entry in self.viva.workspace.entries}
            self.app.switch_screen(ReportScreen(reply.report, entries))

    def notes_changed(self) -> None:
        """Go on with the notes as they are now; the question and what is typed stay."""
        self._renew()

    @work(group="talk")
    async def _renew(self) -> None:
        reply = await self.ask(self.session.renew)
        if reply is not None and not self.busy and (self.scene.question is None) == (reply.scene.question is None):
            self.scene = reply.scene
            self.query_one(QuestionPanel).question = reply.scene.question

    # Nothing is lost

    @on(AnswerBox.Changed)
    def _draft_later(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(DRAFT_PAUSE, self._store_draft)

    @work(exclusive=True, group="draft")
    async def _store_draft(self) -> None:
        if not self.busy and self.scene.takes_answer:
            await self.ask(self.session.keep_draft, self.query_one(AnswerBox).text)

    async def keep(self) -> Words | None:
        """Store the unfinished answer; return what to say in the terminal after leaving."""
        if self._pause is not None:
            self._pause.stop()
        if self.busy or not self.scene.takes_answer:
            leaving = self.ask(self.session.farewell)
        else:
            leaving = self.ask(self.session.leave, self.query_one(AnswerBox).text)
        # A core that is busy for long does this later, before it ends; nobody has to wait for it on the screen.
        done, _ = await asyncio.wait([asyncio.ensure_future(leaving)], timeout=PATIENCE)
        return next((task.result() for task in done), None)


def _placeholder(scene: Scene) -> str:
    if scene.follows_up:
        return tr("Add to your answer. Enter alone goes on.")
    if scene.question is not None:
        return tr("Your answer. Enter sends it.")
    return tr("/ to say something else") if scene.feedback is not None else tr("Enter shows the report.")
