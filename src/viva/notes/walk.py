"""Which files are notes: folders walked in a fixed order, links followed once, everything left out named."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from viva.errors import NotesError
from viva.files import file_key
from viva.i18n import ntr, tr
from viva.notes.formats import PACKAGES, SUFFIXES
from viva.reasons import why
from viva.types import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


MAX_BYTES = 10 * 1024 * 1024
"""Files above this size are left out: notes typed by a user are far smaller, dumps and logs are not."""
_ABOUT = re.compile(r"^(?:readme|changelog|contributing|code_of_conduct|license|notice|security)\b", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read."""

    path: Path
    root: str
    """Absolute POSIX path of the notes folder it belongs to."""
    file: str
    """POSIX path relative to `root`."""
    shown: str
    """As the user would name it from the current folder."""
    named: bool
    """True when the user gave this very file."""
    readme: bool
    """True for a README and the like inside a folder: its headings are about the folder, they ask nothing."""


def walk(roots: Sequence[Path], max_bytes: int) -> tuple[list[FoundFile], list[Problem]]:
    """Return the files to read under `roots`, in order and each once, and what was left out.

    Raises:
        NotesError: A root does not exist, or is a single file that cannot be notes.
    """
    walker = _Walker(max_bytes)
    for root in roots:
        walker.add_root(root)
    return walker.found, walker.problems


def stamps(roots: Sequence[Path], max_bytes: int = MAX_BYTES) -> dict[str, tuple[int, int]]:
    """Return time (of the last change, in nanoseconds) and size (in bytes) of each file that would be read, by path.

    The paths are those of `Source`.

    Raises:
        NotesError: As `walk`.
    """
    found: dict[str, tuple[int, int]] = {}
    for item in walk(roots, max_bytes)[0]:
        try:
            status = item.path.stat()
        except OSError:
            continue  # gone since the folder was listed
        found[item.path.resolve().as_posix()] = (status.st_mtime_ns, status.st_size)
    return found


