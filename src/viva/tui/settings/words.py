"""What the settings are called, what they are set to, and where that comes from, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from viva.i18n import N_, tr
from viva.locations import InForce
from viva.settings import LanguageChoice
from viva.text.moments import clock_face
from viva.tui.common.interface import one_line
from viva.tui.themes import NAMES as THEMES

LANGUAGES: dict[LanguageChoice, str] = {"auto": N_("auto"), "zh": "简体中文", "en": "English"}
"""Each language under its own name, which is the same in every language."""

FOLLOW_UPS = {True: N_("on"), False: N_("off")}

CHOICES: dict[str, Mapping[Any, str]] = {"theme": THEMES, "language": LANGUAGES, "follow_ups": FOLLOW_UPS}
"""The settings that are one of a few, each with its values and what they are called."""

LABELS = {
    "count": N_("Questions"),
    "retention": N_("Recall"),
    "theme": N_("Colours"),
    "language": N_("Language"),
    "follow_ups": N_("Follow-ups"),
    "limit": N_("Time each"),
    "kb": N_("Notes"),
    "index": N_("Index"),
    "model": N_("Model"),
    "reader": N_("Reader"),
    "history": N_("History"),
    "settings": N_("Settings"),
    "backups": N_("Backups"),
    "reports": N_("Reports"),
}

ORIGINS = {
    "flag": N_("by a flag"),
    "current folder": N_("in this folder"),
    "settings": N_("from the settings"),
    "sample notes": N_("sample notes that come with viva"),
    "cache": N_("cache folder"),
    "system": N_("usual place"),
    "default": N_("default"),
}
"""Where a value can come from, by the names that the core has for it."""


def format_origin(value: InForce) -> str:
    """Return where a value comes from."""
    return tr(ORIGINS.get(value.origin, value.origin))


def format_setting(key: str, value: object) -> str:
    """Return a setting's value as it is shown, in one safe line."""
    if key in CHOICES:
        return tr(CHOICES[key][value])
    if key == "retention" and isinstance(value, float):
        return f"{percent(value)} %"
    if key == "limit" and isinstance(value, int):
        return clock_face(value)
    if key in {"model", "reader"} and value == "embedded":
        return tr("the one that comes with viva")
    parts = value if isinstance(value, tuple) else (value,)
    return one_line(tr(", ").join(str(part) for part in parts))


def percent(share: float) -> int:
    """Return a share of 0 to 1 in percent."""
    return round(share * 100)
