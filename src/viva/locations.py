"""Where things lie on this system, which of them to work on, and where each value in force comes from.

A flag wins over the current folder, and it over the settings.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from viva.settings import KEYS, Settings, as_written, written_keys

HOME_VARIABLE = "VIVA_HOME"
"""When set, settings, history and cached indexes all live in this one folder."""


def settings_file() -> Path:
    """Return the path of the settings file, which need not exist."""
    return _home_or("config") / "settings.toml"


def history_file() -> Path:
    """Return the path of the history, which need not exist."""
    return _home_or("data") / "history.db"


def reports_folder() -> Path:
    """Return the folder for saved reports, which need not exist."""
    return _home_or("data") / "reports"


def cached_index(roots: Sequence[Path]) -> Path:
    """Return the index folder for notes that have no `index/` beside them, one for each set of roots."""
    names = "\n".join(sorted(root.absolute().as_posix() for root in roots))
    return _home_or("cache") / "indexes" / hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sample_notes() -> Path:
    """Return the folder of the shipped sample notes: inside the installed package, or `kb/` of a source tree."""
    package = Path(__file__).resolve().parent
    installed = package / "samples"
    return installed if installed.is_dir() else package.parent.parent / "kb"


def _home_or(kind: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home)
    import platformdirs

    if kind == "config":
        return platformdirs.user_config_path("viva", appauthor=False)
    if kind == "data":
        return platformdirs.user_data_path("viva", appauthor=False)
    return platformdirs.user_cache_path("viva", appauthor=False)


@dataclass(frozen=True, slots=True)
class Locations:
    """What a workspace works on, and why."""

    kb: tuple[Path, ...]
    kb_origin: str
    """"flag", "current folder", "settings" or "sample notes"."""
    index: Path
    index_origin: str
    model: str | None
    """None for the embedded model."""
    model_origin: str
    reader: str | None
    """None for the embedded reader, "none" for no reader at all."""
    reader_origin: str
    history: Path


def locate(
    kb: str | Path | Sequence[str | Path] | None,
    index: str | Path | None,
    model: str | None,
    settings: Settings,
    *,
    reader: str | None = None,
) -> Locations:
    """Decide which notes, index, model and reader to use: a flag wins over the current folder, it over the settings."""
    roots, kb_origin = _roots(kb, settings)
    folder, index_origin = _index_folder(index, roots, kb_origin, settings)
    model_name, model_origin = _named(model, settings.model)
    reader_name, reader_origin = _named(reader, settings.reader)
    return Locations(
        kb=roots,
        kb_origin=kb_origin,
        index=folder,
        index_origin=index_origin,
        model=model_name,
        model_origin=model_origin,
        reader=reader_name,
        reader_origin=reader_origin,
        history=history_file(),
    )


def _named(flag: str | None, setting: str | None) -> tuple[str | None, str]:
    return (flag, "flag") if flag else (setting, "settings" if setting else "default")


def _roots(kb: str | Path | Sequence[str | Path] | None, settings: Settings) -> tuple[tuple[Path, ...], str]:
    if kb:
        given = [kb] if isinstance(kb, str | Path) else kb
        return tuple(Path(root).expanduser() for root in given), "flag"
    if Path("kb").is_dir():
        return (Path("kb"),), "current folder"
    if settings.kb:
        return settings.kb, "settings"
    return (sample_notes(),), "sample notes"


def _index_folder(
    index: str | Path | None, roots: tuple[Path, ...], kb_origin: str, settings: Settings
) -> tuple[Path, str]:
    if index:
        return Path(index).expanduser(), "flag"
    if len(roots) == 1 and roots[0].absolute() == Path("kb").absolute():
        return Path("index"), "current folder"
    if kb_origin == "settings" and settings.index:
        return settings.index, "settings"
    return cached_index(roots), "cache"


@dataclass(frozen=True, slots=True)
class InForce:
    """A value in force, and why."""

    value: object
    origin: str
    """"flag", "current folder", "settings", "sample notes", "cache", "system" or "default"."""


def in_force(locations: Locations, settings: Settings, file: Path) -> dict[str, InForce]:
    """Return each setting's value in force and its origin, in the order of the settings file, and the history."""
    written = written_keys(file)
    places = {
        "kb": InForce(locations.kb, locations.kb_origin),
        "index": InForce(locations.index, locations.index_origin),
        "model": InForce(locations.model or "embedded", locations.model_origin),
        "reader": InForce(locations.reader or "embedded", locations.reader_origin),
    }
    others = {
        key: InForce(as_written(key, settings), "settings" if key in written else "default")
        for key in KEYS
        if key not in places
    }
    return {**places, **others, "history": InForce(locations.history, "system")}
