"""Obsidian's vaults: folders with a `.obsidian` in them, where notes are written in Obsidian's own Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

SETTINGS = ".obsidian"
_TEMPLATES = (("templates.json", "folder"), ("plugins/templater-obsidian/data.json", "templates_folder"))
"""Files below `SETTINGS`, of Obsidian and of Templater, and the key under which each names its folder of templates."""
_MOST = 1 << 20
"""Bytes of a settings file; a larger one is none."""
_DRAWING = ".excalidraw.md"


def vault_of(folder: Path) -> Path | None:
    """Return the vault that a folder (absolute) belongs to: itself or the nearest above it; None without one."""
    return next((above for above in (folder, *folder.parents) if _is_vault(above)), None)


def _is_vault(folder: Path) -> bool:
    try:
        return (folder / SETTINGS).is_dir()
    except OSError:
        return False


def template_folders(vault: Path) -> frozenset[Path]:
    """Return the folders of a vault that hold templates, as its settings name them; their notes ask nothing."""
    return frozenset(_template_folders(vault))


def _template_folders(vault: Path) -> Iterator[Path]:
    for name, key in _TEMPLATES:
        settings = _read(vault / SETTINGS / name)
        folder = settings.get(key) if isinstance(settings, dict) else None
        parts = [part for part in folder.split("/") if part] if isinstance(folder, str) else []
        if parts:
            yield vault.joinpath(*parts)


def _read(file: Path) -> object:
    try:
        with file.open("rb") as stream:
            return json.loads(stream.read(_MOST))
    except (OSError, ValueError, RecursionError):
        return None


def is_drawing(file: Path) -> bool:
    """Whether a file is Markdown in name only: a drawing of Excalidraw."""
    return file.name.casefold().endswith(_DRAWING)
