"""What the settings are called, what they are set to, and where that comes from, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from viva.i18n import noted, tr
from viva.interview.time_limit import clock_face
from viva.preferences import InForce
from viva.settings import LanguageChoice
from viva.tui.common.literal import one_line
from viva.tui.themes import NAMES as THEMES

LANGUAGES: dict[LanguageChoice, str] = {"auto": noted("auto"), "zh": "简体中文", "en": "English"}
"""Each language under its own name, which is the same in every language."""

FOLLOW_UPS = {True: noted("on"), False: noted("off")}

CHOICES: dict[str, Mapping[Any, str]] = {"theme": THEMES, "language": LANGUAGES, "follow_ups": FOLLOW_UPS}
"""The settings that are one of a few, each with its values and what they are called."""

LABELS = {
    "count": noted("Questions"),
    "retention": noted("Recall"),
    "theme": noted("Colours"),
    "language": noted("Language"),
    "follow_ups": noted("Follow-ups"),
    "limit": noted("Time each"),
    "kb": noted("Notes"),
    "index": noted("Index"),
    "model": noted("Model"),
    "reader": noted("Reader"),
    "history": noted("History"),
    "settings": noted("Settings"),
    "backups": noted("Backups"),
    "reports": noted("Reports"),
}

ORIGINS = {
    "flag": noted("by a flag"),
    "current folder": noted("in this folder"),
    "settings": noted("from the settings"),
    "sample notes": noted("sample notes that come with viva"),
    "cache": noted("cache folder"),
    "system": noted("usual place"),
    "default": noted("default"),
}
"""Where a value can come from, by the names that the core has for it."""


def origin_told(value: InForce) -> str:
    """Return where a value comes from."""
    return tr(ORIGINS.get(value.origin, value.origin))


def told(key: str, value: object) -> str:
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
