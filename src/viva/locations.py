"""Which notes, index, model and reader to work on, and where that and each other setting comes from.

A flag wins over the current folder, and it over the settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from viva import paths
from viva.settings import KEYS, Settings, as_written, written_keys


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
    name, model_origin = _named(model, settings.model)
    read_by, reader_origin = _named(reader, settings.reader)
    return Locations(
        roots, kb_origin, folder, index_origin, name, model_origin, read_by, reader_origin, paths.history_file()
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
    return (paths.sample_notes(),), "sample notes"


def _index_folder(
    index: str | Path | None, roots: tuple[Path, ...], kb_origin: str, settings: Settings
) -> tuple[Path, str]:
    if index:
        return Path(index).expanduser(), "flag"
    if len(roots) == 1 and roots[0].absolute() == Path("kb").absolute():
        return Path("index"), "current folder"
    if kb_origin == "settings" and settings.index:
        return settings.index, "settings"
    return paths.cached_index(roots), "cache"


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
