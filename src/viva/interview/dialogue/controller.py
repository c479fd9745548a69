"""One interview with a user: every typed line becomes an intent, every intent and every key a `Reply`.

The faces show replies and decide nothing. Where they differ for a reason, they say so when they make the controller:
a screen stays at the feedback until the user goes on; line by line the next question comes at once.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from viva.errors import InterviewError
from viva.interview.dialogue.intents import SLASHES, understand
from viva.interview.dialogue.interviewer import Interviewer, MockInterviewer
from viva.interview.dialogue.phrases import POINT_WORDS
from viva.interview.lifecycle import end_here
from viva.text.normal import length
from viva.types import Closeness, Entry, Feedback, Hit, PointWord, Question, Rating, Report, Verdict
from viva.types.dialogue import (
    AllAsked,
    Asked,
    Closed,
    Event,
    Graded,
    Helped,
    InterviewProgress,
    Judged,
    JudgementStored,
    Noted,
    Notice,
    Rejudged,
    Reply,
    Said,
    Scene,
    SearchedFor,
    Shown,
    Timed,
    Typed,
    answered,
    events_for,
)
from viva.wording import sentences
from viva.wording.highlight import answer_marks

if TYPE_CHECKING:
    from viva.interview.dialogue.intents import Intent
    from viva.interview.interview import Interview
    from viva.interview.policy import HandedIn

_FOUND = 3
"""Passages shown when something is looked up in the middle of the talk."""
_TOPICS = 8
"""Topics named when one is asked for."""
_LONGEST_TOPIC = 6
"""Length of a topic that is given when asked for."""


class Resources(Protocol):
    """What the talk needs beside the interview; a `Workspace` is one."""

    @property
    def entries(self) -> Sequence[Entry]:
        """The notes as they were last read."""

    def topics(self) -> list[str]:
        """Return headings and tags that an interview can keep to."""

    def search(self, query: str, top: int = 5) -> list[Hit]:
        """Return the best hits in the notes."""

    def closeness(self, hit: Hit) -> Closeness | None:
        """Return how close a hit is."""

    def suspend(self, ids: Sequence[str]) -> int:
        """Set questions aside."""

    def prepare(self, entry: Entry) -> None:
        """Make ready what an answer is compared with."""


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A question that is answered by yes or no."""

    text: str
    if_yes: Callable[[], Reply]
    if_no: Callable[[], Reply]


