"""One interview as the screens see it: a step goes in, a `Reply` comes out.

It joins `practice.interview` (what is allowed), `practice.dialogue` (what a line means) and `practice.interviewer`
(what viva says). No Textual here, and all of it runs in the core's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from viva.errors import InterviewError
from viva.tui.talk import Closed, Event, Graded, Judged, Noted, Reply, Said, Scene, Shown, Typed
from viva.types import Feedback, Rating, Verdict

if TYPE_CHECKING:
    from viva.practice.interview import Interview
    from viva.workspace import Workspace


class Session:
    """An interview between a person and a workspace."""

    def __init__(self, workspace: Workspace, interview: Interview, *, resumed: bool) -> None:
        self._workspace = workspace
        self._interview = interview
        self._resumed = resumed
        self._judging: Feedback | None = None
        """Feedback that is shown and not yet left with `go_next`."""
        self._doubt = ""
        self._if_yes: Callable[[], Reply] | None = None
        self._if_no: Callable[[], Reply] | None = None

    @classmethod
    def begin(cls, workspace: Workspace, *, count: int, topic: str | None, due: bool) -> Session:
        """Start a new interview. Raises InterviewError when no question fits."""
        return cls(workspace, workspace.interview(count=count, topic=topic, due=due), resumed=False)

    @classmethod
    def go_on(cls, workspace: Workspace) -> Session:
        """Take up the interview that was interrupted. Raises InterviewError when there is none."""
        interview = workspace.unfinished()
        if interview is None:
            raise InterviewError("no interview waits any more: start a new one")
        return cls(workspace, interview, resumed=True)

    # Steps

    def open(self) -> Reply:
        """Greet, and ask the first question."""
        return self._ask(Noted("Welcome back." if self._resumed else ""))

    def say(self, line: str) -> Reply:
        """Take a typed line: an answer, unless it is clearly something else."""
        return self._answer(line)

    def go_next(self) -> Reply:
        """Leave the feedback and ask the next question; after the last, end with the report."""
        self._judging = None
        return self._ask()

    def rate(self, rating: Rating) -> Reply:
        """Put the person's rating in force."""
        self._judging = self._interview.rate(rating)
        return self._reply()

    def override(self, verdict: Verdict) -> Reply:
        """Put the person's verdict in force."""
        self._judging = self._interview.override(verdict)
        return self._reply(Judged(self._judging))

    def undo(self) -> Reply:
        """Take the last turn back and ask its question again."""
        self._interview.undo()
        self._judging = None
        return self._ask(Noted("Taken back. The question is asked again."))

    def hint(self) -> Reply:
        """Give the next hint."""
        return self._reply(Said(self._interview.hint()))

    def skip(self) -> Reply:
        """Leave the question out."""
        question = self._interview.current
        self._interview.skip()
        return self._ask(*([Closed(question)] if question else []), Noted("Skipped."))

    def reveal(self) -> Reply:
        """Give up on the question and show its answer."""
        question = self._interview.current
        entry = self._interview.reveal()
        return self._ask(*([Closed(question)] if question else []), Shown(entry))

    def decide(self, *, yes: bool) -> Reply:
        """Settle a doubt."""
        step = self._if_yes if yes else self._if_no
        self._doubt, self._if_yes, self._if_no = "", None, None
        return step() if step is not None else self._reply()

    def finish(self) -> Reply:
        """End the interview for good, with the report."""
        return Reply(Scene(standing=self._standing()), report=self._interview.finish())

    def keep_draft(self, text: str) -> None:
        """Store an unfinished answer."""
        if self._interview.current is not None and self._judging is None:
            self._interview.save_draft(text)

    def farewell(self) -> str:
        """Return what to say in the terminal after leaving in the middle; nothing when the interview is over."""
        if self._interview.finished:
            return ""
        if self._interview.current is None:
            self._interview.finish()
            return ""
        progress = self._interview.progress()
        return f"Kept: {progress.asked} of {progress.total} asked, nothing is lost. Start viva again to go on."

    # Underneath

    def _answer(self, line: str) -> Reply:
        question = self._interview.current
        self._judging = self._interview.submit(line)
        asked = [Closed(question)] if question else []
        return self._reply(*asked, Typed(line), Graded(self._judging), draft="")

    def _ask(self, *events: Event) -> Reply:
        if self._interview.present() is None:
            return self.finish()
        return self._reply(*events, draft=self._interview.draft)

    def _reply(self, *events: Event, draft: str | None = None) -> Reply:
        judged = self._judging
        question = None if judged or self._doubt else self._interview.current
        scene = Scene(question, None if self._doubt else judged, self._doubt, self._standing())
        return Reply(scene, events, draft)

    def _standing(self) -> str:
        progress = self._interview.progress()
        mean = "" if progress.mean_score is None else f" · mean {round(progress.mean_score)}"
        return f"{progress.asked} of {progress.total}{mean}"
