"""The interview as a conversation of plain lines: what is typed goes to the core, what it says is printed.

Which step is allowed is the business of `interview.interview`, what a line means and what viva says of
`interview.dialogue`.
"""

from __future__ import annotations

import contextlib
import os
import random
import shlex
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from viva.cli import output
from viva.cli.hits import hit_lines
from viva.cli.interactive import words
from viva.cli.interactive.keyboard import Keyboard, Typed
from viva.errors import InterviewError, QueryError, VivaError
from viva.history.records import joined
from viva.interview.dialogue import wording
from viva.interview.dialogue.feedback_lines import judgement_lines, point_judged_lines, rest_lines
from viva.interview.dialogue.intents import SLASHES, Intent, understand
from viva.interview.dialogue.interviewer import Interviewer, help_lines
from viva.interview.dialogue.phrases import POINT_WORDS
from viva.interview.lifecycle import end_here, left_open
from viva.signals import EndedError
from viva.text.normal import length
from viva.types import Feedback, Question, Rating, Verdict

if TYPE_CHECKING:
    from viva.interview.interview import Interview
    from viva.workspace import Workspace


_FOUND = 3
"""Passages shown when something is looked up in the middle of the talk."""
_LONGEST_TOPIC = 6
"""Length of a topic that is given when asked for."""
_TOPICS = 5
"""Topics named when one is asked for."""