class Controller:
    """An interview between a user and their notes: steps by keys, and what typed lines mean."""

    def __init__(
        self,
        resources: Resources,
        interview: Interview,
        *,
        resumed: bool = False,
        pauses: bool = True,
        attended: bool = True,
        leave_key: str = "Esc",
        rng: random.Random | None = None,
    ) -> None:
        """Hold an interview.

        Args:
            resources: The notes, beside the interview.
            interview: The state machine that stores every step.
            resumed: Whether it was left before and goes on now.
            pauses: Whether the feedback stays until the user goes on; else the next question is asked at once.
            attended: Whether somebody is there who can be asked before the interview is ended for good.
            leave_key: The key that leaves the interview to be gone on with later.
            rng: Chooses the wording. Default: by the number of the interview.
        """
        self._resources, self._interview = resources, interview
        self._resumed, self._pauses, self._attended, self._leave_key = resumed, pauses, attended, leave_key
        rng = rng or random.Random(interview.id)  # noqa: S311  # the wording, nothing secret
        self._host = MockInterviewer("en", rng, interview)
        self._interviewer = self._host if interview.policy.is_mock else Interviewer("en", rng)
        self._judging: Feedback | None = None
        """Feedback that is shown and not yet left with `go_next`."""
        self.reading: Callable[[Sequence[Event]], object] = lambda _: None
        """Called with what can be shown while an answer is graded."""
        self._doubt: _Doubt | None = None
        self._names_topic = False
        """Whether a short line is the topic that was asked for."""

    @property
    def interviewer(self) -> Interviewer:
        """Whoever speaks, for what only one face says."""
        return self._interviewer

    @property
    def is_mock(self) -> bool:
        """Whether it is a mock interview."""
        return self._interview.policy.is_mock

    @property
    def interview_id(self) -> int:
        """Number of the interview in the history."""
        return self._interview.id

    @property
    def draft(self) -> str:
        """What was typed for what is asked, and not yet sent."""
        return self._interview.draft

    @property
    def finished(self) -> bool:
        """Whether the interview was ended for good."""
        return self._interview.finished

    @staticmethod
    def is_command(line: str) -> bool:
        """Whether a line that is begun is a command, which is no part of an answer."""
        return line.lstrip().startswith(SLASHES)

    # Steps

    def open(self) -> Reply:
        """Greet, and ask the first question; or say again the answer whose follow-up waits, and ask that."""
        question, begun = self._interview.present(), self._interview.begun
        if begun is None:
            return self._ask(*([] if question is None else [self._greet(question)]))
        question, answer = begun
        greeting = self._greet(question)
        if (waited := self._interview.last) is None:
            return self._ask(greeting, Closed(question), Typed(answer))
        self._judging = waited
        typed = Typed(answer, answer_marks(waited)[0])
        return self._reply(greeting, Closed(question), typed, *events_for(waited), draft=self.draft)

    def say(self, line: str, *, kept: str = "") -> Reply:
        """Take a typed line: an answer, unless it is clearly something else.

        Args:
            line: As typed.
            kept: What was begun before and is no part of the line; it stays so where the line is no answer.
        """
        named, self._names_topic = self._names_topic, False
        if not line.strip():
            return self._say_nothing()
        intent = understand(line, topics=self._resources.topics())
        if intent.kind == "answer":
            if named and "\n" not in line and length(line) <= _LONGEST_TOPIC:
                return self._as_line(line, kept, lambda: self._change_topic(line.strip()))
            return self.answer(intent.argument)
        if intent.is_doubtful:
            self.keep_draft(line)  # until it is settled, it may be the answer
            return self._ask_confirmation(
                self._interviewer.did_you_mean(intent),
                lambda: self._as_line(line, kept, lambda: self._obey(intent)),
                lambda: self.answer(line),
            )
        return self._as_line(line, kept, lambda: self._obey(intent))

    def answer(self, text: str) -> Reply:
        """Take an answer, to the question or to the follow-up that waits."""
        self._names_topic = False
        if self.is_mock:
            return self.go_next() if self._is_complete else self._hand_in(text)
        question, judged = self._interview.current, self._judging
        if self._waits and judged is not None:
            self._tell_reading(text, judged.question.entry)
            return self._reply_to_follow_up(text, self._interview.follow_up(text))
        if judged is not None or question is None:
            return self._reply(notice="already answered") if self._pauses else self.finish()
        may_ask = self._interview.follow_ups and len(question.entry.points) > 1  # for another than was covered
        self._tell_reading(text, None if may_ask else question.entry, Closed(question))
        return self._reply_to_answer(text, self._interview.submit(text), Closed(question))

    def time_up(self, text: str) -> Reply:
        """Take what was typed until the time of a mock interview's answer ran out, whatever else was being asked."""
        self._doubt = None
        if self._is_complete:
            return self._reply()
        taken = self._interview.hand_in(text, time_up=True)
        typed = [Typed(text)] if taken.answered else []
        return self._taken(taken, *typed, Said(f"{self._host.time_up(taken)}\n{self._host.thanks(taken)}"))

    def go_next(self) -> Reply:
        """Leave the feedback and ask the next question; after the last, end with the report.

        A follow-up that waits is left first: what it kept back is read, and rated, before another question comes.
        """
        if self._waits and self.is_mock:
            return self._ask(Said(self._interviewer.skipped(self._interview.skip())))
        if self._waits:
            return self._reply_with_rest(self._interview.decline())
        self._judging = None
        return self.finish() if self._interview.current is None else self._ask()

    def rate(self, rating: Rating) -> Reply:
        """Put the user's rating in force."""
        feedback = self._interview.rate(rating)
        self._look_at(feedback)
        return self._reply(JudgementStored(feedback))

    def override(self, verdict: Verdict) -> Reply:
        """Put the user's verdict in force."""
        waited, feedback = self._waits, self._interview.override(verdict)
        if waited:
            return self._reply_with_rest(feedback, JudgementStored(feedback))
        self._look_at(feedback)
        return self._reply(JudgementStored(feedback), Judged(feedback))

    def judge_point(self, number: int, word: PointWord) -> Reply:
        """Put the user's word on a point, from 1, in force."""
        waited, feedback = self._waits, self._interview.judge_point(number, word)
        stored = JudgementStored(feedback, number)
        if waited:
            return self._reply_with_rest(feedback, stored)
        self._look_at(feedback)
        return self._reply(stored, Rejudged(feedback))

    def undo(self) -> Reply:
        """Take the last turn back and ask its question again."""
        self._interview.undo()
        self._judging = None
        return self._ask(Noted(self._in_words(sentences.UNDONE)))

    def hint(self) -> Reply:
        """Give the next hint."""
        return self._reply(Said(self._interview.hint()))

    def skip(self) -> Reply:
        """Leave the question out, or the follow-up, and ask the next one."""
        if self._waits:
            return self._pass_over()
        question = self._interview.current
        remark = Said(self._interviewer.skipped(self._interview.skip()))
        return self._ask(*([Closed(question)] if question else []), remark)

    def suspend(self) -> Reply:
        """Have the question asked no more; after an answer that is the one that was judged."""
        self._interview.refuse("suspend")
        if self._judging is not None:
            entry = self._judging.question.entry
            self._resources.suspend([entry.id])
            return self._reply(Said(self._interviewer.suspended(entry, moved_on=False)))
        question = self._interview.current
        remark = Said(self._interviewer.suspended(self._interview.suspend()))
        return self._ask(*([Closed(question)] if question else []), remark)

    def reveal(self) -> Reply:
        """Give up on the question, or the follow-up, and show its answer."""
        self._interview.refuse("reveal")
        if self._waits:
            return self.go_next()
        question = self._interview.current
        entry = self._interview.reveal()
        remark = Said(self._interviewer.revealed(entry))
        events: list[Event] = [*([Closed(question)] if question else []), remark]
        events += [Shown(entry)] if entry.answered else []
        # The last answer is read before the report takes its place.
        stays = self._pauses and self._interview.current is None
        return self._reply(*events, draft="") if stays else self._ask(*events)

    def decide(self, *, yes: bool) -> Reply:
        """Settle a doubt."""
        doubt, self._doubt = self._doubt, None
        if doubt is None:
            return self._reply()
        return doubt.if_yes() if yes else doubt.if_no()

    def finish(self) -> Reply:
        """End the interview for good, with the report."""
        return self._over(self._interview.finish())

    def end_here(self) -> Reply:
        """End an interview that was left, as it is; its unfinished answer is not lost."""
        if (question := self._interview.current) is not None:
            self._interviewer.language = question.language
        return self._over(end_here(self._interview))

    def renew(self) -> Reply:
        """Go on with the notes as they were last read."""
        self._interview.renew(self._resources.entries)
        return self._reply()

    def look(self) -> Reply:
        """Return how things stand, after a step that could not be taken."""
        return self._reply()

    def prepare(self) -> None:
        """Make ready what the answer to the current question is compared with."""
        if (question := self._interview.current) is not None:
            self._resources.prepare(question.entry)

    def keep_draft(self, text: str) -> None:
        """Store an unfinished answer, where something is asked."""
        if self._waits or (self._interview.current is not None and self._judging is None):
            self._interview.save_draft(text)

    def keep_time(self) -> None:
        """Store the time used so far in a mock interview."""
        self._interview.keep_time()

    def leave(self, text: str) -> InterviewProgress | Report:
        """Store what was typed and not sent, and leave; see `farewell`.

        A line that was begun at the feedback waits with the next question: there it would have stood, had one gone on.
        """
        self.keep_draft(text)
        begun_early = self._judging is not None and not self._waits and self._interview.current is not None
        if begun_early and text.strip():
            self._interview.save_draft(text)
        return self.farewell()

    def farewell(self) -> InterviewProgress | Report:
        """Let other windows go on; return how far it is, or the report where nothing is left to answer."""
        self._interview.keep_time()
        self._interview.leave()
        if self._interview.finished or self._is_complete:
            return self._interview.finish()
        return self._interview.progress()

    # What an answer leads to

    def _hand_in(self, text: str) -> Reply:
        taken = self._interview.hand_in(text)
        return self._taken(taken, Typed(text), Said(self._host.thanks(taken)))

    def _taken(self, taken: HandedIn, *events: Event) -> Reply:
        """Go on after an answer without its grade, with the follow-up where there is one."""
        took = Timed(self._host.took(taken))
        return self._ask(took, *events) if taken.to_follow_up else self._ask(Closed(taken.question), took, *events)

    def _reply_to_answer(self, text: str, feedback: Feedback, *closed: Event) -> Reply:
        typed, remark = self._typed_and_remark(text, feedback, more=False)
        notes = () if feedback.waits else answered(feedback.question.entry)
        return self._judged(feedback, *closed, typed, *notes, remark, *events_for(feedback))

    def _reply_to_follow_up(self, text: str, feedback: Feedback) -> Reply:
        typed, remark = self._typed_and_remark(text, feedback, more=True)
        if feedback.gain is None:  # nothing was added
            return self._reply_with_rest(feedback, typed, remark)
        return self._judged(feedback, typed, *answered(feedback.question.entry), remark, *events_for(feedback))

    def _typed_and_remark(self, text: str, feedback: Feedback, *, more: bool) -> tuple[Typed, Said]:
        return Typed(text, answer_marks(feedback)[more]), Said(self._interviewer.acknowledge(feedback))

    def _reply_with_rest(self, feedback: Feedback, *events: Event) -> Reply:
        """Tell what was kept back while the follow-up waited."""
        return self._judged(feedback, *events, Graded(feedback, late=True))

    def _judged(self, feedback: Feedback, *events: Event) -> Reply:
        """Stay at the feedback, or ask the next question where the face does not pause."""
        self._look_at(feedback)
        return self._ask(*events) if self._judging is None else self._reply(*events, draft="")

    def _look_at(self, feedback: Feedback) -> None:
        self._judging = feedback if self._pauses or feedback.waits else None

    def _tell_reading(self, text: str, entry: Entry | None, *closed: Event) -> None:
        """Show that an answer is being read, beside that of the notes where no follow-up can ask for it."""
        notes = () if entry is None else answered(entry)
        self.reading((*closed, Typed(text), *notes, Said(self._in_words(sentences.READING))))

    # What a typed line does

    def _say_nothing(self) -> Reply:
        answerable = self._interview.current is not None and self._judging is None and not self._waits
        return self._reply(notice="answer first") if answerable else self.go_next()

    def _as_line(self, line: str, kept: str, step: Callable[[], Reply]) -> Reply:
        """Take a step that a line asks for; the line is part of the talk, and no answer."""
        if self._waits or self._interview.current is not None:
            self._interview.save_draft(kept)
        try:
            reply = step()
        except InterviewError as error:
            reply = self._reply(Noted(str(error)))
        at = 1 if reply.events and isinstance(reply.events[0], Closed) else 0
        events = (*reply.events[:at], Typed(line.strip()), *reply.events[at:])
        return replace(reply, events=events, draft=reply.draft or "")

    def _obey(self, intent: Intent) -> Reply:
        self._interview.refuse("point" if intent.kind in POINT_WORDS else intent.kind)
        if intent.how:
            return self._reply(Said(self._in_words(intent.how, name=intent.argument)))
        steps: dict[str, Callable[[str], Reply]] = {
            "topic": self._change_topic,
            "search": self._search,
            "progress": lambda _: self._progress(),
            "undo": lambda _: self.undo(),
            "stop": lambda _: self._stop(),
            "rate": lambda rating: self.rate(Rating(int(rating))),
            "override": lambda verdict: self.override(cast("Verdict", verdict)),
            "help": lambda _: self._reply(Helped("\n".join(self._interviewer.help_lines()))),
            **{kind: partial(self._judge_named_point, word) for kind, word in POINT_WORDS.items()},
        }
        step = steps.get(intent.kind)
        return step(intent.argument) if step else self._of_question(intent.kind)

    def _judge_named_point(self, word: PointWord, number: str) -> Reply:
        waited, reply = self._waits, self.judge_point(int(number), word)
        judged = () if waited or self._judging is None else (Judged(self._judging),)
        return replace(reply, events=(*reply.events, *judged))

    def _progress(self) -> Reply:
        return self._reply(Said("\n".join(self._interviewer.progress_lines(self._interview.progress()))))

    def _stop(self) -> Reply:
        if not self._attended:
            return self.finish()
        return self._ask_confirmation(self._in_words(sentences.END, key=self._leave_key), self.finish, self._reply)

    def _of_question(self, kind: str) -> Reply:
        """Do what concerns the question that is asked, or the one that is being judged."""
        if kind == "repeat":
            return self._repeat()
        if kind == "suspend":
            return self.suspend()
        if self._waits and self.is_mock:
            return self.go_next()
        if self._judging is not None:
            if kind not in {"reveal", "hint"}:
                return self._pass_over()
            return self.reveal() if self._waits else self._reply(Shown(self._judging.question.entry))
        return {"hint": self.hint, "skip": self.skip, "reveal": self.reveal, "next": self._next}[kind]()

    def _repeat(self) -> Reply:
        if (asked := self._interview.waiting) is not None:
            return self._reply(Said(asked.question))
        question = self._judging.question if self._judging else self._interview.current
        return self._reply(Said(question.entry.question) if question else AllAsked())

    def _next(self) -> Reply:
        """Ask whether to skip what is asked, which is the next question already; after the last, end."""
        if self._interview.current is None:
            return self.finish()
        return self._ask_confirmation(self._in_words(sentences.SKIP), self.skip, self._reply)

    def _change_topic(self, topic: str) -> Reply:
        if not topic.strip():
            known = self._resources.topics()[:_TOPICS]
            asking = sentences.WHICH_TOPIC if known else sentences.NO_TOPICS
            self._names_topic = True
            return self._reply(Noted(self._in_words(asking, topics=", ".join(known), example="".join(known[:1]))))
        waited = self._waits
        left = self._interview.change_topic(topic)
        kept_back = [Graded(self._interview.last, late=True)] if waited and self._interview.last else []
        self._judging = None
        return self._ask(*kept_back, Noted(self._in_words(sentences.TOPIC, topic=topic, left=left)))

    def _search(self, query: str) -> Reply:
        if not query.strip():
            return self._reply(Noted(self._in_words(sentences.WHICH_QUERY)))
        hits = self._resources.search(query, _FOUND)
        if not hits:
            return self._reply(Noted(self._in_words(sentences.NOTHING_FOUND)))
        far = self._resources.closeness(hits[0]) == "far"
        lead = (Noted(self._in_words(sentences.NOTHING_CLOSE)),) if far else ()
        return self._reply(*lead, SearchedFor(tuple(hits)))

    # Underneath

    def _greet(self, question: Question) -> Said:
        self._interviewer.language = question.language
        greeting = self._interviewer.greeting(question.total, resumed=self._resumed, position=question.position)
        return Said(greeting)

    def _ask_confirmation(self, text: str, if_yes: Callable[[], Reply], if_no: Callable[[], Reply]) -> Reply:
        self._doubt = _Doubt(text, if_yes, if_no)
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
        """Whether the answer to a follow-up is waited for."""
        return self._interview.waiting is not None

    @property
    def _is_complete(self) -> bool:
        """Whether nothing is left to answer.

        In practice a follow-up to which nothing was typed is not waited for; left at its last one, a mock interview
        waits: its results are still to be told.
        """
        waits = self._waits and (self.is_mock or bool(self.draft.strip()))
        return self._interview.current is None and not waits

    def _ask(self, *events: Event) -> Reply:
        """Ask what comes next: the follow-up of a mock interview, or the question; after the last, stay or end."""
        question = self._interview.present()
        if self.is_mock and (asked := self._interview.waiting) is not None:
            follow_up = Said(asked.question, follows_up=True)
            return self._reply(*events, follow_up, *self._time(), draft=self.draft)
        if question is not None:
            self._interviewer.language = question.language
            return self._reply(*events, Asked(question), *self._time(), draft=self.draft)
        # After the last question the talk stays until the user asks for the report.
        stays = not self._pauses or (self.is_mock and events)
        return self._reply(*events, AllAsked(), draft="") if stays else self.finish()

    def _time(self) -> list[Event]:
        return [Timed(self._host.time_line())] if self.is_mock else []

    def _over(self, report: Report) -> Reply:
        return Reply(Scene(progress=self._interview.progress()), report=report)

    def _reply(self, *events: Event, draft: str | None = None, notice: Notice = "") -> Reply:
        return Reply(self._scene(), events, draft, notice)

    def _scene(self) -> Scene:
        interview, judged = self._interview, self._judging
        doubt = self._doubt.text if self._doubt else ""
        question = None if judged or doubt else interview.current
        if not self.is_mock:
            used = interview.used() if question else None
            return Scene(question, None if doubt else judged, doubt, interview.progress(), used=used)
        asked, left = interview.waiting, None if self._is_complete else interview.remaining()
        more = asked.question if asked and not doubt else ""
        return Scene(None if asked else question, None, doubt, interview.progress(), more, left)

    def _in_words(self, line: sentences.Line, **values: object) -> str:
        return line[self._interviewer.language].format(**values)
