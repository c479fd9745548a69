"""Apps over small notes, with the real embedded model, index and history."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui.mock_steps import Clock
from tui.still import Dice, Then
from viva import open_workspace
from viva.i18n import speak
from viva.settings import Settings
from viva.tui.app import VivaApp
from viva.tui.interview import clocks

FIRST, SECOND = "验证集损失连续若干轮不再下降时停止训练", "保留验证集上最好的那组权重"
EARLY_STOPPING = f"1.什么是早停\n\t{FIRST}\n\t{SECOND}\n"
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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that a mock interview's countdown follows."""
    made = Clock()
    monkeypatch.setattr(clocks, "monotonic", made)
    return made


@pytest.fixture
def early_stopping(tmp_path: Path) -> Path:
    """Notes of one Chinese question with two points, of which an answer may leave one to a follow-up."""
    path = tmp_path / "one.txt"
    path.write_text(EARLY_STOPPING, encoding="utf-8")
    return path


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with notes is the current one, the time stands still in UTC, and chance is the same each time."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIVA_HOME", "home")  # as it is shown in the settings
    monkeypatch.setenv("TZ", "UTC")
    for name in ("VISUAL", "EDITOR"):  # without one, notes are shown
        monkeypatch.delenv(name, raising=False)
    if hasattr(time, "tzset"):
        time.tzset()
    for module in ("library.screen", "interview.rating_bar"):
        monkeypatch.setattr(f"viva.tui.{module}.datetime", Then)
    monkeypatch.setattr("viva.tui.interview.clocks.monotonic", lambda: 0.0)
    monkeypatch.setattr("viva.workspace.workspace.random.SystemRandom", Dice)
    return tmp_path
