"""The talk so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from textual.containers import VerticalScroll

from viva.i18n import noted, tr
from viva.tui.grade_lines import feedback_lines
from viva.tui.hit_lines import entry_lines, passage_lines
from viva.tui.interface import padded
from viva.tui.paragraphs import MUTED, Paragraph, paragraph, spans
from viva.tui.talk import Closed, Event, Found, Graded, Judged, Noted, Said, Shown, Typed
from viva.tui.widgets.prose import Prose

Speaker = Literal["viva", "you"]
_YOU = noted("you")
NARROW = 56
"""Cells below which bars are short."""
GUTTER = 6
"""Cells for the name of the speaker."""

_STYLES: dict[Speaker, str] = {"viva": "bold $text-primary", "you": "bold $text-secondary"}


class Transcript(VerticalScroll, can_focus=True):
    """Grows at its end and stays there, unless the person scrolled back to read."""

    DEFAULT_CSS = """
    Transcript { height: 1fr; align-vertical: bottom; padding: 0 2; scrollbar-size-vertical: 1; }
    Transcript Prose { margin-top: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[tuple[Event, list[Prose]]] = []
        """All that happened, with the blocks that show it."""

    def show(self, events: Iterable[Event]) -> None:
        """Add what happened, and scroll so that it is read from where viva spoke last."""
        added = [(event, [Prose(lines) for lines in self._blocks(event)]) for event in events]
        blocks = [block for _, shown in added for block in shown]
        if not blocks:
            return
        self._shown += added
        self.mount_all(blocks)
        self.anchor()
        spoken = [block for event, shown in added for block in shown if isinstance(event, Said)]
        self.call_after_refresh(self._see, spoken[-1] if spoken else blocks[0])

    def speak_again(self) -> None:
        """Say what is not talk in the language in force, at the width there is now."""
        for event, shown in self._shown:
            for block, lines in zip(shown, self._blocks(event), strict=True):
                block.say(*lines)

    def _blocks(self, event: Event) -> list[list[Paragraph]]:  # noqa: PLR0911  # one case an event
        match event:
            case Said(text):
                return [_speech("viva", text)]
            case Typed(text):
                return [_speech("you", text)]
            case Closed(question):
                return [_indented(paragraph(question.entry.question.strip(), "bold"))]
            case Graded(feedback):
                return [_indented(feedback_lines(feedback, short=self.size.width < NARROW))]
            case Judged(feedback):
                return [_indented(feedback_lines(feedback, short=self.size.width < NARROW)[:1])]
            case Noted(text):
                return [_indented(paragraph(text, MUTED))]
            case Shown(entry):
                return [_indented(entry_lines(entry))]
            case Found(hits):
                return [_indented(passage_lines(hit, f"{hit.rank}. ")) for hit in hits]

    def _see(self, block: Prose) -> None:
        # What does not fit is read from its beginning; what does is kept at the end of the talk.
        if block.is_mounted and self.virtual_size.height - block.virtual_region.y > self.size.height:
            self.anchor(False)  # noqa: FBT003  # Textual's signature
            self.scroll_to(y=block.virtual_region.y, animate=False, immediate=True)


def _speech(speaker: Speaker, text: str) -> list[Paragraph]:
    first, *others = paragraph(text)
    label = spans((padded(tr(_YOU) if speaker == "you" else speaker, GUTTER), _STYLES[speaker])).content
    return [Paragraph(label + first.content, 0, GUTTER), *_indented(others)]


def _indented(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    return [Paragraph(each.content, each.first + GUTTER, each.rest + GUTTER) for each in paragraphs]
