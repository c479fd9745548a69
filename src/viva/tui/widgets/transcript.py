"""The talk so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from textual.containers import VerticalScroll

from viva.tui.finding import Spot, highlighted, spots
from viva.tui.grade_lines import feedback_lines, score_line
from viva.tui.hit_lines import entry_lines, passage_lines
from viva.tui.paragraphs import MUTED, Paragraph, line_of, paragraph, spans
from viva.tui.talk import Closed, Event, Found, Graded, Judged, Noted, Said, Shown, Typed
from viva.tui.widgets.prose import Prose
from viva.types import Feedback

Speaker = Literal["viva", "you"]
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
        self._said: dict[Prose, tuple[Paragraph, ...]] = {}
        """What each block says, without marks, in order."""
        self._query = ""
        self._places: list[tuple[Prose, Spot]] = []
        self.place: tuple[Prose, Spot] | None = None
        """The place found that is looked at."""
        self._open: tuple[Feedback, Prose] | None = None
        """Feedback whose follow-up waits, and its block."""

    def show(self, events: Iterable[Event]) -> None:
        """Add what happened, and scroll so that it is read from where viva spoke last.

        Feedback that was waiting for a follow-up is completed where it stands.
        """
        blocks = [
            (event, Prose(lines))
            for event in events
            if not (isinstance(event, Graded) and self._completes(event.feedback))
            for lines in self._blocks(event)
        ]
        for event, block in blocks:
            if isinstance(event, Graded) and event.feedback.waits:
                self._open = (event.feedback, block)
        if not blocks:
            return
        self.mount_all(block for _, block in blocks)
        self._said.update((block, block.paragraphs) for _, block in blocks)
        if self._query:
            self.find(self._query, stay=True)
        self.anchor()
        spoken = [block for event, block in blocks if isinstance(event, Said)]
        self.call_after_refresh(self._see, spoken[-1] if spoken else blocks[0][1])

    # Finding

    def find(self, query: str, *, stay: bool = False) -> None:
        """Mark all places that hold `query`, and go to the first that is not above what is seen; none unmarks all.

        Args:
            query: What to look for; blank for nothing.
            stay: Stay at the place that is looked at, and where the talk is scrolled to.
        """
        held = self.place if stay else None
        self._query = query
        self._places = [(block, spot) for block, said in self._said.items() for spot in spots(said, query)]
        if held in self._places:
            self.place = held
        else:
            seen = [place for place in self._places if self._y_of(place) >= self.scroll_offset.y]
            self.place = next(iter(seen or self._places[-1:]), None)
        self._mark(self._said)
        if self.place is not None and not stay:
            self.call_after_refresh(self._show_place)

    def step(self, by: int) -> None:
        """Go to the place after (1) or before (-1) the one that is looked at, and on from the other end."""
        if self.place is None:
            return
        before = self.place
        self.place = self._places[(self._places.index(before) + by) % len(self._places)]
        self._mark({before[0], self.place[0]})
        self.call_after_refresh(self._show_place)

    @property
    def counted(self) -> tuple[int | None, int]:
        """Which place is looked at, from 0, or None; and how many there are."""
        return (None if self.place is None else self._places.index(self.place)), len(self._places)

    def _mark(self, blocks: Iterable[Prose]) -> None:
        found: dict[Prose, list[Spot]] = {}
        for block, spot in self._places:
            found.setdefault(block, []).append(spot)
        for block in blocks:
            current = self.place[1] if self.place and self.place[0] is block else None
            block.restyle(highlighted(self._said[block], found.get(block, ()), current))

    def _y_of(self, place: tuple[Prose, Spot]) -> int:
        block, spot = place
        line = line_of(self._said[block], spot.paragraph, spot.start, block.content_size.width)
        return block.virtual_region.y + line

    def _show_place(self) -> None:
        if self.place is not None:
            self.anchor(False)  # noqa: FBT003  # Textual's signature
            self.scroll_to(y=self._y_of(self.place) - self.size.height // 2, animate=False, immediate=True)

    def _completes(self, feedback: Feedback) -> bool:
        """Put into its place what was kept back; an answer to the follow-up is judged below it instead."""
        if self._open is None or self._open[0].review_id != feedback.review_id:
            return False
        first, block = self._open
        self._open = None
        short = self.size.width < NARROW
        if feedback.gain is None:
            block.say(*_indented(feedback_lines(feedback, short=short)))
            return True
        block.say(*_indented([score_line(first, short=short)]))
        return False

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
                return [_indented([score_line(feedback, short=self.size.width < NARROW)])]
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
    label = spans((f"{speaker:<{GUTTER}}", _STYLES[speaker])).content
    return [Paragraph(label + first.content, 0, GUTTER), *_indented(others)]


def _indented(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    return [Paragraph(each.content, each.first + GUTTER, each.rest + GUTTER) for each in paragraphs]
