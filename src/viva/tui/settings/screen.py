"""What a user can set, each where it comes from; how they mark; the backups; where things lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Button, Static

from viva import locations
from viva.i18n import N_, ntr, tr
from viva.settings import as_written
from viva.text.moments import minute, written_limit
from viva.tui.common.inputs import Choice, LimitStepper, Percent, Stepper
from viva.tui.common.interface import padded
from viva.tui.common.page import Body, Page
from viva.tui.common.paragraphs import MUTED, Paragraph, Prose, spans
from viva.tui.settings.words import CHOICES, LABELS, format_origin, format_setting, percent
from viva.tui.themes import theme_label

if TYPE_CHECKING:
    from pathlib import Path

    from viva.history.leniency import Habit
    from viva.locations import InForce
    from viva.workspace import Workspace


_KEYS = ("count", "retention", *CHOICES, "limit")
_BUTTONS = {"forget": N_("Forget my verdicts"), "backup": N_("Back up now")}


class SettingsScreen(Page):
    """Each change is saved at once."""

    HEADING = N_("settings")
    ABOUT = N_(
        "Tab or ↑ ↓ move between the settings, ← → and digits change them. Each change is saved at once, and undone by "
        "changing it back; d puts the default back. Recall is the chance of remembering that the schedule aims at: "
        "more of it means more reviews. Notes, index, model and reader are taken when viva starts: by flags, or by "
        "viva config set kb FOLDER. The settings file is yours to edit too; what you wrote in it stays."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Back")),
        Binding("d", "unset", N_("Default")),
        Binding("q", "app.leave", N_("Quit")),
        Binding("down", "step(1)", N_("Next setting"), show=False),
        Binding("up", "step(-1)", N_("Setting before"), show=False),
        Binding("pagedown", "page(1)", N_("Page down"), show=False),
        Binding("pageup", "page(-1)", N_("Page up"), show=False),
    ]

    AUTO_FOCUS = "#count"

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[str, InForce] = {}
        self._info: SettingsInfo | None = None

    def compose_body(self) -> ComposeResult:
        """Make a row for each setting, then what is shown and can be done."""
        settings = self.viva.workspace.settings
        with Body(id="body"):
            yield from _row("count", Stepper(settings.count, id="count"))
            yield from _row("retention", Percent(percent(settings.retention), 70, 99, id="retention"))
            for key, names in CHOICES.items():
                yield from _row(key, Choice(*names.values(), id=key))
            yield from _row("limit", LimitStepper(settings.limit, id="limit"))
            yield Prose(id="habit", classes="info")
            yield _button("forget")
            yield Prose(id="backups", classes="info")
            yield _button("backup")
            yield Prose(id="places", classes="info")

    def on_mount(self) -> None:
        """Show what is in force, and follow what the user changes."""
        self.settings_changed()
        for key in _KEYS:
            control = self.query_one(f"#{key}")
            self.watch(control, "chosen" if isinstance(control, Choice) else "value", self._follow(key), init=False)
        self.query_one("#forget").display = False

    def on_screen_resume(self) -> None:
        """Come back from another screen with what is true now."""
        self.load_info()

    # What is in force

    def settings_changed(self) -> None:
        """Put the controls where the settings are; what could not be saved goes back."""
        settings = self.viva.workspace.settings
        self.query_one("#count", Stepper).value = settings.count
        self.query_one("#retention", Percent).value = percent(settings.retention)
        self.query_one("#limit", LimitStepper).value = settings.limit
        for key, names in CHOICES.items():
            self.query_one(f"#{key}", Choice).chosen = list(names).index(getattr(settings, key))
        self.load_info()

    @work(exclusive=True, group="look")
    async def load_info(self) -> None:
        """Gather what there is to tell, in the core's thread."""
        self._values = await self.ask(self.viva.workspace.in_force) or self._values
        self._info = await self.ask(read_settings_info, self.viva.workspace)
        if self in self.app.screen_stack:  # it may be left while the core looks, and its parts be gone
            self._show_values()
            self._show_info()

    def _show_values(self) -> None:
        for key in _KEYS:
            if key in self._values:
                self.query_one(f"#{key}-origin", Static).update(Content(self._origin(key)))
        self.query_one("#places", Prose).say(*place_lines(self._values))

    def _origin(self, key: str) -> str:
        """Return where a value comes from; of the colours also what "as the terminal" means here."""
        origin = format_origin(self._values[key])
        if key != "theme":
            return origin
        if self.app.no_color:
            return tr("NO_COLOR is set: none are shown")
        if self.viva.workspace.settings.theme == "auto":
            return tr("{origin}: {theme}", origin=origin, theme=tr(theme_label(self.app.theme)))
        return origin

    def _show_info(self) -> None:
        if self._info is not None:
            self.query_one("#habit", Prose).say(*habit_lines(self._info))
            self.query_one("#backups", Prose).say(*backup_lines(self._info))
        self.query_one("#forget").display = self._info is not None and self._info.verdicts > 0

    def retranslate(self) -> None:
        """Say the labels and all that is told in the language in force."""
        super().retranslate()
        for key in _KEYS:
            self.query_one(f"#{key}-label", Static).update(Content(tr(LABELS[key])))
        for name, label in _BUTTONS.items():
            self.query_one(f"#{name}", Button).label = Content(tr(label))
        self._show_values()
        self._show_info()

    # What the user changes

    def _follow(self, key: str) -> Callable[[], None]:
        def changed() -> None:
            value = self._value(key)
            current = as_written(key, self.viva.workspace.settings)
            if value != (round(current, 2) if isinstance(current, float) else current):
                self._save(key, value)

        return changed

    def _value(self, key: str) -> object:
        control = self.query_one(f"#{key}")
        if isinstance(control, Choice):
            return list(CHOICES[key])[control.chosen]
        assert isinstance(control, Stepper)
        if key == "limit":
            return written_limit(control.value)
        return control.value / 100 if key == "retention" else control.value

    def _save(self, key: str, value: object | None) -> None:
        """Save a change; a newer one of the same key takes its place."""
        self.viva.navigator.in_background(self.viva.navigator.choose({key: value}), f"choose-{key}")

    def action_unset(self) -> None:
        """Put the default of the focused setting back."""
        key = self.focused.id if self.focused else None
        if key in _KEYS:
            self._save(key, None)

    @on(Button.Pressed, "#forget")
    def _ask_confirmation(self) -> None:
        question = tr(
            "Let none of the verdicts you gave count any longer? Grades are viva's own again. Your history keeps them."
        )
        self.viva.navigator.confirm(question, self._forget)

    @work(exclusive=True, group="forget")
    async def _forget(self) -> None:
        done = await self.ask(self.viva.workspace.practice_stats.forget_verdicts)
        self.load_info()
        if done is not None:
            self.tell(ntr("forgotten: {number} verdict", "forgotten: {number} verdicts", done))

    @on(Button.Pressed, "#backup")
    @work(exclusive=True, group="backup")
    async def _back_up(self) -> None:
        if (copy := await self.ask(self.viva.workspace.back_up)) is not None:
            self.load_info()
            self.tell(tr("backed up: {file}", file=copy.name))

    # Moving

    def action_step(self, by: int) -> None:
        """Focus the next setting or the one before; after the last one, scroll to what is only read."""
        if by < 0:
            self.focus_previous()
            return
        body = self.query_one(Body)
        last = [each for each in self.focus_chain if each.id][-1:]
        if self.focused is not None and [self.focused] == last and body.scroll_y < body.max_scroll_y:
            body.scroll_end(animate=False)
        else:
            self.focus_next()

    def action_page(self, by: int) -> None:
        """Scroll by nearly a page."""
        self.scroll_by_page(self.query_one("#body"), by)


