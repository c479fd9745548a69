"""The interviewer's side of a conversation of plain lines: what is asked, what stands still open, how it ends."""

from __future__ import annotations

import contextlib
import os
import random
import shlex
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from viva.cli import output
from viva.cli.interactive import words
from viva.cli.interactive.keyboard import Keyboard, Typed
from viva.errors import VivaError
from viva.history.records import joined
from viva.interview.dialogue.feedback_lines import rest_lines
from viva.interview.dialogue.intents import SLASHES
from viva.interview.dialogue.interviewer import Interviewer
from viva.interview.lifecycle import left_open
from viva.types import Feedback, Question

if TYPE_CHECKING:
    from viva.interview.interview import Interview
    from viva.workspace import Workspace


class Talk:
    """Says where one interview is, in the language of the question."""

    def __init__(self, workspace: Workspace, interview: Interview, keyboard: Keyboard, rng: random.Random) -> None:
        self._workspace = workspace
        self._interview = interview
        self._keyboard = keyboard
        self._topics = workspace.topics()
        self._over = False
        self._interviewer = Interviewer("en", rng)

    def _hear(self) -> Typed | None:
        """Return what is typed next, None at the end of input; an answer that is broken off becomes the draft."""
        before = self._interview.draft

        def keep(text: str) -> None:
            is_command = text.lstrip().startswith(SLASHES)
            self._keep(before if is_command else joined(before, text))

        typed = self._keyboard.typed(keep)
        if typed is not None and not typed.block:
            self._keep(before)  # the line is done, and is itself an answer or none
        return typed

    def _keep(self, draft: str) -> None:
        """Keep an unfinished answer, where something is asked; whoever is typing is not told of a full disk yet."""
        interview = self._interview
        if draft != interview.draft and (interview.current is not None or interview.waiting):
            with contextlib.suppress(VivaError):
                interview.save_draft(draft)

    def _turn_to_question(self) -> Question | None:
        """Return the question to ask now and speak its language from here on."""
        question = self._interview.present()
        if question is not None:
            self._interviewer.language = question.language
        return question

    def _ask(self) -> None:
        question = self._turn_to_question()
        if question is None:
            if self._keyboard.interactive:
                self._say(words.LAST[self._interviewer.language])
            return
        output.data()
        self._introduce(question)
        self._say_draft()

    def _introduce(self, question: Question) -> None:
        self._say(*self._interviewer.ask(question))

    def _ask_more(self) -> None:
        """Say again what an interview that was left waits for: the question, and the follow-up to its answer."""
        feedback = self._interview.last
        if feedback is None or feedback.follow_up is None:
            return
        language = self._interviewer.language = feedback.question.language
        output.data()
        self._say(*self._interviewer.ask(feedback.question), *feedback.answer.splitlines(), feedback.follow_up.question)
        if not self._say_draft():
            self._say(words.FOLLOW_UP_HOW[language])

    def _say_draft(self) -> bool:
        """Say what was typed and not given, if anything was; return whether."""
        draft, language = self._interview.draft, self._interviewer.language
        if draft.strip():
            self._say(words.DRAFT[language].format(draft=draft), words.DRAFT_HOW[language])
        return bool(draft.strip())

    def _tell_rest(self, feedback: Feedback) -> None:
        self._say(*rest_lines(feedback, datetime.now(UTC)))
        self._ask()

    def _finish(self) -> None:
        output.data()
        report = self._interview.finish()
        self._say(*self._interviewer.goodbye(report))
        if self._keyboard.interactive and any(left_open(review) for review in report.reviews):
            again = words.HOW_TO_ASK_AGAIN[self._interviewer.language]
            self._say(again.format(command=command(self._workspace, "--again")))
        self._over = True

    def _leave(self) -> None:
        """The input has ended: finish what is complete, else say how far it went and how to go on."""
        self._over = True
        if self._interview.current is None and not (self._interview.waiting and self._interview.draft.strip()):
            self._finish()
            return
        output.data()
        self._say(*self._interviewer.progress_lines(self._interview.progress()))
        resume = words.HOW_TO_RESUME[self._interviewer.language].format(command=command(self._workspace, "--resume"))
        self._say(self._interviewer.leaving(), resume)

    def _say(self, *lines: str) -> None:
        output.lines(lines)


def command(workspace: Workspace, option: str) -> str:
    """Return `viva ask` with this option on these notes, as a shell takes it."""
    named = workspace.locations.kb if workspace.locations.kb_origin == "flag" else ()
    words_of_it = ["viva", "ask", option, *(word for root in named for word in ("--kb", str(root)))]
    return subprocess.list2cmdline(words_of_it) if os.name == "nt" else shlex.join(words_of_it)
