"""The first screen: what is due, what to be asked, and one key to begin."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from viva.i18n import noted
from viva.tui.literal import one_line
from viva.tui.overview import Overview, look
from viva.tui.paragraphs import MUTED, Paragraph, spans
from viva.tui.screens.page import Page
from viva.tui.topic_labels import topic_labels
from viva.tui.widgets.choice import Choice
from viva.tui.widgets.prose import Prose
from viva.tui.widgets.stepper import Stepper
from viva.types import Order

if TYPE_CHECKING:
    from viva.practice.sittings import Sitting

_ORDERS: dict[Order, str] = {
    "random": "random",
    "due": "due first",
    "weak": "weak points",
    "unanswered": "unanswered",
}
_ORIGINS = {"current folder": "in this folder", "settings": "from the settings", "sample notes": "that come with viva"}


class StartScreen(Page):
    """Offers to go on with an interrupted interview, or to begin a new one."""

    HEADING = "practise from your own notes"
    ABOUT = (
        "Enter starts. Tab or ↑ ↓ move between the choices, ← → and digits change them; Enter there starts with them."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "resume", "Go on"),
        Binding("enter", "start", "Start"),
        Binding("n", "start_anew", "Start anew"),
        Binding("s,slash", "search", "Search", key_display="s"),
        Binding("q", "app.leave", "Quit"),
        Binding("b", "browse", "Browse"),
        Binding("p", "progress", "Progress"),
        Binding("comma", "app.settings", noted("Settings"), key_display=","),
        Binding("down", "app.focus_next", "Next", show=False),
        Binding("up", "app.focus_previous", "Previous", show=False),
    ]

    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.overview: Overview | None = None
        self._looked = asyncio.Event()
        """Set when the notes were read, or could not be: a key pressed before is obeyed then."""
        self._problems: int | None = None
        """What `viva check` shows; None before it was looked at, which is done once."""

    def compose_body(self) -> ComposeResult:
        """Make the overview, the two buttons and the choices."""
        with VerticalScroll(id="body", can_focus=False):
            yield Prose([spans(("reading the notes…", MUTED))], id="overview")
            yield Prose(id="sittings")
            with Horizontal(id="begin"):
                for name, label in (("resume", "Go on"), ("start", "Start")):
                    button = Button(Content(label), id=name, variant="primary", compact=True)
                    button.can_focus = False  # Enter does it from anywhere; a button would hide that from the key list
                    yield button
            with Horizontal(classes="row"):
                yield Static("Questions", classes="label")
                yield Stepper(self.viva.workspace.settings.count, id="count")
            with Horizontal(classes="row"):
                yield Static("Order", classes="label")
                yield Choice(*_ORDERS.values(), id="order")
            with Horizontal(id="topic-row"):
                yield Static("Topic", classes="label")
                yield OptionList(Option(Content("all topics")), id="topics", compact=True, markup=False)

    def on_mount(self) -> None:
        """Draw first, read the notes then, open the model last."""
        self.query_one("#resume").display = False
        self.call_after_refresh(self.load)

    def on_screen_resume(self) -> None:
        """Come back from another screen with fresh numbers."""
        if self.overview is not None:
            self.load()

    def notes_changed(self) -> None:
        """See again what is wrong with the notes, when the screen is seen next."""
        self._problems = None
        if self.is_current:
            self.load()

    def settings_changed(self) -> None:
        """Offer as many questions as are set now."""
        self.query_one("#count", Stepper).value = self.viva.workspace.settings.count

    @work(exclusive=True, group="overview")
    async def load(self) -> None:
        """Read the notes and the history, then see what is wrong with the notes."""
        overview = await self.ask(look, self.viva.workspace)
        if overview is not None:
            self._show(overview)
        self._looked.set()
        if overview is None:
            self.query_one("#overview", Prose).say(spans(("there is nothing to ask yet", MUTED)))
            self.viva.state = ""
            return
        self.viva.warm()
        if self._problems is None:
            self._problems = len(await self.ask(self.viva.workspace.check) or ())
            self._show(overview)

    def _show(self, overview: Overview) -> None:
        self.overview = overview
        self.query_one("#overview", Prose).say(*_lines(overview, self._problems or 0))
        sittings = self.query_one("#sittings", Prose)
        sittings.say(*map(_sitting, overview.sittings))
        sittings.set_class(bool(overview.sittings), "-some")
        resume, start = self.query_one("#resume", Button), self.query_one("#start", Button)
        resume.display = overview.total > 0
        resume.label = Content(f"Go on: {overview.asked} of {overview.total} asked")
        start.label = Content("Start anew" if overview.total else "Start")
        start.variant = "default" if overview.total else "primary"
        self.query_one("#count", Stepper).most = overview.questions
        self._list_topics(overview)
        self.refresh_bindings()

    def _list_topics(self, overview: Overview) -> None:
        topics = self.query_one("#topics", OptionList)
        names = [("all topics", overview.questions), *overview.topics]
        marked = topics.highlighted or 0
        topics.set_options(map(Option, topic_labels(names, [None, *overview.known], self.size.width)))
        topics.highlighted = min(marked, len(names) - 1)

    def on_resize(self) -> None:
        """Give the topics the room there is."""
        if self.overview is not None:
            self._list_topics(self.overview)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go on only where there is something to go on with."""
        waiting = self.overview is not None and self.overview.total > 0
        if action == "resume":
            return waiting and self.focused is None
        if action == "start_anew":
            return waiting
        return super().check_action(action, parameters)

    @on(Button.Pressed, "#start")
    @on(OptionList.OptionSelected)
    def action_start(self) -> None:
        """Begin a new interview with what is chosen."""
        self._begin()

    def action_start_anew(self) -> None:
        """Begin a new interview although an old one waits."""
        self._begin()

    @on(Button.Pressed, "#resume")
    def action_resume(self) -> None:
        """Go on with the interview that was interrupted."""
        self._go_on()

    @work(exclusive=True, group="begin")
    async def _begin(self) -> None:
        from viva.tui.session import Session

        early = self.overview is None
        await self._looked.wait()
        if self.overview is None:
            return
        if early and self.overview.total:
            self._go_on()
            return
        self.tell("")
        marked = self.query_one("#topics", OptionList).highlighted or 0
        session = await self.ask(
            Session.begin,
            self.viva.workspace,
            count=self.query_one("#count", Stepper).value,
            topic=self.overview.topics[marked - 1][0] if marked else None,
            order=list(_ORDERS)[self.query_one("#order", Choice).chosen],
        )
        self._open(session)

    @work(exclusive=True, group="begin")
    async def _go_on(self) -> None:
        from viva.tui.session import Session

        self._open(await self.ask(Session.go_on, self.viva.workspace))

    def _open(self, session: object | None) -> None:
        from viva.tui.screens.interview import InterviewScreen
        from viva.tui.session import Session

        if isinstance(session, Session):
            self.app.push_screen(InterviewScreen(session))

    def action_search(self) -> None:
        """Search the notes."""
        from viva.tui.screens.search import SearchScreen

        if self.overview is not None:
            self.app.push_screen(SearchScreen())

    def action_progress(self) -> None:
        """Show how practice goes."""
        from viva.tui.screens.progress import ProgressScreen

        if self.overview is not None:
            self.app.push_screen(ProgressScreen())

    def action_browse(self) -> None:
        """Show the notes themselves."""
        from viva.tui.screens.notes import NotesScreen

        if self.overview is not None:
            self.app.push_screen(NotesScreen())


def _lines(overview: Overview, problems: int) -> list[Paragraph]:
    names = ", ".join(Path(root).name or root for root in overview.notes)
    where = _ORIGINS.get(overview.origin) or ", ".join(sorted({str(Path(root).parent) for root in overview.notes}))
    noun = "question" if overview.questions == 1 else "questions"
    lines = [
        spans((one_line(names), "bold"), (f"  {one_line(where)}", MUTED), rest=2),
        spans(
            f"{overview.questions} {noun}",
            (" · ", MUTED),
            (f"{overview.due} due", "bold $text-primary" if overview.due else MUTED),
            (" · ", MUTED),
            f"{overview.new} new",
            (f" · {overview.streak} days in a row" if overview.streak > 1 else "", MUTED),
        ),
    ]
    if problems:
        lines.append(
            spans((f"viva check shows {problems} {'problem' if problems == 1 else 'problems'}", "$text-warning"))
        )
    return lines


def _sitting(sitting: Sitting) -> Paragraph:
    mean = "" if sitting.mean_score is None else f" · mean {sitting.mean_score:.0f}"
    return spans((f"{sitting.day.isoformat()}  ", MUTED), f"{sitting.answered} answered", (mean, MUTED))
