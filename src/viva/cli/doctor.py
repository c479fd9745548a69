"""`viva doctor`: whether everything viva needs is there and sound."""

import locale
import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass

import typer

from viva import __version__, paths
from viva.cli import output
from viva.cli.failures import CANNOT
from viva.cli.options import Json, over_notes
from viva.errors import VivaError
from viva.text.english import counted
from viva.workspace import Workspace

EXAMPLES = """Examples:

\b
viva doctor
viva doctor --kb notes.md --json"""

NEEDED = (
    "aiohttp", "charset-normalizer", "faiss-cpu", "filelock", "fsrs", "markdown-it-py", "numpy", "platformdirs",
    "rapidfuzz", "sentence-transformers", "textual", "textual-serve", "tokenizers", "typer",
)  # fmt: skip
"""The libraries of pyproject.toml, by the names they are installed under."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing."""

    name: str
    ok: bool
    message: str


@over_notes
def command(workspace: Workspace, as_json: Json = False) -> None:
    """Check paths, versions, model, index, notes, history and terminal.

    The exit code is 1 when there is a problem.
    """
    findings = examine(workspace)
    sound = all(finding.ok for finding in findings)
    if as_json:
        output.json_line({"ok": sound, "findings": findings})
    else:
        for finding in findings:
            state = output.styled("ok     ", "green") if finding.ok else output.styled("problem", "red")
            output.styled_data(f"{state}  {finding.name}: {output.one_line(finding.message)}")
    if not sound:
        raise typer.Exit(CANNOT)


def examine(workspace: Workspace) -> list[Finding]:
    """Return what was found, in a fixed order; one that fails does not hide the others."""
    looks: dict[str, Callable[[Workspace], tuple[bool, str]]] = {
        "viva": _viva,
        "libraries": _libraries,
        "settings": _settings,
        "notes": _notes,
        "model": _model,
        "index": _index,
        "history": _history,
        "terminal": _terminal,
    }
    return [_found(name, look, workspace) for name, look in looks.items()]


def _found(name: str, look: Callable[[Workspace], tuple[bool, str]], workspace: Workspace) -> Finding:
    try:
        ok, message = look(workspace)
    except (VivaError, OSError, ImportError) as error:
        return Finding(name, ok=False, message=str(error))
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
        return False, f"not installed: {', '.join(missing)}; install viva again"
    return True, ", ".join(versions)


def _settings(_: Workspace) -> tuple[bool, str]:
    file = paths.settings_file()
    return True, f"{file}, {'read' if file.exists() else 'not there, so all defaults'}"


def _notes(workspace: Workspace) -> tuple[bool, str]:
    where = ", ".join(str(root) for root in workspace.locations.kb)
    questions = counted(len(workspace.entries), "question")
    files = counted(len(workspace.notes.sources), "file")
    remarks = len(workspace.check())
    told = f"; {counted(remarks, 'thing')} to look at with viva check" if remarks else ""
    return True, f"{where} ({workspace.locations.kb_origin}): {questions} in {files}{told}"


def _model(workspace: Workspace) -> tuple[bool, str]:
    encoder = workspace.encoder
    return True, f"{encoder.model_id}, {encoder.dimension} dimensions"


def _index(workspace: Workspace) -> tuple[bool, str]:
    """Look at the manifest only: opening the index would mend it."""
    from viva.retrieval.manifest import NAME, Manifest, digest

    folder = workspace.locations.index
    nearest = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        return False, f"{folder} cannot be written: give another folder with --index"
    try:
        manifest = Manifest.read(folder / NAME)
    except FileNotFoundError:
        return True, f"{folder}, not built yet; it will be when it is needed"
    except ValueError as error:
        return True, f"{folder}, to be rebuilt when it is needed ({error})"
    fits = manifest.model == workspace.encoder.model_id and manifest.notes == digest(workspace.entries)
    questions, texts = counted(manifest.entries, "question"), counted(manifest.texts, "text")
    return True, f"{folder}, {questions}, {texts}, " + ("up to date" if fits else "to be refreshed when it is needed")


def _history(workspace: Workspace) -> tuple[bool, str]:
    from viva.practice.backup import latest, way_back

    history = workspace.history
    verdict = str(history.database.rows("PRAGMA quick_check")[0][0])
    if verdict != "ok":
        return False, f"{history.path} is damaged ({verdict}): {way_back(history.path)}"
    turns = counted(len(history.reviews()), "turn")
    gone = len(history.vanished())
    told = f", {counted(gone, 'question')} vanished (viva history --vanished)" if gone else ""
    newest = latest(history.path)
    backup = f"newest backup {newest.made_at.astimezone():%Y-%m-%d %H:%M}" if newest else "no backup yet"
    return True, f"{history.path}, {turns}{told}, {backup}"


def _terminal(_: Workspace) -> tuple[bool, str]:
    size = shutil.get_terminal_size()
    own = f"{size.columns}x{size.lines}" if sys.stdout.isatty() else "stdout is no terminal"
    encoding = sys.stdout.encoding
    language = ".".join(part for part in locale.getlocale() if part) or "none"
    told = f"{own}, TERM {os.environ.get('TERM') or 'not set'}, encoding {encoding}, locale {language}"
    try:
        "感受野 ✓".encode(encoding)
    except UnicodeEncodeError:
        return False, f"{told}: this encoding has no Chinese; use a UTF-8 locale, such as LANG=C.UTF-8"
    return True, told
