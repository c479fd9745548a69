"""One interview as the screens see it: how it begins or goes on, and what a typed line does in it.

What a line means is the business of `interview.dialogue`. No Textual here, and all of it runs in the core's thread.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from viva.errors import InterviewError
from viva.i18n import N_, spoken, tr
from viva.interview.answer_highlight import answer_marks
from viva.interview.dialogue import wording
from viva.interview.dialogue.interviewer import Interviewer, help_lines
from viva.interview.dialogue.phrases import POINT_WORDS
from viva.tui.common.interface import Words
from viva.tui.interview import words
from viva.tui.interview.talk import (
    Closed,
    Event,
    Graded,
    Judged,
    Noted,
    Rejudged,
    Reply,
    Said,
    Scene,
    SearchedFor,
    Shown,
    Typed,
    answered,
    events_for,
)
from viva.types import Entry, Feedback, Order, Rating, Verdict

if TYPE_CHECKING:
    from viva.history.overrides import Word
    from viva.interview.dialogue.intents import Intent
    from viva.interview.interview import Interview
    from viva.interview.summary import Progress
    from viva.workspace import Workspace


FOUND = 3
"""Passages shown when something is looked up in the middle of the talk."""
NOTHING_TYPED = N_("Type an answer first. Ctrl+N skips the question, Ctrl+R shows the answer.")
NO_QUESTION = N_("Already answered. To add to it press Esc, then u. Enter in the empty box asks the next question.")


class Session:
    """An interview between a user and a workspace: steps by keys, and what typed lines mean."""

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

    def __init__(self, workspace: Workspace, interview: Interview, *, resumed: bool) -> None:
        self._workspace = workspace
        self._interview = interview
        self._resumed = resumed
        self._interviewer = Interviewer("en", random.Random(interview.id))  # noqa: S311  # the wording, nothing secret
        self._judging: Feedback | None = None
        """Feedback that is shown and not yet left with `go_next`."""
        self.reading: Callable[[Sequence[Event]], object] = lambda _: None
        """Called in the core's thread with what can be shown while an answer is graded."""
        self._doubt = ""
        self._if_yes: Callable[[], Reply] | None = None
        self._if_no: Callable[[], Reply] | None = None

    def open(self) -> Reply:
        """Greet, and ask the first question."""
        question = self._interview.present()
        if self._interview.waiting and (waited := self._interview.last):
            return self._ask_more(waited)
        if question is None:
            return self.finish()
        self._interviewer.language = question.language
        greeting = self._interviewer.greeting(question.total, resumed=self._resumed, position=question.position)
        return self._ask(Said(greeting))

    def say(self, line: str) -> Reply:
        """Take a typed line: an answer, unless it is clearly something else."""
        from viva.interview.dialogue.intents import understand

        if not line.strip():
            done = self._judging is not None or self._interview.current is None
            return self.go_next() if done else self._reply(notice=NOTHING_TYPED)
        intent = understand(line, topics=self._workspace.topics())
        if intent.kind == "answer":
            return self._answer(intent.argument)
        if intent.is_doubtful:
            return self._ask_confirmation(
                self._interviewer.did_you_mean(intent),
                lambda: self._obey(intent, line),
                lambda: self._answer(line),
            )
        return self._obey(intent, line)

    def go_next(self) -> Reply:
        """Leave the feedback and ask the next question; after the last, end with the report.

        A follow-up that waits is left first: what it kept back is read, and rated, before another question comes.
        """
        if self._waits:
            self._judging = self._interview.decline()
            return self._reply(Graded(self._judging, late=True), draft="")
        self._judging = None
        return self._ask()

    def rate(self, rating: Rating) -> Reply:
        """Put the user's rating in force."""
        self._judging = self._interview.rate(rating)
        return self._reply()

    def override(self, verdict: Verdict) -> Reply:
        """Put the user's verdict in force."""
        waited = self._waits
        self._judging = self._interview.override(verdict)
        return self._reply(Graded(self._judging, late=True), draft="") if waited else self._reply(Judged(self._judging))

    def judge_point(self, number: int, word: Word) -> Reply:
        """Put the user's word on a point, from 1, in force."""
        waited = self._waits
        self._judging = now = self._interview.judge_point(number, word)
        return self._reply(Graded(now, late=True), draft="") if waited else self._reply(Rejudged(now))

    def undo(self) -> Reply:
        """Take the last turn back and ask its question again."""
        self._interview.undo()
        self._judging = None
        return self._ask(Noted(self._in_words(words.UNDONE)))

    def hint(self) -> Reply:
        """Give the next hint."""
        return self._reply(Said(self._interview.hint()))

    def skip(self) -> Reply:
        """Leave the question out, or the follow-up, and ask the next one."""
        if self._waits:
            return self._pass_over()
        question = self._interview.current
        said = Said(self._interviewer.skipped(self._interview.skip()))
        return self._ask(*([Closed(question)] if question else []), said)

    def suspend(self) -> Reply:
        """Have the question asked no more; after an answer that is the one that was judged."""
        if self._judging is not None:
            entry = self._judging.question.entry
            self._workspace.suspend([entry.id])
            return self._reply(Said(self._interviewer.suspended(entry, moved_on=False)))
        question = self._interview.current
        said = Said(self._interviewer.suspended(self._interview.suspend()))
        return self._ask(*([Closed(question)] if question else []), said)

    def reveal(self) -> Reply:
        """Give up on the question, or the follow-up, and show its answer."""
        if self._waits:
            return self.go_next()
        question = self._interview.current
        entry = self._interview.reveal()
        said = Said(self._interviewer.revealed(entry)[0])
        events: list[Event] = [*([Closed(question)] if question else []), said]
        events += [Shown(entry)] if entry.answered else []
        # The last answer is read before the report takes its place.
        return self._ask(*events) if self._interview.current else self._reply(*events, draft="")

    def decide(self, *, yes: bool) -> Reply:
        """Settle a doubt."""
        step = self._if_yes if yes else self._if_no
        self._doubt, self._if_yes, self._if_no = "", None, None
        return step() if step is not None else self._reply()

    def finish(self) -> Reply:
        """End the interview for good, with the report."""
        return Reply(Scene(progress=self._interview.progress()), report=self._interview.finish())

    def renew(self) -> Reply:
        """Go on with the notes as they were last read."""
        self._interview.renew(self._workspace.entries)
        return self._reply()

    def look(self) -> Reply:
        """Return how things stand, after a step that could not be taken."""
        return self._reply()

    def prepare(self) -> None:
        """Make ready what the answer to the current question is compared with."""
        if (question := self._interview.current) is not None:
            self._workspace.grader.reference(question.entry)

    def keep_draft(self, text: str) -> None:
        """Store an unfinished answer."""
        if self._waits or (self._interview.current is not None and self._judging is None):
            self._interview.save_draft(text)

    def leave(self, text: str) -> Words | None:
        """Store what was typed and not sent, and return the last words.

        A line that was begun at the feedback waits with the next question: there it would have stood, had one gone on.
        """
        self.keep_draft(text)
        begun_early = self._judging is not None and not self._waits and self._interview.current is not None
        if begun_early and text.strip():
            self._interview.save_draft(text)
        return self.farewell()

    def farewell(self) -> Words | None:
        """Let other windows go on; return what to say after leaving in the middle, nothing when it is over."""
        self._interview.leave()
        if self._interview.finished:
            return None
        if self._is_complete:
            self._interview.finish()
            return None
        progress = self._interview.progress()
        return lambda: tr("{asked} {leaving}", asked=_how_far(progress), leaving=wording.LEAVING[spoken()])

    # What a typed line does

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
        if intent.how:
            return self._reply(Said(self._in_words(intent.how, name=intent.argument)))
        steps: dict[str, Callable[[str], Reply]] = {
            "topic": self._change_topic,
            "search": self._search,
            "progress": lambda _: self._progress(),
            "undo": lambda _: self.undo(),
            "stop": lambda _: self._ask_confirmation(self._in_words(words.END), self.finish, self._reply),
            "rate": lambda rating: self.rate(Rating(int(rating))),
            "override": lambda verdict: self.override(cast("Verdict", verdict)),
            "help": lambda _: self._help(),
            **{kind: partial(self._judge_point, word) for kind, word in POINT_WORDS.items()},
        }
        step = steps.get(intent.kind)
        return step(intent.argument) if step else self._of_question(intent.kind)

    def _judge_point(self, word: Word, number: str) -> Reply:
        waited, reply = self._waits, self.judge_point(int(number), word)
        judged = () if waited or self._judging is None else (Judged(self._judging),)
        return replace(reply, events=(*reply.events, *judged))

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
        return self._reply(*lead, SearchedFor(tuple(hits)))

    # Underneath

    def _ask_confirmation(self, doubt: str, if_yes: Callable[[], Reply], if_no: Callable[[], Reply]) -> Reply:
        self._doubt, self._if_yes, self._if_no = doubt, if_yes, if_no
        return self._reply()

    def _pass_over(self) -> Reply:
        """Leave the follow-up and its feedback; after the last question that is read before the report comes."""
        left = self.go_next()
        if left.scene.feedback is None or self._interview.current is None:
            return left
        asked = self.go_next()
        return replace(asked, events=(*left.events, *asked.events))

    @property
    def _waits(self) -> bool:
        """Whether the feedback that is shown waits for the answer to its follow-up."""
        return self._judging is not None and self._interview.waiting is not None

    @property
    def _is_complete(self) -> bool:
        """Whether nothing is left to answer: a follow-up to which nothing was typed is not waited for."""
        return self._interview.current is None and not (self._waits and bool(self._interview.draft.strip()))

    def _ask_more(self, waited: Feedback) -> Reply:
        """Take up an interview that was left at a follow-up."""
        question, self._judging = waited.question, waited
        self._interviewer.language = question.language
        greeting = self._interviewer.greeting(question.total, resumed=self._resumed, position=question.position)
        said = (Said(greeting), Closed(question), Typed(waited.answer, answer_marks(waited)[0]), *events_for(waited))
        return self._reply(*said, draft=self._interview.draft)

    def _ask(self, *events: Event) -> Reply:
        question = self._interview.present()
        if question is None:
            return self.finish()
        self._interviewer.language = question.language
        return self._reply(*events, draft=self._interview.draft)

    def _reply(self, *events: Event, draft: str | None = None, notice: str = "") -> Reply:
        judged = self._judging
        question = None if judged or self._doubt else self._interview.current
        used = self._interview.used() if question else None
        scene = Scene(question, None if self._doubt else judged, self._doubt, self._interview.progress(), used=used)
        return Reply(scene, events, draft, notice)

    def _in_words(self, line: words.Line, **values: object) -> str:
        return line[self._interviewer.language].format(**values)


def _how_far(progress: Progress) -> str:
    return tr("{asked} of {total} asked.", asked=progress.asked, total=progress.total)
