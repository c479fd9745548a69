"""The question that is being asked, where it stands, and how long it has been there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.reactive import reactive

from viva.i18n import tr
from viva.tui.literal import one_line
from viva.tui.paragraphs import MUTED, paragraph, spans
from viva.tui.widgets.prose import Prose
from viva.tui.widgets.stopwatch import Stopwatch
from viva.types import Question

NARROW = 60
"""Cells below which the name of the file is left out."""


class QuestionPanel(VerticalScroll, can_focus=False):
    """Shows position, heading path and the question; nothing while there is none."""

    DEFAULT_CSS = """
    QuestionPanel { height: auto; max-height: 6; padding: 0 2; scrollbar-size-vertical: 1; display: none; }
    QuestionPanel.-asked { display: block; }
    QuestionPanel Horizontal { height: auto; }
    """

    question: reactive[Question | None] = reactive(None)
    """What is being asked."""

    def compose(self) -> ComposeResult:
        """Make the place with the time beside it, and the question."""
        with Horizontal():
            yield Prose(id="stands")
            yield Stopwatch()
        yield Prose(id="asked")

    def begin(self, used: float | None) -> None:
        """Let the time run on from so many seconds; None shows none."""
        self.query_one(Stopwatch).begin(used)

    def stop(self) -> None:
        """Let the time stand: something was answered."""
        self.query_one(Stopwatch).stop()

    def watch_question(self, question: Question | None) -> None:
        """Show the new question from its beginning."""
        self.set_class(question is not None, "-asked")
        self._write()
        self.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Leave out what a narrow terminal has no room for."""
        self._write()

    def speak_again(self) -> None:
        """Say where the question stands in the language in force."""
        self._write()

    def _write(self) -> None:
        question, short = self.question, self.app.size.width < NARROW
        for prose in self.query("#stands").results(Prose):
            prose.say(*([spans((where(question, short=short), MUTED))] if question else ()))
        for prose in self.query("#asked").results(Prose):
            prose.say(*(paragraph(question.entry.question.strip(), "bold") if question else ()))


def where(question: Question, *, short: bool = False) -> str:
    """Return the position in the interview and the heading path, in one line; `short` leaves the file out."""
    entry = question.entry
    path = [*entry.place.headings, *([entry.number] if entry.number else [])]
    whole = path if short and path else [entry.place.file, *path]
    at = tr("{position} of {total}", position=question.position, total=question.total)
    return f"{at} · {one_line(' › '.join(whole))}"
