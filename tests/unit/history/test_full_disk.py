"""A full disk is told as one, with what to do, whatever library met it."""

import errno
import shutil
import sqlite3
from pathlib import Path

import pytest

from viva.errors import HistoryError
from viva.files import write_whole
from viva.history.database import error_line


def failed(name):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    return error


def free(monkeypatch, size):
    usage = shutil.disk_usage(".")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=size))


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_WRITE"])
def test_a_history_on_a_full_disk_says_so(tmp_path, monkeypatch, name):
    free(monkeypatch, 4096)
    assert "no room left on the disk" in error_line(failed(name), tmp_path / "history.db")


def test_with_room_it_is_the_permissions(tmp_path, monkeypatch):
    free(monkeypatch, 10**9)
    assert "check the permissions" in error_line(failed("SQLITE_CANTOPEN"), tmp_path / "history.db")


def test_what_is_exported_to_a_full_disk_says_so(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(HistoryError, match="the disk is full; free some space, or choose another disk"):
        write_whole(tmp_path / "history.json", "{}")
    assert list(tmp_path.iterdir()) == []
