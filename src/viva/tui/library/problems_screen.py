"""What is wrong with the notes, each thing with its place, to be opened in the user's editor."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from viva.i18n import N_, tr
from viva.tui.common.interface import from_home, one_line
from viva.tui.common.page import Page
from viva.tui.common.paragraphs import MUTED, Paragraph, Prose, lay_out, spans
from viva.tui.editor import FileSpot
from viva.types import Problem
from viva.wording.sentences import format_problem


class ProblemsScreen(Page):
    """Lists what `viva check` tells."""

    HEADING = N_("check of the notes")
    ABOUT = N_(
        "What is worth a look in your notes: questions without an answer, numbers used twice, entries that say nearly "
        "the same, files that could not be read. Enter opens the place in the editor that VISUAL or EDITOR names; "
        "what you mend goes from the list at once."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", N_("Edit"), show=False),
        Binding("escape", "back", N_("Back")),
        Binding("q", "app.leave", N_("Quit")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[Problem] | None = None
        """None before they were looked for."""

    def compose_body(self) -> ComposeResult:
        """Make the list, and the line that stands in its place where there is none."""
        with Container(id="checked"):
            yield Prose(id="nothing")
            yield ProblemList(id="problems", markup=False)

    def on_mount(self) -> None:
        """Look."""
        self.query_one("#problems").focus()
        self._say_nothing()
        self.load()

    @work(exclusive=True, group="check")
    async def load(self) -> None:
        """Look for what is wrong, in the core's thread."""
        problems = await self.ask(self.viva.workspace.check)
        if problems is not None:
            self.problems = problems
            self._list()
            self.show_heading()

    def heading(self) -> str:
        """Return the name of the screen and how much is listed."""
        return f"{super().heading()}  {len(self.problems)}" if self.problems else super().heading()

    def notes_changed(self) -> None:
        """Look again."""
        self.load()

    def on_resize(self) -> None:
        """Break the lines for the width there is now."""
        self._list()

    def retranslate(self) -> None:
        """Say the kinds in the language in force too; the messages are the core's, which looks once more."""
        super().retranslate()
        self.load()

    def _list(self) -> None:
        listed = self.query_one(ProblemList)
        marked, width = listed.highlighted or 0, self.size.width - 6
        found = self.problems or []
        listed.set_options(Option(lay_out(problem_lines(problem), width)) for problem in found)
        listed.highlighted = min(marked, len(found) - 1) if found else None
        listed.display = bool(found)
        self._say_nothing()

    def _say_nothing(self) -> None:
        line = tr("looking at the notes…") if self.problems is None else tr("Nothing is wrong with the notes.")
        self.query_one("#nothing", Prose).say(*() if self.problems else (spans((line, MUTED)),))

    @on(OptionList.OptionSelected)
    def action_edit(self) -> None:
        """Open the note of the marked problem at its line."""
        at = self.query_one(ProblemList).highlighted
        if self.problems and at is not None:
            problem = self.problems[at]
            line = problem.line or 1
            self.viva.edit(FileSpot(Path(problem.file), line, line))


class ProblemList(OptionList):
    """A list whose Enter says what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", N_("Edit"))]


_HANG = 2
"""Cells by which the message stands in, under its place."""


def problem_lines(problem: Problem) -> list[Paragraph]:
    """Return the place and the message under it, with the other place where there are two."""
    file = from_home(problem.file)
    place = one_line(file if problem.line is None else f"{file}:{problem.line}")
    return [
        spans((place, "$text-secondary")),
        spans(one_line(format_problem(problem)), first=_HANG, rest=_HANG),
    ]
