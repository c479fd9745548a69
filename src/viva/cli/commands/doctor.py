"""`viva doctor`: whether everything viva needs is there and sound."""

import locale
import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import typer

from viva import __version__
from viva.cli import counts, output
from viva.cli.failures import CANNOT, refused
from viva.cli.options import Json, with_workspace
from viva.errors import VivaError
from viva.i18n import N_, ntr, tr
from viva.locations import settings_file
from viva.reasons import why
from viva.settings import read_settings
from viva.text.cells import cells, padded
from viva.workspace import Workspace

DETAILS = (N_("The exit code is 1 when there is a problem."),)
EXAMPLES = (
    """\
viva doctor
viva doctor --kb notes.md --json""",
)

NEEDED = (
    "aiohttp", "charset-normalizer", "faiss-cpu", "filelock", "fsrs", "markdown-it-py", "numpy", "onnxruntime",
    "platformdirs", "plotext", "rapidfuzz", "sentence-transformers", "textual", "textual-serve", "tokenizers",
    "tomlkit", "typer", "watchfiles", *(() if sys.version_info >= (3, 14) else ("backports.zstd",)),
)  # fmt: skip
"""The libraries of pyproject.toml, by the names they are installed under."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing."""

    name: str
    ok: bool
    message: str


@partial(with_workspace, ignore_bad_settings=True)
def command(workspace: Workspace, as_json: Json = False) -> None:
    """Check paths, versions, model, index, notes, history and terminal."""
    findings = examine(workspace)
    sound = all(finding.ok for finding in findings)
    if as_json:
        output.json_line({"ok": sound, "findings": findings})
    else:
        for finding in findings:
            line = tr("{name}: {value}", name=tr(finding.name), value=output.one_line(finding.message))
            output.styled_data(f"{_state(finding.ok)}  {line}")
    if not sound:
        raise typer.Exit(CANNOT)


def _state(ok: bool) -> str:
    sound, unsound = tr("ok"), tr("problem")
    width = max(cells(sound), cells(unsound))
    return output.styled(padded(sound, width), "green") if ok else output.styled(padded(unsound, width), "red")


def examine(workspace: Workspace) -> list[Finding]:
    """Return what was found, in a fixed order; one that fails does not hide the others."""
    looks: dict[str, Callable[[Workspace], tuple[bool, str]]] = {
        "viva": _viva,
        N_("libraries"): _libraries,
        N_("settings"): _settings,
        N_("notes"): _notes,
        N_("model"): _model,
        N_("reader"): _reader,
        N_("index"): _index,
        N_("history"): _history,
        N_("terminal"): _terminal,
    }
    return [_found(name, look, workspace) for name, look in looks.items()]


def _found(name: str, look: Callable[[Workspace], tuple[bool, str]], workspace: Workspace) -> Finding:
    try:
        ok, message = look(workspace)
    except OSError as error:
        return Finding(name, ok=False, message=refused(error))
    except (VivaError, ImportError) as error:
        return Finding(name, ok=False, message=why(error))
    return Finding(name, ok, message)


def _viva(_: Workspace) -> tuple[bool, str]:
    return True, f"{__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def _libraries(_: Workspace) -> tuple[bool, str]:
    from importlib import metadata  # slow to load

    versions, missing = [], []
    for name in NEEDED:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return False, tr("not installed: {names}; install viva again", names=", ".join(missing))
    return True, ", ".join(versions)


def _settings(_: Workspace) -> tuple[bool, str]:
    file = settings_file()
    read_settings(file)  # what is wrong with them is raised
    if file.exists():
        return True, tr("{file}, read", file=file)
    return True, tr("{file}, not there, so all defaults", file=file)


def _notes(workspace: Workspace) -> tuple[bool, str]:
    where = ", ".join(str(root) for root in workspace.locations.kb)
    remarks = len(workspace.check())
    line = tr(
        "{where} ({origin}): {questions} in {files}",
        where=where,
        origin=tr(workspace.locations.kb_origin),
        questions=counts.questions(len(workspace.entries)),
        files=counts.files(len(workspace.notes.sources)),
    )
    if not remarks:
        return True, line
    return True, ntr(
        "{line}; {number} thing to look at with viva check",
        "{line}; {number} things to look at with viva check",
        remarks,
        line=line,
    )


def _model(workspace: Workspace) -> tuple[bool, str]:
    encoder = workspace.encoder
    return True, tr("{model}, {number} dimensions", model=encoder.model_id, number=encoder.dimension)


def _reader(workspace: Workspace) -> tuple[bool, str]:
    """Let it read a pair: a reader that can be opened may still not run."""
    reader = workspace.reader
    if reader is None:
        return True, tr("none")
    reader.read([("viva voce", "viva voce")])
    return True, reader.model_id


def _index(workspace: Workspace) -> tuple[bool, str]:
    """Look at the manifest only: opening the index would mend it."""
    folder = workspace.locations.index
    nearest = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        return False, tr("{folder} cannot be written: give another folder with --index", folder=folder)
    try:
        manifest = workspace.manifest()
    except FileNotFoundError:
        return True, tr("{folder}, not built yet; it will be when it is needed", folder=folder)
    except ValueError as error:
        return True, tr("{folder}, to be rebuilt when it is needed ({error})", folder=folder, error=why(error))
    fits = workspace.is_current(manifest)
    return True, tr(
        "{folder}, {questions}, {texts}, {state}",
        folder=folder,
        questions=counts.questions(manifest.entries),
        texts=counts.texts(manifest.texts),
        state=tr("up to date") if fits else tr("to be refreshed when it is needed"),
    )


def _history(workspace: Workspace) -> tuple[bool, str]:
    history = workspace.history
    verdict = str(history.database.rows("PRAGMA quick_check")[0][0])
    if verdict != "ok":
        way = workspace.backups.way_back()
        return False, tr("{path} is damaged ({verdict}): {way}", path=history.path, verdict=verdict, way=way)
    line = tr("{path}, {turns}", path=history.path, turns=counts.turns(len(history.reviews())))
    if gone := len(history.vanished()):
        line = tr("{line}, {questions} vanished (viva history --vanished)", line=line, questions=counts.questions(gone))
    newest = workspace.backups.newest()
    if newest is None:
        return True, tr("{line}, no backup yet", line=line)
    return True, tr("{line}, newest backup {when:%Y-%m-%d %H:%M}", line=line, when=newest.made_at.astimezone())


def _terminal(_: Workspace) -> tuple[bool, str]:
    size = shutil.get_terminal_size()
    own, encoding = f"{size.columns}x{size.lines}", sys.stdout.encoding
    line = tr(
        "{own}, TERM {term}, encoding {encoding}, locale {language}",
        own=own if sys.stdout.isatty() else tr("stdout is no terminal"),
        term=os.environ.get("TERM") or tr("not set"),
        encoding=encoding,
        language=locale.setlocale(locale.LC_CTYPE) or tr("none"),
    )
    try:
        "感受野 ✓".encode(encoding)
    except UnicodeEncodeError:
        return False, tr("{line}: this encoding has no Chinese; use a UTF-8 locale, such as LANG=C.UTF-8", line=line)
    return True, line
