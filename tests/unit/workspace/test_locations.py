"""Which notes, index and model a workspace works on: a flag wins over the current folder, it over the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from viva.locations import locate, sample_notes
from viva.settings import Settings


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_anything_the_samples_are_used(here: Path, isolated_home: Path) -> None:
    found = locate(None, None, None, Settings())
    assert found.kb == (sample_notes(),)
    assert found.kb_origin == "sample notes"
    assert isolated_home in found.index.parents
    assert found.history == isolated_home / "history.db"
    assert found.model is None


def test_the_folder_beside_wins_over_the_settings(here: Path) -> None:
    (here / "kb").mkdir()
    found = locate(None, None, None, Settings(kb=(here / "other",)))
    assert (found.kb, found.index) == ((Path("kb"),), Path("index"))


def test_the_settings_win_over_the_samples(here: Path) -> None:
    found = locate(None, None, None, Settings(kb=(here / "other",), index=here / "idx", model="m"))
    assert (found.kb, found.index, found.model) == ((here / "other",), here / "idx", "m")


def test_flags_win(here: Path) -> None:
    (here / "kb").mkdir()
    found = locate(["a", "b"], "c", "d", Settings(kb=(here / "other",), model="m"))
    assert (found.kb, found.index, found.model) == ((Path("a"), Path("b")), Path("c"), "d")


def test_naming_the_folder_beside_is_the_same_as_finding_it(here: Path) -> None:
    (here / "kb").mkdir()
    assert locate(here / "kb", None, None, Settings()).index == Path("index")


def test_other_notes_never_take_the_index_beside(here: Path, isolated_home: Path) -> None:
    """Two sets of notes that shared an index would rebuild it at every turn."""
    (here / "kb").mkdir()
    first, second = (locate(name, None, None, Settings()).index for name in ("a.txt", "b.txt"))
    assert first != second
    assert isolated_home in first.parents


def test_the_samples_are_there() -> None:
    assert sample_notes().is_dir()