def _row(key: str, control: Stepper | Choice) -> ComposeResult:
    with Container(classes="setting"):
        yield Static(Content(tr(LABELS[key])), id=f"{key}-label", classes="label")
        yield control
        yield Static(id=f"{key}-origin", classes="origin")


def _button(name: str) -> Button:
    return Button(Content(tr(_BUTTONS[name])), id=name, compact=True)


_LABEL = 13
"""Cells under which the values stand."""


@dataclass(frozen=True, slots=True)
class SettingsInfo:
    """What the history holds beside the answers."""

    habit: Habit
    verdicts: int
    """The user's own that count."""
    backups: int
    """Copies of the history that viva made by itself."""
    latest: datetime | None
    """When the newest of them was made, aware."""
    folder: Path
    """Where they lie."""


def read_settings_info(workspace: Workspace) -> SettingsInfo:
    """Return what there is to tell. Raises HistoryError."""
    copies = workspace.backups.made()
    return SettingsInfo(
        habit=workspace.practice_stats.habit(),
        verdicts=len(workspace.practice_stats.verdicts()),
        backups=len(copies),
        latest=copies[0].made_at if copies else None,
        folder=workspace.backups.folder,
    )


def habit_lines(of: SettingsInfo) -> list[Paragraph]:
    """Return how the user marks, and from how many verdicts that was learned."""
    return [_line(tr("Marking"), of.habit.manner, of.habit.learned)]


def backup_lines(of: SettingsInfo) -> list[Paragraph]:
    """Return when the history was last backed up, and how many copies there are."""
    if of.latest is None:
        return [_line(tr(LABELS["backups"]), tr("none yet"), "")]
    copies = ntr("{number} copy", "{number} copies", of.backups)
    return [_line(tr(LABELS["backups"]), tr("the last one {when}", when=minute(of.latest)), copies)]


def place_lines(values: Mapping[str, InForce]) -> list[Paragraph]:
    """Return where things lie, and why there."""
    lines = [
        _line(tr(LABELS[key]), format_setting(key, values[key].value), format_origin(values[key]))
        for key in ("kb", "index", "model", "reader", "history")
        if key in values
    ]
    others = {"settings": locations.settings_file(), "reports": locations.reports_folder()}
    return lines + [_line(tr(LABELS[name]), format_setting(name, path), "") for name, path in others.items()]


def _line(label: str, value: str, detail: str) -> Paragraph:
    return spans((padded(label, _LABEL - 1) + " ", MUTED), value, (f"  {detail}" if detail else "", MUTED), rest=_LABEL)
