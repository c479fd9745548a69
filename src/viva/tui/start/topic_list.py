"""The topics of the first screen: one choice among the others, which the arrow keys enter and leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from viva.i18n import N_
from viva.tui.common.gauges import percent, share
from viva.tui.common.interface import NARROW
from viva.tui.common.literal import one_line
from viva.tui.common.paragraphs import MUTED


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
