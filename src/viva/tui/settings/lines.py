"""What the settings screen tells beside the settings: how the user marks, the backups, where things lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from viva import paths
from viva.i18n import ntr, tr
from viva.text.moments import minute
from viva.tui.common.interface import padded
from viva.tui.common.paragraphs import MUTED, Paragraph, spans
from viva.tui.settings.words import LABELS, format_setting, origin_told

if TYPE_CHECKING:
    from pathlib import Path

    from viva.history.leniency import Habit
    from viva.preferences import InForce
    from viva.workspace import Workspace

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


def kept(workspace: Workspace) -> SettingsInfo:
    """Return what there is to tell. Raises HistoryError."""
    made = workspace.backups.made()
    return SettingsInfo(
        habit=workspace.practice_stats.habit(),
        verdicts=len(workspace.practice_stats.verdicts()),
        backups=len(made),
        latest=made[0].made_at if made else None,
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
        _line(tr(LABELS[key]), format_setting(key, values[key].value), origin_told(values[key]))
        for key in ("kb", "index", "model", "reader", "history")
        if key in values
    ]
    others = {"settings": paths.settings_file(), "reports": paths.reports_folder()}
    return lines + [_line(tr(LABELS[name]), format_setting(name, path), "") for name, path in others.items()]


def _line(label: str, value: str, rest: str) -> Paragraph:
    return spans((padded(label, _LABEL - 1) + " ", MUTED), value, (f"  {rest}" if rest else "", MUTED), rest=_LABEL)