class Conversation:
    """One interview with a user, or with a pipe."""

    def __init__(self, workspace: Workspace, interview: Interview, keyboard: Keyboard, rng: random.Random) -> None:
        self._workspace = workspace
        self._interview = interview
        self._keyboard = keyboard
        self._topics = workspace.topics()
        self._over = False
        self._interviewer = Interviewer("en", rng)

    def run(self, *, resumed: bool = False) -> None:
        """Talk until the interview is over or the input ends; everything said is stored as it is said.

        Who breaks it off is told how to go on.
        """
        try:
            self._talk(resumed=resumed)
        except (KeyboardInterrupt, EndedError):
            with contextlib.suppress(VivaError, OSError, output.ReaderGoneError):  # the terminal may be gone
                if not self._interview.finished:
                    self._leave()
            raise

    def end(self) -> None:
        """End an interview that was left as it is, and tell how it went."""
        if (question := self._interview.current) is not None:
            self._interviewer.language = question.language
        end_here(self._interview)
        self._finish()

    def _talk(self, *, resumed: bool) -> None:
        question = self._turn_to_question()
        if question is not None:
            self._say(self._interviewer.greeting(question.total, resumed=resumed, position=question.position))
        if self._interview.waiting:
            self._ask_more()
        else:
            self._ask()
        while not self._over:
            typed = self._hear()
            if typed is None:
                self._leave()
                return
            self._take(typed)

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

    def _finish(self) -> None:
        output.data()
        report = self._interview.finish()
        self._say(*self._interviewer.goodbye(report))
        if self._keyboard.interactive and any(left_open(review) for review in report.reviews):
            again = words.HOW_TO_ASK_AGAIN[self._interviewer.language]
            self._say(again.format(command=command(self._workspace, "--again")))
        self._over = True

    # What is typed

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

    def _take(self, typed: Typed) -> None:
        try:
            if typed.block:
                self._answer(typed.text)
            elif typed.text.strip():
                self._understand(typed.text)
            else:
                self._blank()
        except (InterviewError, QueryError) as error:
            self._say(str(error))

    def _understand(self, line: str) -> None:
        intent = understand(line, topics=self._topics)
        if intent.kind == "answer":
            self._answer(intent.argument)
        elif intent.is_doubtful:
            self._ask_confirmation(intent, line)
        else:
            self._obey(intent)

    def _ask_confirmation(self, intent: Intent, line: str) -> None:
        """Ask after a near miss. What is neither yes nor no is the next thing said, and the line was an answer."""
        self._say(self._interviewer.did_you_mean(intent))
        before = self._interview.draft
        self._keep(line)
        said = self._keyboard.typed()
        if said is None:
            self._leave()
            return
        decided = None if said.block else words.yes_or_no(said.text)
        if decided:
            self._keep(before)
            self._obey(intent)
            return
        self._answer(line)
        if decided is None:
            self._take(said)

    def _blank(self) -> None:
        if self._interview.draft.strip():
            self._answer(self._interview.draft)
        elif self._interview.waiting:
            self._go_on()
        elif self._interview.current is None:
            self._finish()
        else:
            self._say(words.ANSWER_FIRST[self._interviewer.language])

    def _answer(self, text: str) -> None:
        if self._interview.waiting:
            feedback = self._interview.follow_up(text)
            if feedback.gain is None:
                self._tell_rest(feedback)
                return
        elif self._interview.current is None:
            self._finish()
            return
        else:
            feedback = self._interview.submit(text)
        self._say(*self._interviewer.feedback_lines(feedback, datetime.now(UTC)))
        if feedback.waits:
            self._say(words.FOLLOW_UP_HOW[feedback.question.language])
        else:
            self._ask()

    def _go_on(self) -> None:
        """Leave the follow-up that waits, tell what it kept back, and ask the next question."""
        self._tell_rest(self._interview.decline())

    def _obey(self, intent: Intent) -> None:
        match intent.kind:
            case "stop":
                self._finish()
            case "progress":
                self._say(*self._interviewer.progress_lines(self._interview.progress()))
            case "topic":
                self._change_topic(intent.argument)
            case "search":
                self._search(intent.argument)
            case "undo":
                self._interview.undo()
                self._say(words.UNDONE[self._interviewer.language])
                self._ask()
            case "help":
                self._help(intent)
            case "rate" | "override":
                self._judge(intent)
            case kind if kind in POINT_WORDS:
                self._judge_point(intent)
            case _:
                self._about_question(intent.kind)

    def _about_question(self, kind: str) -> None:
        if asked := self._interview.waiting:
            self._say(asked.question) if kind == "repeat" else self._go_on()
        elif self._interview.current is None and kind in {"next", "repeat"}:
            self._finish() if kind == "next" else self._ask()
        elif kind == "hint":
            self._say(self._interview.hint())
        elif kind == "skip":
            self._say(self._interviewer.skipped(self._interview.skip()))
            self._ask()
        elif kind == "suspend":
            self._suspend()
        elif kind == "reveal":
            self._say(*self._interviewer.revealed(self._interview.reveal()))
            self._ask()
        elif kind == "next":
            self._next()
        else:
            self._ask()

    def _suspend(self) -> None:
        """The answer before is judged while the next question is asked: it is the question asked that is meant."""
        self._say(self._interviewer.suspended(self._interview.suspend()))
        self._ask()

    def _next(self) -> None:
        """The next question is asked already; whoever wants the one after it says so."""
        self._say(self._interviewer.did_you_mean(Intent("skip")))
        said = self._keyboard.typed()
        if said is None:
            self._leave()
        elif not said.block and words.yes_or_no(said.text) is True:
            self._obey(Intent("skip"))
        elif not said.block and words.yes_or_no(said.text) is False:
            self._ask()
        else:
            self._take(said)

    def _change_topic(self, topic: str) -> None:
        if not topic.strip():
            known = ", ".join(self._topics[:_TOPICS]) or "LSTM"
            self._say(words.WHICH_TOPIC[self._interviewer.language].format(topics=known))
            self._hear_topic()
            return
        waited = self._interview.waiting
        left = self._interview.change_topic(topic)
        if waited and (feedback := self._interview.last):
            self._say(*rest_lines(feedback, datetime.now(UTC)))
        self._say(words.TOPIC[self._interviewer.language].format(topic=topic, left=left))
        self._ask()

    def _hear_topic(self) -> None:
        """Take a short line after "which topic?" as the topic, never as an answer; what else is said goes its way."""
        said = self._keyboard.typed()
        if said is None:
            self._leave()
            return
        short = not said.block and 0 < length(said.text) <= _LONGEST_TOPIC
        if short and understand(said.text, topics=self._topics).kind == "answer":
            self._change_topic(said.text.strip())
        else:
            self._take(said)

    def _search(self, query: str) -> None:
        if not query.strip():
            self._say(words.WHICH_QUERY[self._interviewer.language])
            return
        hits = self._workspace.search(query, _FOUND)
        if not hits:
            self._say(wording.NOTHING_FOUND[self._interviewer.language])
        elif self._workspace.closeness(hits[0]) == "far":
            self._say(wording.NOTHING_CLOSE[self._interviewer.language])
        for hit in hits:
            output.styled_data("\n".join(hit_lines(hit, self._workspace.closeness(hit))))

    def _help(self, intent: Intent) -> None:
        language = self._interviewer.language
        if intent.how:
            self._say(intent.how[language].format(name=intent.argument))
            return
        self._say(*self._help_lines(), words.HOW_TO_TYPE[language], words.HOW_TO_LEAVE[language])

    def _help_lines(self) -> list[str]:
        return help_lines(self._interviewer.language)

    def _judge(self, intent: Intent) -> None:
        if intent.how:
            self._say(intent.how[self._interviewer.language])
            return
        waited = self._interview.waiting
        if intent.kind == "rate":
            feedback = self._interview.rate(Rating(int(intent.argument)))
        else:
            feedback = self._interview.override(cast("Verdict", intent.argument))
        self._say(*judgement_lines(feedback, datetime.now(UTC)))
        if waited and not feedback.waits:
            self._tell_rest(feedback)

    def _judge_point(self, intent: Intent) -> None:
        if intent.how:
            self._say(intent.how[self._interviewer.language])
            return
        waited, number = self._interview.waiting, int(intent.argument)
        feedback = self._interview.judge_point(number, POINT_WORDS[intent.kind])
        self._say(*point_judged_lines(feedback, number, datetime.now(UTC)))
        if waited:
            self._tell_rest(feedback)

    # What is said

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

    def _say(self, *lines: str) -> None:
        output.lines(lines)


def command(workspace: Workspace, option: str) -> str:
    """Return `viva ask` with this option on these notes, as a shell takes it."""
    named = workspace.locations.kb if workspace.locations.kb_origin == "flag" else ()
    words_of_it = ["viva", "ask", option, *(word for root in named for word in ("--kb", str(root)))]
    return subprocess.list2cmdline(words_of_it) if os.name == "nt" else shlex.join(words_of_it)
