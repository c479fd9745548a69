"""The talk so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from textual.containers import VerticalScroll

from viva.tui.grade_lines import feedback_lines
from viva.tui.hit_lines import entry_lines, passage_lines
from viva.tui.paragraphs import Paragraph, paragraph, spans
from viva.tui.talk import Closed, Event, Found, Graded, Judged, Noted, Said, Shown, Typed
from viva.tui.widgets.prose import Prose

Speaker = Literal["viva", "you"]
NARROW = 56
"""Cells below which bars are short."""
GUTTER = 6
"""Cells for the name of the speaker."""

_STYLES: dict[Speaker, str] = {"viva": "bold $text-primary", "you": "bold $text-secondary"}


class Transcript(VerticalScroll, can_focus=True):
    """Grows at its end and stays there, unless the person scrolled back to read."""

    DEFAULT_CSS = """
    Transcript { height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
    Transcript Prose { margin-top: 1; }
    """

    def show(self, event: Event) -> None:
        """Add what happened."""
        match event:
            case Said(text):
                self.say("viva", text)
            case Typed(text):
                self.say("you", text)
            case Closed(question):
                self.add(_indented(paragraph(question.entry.question.strip(), "bold")))
            case Graded(feedback):
                self.add(_indented(feedback_lines(feedback, short=self.size.width < NARROW)))
            case Judged(feedback):
                self.add(_indented(feedback_lines(feedback, short=self.size.width < NARROW)[:1]))
            case Noted(text):
                self.add(_indented(paragraph(text, "$text-muted")))
            case Shown(entry):
                self.add(_indented(entry_lines(entry)))
            case Found(hits):
                for hit in hits:
                    self.add(_indented(passage_lines(hit, f"{hit.rank}. ")))

    def say(self, speaker: Speaker, text: str, style: str = "") -> None:
        """Add what somebody said, shown literally."""
        first, *others = paragraph(text, style)
        label = spans((f"{speaker:<{GUTTER}}", _STYLES[speaker])).content
        lines = [Paragraph(label + first.content, 0, GUTTER)]
        self.add(lines + [Paragraph(other.content, GUTTER, GUTTER) for other in others])

    def add(self, paragraphs: Iterable[Paragraph]) -> None:
        """Add paragraphs under what was said last."""
        block = Prose(paragraphs)
        self.mount(block)
        self.anchor()
        self.call_after_refresh(self._see, block)

    def _see(self, block: Prose) -> None:
        # A block that does not fit is read from its beginning.
        if block.is_mounted and block.size.height > self.size.height:
            self.anchor(False)  # noqa: FBT003  # Textual's signature
            self.scroll_to_widget(block, top=True, animate=False)

    def clear(self) -> None:
        """Forget the talk."""
        self.remove_children()


def _indented(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    return [Paragraph(each.content, each.first + GUTTER, each.rest + GUTTER) for each in paragraphs]