def display(path: Path, given: Path) -> str:
    """Return `path` relative to the current folder when it lies below it, else `given`, with forward slashes."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return given.as_posix()


def size_words(size: int) -> str:
    """Return a size in bytes as people say it: `10 MiB`."""
    for unit, factor in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if size >= factor:
            return f"{size / factor:.3g} {unit}"
    return ntr("{number} byte", "{number} bytes", size)


class _Walker:
    """Collects files; folders and files already seen, by their real paths, are not entered twice."""

    def __init__(self, max_bytes: int) -> None:
        self.found: list[FoundFile] = []
        self.problems: list[Problem] = []
        self._max_bytes = max_bytes
        self._seen: set[str] = set()
        self._templates: set[str] = set()

    def add_root(self, root: Path) -> None:
        given = root.expanduser()
        try:
            mode = given.stat().st_mode
        except FileNotFoundError as error:
            raise NotesError(
                tr("No notes at {root}: there is no such file or folder; check the path.", root=root)
            ) from error
        except (OSError, ValueError) as error:
            raise NotesError(
                tr("Cannot open the notes at {root}: {reason}; check the path.", root=root, reason=why(error))
            ) from error
        if stat.S_ISDIR(mode):
            if vault := vault_of(given.absolute().parent):
                self._templates |= _keys(template_folders(vault))
            self._add_folder(given, given)
            return
        if against := self._reason_against(given):
            raise NotesError(
                tr(
                    "{root} is {reason}: give a text file with questions, or a folder of them.",
                    root=root,
                    reason=against,
                )
            )
        self._add_file(given, given.absolute().parent, given, named=True)

    def _add_folder(self, folder: Path, root: Path) -> None:
        if self._known(folder):
            return
        try:
            with os.scandir(folder) as listing:
                names = sorted((entry.name for entry in listing), key=_natural)
        except OSError as error:
            if folder == root:
                raise NotesError(
                    tr(
                        "Cannot open the folder {root}: {reason}. Check its permissions.",
                        root=root,
                        reason=why(error),
                    )
                ) from error
            self._report("unreadable", folder, tr("Folder cannot be opened: {reason}.", reason=why(error)))
            return
        if SETTINGS in names:
            self._templates |= _keys(template_folders(folder.absolute()))
        for name in names:
            self._add_child(folder / name, root)

    def _add_child(self, path: Path, root: Path) -> None:
        try:
            is_folder = path.is_dir()
            if path.name.startswith("."):
                hidden = tr("Left out: hidden folder.") if is_folder else tr("Left out: hidden file.")
                self._report("left-out", path, hidden)
            elif is_folder and file_key(path.absolute().as_posix()) in self._templates:
                self._report("left-out", path, tr("Left out: templates of an Obsidian vault."))
            elif is_folder:
                self._add_folder(path, root)
            elif path.suffix.lower() not in SUFFIXES:
                kind = path.suffix or tr("a file without suffix")
                self._report("left-out", path, tr("Left out: {kind} is no notes format.", kind=kind))
            elif is_drawing(path):
                self._report("left-out", path, tr("Left out: a drawing."))
            elif reason := self._reason_against(path):
                self._report("left-out", path, tr("Left out: {reason}.", reason=reason))
            else:
                self._add_file(path, root.absolute(), path, named=False)
        except OSError as error:
            self._report("unreadable", path, tr("Cannot be read: {reason}.", reason=why(error)))

    def _reason_against(self, path: Path) -> str | None:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return tr("no regular file")
        if found.st_size > self._max_bytes:
            limit, size = size_words(self._max_bytes), size_words(found.st_size)
            if path.suffix.lower() in PACKAGES:
                return tr("larger than {limit} ({size}); export it without media", limit=limit, size=size)
            return tr("larger than {limit} ({size})", limit=limit, size=size)
        return None

    def _add_file(self, path: Path, root: Path, given: Path, *, named: bool) -> None:
        if self._known(path):
            return
        base = Path(os.path.normpath(root))
        relative = Path(os.path.normpath(path.absolute())).relative_to(base).as_posix()
        about = not named and _ABOUT.match(path.name) is not None
        shown = _writable(display(_tidy(path), given))
        self.found.append(FoundFile(path, _writable(base.as_posix()), _writable(relative), shown, named, about))

    def _known(self, path: Path) -> bool:
        real = os.path.realpath(path)
        if real in self._seen:
            return True
        self._seen.add(real)
        return False

    def _report(self, kind: str, path: Path, message: str) -> None:
        assert kind in {"left-out", "unreadable"}
        shown = _writable(display(_tidy(path), path))
        self.problems.append(Problem("left-out" if kind == "left-out" else "unreadable", shown, None, message))


def _keys(folders: Iterable[Path]) -> set[str]:
    return {file_key(folder.as_posix()) for folder in folders}


def _writable(name: str) -> str:
    r"""Return a name as it can be stored: bytes of it that are no UTF-8 are spelled out, as in `\udcff`."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _tidy(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def _natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sort key: digits by value, letters without case, the name itself last so that the order is total."""
    parts = [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in _DIGITS.split(name.casefold()) if p]
    return parts, name


SETTINGS = ".obsidian"
_TEMPLATES = (("templates.json", "folder"), ("plugins/templater-obsidian/data.json", "templates_folder"))
"""Files below `SETTINGS`, of Obsidian and of Templater, and the key under which each names its folder of templates."""
_MOST = 1 << 20
"""Bytes of a settings file; a larger one is none."""
_DRAWING = ".excalidraw.md"


def vault_of(folder: Path) -> Path | None:
    """Return the vault that a folder (absolute) belongs to: itself or the nearest above it; None without one."""
    return next((above for above in (folder, *folder.parents) if _is_vault(above)), None)


def _is_vault(folder: Path) -> bool:
    try:
        return (folder / SETTINGS).is_dir()
    except OSError:
        return False


def template_folders(vault: Path) -> frozenset[Path]:
    """Return the folders of a vault that hold templates, as its settings name them; their notes ask nothing."""
    return frozenset(_template_folders(vault))


def _template_folders(vault: Path) -> Iterator[Path]:
    for name, key in _TEMPLATES:
        settings = _read(vault / SETTINGS / name)
        folder = settings.get(key) if isinstance(settings, dict) else None
        parts = [part for part in folder.split("/") if part] if isinstance(folder, str) else []
        if parts:
            yield vault.joinpath(*parts)


def _read(file: Path) -> object:
    try:
        with file.open("rb") as stream:
            return json.loads(stream.read(_MOST))
    except (OSError, ValueError, RecursionError):
        return None


def is_drawing(file: Path) -> bool:
    """Whether a file is Markdown in name only: a drawing of Excalidraw."""
    return file.name.casefold().endswith(_DRAWING)
