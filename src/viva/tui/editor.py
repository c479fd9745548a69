"""The user's own editor: which one, how it is told to open a file at a line, and whether it needs the terminal."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from viva.errors import VivaError
from viva.i18n import N_, tr
from viva.reasons import why
from viva.tui.common.interface import one_line
from viva.types import Entry, Hit

if TYPE_CHECKING:
    from viva.tui.app import VivaApp

_PLUS = frozenset({"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "kak", "micro"})
_GOTO = frozenset({"code", "code-insiders", "codium", "cursor"})
_COLON = frozenset({"hx", "subl", "zed"})
_ASKED_TO_WAIT = _GOTO | {"subl", "zed"}
"""Editors with a window of their own that return at once unless they are told to wait."""
_WINDOWS = _ASKED_TO_WAIT | {"notepad", "notepad++"}
"""Editors with a window of their own."""
_WAITS = frozenset({"-w", "--wait"})


class EditorError(VivaError):
    """The editor is not set, or could not be used."""


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor as the environment names it."""

    command: tuple[str, ...]
    """Program and options."""

    @property
    def name(self) -> str:
        """The program, without its folder and `.exe`."""
        name = self.command[0].replace("\\", "/").rsplit("/", 1)[-1].lower()
        return name.rsplit(".", 1)[0] if name.endswith((".exe", ".cmd", ".bat")) else name

    @property
    def has_window(self) -> bool:
        """Whether it leaves the terminal alone; of an editor that is not known, the opposite is assumed."""
        return self.name in _WINDOWS

    def opening(self, file: PurePath, line: int) -> list[str]:
        """Return the command that opens a file at a line and ends when the user has done with it."""
        command = list(self.command)
        if self.name in _ASKED_TO_WAIT and not _WAITS & set(command):
            command.append("--wait")
        if self.name in _PLUS:
            return [*command, f"+{line}", str(file)]
        if self.name == "notepad++":
            return [*command, f"-n{line}", str(file)]
        if self.name in _GOTO:
            return [*command, "--goto", f"{file}:{line}"]
        return [*command, f"{file}:{line}" if self.name in _COLON else str(file)]

    def start(self, file: Path, line: int) -> subprocess.Popen[bytes]:
        """Open a file at a line and return at once. Raises EditorError."""
        stream = subprocess.DEVNULL if self.has_window else None
        command: Sequence[str] | str = self.opening(file, line)
        if os.name == "nt":
            command = startable(command, shutil.which(command[0]))
        try:
            return subprocess.Popen(command, stdin=stream, stdout=stream, stderr=stream)  # noqa: S603  # the user's own
        except (OSError, ValueError) as error:
            names = {"editor": self.command[0], "error": why(error)}
            raise EditorError(tr("cannot start {editor}: {error}; set VISUAL or EDITOR to another", **names)) from error

    def run(self, file: Path, line: int) -> None:
        """Open a file at a line and wait. Raises EditorError."""
        with _interrupts_are_its_own():
            self.check(self.start(file, line).wait())

    def check(self, code: int) -> None:
        """Raise EditorError when it ended with an exit code that tells of a failure."""
        if code:
            raise EditorError(tr("{editor} ended with exit code {code}", editor=self.command[0], code=code))


