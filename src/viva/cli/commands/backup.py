"""`viva backup`: history and settings as one file, and the list of the copies that viva makes by itself."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viva import __version__
from viva.cli import counts, output
from viva.cli.options import Json, with_workspace
from viva.i18n import N_, tr
from viva.text.moments import minute
from viva.workspace import Workspace

if TYPE_CHECKING:
    from viva.history.backup.backup import ListedBackup

DETAILS = (N_("The file can be read back by viva restore. It appears only when it is complete."),)
_KINDS = (N_("daily"), N_("before-upgrade"), N_("before-restore"), N_("damaged"))
"""The kinds of `history.backup.backup`, for the catalogues."""

EXAMPLES = (
    N_("""\
viva backup                      viva-backup-DATE.zip in the current folder
viva backup --output mine.zip
viva backup --now                one more of the copies that viva makes by itself
viva backup --list               those copies, one a day"""),
)


@partial(with_workspace, ignore_bad_settings=True)
def command(
    workspace: Workspace,
    to: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help=N_("Write here."),
            show_default=N_("viva-backup-DATE.zip in the current folder"),
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace a file that exists."))] = False,
    now: Annotated[
        bool, typer.Option("--now", help=N_("Make one more of the automatic backups instead, in their folder."))
    ] = False,
    listing: Annotated[
        bool, typer.Option("--list", help=N_("List the automatic backups instead, newest first."))
    ] = False,
    as_json: Json = False,
) -> None:
    """Write history and settings to one file, or list the automatic backups."""
    if listing:
        if to is not None or force:
            raise typer.BadParameter(tr("--list writes nothing: leave out --output and --force"))
        _list(workspace.backups.listed(), as_json=as_json)
        return
    if now:
        if to is not None or force:
            raise typer.BadParameter(tr("--now chooses the file itself: leave out --output and --force"))
        copy = workspace.back_up()
        output.json_line({"file": copy}) if as_json else output.data(tr("written: {file}", file=copy))
        return
    file = to.expanduser() if to else Path(workspace.backups.default_name())
    turns = len(workspace.history.reviews())  # opened first: a history of an older viva is carried over
    workspace.backups.write(file, __version__, replace=force)
    if as_json:
        output.json_line({"file": file, "bytes": file.stat().st_size, "turns": turns})
    else:
        output.data(tr("written: {file}, {turns}", file=file, turns=counts.turns(turns)))


def _list(copies: "list[ListedBackup]", *, as_json: bool) -> None:
    for copy in copies:
        output.json_line(copy) if as_json else output.data(_line(copy))
    if not copies and not as_json:
        output.data(tr("None yet: the first is made when a history with answers is next opened."))


def _line(copy: "ListedBackup") -> str:
    turns = tr("cannot be read") if copy.turns is None else counts.turns(copy.turns)
    size = max(1, round(copy.bytes / 1024))
    return tr(
        "{when}  {kind}, {turns}, {size} KB  {file}",
        when=minute(copy.made_at),
        kind=tr(copy.kind),
        turns=turns,
        size=size,
        file=copy.file,
    )
