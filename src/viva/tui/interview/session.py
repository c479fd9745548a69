"""One interview as the screens see it: how it begins or goes on, and what a typed line does in it.

What a line means is the business of `interview.dialogue`. No Textual here, and all of it runs in the core's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from viva.errors import InterviewError
from viva.i18n import N_, tr
from viva.interview.answer_highlight import answer_marks
from viva.interview.dialogue import wording
from viva.interview.dialogue.interviewer import help_lines
from viva.interview.dialogue.phrases import POINT_WORDS
from viva.tui.interview import words
from viva.tui.interview.steps import Steps
from viva.tui.interview.talk import (
    Closed,
    Event,
    Found,
    Graded,
    Judged,
    Noted,
    Reply,
    Said,
    Shown,
    Typed,
    answered,
    events_for,
)
from viva.types import Entry, Order, Rating, Verdict

if TYPE_CHECKING:
    from viva.history.point_verdicts import Word
    from viva.interview.dialogue.intents import Intent
    from viva.interview.interview import Interview
    from viva.workspace import Workspace

FOUND = 3
"""Passages shown when something is looked up in the middle of the talk."""
NOTHING_TYPED = N_("Type an answer first. Ctrl+N skips the question, Ctrl+R shows the answer.")
NO_QUESTION = N_("Already answered. To add to it press Esc, then u. Enter in the empty box asks the next question.")


class Session(Steps):
    """An interview between a person and a workspace: steps by keys, and what typed lines mean."""

    @classmethod
    def begin(
        cls,
        workspace: Workspace,
        *,
        count: int,
        topic: str | None = None,
        order: Order = "random",
        only: Collection[str] | None = None,
        limit: int | None = None,
    ) -> Session:
        """Start a new interview, over `only` these ids if they are given.

        With a `limit`, the seconds for an answer, it is a mock interview, which has an order of its own.

        Raises:
            InterviewError: No question fits.
        """
        if limit is None:
            interview = workspace.interview(count=count, topic=topic, order=order, only=only)
        else:
            interview = workspace.interview(count=count, topic=topic, only=only, mode="mock", limit=limit)
        return cls.of(workspace, interview, resumed=False)

    @classmethod
    def go_on(cls, workspace: Workspace) -> Session:
        """Take up the interview that was interrupted. Raises InterviewError when there is none, or a window has it."""
        interview = workspace.go_on()
        if interview is None:
            raise InterviewError(tr("no interview waits any more: start a new one"))
        return cls.of(workspace, interview, resumed=True)

    @staticmethod
    def of(workspace: Workspace, interview: Interview, *, resumed: bool) -> Session:
        """Return the session that fits an interview: of practice, or of a mock."""
        from viva.interview.mock import MockInterview
        from viva.tui.interview.mock_session import MockSession

        if isinstance(interview, MockInterview):
            return MockSession(workspace, interview, resumed=resumed)
        return Session(workspace, interview, resumed=resumed)

    def say(self, line: str) -> Reply:
        """Take a typed line: an answer, unless it is clearly something else."""
        from viva.interview.dialogue.intents import understand

        if not line.strip():
            done = self._judging is not None or self._interview.current is None
            return self.go_next() if done else self._reply(notice=NOTHING_TYPED)
        intent = understand(line, topics=self._workspace.topics())
        if intent.kind == "answer":
            return self._answer(intent.argument)
        if not intent.certain:
            return self._ask_confirmation(
                self._interviewer.did_you_mean(intent),
                lambda: self._obey(intent, line),
                lambda: self._answer(line),
            )
        return self._obey(intent, line)

    def _answer(self, text: str) -> Reply:
        question, judged, more = self._interview.current, self._judging, self._waits
        if more and judged is not None:
            self._tell_reading(text, judged.question.entry)
            self._judging = feedback = self._interview.follow_up(text)
            closed = []
        elif judged is not None or question is None:
            return self._reply(notice=NO_QUESTION)
        else:
            closed = [Closed(question)]
            may_ask = self._interview.follow_ups and len(question.entry.points) > 1  # for another than was covered
            self._tell_reading(text, None if may_ask else question.entry, *closed)
            self._judging = feedback = self._interview.submit(text)
        said, typed = Said(self._interviewer.acknowledge(feedback)), Typed(text, answer_marks(feedback)[more])
        if more and feedback.gain is None:
            return self._reply(typed, said, Graded(feedback, late=True), draft="")
        notes = () if feedback.waits else answered(feedback.question.entry)
        return self._reply(*closed, typed, *notes, said, *events_for(feedback), draft="")

    def _tell_reading(self, text: str, entry: Entry | None, *closed: Event) -> None:
        """Show that an answer is being read, beside that of the notes where no follow-up can ask for it."""
        notes = () if entry is None else answered(entry)
        self.reading((*closed, Typed(text), *notes, Said(self._in_words(words.READING))))

    def _obey(self, intent: Intent, line: str) -> Reply:
        """Do what a line asks for; the line is part of the talk."""
        if self._waits or self._interview.current is not None:
            self._interview.save_draft("")
        try:
            reply = self._do(intent)
        except InterviewError as error:
            reply = self._reply(Noted(str(error)))
        at = 1 if reply.events and isinstance(reply.events[0], Closed) else 0
        events = (*reply.events[:at], Typed(line.strip()), *reply.events[at:])
        return replace(reply, events=events, draft=reply.draft or "")

    def _do(self, intent: Intent) -> Reply:
        steps: dict[str, Callable[[str], Reply]] = {
            "topic": self._change_topic,
            "search": self._search,
            "progress": lambda _: self._progress(),
            "undo": lambda _: self.undo(),
            "stop": lambda _: self._ask_confirmation(self._in_words(words.END), self.finish, self._reply),
            "rate": lambda rating: self.rate(Rating(int(rating))) if rating else self._help(),
            "override": lambda verdict: self.override(cast("Verdict", verdict)) if verdict else self._help(),
            "help": lambda _: self._help(),
            **{kind: partial(self._judge_point, word) for kind, word in POINT_WORDS.items()},
        }
        step = steps.get(intent.kind)
        return step(intent.argument) if step else self._of_question(intent.kind)

    def _judge_point(self, word: Word, number: str) -> Reply:
        if not number:
            return self._help()
        waited, reply = self._waits, self.judge_point(int(number), word)
        events_for = () if waited or self._judging is None else (Judged(self._judging),)
        return replace(reply, events=(*reply.events, *events_for))

    def _help(self) -> Reply:
        return self._reply(Said("\n".join(help_lines(self._interviewer.language))))

    def _progress(self) -> Reply:
        return self._reply(Said("\n".join(self._interviewer.progress_lines(self._interview.progress()))))

    def _of_question(self, kind: str) -> Reply:
        """Do what concerns the question that is asked, or the one that is being judged."""
        question = self._judging.question if self._judging else self._interview.current
        if question is None:
            return self._reply()
        if kind == "suspend":
            return self.suspend()
        if kind == "repeat":
            asked = self._interview.waiting if self._waits else None
            return self._reply(Said(asked.question if asked else question.entry.question))
        if self._judging is not None:
            if kind not in {"reveal", "hint"}:
                return self._pass_over()
            return self.reveal() if self._waits else self._reply(Shown(question.entry))
        return {"hint": self.hint, "skip": self.skip, "reveal": self.reveal, "next": self._doubt_skip}[kind]()

    def _doubt_skip(self) -> Reply:
        return self._ask_confirmation(self._in_words(words.SKIP), self.skip, self._reply)

    def _change_topic(self, topic: str) -> Reply:
        if not topic.strip():
            known = self._workspace.topics()[:8]
            asking = words.WHICH_TOPIC if known else words.NO_TOPICS
            return self._reply(Noted(self._in_words(asking, topics=", ".join(known), example="".join(known[:1]))))
        waited = self._waits
        left = self._interview.change_topic(topic)
        rest = [Graded(self._interview.last, late=True)] if waited and self._interview.last else []
        self._judging = None
        return self._ask(*rest, Noted(self._in_words(words.TOPIC, topic=topic, left=left)))

    def _search(self, query: str) -> Reply:
        if not query.strip():
            return self._reply(Noted(self._in_words(words.WHICH_QUERY)))
        hits = self._workspace.search(query, FOUND)
        if not hits:
            return self._reply(Noted(self._in_words(wording.NOTHING_FOUND)))
        far = self._workspace.closeness(hits[0]) == "far"
        lead = (Noted(self._in_words(wording.NOTHING_CLOSE)),) if far else ()
        return self._reply(*lead, Found(tuple(hits)))

    # Underneath
