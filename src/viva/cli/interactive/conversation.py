"""The interview as a conversation of plain lines: what is typed goes to the controller, its replies are printed."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from viva.cli import output
from viva.cli.interactive import words
from viva.cli.interactive.keyboard import Keyboard, TypedAnswer
from viva.cli.lines import hit_lines
from viva.errors import InterviewError, QueryError, VivaError
from viva.signals import EndedError
from viva.text.normal import joined
from viva.types import Report
from viva.types.dialogue import (
    AllAsked,
    Answered,
    Asked,
    Closed,
    Event,
    Graded,
    Helped,
    InterviewProgress,
    JudgementStored,
    Noted,
    Reply,
    Said,
    SearchedFor,
    Shown,
    Timed,
    Typed,
)
from viva.wording import sentences
from viva.wording.feedback import (
    answer_lines,
    graded_lines,
    judgement_lines,
    point_judged_lines,
    reference_lines,
    rest_lines,
)

if TYPE_CHECKING:
    from viva.interview.dialogue.controller import Controller
    from viva.interview.dialogue.results import Results
    from viva.workspace import Workspace


class Conversation:
    """One interview with a user, or with a pipe."""

    def __init__(self, workspace: Workspace, session: Controller, keyboard: Keyboard) -> None:
        self._workspace, self._session, self._keyboard = workspace, session, keyboard
        self._over = False
        if session.is_mock:
            keyboard.keep_time = session.keep_time

    def run(self) -> None:
        """Talk until the interview is over or the input ends; everything said is stored as it is said.

        A user who breaks it off is told how to go on.
        """
        try:
            self._talk()
        except (KeyboardInterrupt, EndedError):
            with contextlib.suppress(VivaError, OSError, output.ReaderGoneError):  # the terminal may be gone
                if not self._session.finished:
                    self._leave()
            raise

    def end(self) -> None:
        """End an interview that was left as it is, and tell how it went."""
        self._show(self._session.end_here())

    def _talk(self) -> None:
        self._show(self._session.open(), opening=True)
        while not self._over:
            typed = self._hear()
            if typed is None:
                self._leave()
            else:
                self._take(typed)

    def _leave(self) -> None:
        """The input has ended: finish what is complete, else say how far it went and how to go on."""
        self._over = True
        left = self._session.farewell()
        if not isinstance(left, InterviewProgress):
            self._finish(left)
            return
        interviewer = self._session.interviewer
        output.data()
        self._say(*interviewer.progress_lines(left))
        resume = words.HOW_TO_RESUME[interviewer.language].format(command=command(self._workspace, "--resume"))
        self._say(interviewer.leaving(), resume)

    def _finish(self, report: Report) -> None:
        self._over = True
        if self._session.is_mock and report.asked:
            self._tell_results()
        output.data()
        interviewer = self._session.interviewer
        self._say(*interviewer.goodbye(report))
        if self._keyboard.interactive and any(review.left_open for review in report.reviews):
            again = words.HOW_TO_ASK_AGAIN[interviewer.language]
            self._say(again.format(command=command(self._workspace, "--again")))

    # What is typed

    def _hear(self) -> TypedAnswer | None:
        """Return what is typed next, None at the end of input; an answer that is broken off becomes the draft."""
        before = self._session.draft

        def keep(text: str) -> None:
            self._keep(before if self._session.is_command(text) else joined(before, text))

        typed = self._keyboard.typed(keep)
        if typed is not None and not typed.block:
            self._keep(before)  # the line is done, and is itself an answer or none
        return typed

    def _keep(self, draft: str) -> None:
        """Keep an unfinished answer; whoever is typing is not told of a full disk yet."""
        if draft != self._session.draft:
            with contextlib.suppress(VivaError):
                self._session.keep_draft(draft)

    def _take(self, typed: TypedAnswer) -> None:
        session, draft = self._session, self._session.draft
        if typed.block:
            self._step(lambda: session.answer(typed.text))
        elif not typed.text.strip() and draft.strip():
            self._step(lambda: session.answer(draft))
        else:
            self._step(lambda: session.say(typed.text, kept=draft))

    def _step(self, step: Callable[[], Reply]) -> None:
        """Take a step and show what it led to, or say why it could not be taken."""
        try:
            reply = step()
        except (InterviewError, QueryError) as error:
            self._say(str(error))
        else:
            self._show(reply)

    def _settle(self, doubt: str) -> None:
        """Ask a question that is answered by yes or no. What is neither is the next thing said, and means no."""
        self._say(doubt)
        typed = self._keyboard.typed()
        if typed is None:
            self._leave()
            return
        decided = None if typed.block else words.yes_or_no(typed.text)
        self._step(lambda: self._session.decide(yes=decided is True))
        if decided is None and not self._over:
            self._take(typed)

    # What is said

    def _show(self, reply: Reply, *, opening: bool = False) -> None:
        """Print what a step led to; at the `opening` also what the screen of the last time showed."""
        for event in reply.events:
            self._say(*(_recalled_lines(self._session, event) if opening else ()), *self._lines(event, opening=opening))
        asks = any(isinstance(event, Asked) for event in reply.events)
        follows_up = any(isinstance(event, Said) and event.follows_up for event in reply.events)
        if (asks or follows_up) and not self._say_draft(reply.draft or "") and follows_up:
            self._say(words.FOLLOW_UP_HOW[self._session.interviewer.language])
        if reply.notice:
            self._say(words.ANSWER_FIRST[self._session.interviewer.language])
        if reply.report is not None:
            self._finish(reply.report)
        elif reply.scene.doubt:
            self._settle(reply.scene.doubt)
        elif self._session.is_mock and any(isinstance(event, AllAsked) for event in reply.events):
            self._show(self._session.finish())

    def _lines(self, event: Event, *, opening: bool) -> Sequence[str]:  # noqa: C901, PLR0911  # one case an event
        interviewer, now = self._session.interviewer, datetime.now(UTC)
        match event:
            case Said(text) | Noted(text) | Timed(text):
                return text.split("\n")
            case Helped(text):
                language = interviewer.language
                return [*text.split("\n"), words.HOW_TO_TYPE[language], words.HOW_TO_LEAVE[language]]
            case Asked(question):
                return ["", *interviewer.ask(question)]
            case AllAsked() if self._keyboard.interactive and not self._session.is_mock:
                return [words.LAST[interviewer.language]]
            case Answered(entry):
                return reference_lines(entry)
            case Graded(feedback, late) if not opening:
                return rest_lines(feedback, now) if late else graded_lines(feedback, now)
            case JudgementStored(feedback, None):
                return judgement_lines(feedback, now)
            case JudgementStored(feedback, int(point)):
                return point_judged_lines(feedback, point, now)
            case Shown(entry):
                return answer_lines(entry)
            case SearchedFor(hits):
                for hit in hits:
                    output.styled_data("\n".join(hit_lines(hit, self._workspace.closeness(hit))))
                return ()
            case _:
                return ()

    def _say_draft(self, draft: str) -> bool:
        """Say what was typed and not given, if anything was; return whether."""
        language = self._session.interviewer.language
        if draft.strip():
            self._say(words.DRAFT[language].format(draft=draft), words.DRAFT_HOW[language])
        return bool(draft.strip())

    def _say(self, *lines: str) -> None:
        output.lines(lines)

    # The results of a mock interview

    def _tell_results(self) -> None:
        """Tell all answers, one after the other; each can be judged while it is told, until the input ends."""
        results = self._workspace.practice_stats.results(self._session.interview_id)
        hearing = True
        for number in range(1, results.total + 1):
            turn = results.turn(number)
            how = sentences.HOW_TO_GO_ON[turn.question.language]
            self._say("", *results.turn_lines(datetime.now(UTC)))
            if hearing:
                self._say(how)
                hearing = self._judge(results, how)

    def _judge(self, results: Results, how: str) -> bool:
        """Take verdicts and ratings of an answer until the user goes on; return whether more is to be heard."""
        while (typed := self._keyboard.typed()) is not None:
            try:
                events = results.say(typed.text)
            except InterviewError as error:
                self._say(str(error))
                continue
            if isinstance(events, bool):
                return events
            for event in events:
                self._say(*self._lines(event, opening=False))
            if not events:
                self._say(how)
        return False


def _recalled_lines(session: Controller, event: Event) -> Sequence[str]:
    """Return what was asked and answered when the interview was left at a follow-up."""
    match event:
        case Closed(question):
            return ["", *session.interviewer.ask(question)]
        case Typed(text):
            return text.splitlines()
        case _:
            return ()


def command(workspace: Workspace, option: str) -> str:
    """Return `viva ask` with this option on these notes, as a shell takes it."""
    named = workspace.locations.kb if workspace.locations.kb_origin == "flag" else ()
    arguments = ["viva", "ask", option, *(word for root in named for word in ("--kb", str(root)))]
    return subprocess.list2cmdline(arguments) if os.name == "nt" else shlex.join(arguments)
