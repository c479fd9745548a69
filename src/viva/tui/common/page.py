"""What all screens share: a title, a notice, keys at the bottom, and calls to the core that never block."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, ParamSpec, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget

from viva.errors import VivaError
from viva.i18n import tr
from viva.tui.common.frame import KeyLine, Notice, TitleBar, translated_bindings
from viva.tui.common.interface import Words

if TYPE_CHECKING:
    from viva.tui.app import VivaApp

TypedEvent = events.Key | events.Paste
"""Something typed, or pasted."""

P = ParamSpec("P")
T = TypeVar("T")


class Page(Screen[None]):
    """A screen between a title line and a line of keys."""

    HEADING: str = ""
    """Shown in the title line, as it is noted for translation."""
    ABOUT: str = ""
    """What the help screen says about this screen, as it is noted for translation."""
    LINGER: ClassVar[float | None] = 6.0
    """Seconds that the end of some work is told; None until something else is told."""

    @property
    def viva(self) -> VivaApp:
        """The app, under its own type."""
        return cast("VivaApp", self.app)

    def compose(self) -> ComposeResult:
        """Make the frame around the body."""
        yield TitleBar(self.heading())
        yield from self.compose_body()
        yield Notice()
        yield KeyLine()

    def compose_body(self) -> ComposeResult:
        """Make what is between title and keys."""
        yield from ()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that can be pressed now, and what they do in the language in force."""
        return translated_bindings(super().active_bindings)

    def heading(self) -> str:
        """Return what the title line says, in the language in force."""
        return tr(self.HEADING)

    def show_heading(self) -> None:
        """Say in the title line what is true now."""
        self.query_one(TitleBar).title = self.heading()

    def retranslate(self) -> None:
        """Say everything of viva's own in the language in force, and touch nothing that was typed or chosen.

        A page that holds words besides those of its frame says these too.
        """
        self.show_heading()
        self.query_one(Notice).retranslate()
        for widget in self.walk_children(Widget):
            widget.refresh(layout=True)
        self.refresh_bindings()

    def tell(self, message: str | Words, *, problem: bool = False) -> None:
        """Show one line under the body; an empty one clears it."""
        for notice in self.query(Notice):  # none on a page that is being closed
            notice.tell(message, problem=problem)

    def tell_end(self, done: Callable[[str], str]) -> None:
        """Reword what is told, now that it is over; an error stays as it is."""
        self.query_one(Notice).tell_end(done, self.LINGER)

    @property
    def opening(self) -> bool:
        """Whether an interview is being opened from here: what is typed now is meant for it."""
        return any(each.group == "begin" and each.node is self and not each.is_finished for each in self.workers)

    def forward_to_input(self, event: TypedEvent) -> None:
        """Put the focus where `event` belongs, before it goes to what has the focus.

        Handlers and bindings come too late for that: what is typed right after would overtake it.
        """

    async def ask(self, step: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run a step of the core in its thread; tell what went wrong, and return None then."""
        try:
            return await self.viva.core.call(step, *args, **kwargs)
        except VivaError as error:
            self.tell(str(error), problem=True)
            return None

    def notes_changed(self) -> None:
        """Show the notes as they are now: they were read again."""

    def settings_changed(self) -> None:
        """Show what follows from the settings, which were changed."""

    def scroll_by_page(self, what: Widget, by: int, *, kept: int = 1) -> None:
        """Scroll `what` by its height, down (1) or up (-1), but for the `kept` lines that stay to be seen."""
        what.scroll_relative(y=by * max(1, what.size.height - kept), animate=False)

    async def action_back(self) -> None:
        """Return to where the page was opened."""
        self.app.pop_screen()

    async def keep(self) -> Words | None:
        """Store what would be lost on leaving; return a line to say in the terminal then, or nothing."""
        return None


class Body(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls, but leaves the arrow keys to what is in it and to its screen.

    Textual's own container takes them wherever there is something to scroll: in a low terminal only.
    """


class TypeAhead:
    """Keeps keys and pasted text until the interview that they were meant for is there."""

    def __init__(self) -> None:
        self._kept: list[TypedEvent] = []

    def keeps(self, page: Page, event: TypedEvent) -> bool:
        """Whether this is kept for the interview that is being opened: here it would mean something else."""
        if not page.opening:
            self._kept.clear()  # no interview came of it
            return False
        if isinstance(event, events.Key) and not event.is_printable and event.key not in {"enter", "backspace"}:
            return False
        if self._kept or isinstance(event, events.Paste) or event.key not in {"enter", "backspace"}:
            self._kept.append(event)
        return True  # Enter pressed twice, to begin, is no answer

    def take(self) -> list[TypedEvent]:
        """Return what was kept, in the order of typing, and keep it no longer."""
        # A key that came back from a widget first was typed before one that had not been there yet.
        kept, self._kept = sorted(self._kept, key=attrgetter("time")), []
        return [_copy(event) for event in kept]


def _copy(event: TypedEvent) -> TypedEvent:
    return events.Paste(event.text) if isinstance(event, events.Paste) else events.Key(event.key, event.character)
