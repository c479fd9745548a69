"""Text that is read: paragraphs broken into lines as Chinese and English want it, never taken as markup."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from viva.tui.common.paragraphs import Paragraph, lay_out

MEASURE = 100
"""Cells of the longest line: in longer ones the eye loses the next line's beginning."""


class Prose(Widget):
    """Shows paragraphs; its height follows from its width, which is no more than is well read."""

    DEFAULT_CSS = f"""
    Prose {{ width: 1fr; max-width: {MEASURE}; height: auto; }}
    """

    paragraphs: reactive[tuple[Paragraph, ...]] = reactive((), layout=True)
    """What is shown."""

    def __init__(
        self,
        paragraphs: Iterable[Paragraph] = (),
        *,
        id: str | None = None,  # noqa: A002  # Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._laid_out: tuple[tuple[Paragraph, ...], int, Content] | None = None
        self.set_reactive(Prose.paragraphs, tuple(paragraphs))

    def say(self, *paragraphs: Paragraph) -> None:
        """Show these paragraphs instead."""
        self.paragraphs = paragraphs

    def restyle(self, paragraphs: Iterable[Paragraph]) -> None:
        """Show the same words in other styles, which no comparison of contents sees."""
        self.set_reactive(Prose.paragraphs, tuple(paragraphs))
        self._laid_out = None
        self.refresh()

    @property
    def is_laid_out(self) -> bool:
        """Whether the widget has the height that its paragraphs need."""
        return self.content_size.height == self.get_content_height(self.size, self.size, self.content_size.width)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002  # Textual's signature
        """Return the width of the widest line, had there been room for it."""
        return min(container.width, max((p.first + p.content.cell_length for p in self.paragraphs), default=0))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines at `width` cells."""
        return len(self._content(width).plain.split("\n")) if self.paragraphs else 0

    def render(self) -> Content:
        """Return the lines for the width the layout gave."""
        return self._content(self.content_size.width)

    def _content(self, width: int) -> Content:
        if self._laid_out is None or self._laid_out[:2] != (self.paragraphs, width):
            self._laid_out = (self.paragraphs, width, lay_out(self.paragraphs, width))
        return self._laid_out[2]
