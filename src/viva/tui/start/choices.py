"""What a new interview is to ask: how many questions, in which order or mode, of which topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from viva.i18n import N_, tr
from viva.settings import Settings
from viva.tui.common.inputs import Choice, LimitStepper, Stepper
from viva.tui.common.interface import NARROW, one_line
from viva.tui.common.paragraphs import MUTED, percent, share
from viva.types import Mode, Order

_ORDERS: dict[Order, str] = {
    "random": N_("random"),
    "due": N_("due first"),
    "weak": N_("weak points"),
    "unanswered": N_("unanswered"),
}
_MODES: dict[Mode, str] = {"practice": N_("practice"), "mock": N_("mock interview")}
_LABELS = {
    "count-label": N_("Questions"),
    "order-label": N_("Order"),
    "mode-label": N_("Mode"),
    "limit-label": N_("Time each"),
    "topic-label": N_("Topic"),
}


@dataclass(frozen=True, slots=True)
class InterviewChoice:
    """What was chosen for a new interview."""

    count: int
    topic: str | None
    """A heading or a tag; None for all notes."""
    order: Order
    limit: int | None
    """Seconds for an answer of a mock interview; None where it is none."""


class Choices(Vertical):
    """A row for each choice, and the topics below, which take the room that is left."""

    DEFAULT_CSS = """
    Choices { height: 1fr; min-height: 7; }
    Choices #topic-row { height: 1fr; min-height: 4; }
    Choices #limit-row, Choices.-mock #order-row { display: none; }
    Choices.-mock #limit-row { display: block; }
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._topics: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        """Make a row for each choice."""
        yield from _row("count", Stepper(self._settings.count, id="count"))
        yield from _row("order", Choice(*_ORDERS.values(), id="order"))
        yield from _row("mode", Choice(*_MODES.values(), id="mode"))
        yield from _row("limit", LimitStepper(self._settings.limit, id="limit"))
        with Horizontal(id="topic-row"):
            yield _label("topic-label")
            yield TopicList(Option(Content(tr("all topics"))), id="topics", compact=True, markup=False)

    def on_mount(self) -> None:
        """Ask for the time of an answer in place of the order, which a mock interview has of its own."""
        self.watch(self.query_one("#mode", Choice), "chosen", self._follow_mode, init=False)

    def _follow_mode(self) -> None:
        self.set_class(self._mock, "-mock")

    @property
    def _mock(self) -> bool:
        return list(_MODES)[self.query_one("#mode", Choice).chosen] == "mock"

    @property
    def chosen(self) -> InterviewChoice:
        """What is chosen now."""
        marked = self.query_one("#topics", TopicList).highlighted or 0
        return InterviewChoice(
            count=self.query_one("#count", Stepper).value,
            topic=self._topics[marked - 1] if marked else None,
            order=list(_ORDERS)[self.query_one("#order", Choice).chosen],
            limit=self.query_one("#limit", LimitStepper).value if self._mock else None,
        )

    def apply_settings(self, settings: Settings) -> None:
        """Offer as many questions, and as much time for each, as are set now."""
        self.query_one("#count", Stepper).value = settings.count
        self.query_one("#limit", LimitStepper).value = settings.limit

    def offer(
        self, questions: int, topics: Sequence[tuple[str, int]], shares: Sequence[float | None], width: int
    ) -> None:
        """Offer up to so many questions, and topics, each with its questions and how much of it is known, 0 to 1."""
        self.query_one("#count", Stepper).most = questions
        self._topics = [topic for topic, _ in topics]
        labels = topic_labels([(tr("all topics"), questions), *topics], [None, *shares], width)
        listed = self.query_one("#topics", TopicList)
        marked = listed.highlighted or 0
        listed.set_options(map(Option, labels))
        listed.highlighted = min(marked, len(topics))

    def offer_nothing(self) -> None:
        """Offer no topics, before the notes are read or where they hold nothing."""
        self.query_one("#topics", TopicList).set_options([Option(Content(tr("all topics")))])

    def retranslate(self) -> None:
        """Say what each row is for in the language in force."""
        for name, label in _LABELS.items():
            self.query_one(f"#{name}", Static).update(Content(tr(label)))


def _row(name: str, widget: Stepper | Choice | LimitStepper) -> ComposeResult:
    with Horizontal(id=f"{name}-row", classes="row"):
        yield _label(f"{name}-label")
        yield widget


def _label(name: str) -> Static:
    return Static(Content(tr(_LABELS[name])), id=name, classes="label")


class TopicList(OptionList):
    """A list that is left at its top as it was entered. It never goes round, which would choose a topic unseen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", N_("Start"))]

    async def _on_click(self, event: events.Click) -> None:
        """Mark the topic that was clicked, as the other choices do; a second click starts, by the base class."""
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked != self.highlighted:
            event.prevent_default()
            self.highlighted = clicked

    def action_cursor_up(self) -> None:
        """Mark the topic above; from the first one go on to the choice above the list."""
        if self.highlighted:
            super().action_cursor_up()
        else:
            self.screen.focus_previous()

    def action_cursor_down(self) -> None:
        """Mark the topic below; the last one is the end."""
        if self.highlighted is None or self.highlighted < self.option_count - 1:
            super().action_cursor_down()


_BAR = 8
_LONGEST = 36
"""Cells within which the shares stand under one another; a longer name pushes its own aside."""


def topic_labels(topics: Sequence[tuple[str, int]], shares: Sequence[float | None], width: int) -> list[Content]:
    """Return a label for each topic: its share known, of 0 to 1, follows where there is one.

    In a narrow terminal (`width` in cells) the share is a figure without a bar.
    """
    longest = max((min(_LONGEST, _cells(*topic)) for topic in topics), default=0)
    labels = []
    for (name, count), known in zip(topics, shares, strict=True):
        label = Content.assemble(one_line(name), (f"  {count}", MUTED))
        if known is not None and width < NARROW:
            label = Content.assemble(label, "  ", percent(known))
        elif known is not None:
            label = Content.assemble(label, " " * max(2, longest - _cells(name, count) + 2), *share(known, _BAR))
        labels.append(label)
    return labels


def _cells(name: str, count: int) -> int:
    return cell_len(one_line(name)) + 2 + len(str(count))
