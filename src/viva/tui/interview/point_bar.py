"""One point of an answer at a time: whether it was said, and how much it matters, in the user's own word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from viva.i18n import N_
from viva.tui.common.interface import one_line
from viva.tui.common.paragraphs import MUTED
from viva.tui.interview.grade_lines import STATUS, point_notes
from viva.types import Feedback, Importance, PointResult, PointWord

_NUMBERS = ",".join("123456789")


class PointBar(Widget, can_focus=True):
    """Shows the point that is chosen, and takes the keys that say something of it; away while none is chosen."""

    DEFAULT_CSS = """
    PointBar { height: 1; padding: 0 2; display: none; }
    PointBar.-choosing { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "judge('covered')", N_("Counts")),
        Binding("x", "judge('missed')", N_("Does not")),
        Binding("o", "weigh('extra')", N_("Optional")),
        Binding("e", "weigh('essential')", N_("Essential")),
        Binding("tab,right", "step(1)", N_("Next point"), key_display="⇥"),
        Binding("shift+tab,left", "step(-1)", N_("Point before"), show=False),
        *(Binding(key, f"choose({key})", show=False) for key in _NUMBERS.split(",")),
        Binding("escape", "leave", N_("Back")),
        Binding("enter", "next", N_("Next"), show=False),
    ]

    feedback: reactive[Feedback | None] = reactive(None)
    """The answer whose points can be chosen."""
    chosen: reactive[int | None] = reactive(None)
    """The index of the point that is chosen."""
    _back: Widget | None = None

    @dataclass
    class Judged(Message):
        """The user said something of a point."""

        number: int
        """From 1."""
        word: PointWord

    class Passed(Message):
        """The user goes on to the next question."""

    @property
    def points(self) -> tuple[PointResult, ...]:
        """Return the points that can be chosen."""
        return self.feedback.grade.points if self.feedback is not None else ()

    def begin(self, back: Widget) -> None:
        """Choose the first point that was not covered, of which the user most likely has something to say.

        Args:
            back: has the focus once they are done.
        """
        self._back = back
        if self.points:
            open_ones = (at for at, point in enumerate(self.points) if point.status != "covered")
            self.chosen = next(open_ones, 0)
            self.focus()

    def watch_feedback(self, before: Feedback | None, now: Feedback | None) -> None:
        """Stay at the point while it is the same answer."""
        if before is None or now is None or before.review_id != now.review_id:
            self.chosen = None

    def watch_chosen(self, chosen: int | None) -> None:
        """Be there only when a point is chosen."""
        self.set_class(chosen is not None, "-choosing")

    def action_step(self, by: int) -> None:
        """Choose the next point, or the one before, and on from the other end."""
        if self.chosen is not None:
            self.chosen = (self.chosen + by) % len(self.points)

    def action_choose(self, number: int) -> None:
        """Choose a point by its number."""
        if number <= len(self.points):
            self.chosen = number - 1

    def action_judge(self, word: PointWord) -> None:
        """Say whether the point was said."""
        if self.chosen is not None:
            self.post_message(self.Judged(self.chosen + 1, word))

    def action_weigh(self, importance: Importance) -> None:
        """Say how much the point matters; saying it again takes it back."""
        if self.chosen is not None:
            known = self.points[self.chosen].importance == importance
            self.action_judge("normal" if known else importance)

    def action_leave(self) -> None:
        """Go back to the answer as a whole."""
        self.chosen = None
        if self._back is not None:
            self._back.focus()

    def action_next(self) -> None:
        """Go on to the next question."""
        self.chosen = None
        self.post_message(self.Passed())

    def render(self) -> Content:
        """Return the point in one line, shortened where there is no room."""
        if self.chosen is None or self.chosen >= len(self.points):
            return Content("")
        point = self.points[self.chosen]
        symbol, _, style = STATUS[point.status]
        begins, notes = f"▸{self.chosen + 1} {symbol} ", "".join(f"{each} · " for each in point_notes(point))
        room = max(0, self.content_size.width - cell_len(begins + notes))
        text = one_line(point.text)
        shown = text if cell_len(text) <= room else set_cell_size(text, max(0, room - 1)) + "…"
        return Content.assemble((begins, f"bold {style}"), (notes, MUTED), shown)
