"""What viva says: plain lines, one fact each, in the language of the question. The faces add style.

Small functions, so that a face can lay the parts out itself; `Interviewer` strings them together and varies the words.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime

from viva.interview.dialogue.intents import Intent
from viva.interview.dialogue.phrases import NAMES, Kind
from viva.interview.dialogue.remarks import remarks
from viva.interview.interview import Interview
from viva.interview.policy import HandedIn
from viva.interview.review import TurnReview
from viva.interview.summary import report_lines
from viva.text.english import counted
from viva.text.moments import duration
from viva.text.normal import language_of
from viva.types import Entry, Feedback, Language, Question, Report
from viva.types.dialogue import InterviewProgress
from viva.wording import sentences
from viva.wording.feedback import (
    followed,
    graded_lines,
    kept_reference_lines,
    shown_flags,
    skipped_or_shown,
)


class Interviewer:
    """Speaks one language with a memory of what it said last, so that it does not say it twice in a row."""

    def __init__(self, language: Language, rng: random.Random) -> None:
        """Make an interviewer.

        Args:
            language: Of what is not about one question; what is about a question is in the question's.
            rng: Chooses the wording; the same one gives the same talk.
        """
        self.language = language
        self._rng = rng
        self._said: dict[object, str] = {}

    def greeting(self, total: int, *, resumed: bool = False, position: int = 1) -> str:
        """Return the first sentence; `position` is that of the question a resumed interview goes on with."""
        choices = (sentences.RESUMED if resumed else sentences.GREETING)[self.language]
        return self._say(choices).format(total=total, position=position, questions=counted(total, "question"))

    def ask(self, question: Question) -> list[str]:
        """Return where we are, the headings if any, and the question."""
        return [position_line(question), *headings_lines(question.entry), question.entry.question]

    def acknowledge(self, feedback: Feedback) -> str:
        """Return what is said first of an answer, in the tone of the verdict and true of the points."""
        grade, language = feedback.grade, feedback.question.language
        if "dont-know" in shown_flags(feedback):
            return self._say(sentences.UNKNOWN[language])
        return self._say(remarks(grade, language), about=(grade.verdict, language))

    def skipped(self, entry: Entry) -> str:
        """Return what to say when a question was skipped."""
        return self._say(sentences.SKIPPED[language_of(entry.question)])

    def suspended(self, entry: Entry, *, moved_on: bool = True) -> str:
        """Return what to say when a question was suspended; `moved_on` tells whether `undo` takes that back."""
        return (sentences.SUSPENDED if moved_on else sentences.SET_ASIDE)[language_of(entry.question)]

    def revealed(self, entry: Entry) -> str:
        """Return what to say before the answer of the notes, or that they have none."""
        language = language_of(entry.question)
        if not entry.answered:
            return "笔记里没有这题的答案。" if language == "zh" else "Your notes do not answer this question."
        return self._say(sentences.REVEALED[language])

    def progress_lines(self, progress: InterviewProgress) -> list[str]:
        """Return how it is going."""
        return progress_lines(progress, self.language)

    def did_you_mean(self, intent: Intent) -> str:
        """Return the question to ask after a near miss."""
        command = sentences.KIND[intent.kind][self.language] if intent.kind != "answer" else ""
        if self.language == "zh":
            return f"你是想{command}吗？如果这就是你的答案，请说不是。"
        return f"Did you mean to {command}? Say no if this is your answer."

    def goodbye(self, report: Report) -> list[str]:
        """Return the last words: the report."""
        return [self._say(sentences.GOODBYE[self.language]), *report_lines(report, self.language)]

    def help_lines(self) -> list[str]:
        """Return what can be said besides an answer, one command a line with its slash form."""
        opening, ending = sentences.HELP[self.language]
        return [opening, *(command_line(kind, self.language) for kind in NAMES), ending]

    def leaving(self) -> str:
        """Return what to say when the user leaves in the middle."""
        return sentences.LEAVING[self.language]

    def _say(self, choices: Sequence[str], about: object = None) -> str:
        """Choose what was not said last, of these or, where the choices change, `about` the same thing."""
        key = tuple(choices) if about is None else about
        fresh = [choice for choice in choices if choice != self._said.get(key)]
        self._said[key] = self._rng.choice(fresh or list(choices))
        return self._said[key]


def position_line(question: Question) -> str:
    """Return which question of how many this is."""
    if question.language == "zh":
        return f"第 {question.position} 题，共 {question.total} 题"
    return f"Question {question.position} of {question.total}"


def headings_lines(entry: Entry) -> list[str]:
    """Return the headings above a question as one line, or nothing."""
    return [" › ".join(entry.place.headings)] if entry.place.headings else []


def progress_lines(progress: InterviewProgress, language: Language) -> list[str]:
    """Return how it is going, one fact a line."""
    left = progress.total - progress.asked
    if language == "zh":
        lines = [f"{progress.total} 题里已经问了 {progress.asked} 题，还剩 {left} 题。"]
        if progress.mean_score is not None:
            lines.append(f"回答了 {progress.answered} 题，平均 {progress.mean_score:.0f} 分。")
        if progress.weak_topics:
            lines.append(f"比较弱的部分：{'、'.join(progress.weak_topics)}。")
        return lines
    lines = [f"{progress.asked} of {counted(progress.total, 'question')} asked, {left} left."]
    if progress.mean_score is not None:
        lines.append(f"{progress.answered} answered, {progress.mean_score:.0f} points on average.")
    if progress.weak_topics:
        lines.append(f"Weaker so far: {', '.join(progress.weak_topics)}.")
    return lines


def command_line(kind: Kind, language: Language) -> str:
    """Return one command as help shows it: its name after a slash, and what it does."""
    chinese = next(name for name in NAMES[kind] if not name.isascii())
    name = chinese if language == "zh" else NAMES[kind][0]
    blank = "　" if language == "zh" else "  "
    return f"/{name}{blank}{sentences.KIND[kind][language]}"


ALLOWED: tuple[Kind, ...] = ("repeat", "skip", "progress", "stop", "help")
"""What can be said besides an answer."""


class MockInterviewer(Interviewer):
    """Friendly, brief, and tells nothing before the end."""

    def __init__(self, language: Language, rng: random.Random, mock: Interview) -> None:
        """Make an interviewer of one mock interview; see `Interviewer`."""
        super().__init__(language, rng)
        self._mock = mock

    def greeting(self, total: int, *, resumed: bool = False, position: int = 1) -> str:
        """Return the first sentence, with the limit."""
        choices = (sentences.MOCK_RESUMED if resumed else sentences.MOCK_GREETING)[self.language]
        limit = duration(self._mock.limit or 0, self.language)
        questions = counted(total, "question")
        return self._say(choices).format(total=total, position=position, questions=questions, limit=limit)

    def skipped(self, entry: Entry) -> str:  # noqa: ARG002  # that of an interviewer
        """Return what to say when a question was skipped."""
        more = self._mock.current is not None
        return self._say((sentences.MOCK_SKIPPED if more else sentences.MOCK_SKIPPED_AT_LAST)[self.language])

    def time_line(self) -> str:
        """Return how much time there is for what is asked, in its language."""
        left = self._mock.remaining() or 0
        if self._mock.used() < 1:
            line = sentences.TIME if self._mock.waiting is None else sentences.TIME_FOR_MORE
            return line[self.language].format(limit=duration(self._mock.allowed or 0, self.language))
        if left <= 0:
            return sentences.NO_TIME[self.language]
        return sentences.TIME_LEFT[self.language].format(left=duration(left, self.language))

    def thanks(self, taken: HandedIn) -> str:
        """Return what to say to an answer, whatever it was; the follow-up comes after it, where one waits."""
        if self._mock.waiting is not None:
            return self._say(sentences.MOCK_MORE[taken.question.language])
        more = self._mock.current is not None
        return self._say((sentences.MOCK_THANKS if more else sentences.MOCK_THANKS_AT_LAST)[taken.question.language])

    def time_up(self, taken: HandedIn) -> str:
        """Return what to say when the time ran out and what was typed was taken."""
        silent = sentences.NOTHING_MORE if taken.to_follow_up else sentences.NO_ANSWER
        line = sentences.TIME_UP if taken.answered else silent
        return line[taken.question.language]

    def took(self, taken: HandedIn) -> str:
        """Return the time that an answer took, and whether that was too long."""
        language = taken.question.language
        line = sentences.TOOK_OVER if taken.overtime else sentences.TOOK
        return line[language].format(used=duration(taken.seconds, language))

    def help_lines(self) -> list[str]:
        """Return what can be said besides an answer, one command a line with its slash form."""
        return [sentences.OUTSIDE[self.language], *(command_line(kind, self.language) for kind in ALLOWED)]


def turn_lines(turn: TurnReview, now: datetime) -> list[str]:
    """Return all there is to tell of a turn of a mock interview afterwards, one fact a line."""
    language, review = turn.question.language, turn.review
    over = sentences.TOOK_OVER if review.overtime else sentences.TOOK
    lines = [position_line(turn.question), turn.question.entry.question]
    lines.append(over[language].format(used=duration(review.seconds, language)))
    if review.answer.strip():
        lines.append(f"{sentences.YOU[language]}{sentences.COLON[language]}{' '.join(review.answer.split())}")
    for name, text in followed(review, language):
        lines.append(f"{name}{sentences.COLON[language]}{' '.join(text.split())}")
    if turn.feedback is None:
        return [*lines, skipped_or_shown(review, language)]
    return [*lines, *kept_reference_lines(turn.feedback), *graded_lines(turn.feedback, now)]
