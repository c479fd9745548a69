"""The talk so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual.containers import VerticalScroll
from textual.timer import Timer

from viva.tui.common.highlight import Spot, highlighted, spots
from viva.tui.common.paragraphs import Paragraph, Prose, line_of
from viva.tui.interview.talk_lines import SHOWN_BESIDE, talk_lines
from viva.types import Feedback
from viva.types.dialogue import Event, Graded, Helped, Judged, Rejudged, Said, Typed
from viva.wording.highlight import answer_marks

NARROW = 56
"""Cells below which bars are short."""
PAGE = 40
"""Events that are put together in one block once they are that old: each block costs memory and time."""

SETTLED = 1.0
"""Seconds after which the places of new blocks no longer change by themselves."""


class Transcript(VerticalScroll, can_focus=True):
    """Grows at its end and stays there, unless the user scrolled back to read."""

    DEFAULT_CSS = """
    Transcript { height: 1fr; align-vertical: bottom; padding: 0 2; scrollbar-size-vertical: 1; }
    Transcript Prose { margin-top: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[Prose, tuple[Event, ...]] = {}
        """The blocks in order, each with what it tells of."""
        self._said: dict[Prose, tuple[Paragraph, ...]] = {}
        """What each block says, without marks."""
        self._query = ""
        self._places: list[tuple[Prose, Spot]] = []
        self.place: tuple[Prose, Spot] | None = None
        """The place found that is looked at."""
        self._read_from: Prose | None = None
        """The block where the user reads on, until the layout is settled and scrolling is theirs."""
        self._news: Prose | None = None
        """The same, until the user scrolls: it is what they read when the terminal gets another size."""
        self._settling: Timer | None = None
        self._top: tuple[int, Prose | None] = (0, None)
        """The block at the top of what is seen, and the width for which that is true."""
        self._short = False
        """Whether bars are short."""
        self._open: tuple[Feedback, Prose] | None = None
        """Feedback whose follow-up waits, and its block."""
        self._waiting: list[Prose] = []
        """Blocks that give way to what comes next."""

    def wait(self, events: Iterable[Event]) -> None:
        """Show what gives way to the next `show`, which tells it again and more."""
        self._waiting = [Prose(talk_lines((event,), short=self._short)) for event in events]
        self.mount_all(self._waiting)
        self.anchor()
        self._news = self._waiting[-1]
        self._look_at_news()

    def _wait_no_more(self) -> None:
        for block in self._waiting:
            block.display = False  # at once; it is removed a little later
        self.remove_children(self._waiting)
        self._waiting = []

    def show(self, events: Iterable[Event]) -> None:
        """Add what happened, and scroll so that it is read from where viva spoke last.

        Feedback that was waiting for a follow-up is completed where it stands.
        """
        self._wait_no_more()
        talk = [event for event in events if not isinstance(event, SHOWN_BESIDE)]
        news = [event for event in talk if not self._stands_already(event)]
        blocks = [self._block((event,)) for event in news]
        for event, block in zip(news, blocks, strict=True):
            if isinstance(event, Graded) and event.feedback.waits:
                self._open = (event.feedback, block)
        if not blocks:
            return
        self._fold()
        self.mount_all(blocks)
        if self._query:
            self.find(self._query, stay=True)
        self.anchor()
        spoken = [block for event, block in zip(news, blocks, strict=True) if isinstance(event, Said | Helped)]
        self._news = spoken[-1] if spoken else blocks[0]
        self._look_at_news()

    def retranslate(self) -> None:
        """Say what is not talk in the language in force, at the width there is now."""
        for block, events in self._held.items():
            self._retell(block, events)
        if self._query:
            self.find(self._query, stay=True)

    # Finding

    def find(self, query: str, *, stay: bool = False) -> None:
        """Mark all places that hold `query`, and go to the first that is not above what is seen; none unmarks all.

        Args:
            query: What to look for; blank for nothing.
            stay: Stay at the place that is looked at, and where the talk is scrolled to.
        """
        held = self.place if stay else None
        self._query = query
        self._places = [(block, spot) for block, paragraphs in self._said.items() for spot in spots(paragraphs, query)]
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

    # Blocks

    def _block(self, events: tuple[Event, ...]) -> Prose:
        block = Prose(talk_lines(events, short=self._short))
        self._held[block] = events
        self._said[block] = block.paragraphs
        return block

    def _retell(self, block: Prose, events: tuple[Event, ...]) -> None:
        block.say(*talk_lines(events, short=self._short))
        self._held[block] = events
        self._said[block] = block.paragraphs

    def _fold(self) -> None:
        """Put the oldest blocks together where there are many, so that a long talk stays as quick as a short one."""
        single = [block for block, events in self._held.items() if len(events) == 1]
        if len(single) < 2 * PAGE:
            return
        old = single[:PAGE]
        events = tuple(event for block in old for event in self._held[block])
        later = {block: self._held[block] for block in self._held if block in single[PAGE:]}
        pages = [block for block in self._held if block not in single]
        for block in (*old, *later):
            del self._held[block]
        said_later = {block: self._said.pop(block) for block in later}
        for block in old:
            del self._said[block]
        page = self._block(events)
        self._held.update(later)
        self._said.update(said_later)
        self.mount(page, after=pages[-1]) if pages else self.mount(page, before=0)
        self.remove_children(old)

    def _stands_already(self, event: Event) -> bool:
        """Whether what an event tells was put into its place in what stands in the talk."""
        if isinstance(event, Rejudged):
            return self._tells_anew(event.feedback)
        return isinstance(event, Graded) and self._completes(event)

    def _tells_anew(self, feedback: Feedback) -> bool:
        """Tell feedback, one of whose points was judged, where it stands."""
        for block, events in reversed(self._held.items()):
            updated = tuple(_with(event, feedback) for event in events)
            if updated != events:
                self._mark_answer(feedback)
                self._retell(block, updated)
                if self._query:
                    self.find(self._query, stay=True)
                return True
        return False

    def _completes(self, graded: Graded) -> bool:
        """Put into its place what was kept back; an answer to the follow-up is judged below it instead."""
        feedback = graded.feedback
        if self._open is None or self._open[0].review_id != feedback.review_id:
            return False
        first, block = self._open
        self._open = None
        self._mark_answer(feedback)
        self._retell(block, (graded,) if feedback.gain is None else (Judged(first),))
        return feedback.gain is None

    def _mark_answer(self, feedback: Feedback) -> None:
        """Mark in a first answer, which stands in the talk, what was kept back while its follow-up waited."""
        typed = Typed(feedback.answer, answer_marks(feedback)[0])
        for block, events in reversed(self._held.items()):
            if len(events) == 1 and isinstance(events[0], Typed) and events[0].text == typed.text:
                block.restyle(talk_lines((typed,), short=self._short))
                self._held[block], self._said[block] = (typed,), block.paragraphs
                return

    def on_mount(self) -> None:
        """Look again when the layout changes: blocks and rating bar get their places one after the other."""
        self.watch(self, "virtual_size", self._see, init=False)

    def on_resize(self) -> None:
        """Stay with what is read, however its lines are broken now."""
        width, block = self._top
        if (self.size.width < NARROW) != self._short:
            self._short = not self._short
            self.retranslate()
        if self._news is not None:
            self._look_at_news()
        elif block is not None and block.is_mounted and width != self.size.width:
            self.call_after_refresh(self._show_block, block)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep in mind what is at the top, as long as it is there because of the user and of no other width."""
        super().watch_scroll_y(old_value, new_value)
        if self._top[0] in {0, self.size.width}:
            at_top = (block for block in self._held if block.virtual_region.bottom > new_value)
            self._top = self.size.width, next(at_top, None)

    def release_anchor(self) -> None:
        """Leave the scrolling to the user from their first step on."""
        super().release_anchor()
        self._read_from = self._news = None

    def _look_at_news(self) -> None:
        self._read_from = self._news
        self.call_after_refresh(self._see)
        if self._settling is not None:  # older news must not say that these are settled
            self._settling.stop()
        self._settling = self.set_timer(SETTLED, self._settled)

    def _show_block(self, block: Prose) -> None:
        self._top = self.size.width, block
        self.scroll_to(y=block.virtual_region.y, animate=False, immediate=True)

    def _settled(self) -> None:
        self._read_from = None

    def _see(self) -> None:
        # What does not fit is read from its beginning; what does is kept at the end of the talk.
        block = self._read_from
        if block is None or not block.is_mounted:
            return
        if self.virtual_size.height - block.virtual_region.y > self.size.height:
            self.anchor(False)  # noqa: FBT003  # Textual's signature
            self.scroll_to(y=block.virtual_region.y, animate=False, immediate=True)
        else:
            self.scroll_end(animate=False, immediate=True)  # an anchor that was once released does not hold
        self._read_from = self._news = block  # this was no step of the user


def _with(event: Event, feedback: Feedback) -> Event:
    """Return an event with the feedback as it reads now, where it tells of the same answer."""
    if isinstance(event, Graded) and event.feedback.review_id == feedback.review_id:
        return replace(event, feedback=feedback)
    return event
