"""The options that commands share, and what opens the workspace for them.

No postponed annotations here: Typer reads them when a command is built.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec

import typer

from viva.cli import output
from viva.errors import SettingsError
from viva.i18n import N_, tr
from viva.settings import DEFAULTS
from viva.workspace import Workspace, open_workspace

P = ParamSpec("P")

LARGEST = 2**63 - 1
"""The largest number that the history can hold."""

Kb = Annotated[
    list[Path] | None,
    typer.Option("--kb", metavar="PATH", help=N_("A file or folder of notes; repeat it for more."), show_default=False),
]
IndexFolder = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help=N_("Where the index is kept."), show_default=False)
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME_OR_PATH",
        help=N_("A sentence-transformers model instead of the embedded one."),
        show_default=False,
    ),
]
Reader = Annotated[
    str | None,
    typer.Option(
        "--reader",
        metavar="NAME_OR_PATH",
        help=N_('A cross-encoder for entailment instead of the embedded reader, or "none".'),
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help=N_("Print JSON for programs."))]


@dataclass(frozen=True, slots=True)
class Selection:
    """The notes, index, model and reader that flags name; None where no flag does."""

    kb: list[Path] | None
    index: Path | None
    model: str | None
    reader: str | None

    def or_else(self, other: "Selection") -> "Selection":
        """Return this selection with the gaps filled from `other`: `viva --kb x search` is `viva search --kb x`."""
        return Selection(
            self.kb or other.kb, self.index or other.index, self.model or other.model, self.reader or other.reader
        )

    def open(self) -> Workspace:
        """Open a workspace over this selection that talks on stderr. Raises SettingsError."""
        return open_workspace(
            self.kb,
            self.index,
            self.model,
            reader=self.reader,
            notify=output.talk,
            progress=output.Progress(tr("done")).at,
        )

    def open_anyhow(self) -> Workspace:
        """Open it with the default settings where the settings file cannot be used."""
        try:
            return self.open()
        except SettingsError:
            return open_workspace(
                self.kb, self.index, self.model, reader=self.reader, settings=DEFAULTS, notify=output.talk
            )


def over_notes(command: Callable[Concatenate[Workspace, P], None]) -> Callable[..., None]:
    """Give a command the options of the workspace, and pass it the one that they name, closed when it ends."""
    return _over_notes(command, Selection.open)


def over_notes_with_any_settings(command: Callable[Concatenate[Workspace, P], None]) -> Callable[..., None]:
    """As `over_notes`, for commands that find out and mend what is wrong: damaged settings do not stop them."""
    return _over_notes(command, Selection.open_anyhow)


def _over_notes(
    command: Callable[Concatenate[Workspace, P], None], opened: Callable[[Selection], Workspace]
) -> Callable[..., None]:
    own = list(inspect.signature(command).parameters.values())[1:]

    def run(
        *,
        ctx: typer.Context,
        kb: Kb = None,
        index: IndexFolder = None,
        model: Model = None,
        reader: Reader = None,
        **values: Any,
    ) -> None:
        with opened(selection(ctx, kb, index, model, reader)) as workspace:
            command(workspace, **values)  # type: ignore[call-arg]  # Typer passes what the signature below names

    common = [each for each in inspect.signature(run).parameters.values() if each.kind is not each.VAR_KEYWORD]
    named = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own]
    run.__signature__ = inspect.Signature([*named, *common])  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in (*named, *common)}
    run.__name__ = command.__name__
    run.__doc__ = command.__doc__
    return run


def selection(
    ctx: typer.Context, kb: list[Path] | None, index: Path | None, model: str | None, reader: str | None
) -> Selection:
    """Return what the command's own flags name, else what stood before the command."""
    before = ctx.parent.params if ctx.parent else {}
    other = Selection(before.get("kb"), before.get("index"), before.get("model"), before.get("reader"))
    return Selection(kb, index, model, reader).or_else(other)
