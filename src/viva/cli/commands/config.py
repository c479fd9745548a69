"""`viva config`: which values are in force, and why; and how to change one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viva.cli import output
from viva.cli.language import decided
from viva.cli.options import IndexFolder, Json, Kb, Model, Reader, selection
from viva.i18n import N_, tr
from viva.locations import settings_file

if TYPE_CHECKING:
    from viva.locations import InForce

DETAILS = (N_('That is a flag, the current folder, the settings file, or a default. "set" and "unset" change one.'),)
EXAMPLES = (
    N_("""\
viva config
viva config --path         where the settings file is, or would be
viva config set theme light
viva config set kb ~/notes ~/more.md
viva config unset theme    the default again"""),
    N_("The file is TOML; every key may be left out:"),
    N_("""\
kb = ["~/notes"]           notes to use where the current folder has no kb/
index = "~/notes/index"    index folder for those notes
model = "name or folder"   instead of the embedded model
reader = "name or folder"  instead of the embedded reader; "none" for no reader
count = 10                 questions in an interview
retention = 0.9            chance of remembering that the schedule aims at
follow_ups = true          one question more where an answer left something out
theme = "auto"             dark, light or contrast; auto follows the terminal
language = "auto"          zh or en; auto follows the system
limit = "3m"               time for an answer in a mock interview"""),
)


def command(  # noqa: PLR0913, PLR0917  # the options of the command line, each by name
    ctx: typer.Context,
    action: Annotated[
        str | None,
        typer.Argument(
            metavar="ACTION", help=N_("set or unset; without it the settings are printed."), show_default=False
        ),
    ] = None,
    key: Annotated[
        str | None, typer.Argument(metavar="KEY", help=N_("The setting to change."), show_default=False)
    ] = None,
    value: Annotated[
        list[str] | None,
        typer.Argument(metavar="VALUE", help=N_("Its new value; several for kb."), show_default=False),
    ] = None,
    path: Annotated[bool, typer.Option("--path", help=N_("Print only the path of the settings file."))] = False,
    kb: Kb = None,
    index: IndexFolder = None,
    model: Model = None,
    reader: Reader = None,
    as_json: Json = False,
) -> None:
    """Print the settings in force, and where each comes from."""
    file = settings_file()
    if action is not None:
        if path:
            raise typer.BadParameter(tr("--path changes nothing: leave it out, or leave out {action}", action=action))
        _change(file, action, key, value or [], as_json=as_json)
    elif path:
        output.json_line({"settings_file": file}) if as_json else output.data(str(file))
    else:
        with selection(ctx, kb, index, model, reader).open() as workspace:
            _print(file, _spoken(workspace.in_force()), as_json=as_json)


def _spoken(values: "dict[str, InForce]") -> "dict[str, InForce]":
    """Return the values with the language that is spoken, which the settings alone do not decide."""
    from viva.locations import InForce

    decision = decided()
    return {**values, "language": InForce(decision.language, decision.origin)}


def _print(file: Path, values: "dict[str, InForce]", *, as_json: bool) -> None:
    if as_json:
        output.json_line({"settings_file": file, "exists": file.exists(), "values": values})
        return
    state = tr("read") if file.exists() else tr("not there: all defaults")
    output.data(tr("settings file: {file} ({state})", file=file, state=state))
    for name, value in values.items():
        line = tr(
            "{name}: {value} (from: {origin})", name=name, value=_format_value(value.value), origin=tr(value.origin)
        )
        output.data(output.one_line(line))


_ORIGINS = (
    N_("flag"),
    N_("environment"),
    N_("current folder"),
    N_("settings"),
    N_("sample notes"),
    N_("cache"),
    N_("default"),
    N_("system"),
)
"""Where a value can come from, for the catalogues."""


def _change(file: Path, action: str, key: str | None, words: list[str], *, as_json: bool) -> None:
    """Change one key. The workspace is not opened: a setting that cannot be used is put right here."""
    from viva.settings import as_written, change, value_of

    if action not in {"set", "unset"} or key is None or bool(words) != (action == "set"):
        raise typer.BadParameter(tr("say what to change: set KEY VALUE, or unset KEY"))
    settings = change(file, {key: value_of(key, words) if action == "set" else None})
    value = as_written(key, settings)
    if as_json:
        output.json_line({"settings_file": file, "key": key, "value": value})
        return
    shown = _format_value(value) or tr("none")
    if action == "set":
        output.data(output.one_line(tr("{key}: {value} (saved in {file})", key=key, value=shown, file=file)))
    else:
        output.data(output.one_line(tr("{key}: {value} (the default again)", key=key, value=shown)))


def _format_value(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(str(each) for each in value) if isinstance(value, tuple) else str(value)
