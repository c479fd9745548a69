"""The lock on the interview that this window has open: no other window goes on with it at the same time.

It is a lock of the operating system on a file beside the history: it goes with its process, however that ends, and
none is left behind. Where the file system knows no locks, windows know nothing of one another, and what each of
them stores is kept as ever.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from viva.errors import InterviewError
from viva.i18n import tr

if TYPE_CHECKING:
    from filelock import BaseFileLock

SUFFIX = "-open"
"""Suffix of the folder with the locks: it follows the name of the history's file."""
PATIENCE = 1.0
"""Seconds to wait for a window that is just being closed."""


class InterviewLock:
    """The lock of one window, on one interview at most."""

    def __init__(self, history: Path) -> None:
        """Take the path of the history, beside which the locks lie."""
        self._folder = history.with_name(history.name + SUFFIX)
        self._held: tuple[int, BaseFileLock] | None = None

    def take(self, interview_id: int) -> None:
        """Have an interview open from now on, in place of any other; one that is open here already stays so.

        Raises:
            InterviewError: Another window has it open.
        """
        if self._is_here(interview_id):
            return
        self.leave()
        try:
            lock = self._lock(interview_id, PATIENCE)
        except OSError:  # no locks on this file system, or no room: other windows cannot know
            return
        if lock is None:
            raise InterviewError(
                tr(
                    "this interview is open in another window: go on with it there, or start a new one here "
                    "(`viva ask --new`)"
                )
            )
        self._held = interview_id, lock

    def leave(self, interview_id: int | None = None) -> None:
        """Let other windows go on with an interview, by default with whatever is open here."""
        if self._held is not None and interview_id in {None, self._held[0]}:
            (number, lock), self._held = self._held, None
            self._drop(number, lock)

    def is_open(self, interview_id: int) -> bool:
        """Whether a window has an interview open, this one or another."""
        if self._is_here(interview_id):
            return True
        if not self._path(interview_id).exists():
            return False
        try:
            lock = self._lock(interview_id, 0.0)
        except OSError:
            return False
        if lock is not None:
            self._drop(interview_id, lock)  # its window was killed
        return lock is None

    def is_elsewhere(self, interview_id: int) -> bool:
        """Whether another window has an interview open."""
        return not self._is_here(interview_id) and self.is_open(interview_id)

    def _is_here(self, interview_id: int) -> bool:
        return self._held is not None and self._held[0] == interview_id

    def _path(self, interview_id: int) -> Path:
        return self._folder / f"{interview_id}.lock"

    def _lock(self, interview_id: int, seconds: float) -> BaseFileLock | None:
        """Return the lock, held; None when another window holds it. Raises OSError where there are no locks."""
        from filelock import FileLock, SoftFileLock, Timeout

        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            lock = FileLock(self._path(interview_id), thread_local=False, fallback_to_soft=False)
        except TypeError:  # an older filelock, which knows no other way to do without
            lock = FileLock(self._path(interview_id), thread_local=False)
        if isinstance(lock, SoftFileLock):  # would outlive a process that is killed
            raise OSError
        try:
            lock.acquire(timeout=seconds, poll_interval=0.02)
        except Timeout:
            return None
        except NotImplementedError as error:
            raise OSError from error
        return lock

    def _drop(self, interview_id: int, lock: BaseFileLock) -> None:
        """Give a lock back, and remove its file: on Windows that is possible only once nobody has it open."""
        path, on_windows = self._path(interview_id), os.name == "nt"
        with suppress(OSError):
            if not on_windows:
                path.unlink()
        with suppress(OSError):
            lock.release()
            if on_windows:
                path.unlink()
