"""`viva config`: which values are in force, and why."""

import tomllib
from typing import Annotated

import typer

from viva import paths
from viva.cli import output
from viva.cli.language import decided
from viva.cli.options import Json, over_notes
from viva.i18n import noted, tr
from viva.practice.time_limit import written_limit
from viva.workspace import Workspace

DETAILS = (noted("That is a flag, the current folder, the settings file, or a default."),)
EXAMPLES = (
    noted("""\
viva config
viva config --path         where the settings file is, or would be"""),
    noted("The file is TOML; every key may be left out:"),
    noted("""\
kb = ["~/notes"]           notes to use where the current folder has no kb/
index = "~/notes/index"    index folder for those notes
model = "name or folder"   instead of the embedded model
count = 10                 questions in an interview
retention = 0.9            chance of remembering that the schedule aims at
language = "auto"          what viva speaks: zh, en, or the language of the system
follow_ups = true          one question more where an answer left something out
limit = "3m"               time for an answer in a mock interview"""),
)


@over_notes
def command(
    workspace: Workspace,
    path: Annotated[bool, typer.Option("--path", help=noted("Print only the path of the settings file."))] = False,
    as_json: Json = False,
) -> None:
    """Print the settings in force, and where each comes from."""
    file = paths.settings_file()
    if path:
        output.json_line({"settings_file": file}) if as_json else output.data(str(file))
        return
    values = effective(workspace)
    if as_json:
        rows = {name: {"value": value, "origin": origin} for name, (value, origin) in values.items()}
        output.json_line({"settings_file": file, "exists": file.exists(), "values": rows})
        return
    state = tr("read") if file.exists() else tr("not there: all defaults")
    output.data(tr("settings file: {file} ({state})", file=file, state=state))
    for name, (value, origin) in values.items():
        told = ", ".join(str(each) for each in value) if isinstance(value, tuple) else str(value)
        told = told.lower() if isinstance(value, bool) else told
        output.data(output.one_line(tr("{name}: {value} (from: {origin})", name=name, value=told, origin=tr(origin))))


def effective(workspace: Workspace) -> dict[str, tuple[object, str]]:
    """Return each setting's value in force and its origin, in the order of the settings file."""
    where, settings, spoken = workspace.locations, workspace.settings, decided()
    written = _written_keys()
    return {
        "kb": (where.kb, where.kb_origin),
        "index": (where.index, where.index_origin),
        "model": (where.model or "embedded", where.model_origin),
        "count": (settings.count, "settings" if "count" in written else "default"),
        "retention": (settings.retention, "settings" if "retention" in written else "default"),
        "language": (spoken.language, spoken.origin),
        "follow_ups": (settings.follow_ups, "settings" if "follow_ups" in written else "default"),
        "limit": (written_limit(settings.limit), "settings" if "limit" in written else "default"),
        "history": (where.history, "system"),
    }


_ORIGINS = (
    noted("flag"),
    noted("environment"),
    noted("current folder"),
    noted("settings"),
    noted("sample notes"),
    noted("cache"),
    noted("default"),
    noted("system"),
)
"""Where a value can come from, for the catalogues."""


def _written_keys() -> set[str]:
    """Return the keys of the settings file, which the workspace has read without error."""
    try:
        with paths.settings_file().open("rb") as file:
            return set(tomllib.load(file))
    except FileNotFoundError:
        return set()
