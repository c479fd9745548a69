"""What all tests share: an isolated home, the material that lies beside the project, the real embedded model."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def isolated_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the developer's own settings, history and environment."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("VIVA_HOME", str(home))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for name in ("VIVA_KB", "VIVA_MODEL", "NO_COLOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(scope="session")
def shared() -> Path:
    """The notes and graded answers beside the project; the test is skipped where they are absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "notes").is_dir():
        pytest.skip("the shared notes are not on this machine")
    return folder


@pytest.fixture(scope="session")
def real_notes(shared: Path) -> Path:
    """The real notes of a real user."""
    return shared / "notes" / "deep-learning-interview.zh.txt"
