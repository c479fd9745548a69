"""`viva restore`: a backup back into the place of the history."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viva.cli import counts, output
from viva.cli.failures import CANNOT
from viva.cli.interactive.keyboard import Keyboard
from viva.cli.interactive.words import yes_or_no
from viva.cli.options import Json, with_workspace
from viva.i18n import N_, tr
from viva.text.moments import minute
from viva.workspace import Workspace

if TYPE_CHECKING:
    from viva.history.backup.restore import CheckedBackup, Restored

DETAILS = (
    N_(
        "The backup is checked first, and the history as it was is kept beside the automatic backups. "
        "A file that is damaged changes nothing."
    ),
)
EXAMPLES = (
    N_("""\
viva restore viva-backup-2026-11-23.zip
viva restore --latest            the newest copy that viva made by itself
viva restore backup.zip --settings --yes"""),
)


@partial(with_workspace, ignore_bad_settings=True)
def command(
    workspace: Workspace,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help=N_("What viva backup wrote, or one that it lists."), show_default=False),
    ] = None,
    latest: Annotated[bool, typer.Option("--latest", help=N_("The newest automatic backup instead of FILE."))] = False,
    settings: Annotated[bool, typer.Option("--settings", help=N_("Restore the settings file too."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Do not ask, even in a terminal."))] = False,
    as_json: Json = False,
) -> None:
    """Put a backup in the place of your history."""
    if latest == (file is not None):
        raise typer.BadParameter(tr("name a FILE or give --latest, one of them"))
    backup = workspace.backups.latest() if file is None else file.expanduser()
    if not yes and not _is_confirmed(workspace.backups.look(backup)):
        output.talk(tr("nothing was changed"))
        raise typer.Exit(CANNOT)
    done = workspace.backups.restore(backup, settings=settings)
    if as_json:
        output.json_line({"file": backup, **_fields(done)})
        return
    output.lines(_lines(done))


def _is_confirmed(found: "CheckedBackup") -> bool:
    """Ask once, in a terminal; anything but a yes is a no."""
    keyboard = Keyboard()
    if not keyboard.interactive:
        return True
    held = counts.turns(found.turns)
    output.data(
        tr("The backup of {when} holds {turns}. It replaces your history,", when=minute(found.made_at), turns=held)
    )
    output.data(tr("which is kept beside the automatic backups. Restore it? (y/n)"))
    return yes_or_no(keyboard.line() or "") is True


def _fields(done: "Restored") -> dict[str, object]:
    return {
        "made_at": done.made_at,
        "turns_before": done.turns_before,
        "turns_after": done.turns_after,
        "kept": done.kept,
        "settings": done.settings,
        "settings_kept": done.settings_kept,
    }


def _lines(done: "Restored") -> list[str]:
    before = tr("damaged") if done.turns_before is None else counts.turns(done.turns_before)
    now = counts.turns(done.turns_after)
    lines = [
        tr(
            "restored: the backup of {when}, {now} (before: {before})",
            when=minute(done.made_at),
            now=now,
            before=before,
        )
    ]
    if done.kept:
        lines.append(tr("the history as it was: {file}", file=done.kept))
    if done.settings:
        lines.append(tr("settings restored: {file}", file=done.settings))
    if done.settings_kept:
        lines.append(tr("the settings as they were: {file}", file=done.settings_kept))
    return lines
