"""The steps of one interview that a key takes: a step goes in, a `Reply` comes out.

They join `interview.interview` (what is allowed) and `interview.dialogue.interviewer` (what viva says).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from viva.i18n import spoken, tr
from viva.interview.answer_highlight import answer_marks
from viva.interview.dialogue import wording
from viva.interview.dialogue.interviewer import Interviewer
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
    Shown,
    Typed,
    events_for,
)
from viva.types import Feedback, Rating, Verdict

if TYPE_CHECKING:
    from viva.history.point_verdicts import Word
    from viva.interview.interview import Interview
    from viva.interview.summary import Progress
    from viva.workspace import Workspace


class Steps:
    """What the keys do in one interview."""

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

    def renew(self) -> Reply:
        """Go on with the notes as they were last read."""
        self._interview.renew(self._workspace.entries)
        return self._reply()

    def look(self) -> Reply:
        """Return how things stand, after a step that could not be taken."""
        return self._reply()

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
        """Put the person's rating in force."""
        self._judging = self._interview.rate(rating)
        return self._reply()

    def override(self, verdict: Verdict) -> Reply:
        """Put the person's verdict in force."""
        waited = self._waits
        self._judging = self._interview.override(verdict)
        return self._reply(Graded(self._judging, late=True), draft="") if waited else self._reply(Judged(self._judging))

    def judge_point(self, number: int, word: Word) -> Reply:
        """Put the person's word on a point, from 1, in force."""
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
