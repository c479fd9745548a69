"""How well it was remembered: the proposed rating is marked, the user's key wins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from viva.i18n import N_, spoken, tr
from viva.tui.common.paragraphs import MUTED, lay_out, spans
from viva.tui.interview.point_bar import PointBar
from viva.types import Feedback, Rating, Verdict
from viva.wording.feedback import until

NAMES = {
    Rating.AGAIN: N_("Again"),
    Rating.HARD: N_("Hard"),
    Rating.GOOD: N_("Good"),
    Rating.EASY: N_("Easy"),
}
"""As they are noted for translation."""
_AROUND = 5
"""Cells around each name: mark, key and blanks."""


class RatingBar(Widget, can_focus=True):
    """Takes the keys that judge an answer, and Enter for the next question."""

    DEFAULT_CSS = """
    RatingBar { height: auto; padding: 0 2; display: none; }
    RatingBar.-rating { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("Next")),
        Binding("1", "rate(1)", N_("Again"), show=False),
        Binding("2", "rate(2)", N_("Hard"), show=False),
        Binding("3", "rate(3)", N_("Good"), show=False),
        Binding("4", "rate(4)", N_("Easy"), show=False),
        Binding("r", "judge('strong')", N_("Mark right")),
        Binding("p", "judge('partial')", N_("Partly")),
        Binding("w", "judge('weak')", N_("Wrong")),
        Binding("tab", "choose_point", N_("Points"), key_display="⇥"),
        Binding("u", "undo", N_("Undo")),
        Binding("ctrl+o", "screen.edit", N_("Edit")),
    ]

    feedback: reactive[Feedback | None] = reactive(None, layout=True)
    """The answer that is judged; None hides the bar."""

    @dataclass
    class Rated(Message):
        """The user chose a rating."""

        rating: Rating

    @dataclass
    class Judged(Message):
        """The user overrode the verdict."""

        verdict: Verdict

    class Undone(Message):
        """The user takes the answer back."""

    class Passed(Message):
        """The user goes on to the next question."""

    def watch_feedback(self, feedback: Feedback | None) -> None:
        """Be there only when there is something to rate."""
        self.set_class(feedback is not None, "-rating")

    def action_next(self) -> None:
        """Go on."""
        self.post_message(self.Passed())

    def action_rate(self, rating: int) -> None:
        """Rate the answer."""
        self.post_message(self.Rated(Rating(rating)))

    def action_judge(self, verdict: Verdict) -> None:
        """Override the verdict."""
        self.post_message(self.Judged(verdict))

    def action_choose_point(self) -> None:
        """Choose a point to say something of."""
        self.screen.query_one(PointBar).begin(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer points only where there are any."""
        known = self.feedback is not None and bool(self.feedback.grade.points)
        return (action != "choose_point" or known) and super().check_action(action, parameters)

    def action_undo(self) -> None:
        """Take the answer back."""
        self.post_message(self.Undone())

    def on_click(self, event: events.Click) -> None:
        """Rate by the mouse."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y != 0:
            return
        start = 0
        for rating, name in NAMES.items():
            start += cell_len(tr(name)) + _AROUND
            if offset.x < start:
                self.action_rate(rating)
                return

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines the ratings take in `width` cells."""
        return self._lines(width).plain.count("\n") + 1

    def render(self) -> Content:
        """Return the ratings with the one in force marked, and when the question comes again."""
        return self._lines(self.content_size.width)

    def _lines(self, width: int) -> Content:
        if self.feedback is None:
            return Content("")
        parts: list[tuple[str, str]] = []
        for rating, name in NAMES.items():
            on = rating == self.feedback.rating and not self.feedback.unjudged
            mark = "▸" if on else " "
            parts.append((f"{mark}{int(rating)} {tr(name)}  ", "bold $text-primary" if on else MUTED))
        keys, beside = Content.assemble(*parts), _beside(self.feedback)
        if keys.cell_length + cell_len(beside) <= width:
            return keys + Content.styled(beside, MUTED)
        return Content("\n").join([keys, lay_out([spans((beside, MUTED), first=1)], width)])


def _beside(feedback: Feedback) -> str:
    """Return whose rating it is and when the question comes again; where viva is unsure, what it waits for."""
    if feedback.unjudged:
        return tr("Right, partly or wrong? r, p or w: what you call right counts from then on")
    own = feedback.rated or feedback.rating != feedback.proposed
    when = until(feedback.due, datetime.now(UTC), spoken())
    return (tr("your choice") if own else tr("proposed")) + " · " + tr("again {when}", when=when)


class ReviewBar(RatingBar):
    """Takes the keys that judge an answer; Enter goes on to the next one."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no undo: the interview is over."""
        return action != "undo" and super().check_action(action, parameters)
