"""What all tests share: an isolated home, the material that lies beside the project, the real embedded model."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from viva import i18n
from viva.i18n import speaking

ROOT = Path(__file__).resolve().parent.parent
settings.register_profile("viva", deadline=None)  # limits of time live in benchmarks
settings.load_profile("viva")


@pytest.fixture(autouse=True)
def isolated_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the developer's own settings, history and environment."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("VIVA_HOME", str(home))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    unset = ("VIVA_KB", "VIVA_MODEL", "VIVA_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES")
    around = ("TMUX", "TMUX_PANE", "STY", "TERM_PROGRAM", "TERM_PROGRAM_VERSION")  # what a terminal multiplexer sets
    size = ("COLUMNS", "LINES")  # which readline leaves to the workers, and which goes before a terminal's own size
    for name in (*unset, *around, *size, "NO_COLOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    return home


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Begin every test in English, whatever one before it spoke."""
    with speaking("en"):
        yield


class _AllTranslated(gettext.NullTranslations):
    """A catalogue that has every message: each word of it becomes the same, its blanks stay."""

    def gettext(self, message: str) -> str:
        return re.sub(r"\{[^}]*\}|[A-Za-z]+", lambda found: found[0] if found[0].startswith("{") else "译", message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


@pytest.fixture
def all_translated() -> Iterator[None]:
    """Speak a language in which English can only be what was not viva's to say."""
    with speaking("zh"):
        i18n._spoken.catalogue = _AllTranslated()
        yield


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
