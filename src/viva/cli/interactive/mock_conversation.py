"""A mock interview as a conversation of plain lines: the limit is said, the time used is told, nothing ticks.

A line that is being typed cannot be interrupted: an answer after its time is taken as it is and marked over time. When
all is asked, each answer is told with its feedback, one after the other, and can be judged there.
"""

from __future__ import annotations

import contextlib
import random
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from viva.cli import output
from viva.cli.interactive import words
from viva.cli.interactive.conversation import Conversation
from viva.cli.interactive.keyboard import Keyboard, Typed
from viva.errors import InterviewError, VivaError
from viva.interview.dialogue import mock_wording
from viva.interview.dialogue.feedback_lines import judgement_lines, point_judged_lines
from viva.interview.dialogue.intents import Intent, understand
from viva.interview.dialogue.mock_interviewer import MockInterviewer
from viva.interview.dialogue.phrases import POINT_WORDS
from viva.interview.mock import BEAT, HandedIn
from viva.types import Feedback, Question, Rating, Verdict

if TYPE_CHECKING:
    from viva.interview.mock import MockInterview
    from viva.interview.review import SessionReview
    from viva.workspace import Workspace


class TimedKeyboard(Keyboard):
    """Reads lines while the time used goes on being stored."""

    def __init__(self, keep_time: Callable[[], None]) -> None:
        super().__init__()
        self._keep_time = keep_time

    def line(self, prompt: str = "> ") -> str | None:
        """Return the next line; see `Keyboard.line`."""
        with _beating(self._keep_time):
            return super().line(prompt)


@contextlib.contextmanager
def _beating(step: Callable[[], None]) -> Iterator[None]:
    """Take a step every few seconds beside what is done, and once more when that is broken off."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(BEAT):
            _quietly(step)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    except BaseException:
        _quietly(step)
        raise
    finally:
        done.set()
        thread.join()


def _quietly(step: Callable[[], None]) -> None:
    with contextlib.suppress(VivaError):  # the time is stored a little later then, or with the answer
        step()


class MockConversation(Conversation):
    """One mock interview with a user, or with a pipe."""

    def __init__(self, workspace: Workspace, interview: MockInterview, rng: random.Random) -> None:
        super().__init__(workspace, interview, TimedKeyboard(interview.keep_time), rng)
        self._mock = interview
        self._host = MockInterviewer("en", rng, interview)
        self._interviewer = self._host

    # What was typed

    def _answer(self, text: str) -> None:
        self._taken(self._mock.hand_in(text))

    def _taken(self, taken: HandedIn) -> None:
        """Acknowledge an answer without its grade, and go on, with the follow-up where there is one."""
        self._say(self._host.took(taken), self._host.thanks(taken))
        if self._mock.waiting is None:
            self._ask()
        else:
            self._follow_up()

    def _go_on(self) -> None:
        self._say(self._host.skipped(self._mock.skip()))
        self._ask()

    def _obey(self, intent: Intent) -> None:
        self._host.refuse(intent)
        super()._obey(intent)

    def _help_lines(self) -> list[str]:
        return self._host.help_lines()

    # What is said

    def _introduce(self, question: Question) -> None:
        super()._introduce(question)
        self._say(self._host.time_line())

    def _ask_more(self) -> None:
        if (begun := self._mock.begun) is None:
            return
        question, answer = begun
        self._host.language = question.language
        output.data()
        self._say(*self._host.ask(question), *answer.splitlines())
        self._follow_up()

    def _follow_up(self) -> None:
        if (asked := self._mock.waiting) is None:
            return
        self._mock.present()
        language = self._host.language
        self._say(asked.question, self._host.time_line())
        if not self._say_draft():
            self._say(words.FOLLOW_UP_HOW[language])

    def _ask(self) -> None:
        if self._mock.current is None:
            self._finish()
        else:
            super()._ask()

    def _leave(self) -> None:
        _quietly(self._mock.keep_time)
        super()._leave()

    def _finish(self) -> None:
        report = self._mock.finish()
        if report.asked:
            _Results(self, self._workspace.practice_stats.session_review(self._mock.id), self._host).tell()
        super()._finish()

    def hear(self) -> Typed | None:
        """Return what is typed next, None at the end of input."""
        return self._keyboard.typed()


class _Results:
    """The answers of a mock interview, told one after the other; each can be judged while it is told."""

    def __init__(self, talk: MockConversation, after: SessionReview, host: MockInterviewer) -> None:
        self._talk, self._after, self._host = talk, after, host
        self._number = 0
        self._hearing = True

    def tell(self) -> None:
        """Tell all turns; at the end of input without a pause."""
        for number in range(1, len(self._after) + 1):
            self._number = number
            seen = self._after.turn(number)
            self._host.language = seen.question.language
            output.lines(["", *self._host.seen_lines(seen, datetime.now(UTC))])
            if self._hearing:
                output.data(mock_wording.HOW_TO_GO_ON[self._host.language])
                self._listen()

    def _listen(self) -> None:
        """Take verdicts and ratings until the user goes on."""
        while self._hearing:
            typed = self._talk.hear()
            if typed is None:
                self._hearing = False
                return
            intent = understand(typed.text) if typed.text.strip() else Intent("next")
            if intent.kind == "stop":
                self._hearing = False
                return
            if intent.kind in {"next", "skip"}:
                return
            self._heed(intent)

    def _heed(self, intent: Intent) -> None:
        try:
            if intent.kind == "rate" and intent.argument:
                _judged(self._after.rate(self._number, Rating(int(intent.argument))))
            elif intent.kind == "override" and intent.argument:
                _judged(self._after.override(self._number, cast("Verdict", intent.argument)))
            elif intent.kind in POINT_WORDS and intent.argument:
                point = int(intent.argument)
                feedback = self._after.judge_point(self._number, point, POINT_WORDS[intent.kind])
                output.lines(point_judged_lines(feedback, point, datetime.now(UTC)))
            else:
                output.data(mock_wording.HOW_TO_GO_ON[self._host.language])
        except InterviewError as error:
            output.data(str(error))


def _judged(feedback: Feedback) -> None:
    output.lines(judgement_lines(feedback, datetime.now(UTC)))
