"""The topics of the first screen: one choice among the others, which the arrow keys enter and leave."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from viva.i18n import N_


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
