"""The question that is being asked, where it stands, and how long it has been there."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.reactive import reactive

from viva.i18n import tr
from viva.tui.common.interface import NARROW, one_line
from viva.tui.common.paragraphs import MEASURE, MUTED, Prose, paragraph, spans
from viva.tui.interview.clocks import Stopwatch
from viva.types import Question

LOW = 18
"""Lines below which the path takes no second one."""
_BESIDE = 9
"""Cells beside the path: what is around the panel, and the time."""


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

    def retranslate(self) -> None:
        """Say where the question stands in the language in force."""
        self._write()

    def _write(self) -> None:
        question, room = self.question, self.app.size
        short = room.width < NARROW
        cells = min(room.width - _BESIDE, MEASURE) if room.height < LOW else None
        for prose in self.query("#stands").results(Prose):
            prose.say(*([spans((where(question, short=short, cells=cells), MUTED))] if question else ()))
        for prose in self.query("#asked").results(Prose):
            prose.say(*(paragraph(question.entry.question.strip(), "bold") if question else ()))


def where(question: Question, *, short: bool = False, cells: int | None = None) -> str:
    """Return the position in the interview and the heading path, in one line.

    Args:
        question: What is asked.
        short: Leave the file out, where there is a heading.
        cells: Leave headings out, the outermost first, until the line has at most so many.
    """
    entry = question.entry
    path = [*entry.place.headings, *([entry.number] if entry.number else [])]
    whole = path if short and path else [entry.place.file, *path]
    at = tr("{position} of {total}", position=question.position, total=question.total)
    line = f"{at} · {one_line(' › '.join(whole))}"
    while cells is not None and cell_len(line) > cells:
        whole = whole[1:]
        if not whole:
            return at
        line = f"{at} · … › {one_line(' › '.join(whole))}"
    return line
