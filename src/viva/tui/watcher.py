"""Changes of the notes on disk, made in whatever editor: a thread that waits for them, and what is done then.

The thread is woken by the operating system and knows nothing of the notes; which files count is told by `notes.walk`,
through the workspace. Where it cannot watch (a network drive, too many folders, no library), it ends without a
word: the notes are looked at again whenever the terminal gets the focus.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from viva.errors import NotesError
from viva.i18n import ntr, tr
from viva.tui.common.interface import listed

if TYPE_CHECKING:
    from viva.history.identity import NotesChanges
    from viva.tui.core_thread import CoreThread
    from viva.workspace import Workspace

STEP = 100
"""Milliseconds without a further change until one is told; also how long the thread takes to end."""
DEBOUNCE = 1000
"""Milliseconds after which a change is told although more keep coming."""
GRACE = 1.0
"""Seconds that a file may be missing or empty: some editors save by writing it anew."""
LONGEST_STOP = 2.0
"""Seconds that stopping waits for the thread; it is a daemon, and cannot keep viva from ending."""


class DiskWatch:
    """Calls `on_change`, from threads of its own, when something changes under files or folders."""

    def __init__(self, roots: Iterable[Path], on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._stop = threading.Event()
        paths = [root.expanduser().absolute() for root in roots]
        folders = {path for path in paths if path.is_dir()}
        # Editors replace a file when they save it, so that it is its folder that has to be watched.
        parents = {path.parent for path in paths if not path.is_dir()}
        groups = ((folders, True), (parents, False))
        self._threads = [
            threading.Thread(target=self._wait, args=group, name="viva-watch", daemon=True)
            for group in groups
            if group[0]
        ]

    def start(self) -> None:
        """Begin to watch."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End at once."""
        self._stop.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(LONGEST_STOP)

    def _wait(self, folders: Iterable[Path], recursive: bool) -> None:
        # Whatever the reason why it cannot go on, the notes are looked at on focus instead.
        with suppress(Exception):
            from watchfiles import watch

            for _ in watch(
                *sorted(folders),
                watch_filter=lambda _change, path: _may_count(path),
                debounce=DEBOUNCE,
                step=STEP,
                stop_event=self._stop,
                recursive=recursive,
                ignore_permission_denied=True,
            ):
                self._on_change()


def _may_count(path: str) -> bool:
    """Spare the walk what is surely no note: hidden files, and what editors leave beside theirs while they save."""
    name = Path(path).name
    return not name.startswith((".", "~", "#")) and not name.endswith(("~", ".tmp", ".swp", ".lock"))


class NotesReloader:
    """Reads the notes again when they have changed on disk, one reading after another."""

    def __init__(
        self, workspace: Workspace, core: CoreThread, on_reread: Callable[[NotesChanges], Awaitable[None]]
    ) -> None:
        self._workspace, self._core, self._on_reread = workspace, core, on_reread
        self._files_read: Mapping[str, tuple[int, int]] | None = None
        """Time and size of each file when it was last read; None before the first time."""
        self._busy = self._stale = False

    async def reload_if_changed(self) -> None:
        """Read the notes again if a file of them changed; while that is done already, do so once more after it.

        Raises NotesError when they cannot be read; the old ones stay.
        """
        self._stale = True
        if self._busy:
            return
        self._busy = True
        try:
            while self._stale:
                self._stale = False
                await self._reload()
        finally:
            self._busy = False

    async def _reload(self) -> None:
        if (found := await self._settled_files()) == self._files_read:
            return
        changes = await self._core.call(self._workspace.reread)
        self._files_read = found
        if changes is not None:
            await self._on_reread(changes)

    async def _settled_files(self) -> Mapping[str, tuple[int, int]]:
        """Return the files as they are; where one is missing or empty that was not, as they are a moment later."""
        with suppress(NotesError):
            found = await self._core.call(self._workspace.on_disk)
            before = self._files_read or dict.fromkeys(self._workspace.read_so_far(), (0, 1))
            if not any(size and not found.get(name, (0, 0))[1] for name, (_, size) in before.items()):
                return found
        await asyncio.sleep(GRACE)
        return await self._core.call(self._workspace.on_disk)


def changed_line(changes: NotesChanges) -> str:
    """Return in one line what became of the notes."""
    parts = [
        ntr("{number} question more", "{number} questions more", changes.more) if changes.more else "",
        ntr("{number} question fewer", "{number} questions fewer", changes.fewer) if changes.fewer else "",
        ntr("{number} changed", "{number} changed", changes.changed) if changes.changed else "",
    ]
    changed = listed(filter(None, parts))
    return tr("notes reread: {changes}", changes=changed) if changed else tr("notes reread")
