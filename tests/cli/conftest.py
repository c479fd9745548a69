"""Runs the command line in this process, as the console script does, from a folder of its own."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from viva.cli.app import app

DATA = Path(__file__).resolve().parent.parent / "data" / "cli"


@dataclass(frozen=True)
class Outcome:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self):
        return self.out.splitlines()

    @property
    def json(self):
        """The one JSON object that was printed."""
        return json.loads(self.out)

    @property
    def rows(self):
        """The JSON objects that were printed, one a line."""
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def viva(tmp_path, monkeypatch):
    """Run a command: `viva("search", "x", typed="stdin")`; lines may be given one by one, without their ends."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VIVA_DEBUG", raising=False)

    def run(*arguments, typed=""):
        stdin = typed if isinstance(typed, str | bytes) else "".join(f"{line}\n" for line in typed)
        result = CliRunner().invoke(app, [str(each) for each in arguments], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def notes(tmp_path, request):
    """A file with the `NOTES` of the test's module, by default plain text."""
    path = tmp_path / getattr(request.module, "FILE", "notes.txt")
    path.write_text(request.module.NOTES, encoding="utf-8")
    return path


@pytest.fixture
def kb(tmp_path):
    """A `kb` folder in the current one with two small files of notes."""
    folder = tmp_path / "kb"
    folder.mkdir()
    for name in ("small.txt", "terms.md"):
        shutil.copy(DATA / name, folder)
    return folder


@pytest.fixture
def hostile(tmp_path):
    """Notes with terminal escapes and markup in them."""
    return shutil.copy(DATA / "hostile.txt", tmp_path)
