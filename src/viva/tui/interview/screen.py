"""The interview: the talk so far, the question, the answer box, the judgement.

Which step is allowed when is the business of `interview.interview`; what a line means, of `interview.dialogue`. This
screen shows each `Reply` and passes on keys and lines.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar, ParamSpec

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from viva.errors import VivaError
from viva.grading.near_entries import own_passage
from viva.i18n import N_, tr
from viva.tui.common.interface import NARROW
from viva.tui.editor import passage_place
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.answer_page import AnswerPage
from viva.tui.interview.doubt_bar import DoubtBar
from viva.tui.interview.point_bar import PointBar
from viva.tui.interview.question_panel import QuestionPanel
from viva.tui.interview.rating_bar import RatingBar
from viva.tui.interview.session import Session
from viva.tui.interview.talk import Reply, Scene

P = ParamSpec("P")
SLOW = 0.2
"""Seconds after which the title line says that an answer is being graded; sooner it would only flicker."""


class InterviewScreen(AnswerPage):
    """Asks, takes the answer, shows what was covered."""

    HEADING = N_("interview")
    ABOUT = N_(
        "Type your answer and press Enter. Ctrl+J makes a new line in every terminal, Shift+Enter where the terminal "
        "can tell it; pasted text keeps its lines. You can also just say it: hint, skip, show the answer, repeat, "
        "how am I doing, ask me about …, search …, stop. Every one has a form with a slash: /help lists them. "
        "Leaving loses nothing: the interview waits with your unfinished answer."
    )
    CLOSED_BOOK: ClassVar[str] = N_("your notes open once the answer is graded: answer first")
    """Why no note opens now, as it is noted for translation."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t,f8", "hint", N_("Hint")),
        Binding("ctrl+n,f9", "skip", N_("Skip")),
        Binding("ctrl+r,f4", "reveal", N_("Show answer")),
        Binding("ctrl+l", "suspend", N_("Suspend: ask it no more"), show=False),
        Binding("ctrl+o", "edit", N_("Edit"), show=False),
        Binding("slash", "command", N_("Say"), show=False),
        Binding("escape", "back", N_("Leave")),
        Binding("q", "app.leave", N_("Quit"), show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._over: Reply | None = None
        """What ended the interview while another screen was shown."""

    def compose_body(self) -> ComposeResult:
        """Make the talk and what is below it."""
        yield from super().compose_body()
        yield QuestionPanel()
        yield PointBar()
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
            self.tell(lambda: tr(self.CLOSED_BOOK))
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
        """Offer what fits: a question to answer, or feedback to judge."""
        if action in {"skip", "reveal"}:
            return self.scene.question is not None or self.scene.follows_up
        if action == "hint":
            return self.scene.question is not None
        if action == "command":
            return not self.scene.doubt
        if action == "suspend":
            return self.scene.question is not None or self.scene.feedback is not None
        return super().check_action(action, parameters)

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
            self.tell_of(reply.events)
            if reply.draft is not None:
                self.query_one(AnswerBox).go_on(reply.draft, typed)
            self._set(reply.scene)
        if self.opening:
            self.app.call_later(self.begin_typing)  # among the keys, none of which overtakes another
        if reply.scene.question is not None:
            self._prepare()
        if reply.notice:
            self.tell(lambda: tr(reply.notice))
        if reply.report is not None:
            self._finish(reply)

    @work(exclusive=True, group="ahead")
    async def _prepare(self) -> None:
        """Have ready what the answer will be compared with, while the user thinks."""
        with suppress(VivaError):  # told when the answer is graded
            await self.viva.core.call(self.session.prepare)

    def _set(self, scene: Scene) -> None:
        self.scene = scene
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
        told = [tr("{asked} of {total}", asked=progress.asked, total=progress.total)]
        if progress.mean_score is not None and self.size.width >= NARROW:
            told.append(tr("mean {score}", score=round(progress.mean_score)))
        return f"{super().heading()}  {' · '.join(told)}"

    def on_resize(self) -> None:
        """Leave out of the title what a narrow terminal has no room for."""
        self.show_heading()

    def retranslate(self) -> None:
        """Say what stands around the talk in the language in force too; the talk itself stays."""
        super().retranslate()
        self.query_one(QuestionPanel).retranslate()
        self.query_one(AnswerBox).fit(self.scene)

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
