"""How well it was remembered: the proposed rating is marked, the person's key wins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from viva.practice.interviewer import until
from viva.tui.paragraphs import MUTED
from viva.types import Feedback, Rating, Verdict

NAMES = {Rating.AGAIN: "Again", Rating.HARD: "Hard", Rating.GOOD: "Good", Rating.EASY: "Easy"}
_KEYS_ALONE = 34
"""Cells that the four ratings take."""


class RatingBar(Widget, can_focus=True):
    """Takes the keys that judge an answer, and Enter for the next question."""

    DEFAULT_CSS = """
    RatingBar { height: auto; padding: 0 2; display: none; }
    RatingBar.-rating { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next"),
        Binding("1", "rate(1)", "Again", show=False),
        Binding("2", "rate(2)", "Hard", show=False),
        Binding("3", "rate(3)", "Good", show=False),
        Binding("4", "rate(4)", "Easy", show=False),
        Binding("r", "judge('strong')", "Mark right"),
        Binding("p", "judge('partial')", "Partly"),
        Binding("w", "judge('weak')", "Wrong"),
        Binding("u", "undo", "Undo"),
    ]

    feedback: reactive[Feedback | None] = reactive(None, layout=True)
    """The answer that is judged; None hides the bar."""

    @dataclass
    class Rated(Message):
        """The person chose a rating."""

        rating: Rating

    @dataclass
    class Judged(Message):
        """The person overrode the verdict."""

        verdict: Verdict

    class Undone(Message):
        """The person takes the answer back."""

    class Passed(Message):
        """The person goes on to the next question."""

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
            start += len(name) + 5
            if offset.x < start:
                self.action_rate(rating)
                return

    def render(self) -> Content:
        """Return the ratings with the one in force marked, and when the question comes again."""
        if self.feedback is None:
            return Content("")
        parts: list[tuple[str, str]] = []
        for rating, name in NAMES.items():
            on = rating == self.feedback.rating
            mark = "▸" if on else " "
            parts.append((f"{mark}{int(rating)} {name}  ", "bold $text-primary" if on else MUTED))
        chosen = "proposed" if self.feedback.rating == self.feedback.proposed else "your choice"
        again = f"{chosen} · again {until(self.feedback.due, datetime.now(UTC), 'en')}"
        gap = "\n " if self.content_size.width < _KEYS_ALONE + len(again) + 2 else ""
        return Content.assemble(*parts, gap, (again, MUTED))