@contextmanager
def _interrupts_are_its_own() -> Iterator[None]:
    """Let Ctrl+C in the editor's terminal be for the editor alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous_handler = signal.signal(signal.SIGINT, lambda *_: None)  # not SIG_IGN, which the editor would inherit
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous_handler)


def editor_command(environment: Mapping[str, str]) -> str:
    """Return the command that `VISUAL`, else `EDITOR`, holds; empty where neither does."""
    return environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()


def editor_of(environment: Mapping[str, str], *, windows: bool = os.name == "nt") -> Editor:
    """Return the editor that `VISUAL`, else `EDITOR`, names. Raises EditorError."""
    configured = editor_command(environment)
    try:
        command = _split_on_windows(configured) if windows else shlex.split(configured)
    except ValueError as error:
        names = {"command": repr(configured), "error": why(error)}
        raise EditorError(tr("cannot read {command}: {error}; set VISUAL or EDITOR to your editor", **names)) from error
    if not command or not command[0]:
        raise EditorError(tr("no editor is set: put its command into VISUAL or EDITOR, as in EDITOR=nano"))
    return Editor(tuple(command))


def _split_on_windows(configured: str) -> list[str]:
    """Split where there is no quoting but by double quotes, and a path to a program may hold blanks without any."""
    if Path(configured.strip('"')).is_file():
        return [configured.strip('"')]
    if configured.count('"') % 2:
        raise ValueError("No closing quotation")
    return [part.replace('"', "") for part in re.findall(r'(?:[^\s"]|"[^"]*")+', configured)]


def startable(command: Sequence[str], program: str | None) -> Sequence[str] | str:
    """Return what Windows can start: `code` is a batch file there, which only its full path finds.

    A batch file is read by a shell, to which each quoted word is a word, but for what stands between percent signs.

    Args:
        command: Program and arguments.
        program: Where the program was found.

    Raises:
        EditorError: The shell would change the command.
    """
    if program is None or not program.lower().endswith((".cmd", ".bat")):
        return command
    words = [program, *command[1:]]
    if any(mark in word for word in words for mark in '%"\n'):
        names = {"editor": command[0], "file": command[-1]}
        raise EditorError(tr("{editor} cannot be given {file}: set VISUAL or EDITOR to an .exe", **names))
    return " ".join(f'"{word}"' for word in words)


LOOK = 0.2
"""Seconds between two looks whether an editor with a window of its own was closed."""


async def open_note(app: VivaApp, file: Path, line: int) -> None:
    """Run an editor until it is closed: in its own window, or in this terminal, which it then has to itself.

    Raises:
        EditorError: It cannot be started here, or it failed.
    """
    editor = editor_of(os.environ)
    if editor.has_window:
        await _wait_for(app, editor, file, line)
    else:
        _lend_terminal(app, editor, file, line)


async def _wait_for(app: VivaApp, editor: Editor, file: Path, line: int) -> None:
    names = {"editor": editor.name, "file": file.name}
    text = N_("waiting for {editor}: what you change is read when you close {file} there")
    app.tell(lambda: one_line(tr(text, **names)))
    running = editor.start(file, line)
    # A thread that waits for it would keep viva from ending before it.
    while (code := running.poll()) is None:  # noqa: ASYNC110  # another program sets no event
        await asyncio.sleep(LOOK)
    editor.check(code)


def _lend_terminal(app: VivaApp, editor: Editor, file: Path, line: int) -> None:
    failed: EditorError | None = None
    try:
        with app.suspend():
            try:
                editor.run(file, line)
            except EditorError as error:  # raised within, it would leave the terminal suspended
                failed = error
    except SuspendNotSupported as error:
        raise EditorError(tr("this terminal cannot be lent to {editor}", editor=editor.name)) from error
    if failed is not None:
        raise failed


@dataclass(frozen=True, slots=True)
class FileSpot:
    """Lines of a note, as they were when it was read."""

    file: Path
    line: int
    """The first, from 1."""
    end: int
    """The last."""
    begins: str = ""
    """What stands there, by which it is found again where the file has changed."""


def spot_of(entry: Entry, passage: Hit | None = None) -> FileSpot:
    """Return where a question stands, or a passage of its answer."""
    file = Path(entry.place.root) / entry.place.file
    if passage is None:
        return FileSpot(file, entry.line, entry.end_line, entry.question)
    return FileSpot(file, passage.line, passage.end_line, passage.passage)


def passage_place(entries: Iterable[Entry], passage: Hit | None, asked: Entry) -> FileSpot:
    """Return where a passage stands; the question that was asked where there is none in the notes any more.

    Args:
        entries: The notes as they are now.
        passage: One of its answer, as it was when that was graded.
        asked: The question.
    """
    if passage is not None:
        for entry in entries:
            if entry.id == passage.question_id:
                return spot_of(entry, passage)
    return spot_of(asked)
