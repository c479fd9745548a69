"""The options that commands share, what opens the workspace that they name, and what the shell completes in them.

No postponed annotations here: Typer reads them when a command is built.
"""

import inspect
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec

import typer

from viva.cli import output
from viva.errors import SettingsError, VivaError
from viva.i18n import N_, tr
from viva.settings import DEFAULTS
from viva.types import Entry
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

    def open(self, *, ignore_bad_settings: bool = False) -> Workspace:
        """Open a workspace over this selection that talks on stderr.

        Args:
            ignore_bad_settings: Take the default settings where the settings file cannot be used.

        Raises:
            SettingsError: It cannot be used.
        """
        try:
            return self._open(progress=output.Progress(tr("done")).at)
        except SettingsError:
            if not ignore_bad_settings:
                raise
            return self._open(settings=DEFAULTS)

    def _open(self, **options: Any) -> Workspace:
        return open_workspace(self.kb, self.index, self.model, reader=self.reader, notify=output.talk, **options)


def with_workspace(
    command: Callable[Concatenate[Workspace, P], None], *, ignore_bad_settings: bool = False
) -> Callable[..., None]:
    """Give a command the options of the workspace, and pass it the one that they name, closed when it ends.

    Commands that find out and mend what is wrong do not stop at damaged settings: they ignore them.
    """
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
        chosen = selection(ctx, kb, index, model, reader)
        with chosen.open(ignore_bad_settings=ignore_bad_settings) as workspace:
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


def complete_question(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the names of questions with the questions; none when the notes cannot be read."""
    try:
        entries = _named_workspace(ctx).entries
    except (VivaError, OSError):
        return []
    named = zip(names_of(entries), entries, strict=True)
    return [(name, _completion_help(entry.question)) for name, entry in named if name.startswith(incomplete)]


def complete_topic(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the topics of the notes; none when the notes cannot be read."""
    try:
        return [topic for topic in _named_workspace(ctx).topics() if topic.startswith(incomplete)]
    except (VivaError, OSError):
        return []


def names_of(entries: Sequence[Entry]) -> list[str]:
    """Return what a user types to mean each entry: its number when only it has that number, else its id."""
    used = Counter(entry.number for entry in entries)
    return [entry.number if entry.number and used[entry.number] == 1 else entry.id for entry in entries]


def _completion_help(question: str) -> str:
    """Return a question as completion help, without the brackets that Typer would take for markup."""
    return output.one_line(question).replace("[", "(").replace("]", ")")


def _named_workspace(ctx: typer.Context) -> Workspace:
    kb = ctx.params.get("kb") or (ctx.parent.params.get("kb") if ctx.parent else None)
    return open_workspace([Path(each) for each in kb] if kb else None)
