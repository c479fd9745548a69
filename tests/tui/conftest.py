"""Apps over small notes, with the real embedded model, index and history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from viva import open_workspace
from viva.i18n import speak
from viva.settings import Settings
from viva.tui.app import VivaApp

NOTES = Path(__file__).resolve().parent.parent / "data" / "tui"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English, whatever the one before it switched to."""
    speak("en")
    yield
    speak("en")


@pytest.fixture
def viva_over(tmp_path: Path) -> Callable[..., VivaApp]:
    """Open the app over notes of `tests/data/tui` or any path; all apps of a test share index and history.

    Follow-ups are asked where a test wants them.
    """

    def over(*names: str | Path, **changes: object) -> VivaApp:
        roots = [NOTES / name for name in names]
        settings = Settings(**({"follow_ups": False} | changes))
        return VivaApp(open_workspace(roots, tmp_path / "index", settings=settings))

    return over
