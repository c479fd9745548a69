"""viva's own colours: dark, light, and one of high contrast; each pair that is read is measured by a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.theme import Theme

from viva.i18n import N_
from viva.settings import ThemeChoice

DARK, LIGHT, CONTRAST = "viva-dark", "viva-light", "viva-contrast"

NAMES: dict[ThemeChoice, str] = {
    "auto": N_("auto"),
    "dark": N_("dark"),
    "light": N_("light"),
    "contrast": N_("high contrast"),
}
"""What a user may choose, and how it is called; `tr` translates it where it is shown."""

_THEMES: dict[ThemeChoice, str] = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
_VARIABLE = "COLORFGBG"
"""Where some terminals tell their colours, as "foreground;background" of the sixteen."""
_LIGHT = frozenset(("7", "9", "10", "11", "12", "13", "14", "15"))
"""Backgrounds of the sixteen colours that are light."""


@dataclass(frozen=True, slots=True)
class _Palette:
    """The colours that a theme is made of, in hexadecimal."""

    background: str
    surface: str
    """Where something is typed, and the line of keys."""
    raised: str
    """A choice that has the focus."""
    line: str
    foreground: str
    muted: str
    marked: str
    """Behind the row under the cursor, calm enough that every colour of text is readable on it."""
    primary: str
    on_primary: str
    """Text on a button."""
    secondary: str
    success: str
    warning: str
    error: str

    def theme(self, name: str, *, dark: bool) -> Theme:
        """Return Textual's theme of these colours."""
        return Theme(
            name=name,
            dark=dark,
            background=self.background,
            surface=self.surface,
            panel=self.surface,
            foreground=self.foreground,
            primary=self.primary,
            secondary=self.secondary,
            accent=self.primary,
            success=self.success,
            warning=self.warning,
            error=self.error,
            variables={**self._texts(), **self._marks()},
        )

    def _texts(self) -> dict[str, str]:
        return {
            "text-primary": self.primary,
            "text-secondary": self.secondary,
            "text-accent": self.primary,
            "text-success": self.success,
            "text-warning": self.warning,
            "text-error": self.error,
            "text-muted": self.muted,
            "foreground-muted": self.muted,
            "button-color-foreground": self.on_primary,
            "footer-background": self.surface,
            "footer-key-foreground": self.primary,
            "footer-description-foreground": self.muted,
        }

    def _marks(self) -> dict[str, str]:
        return {
            "surface-lighten-1": self.raised,
            "surface-lighten-2": self.line,
            "panel-darken-1": self.surface,
            "border": self.primary,
            "border-blurred": self.line,
            "primary-muted": self.marked,
            "block-cursor-background": self.marked,
            "block-cursor-foreground": self.foreground,
            "block-cursor-blurred-background": self.marked,
            "block-cursor-blurred-foreground": self.foreground,
            "input-selection-background": self.marked,
            "input-selection-foreground": self.foreground,
        }


THEMES = (
    _Palette(
        background="#16191f",
        surface="#1f232b",
        raised="#2b313b",
        line="#3a414d",
        foreground="#e0e3e8",
        muted="#b4b9c2",
        marked="#263c55",
        primary="#82b3ea",
        on_primary="#10131a",
        secondary="#b9a9e3",
        success="#86c79b",
        warning="#e2bd73",
        error="#f0999b",
    ).theme(DARK, dark=True),
    _Palette(
        background="#faf8f3",
        surface="#f0ede5",
        raised="#e6e2d9",
        line="#cbc7bc",
        foreground="#202329",
        muted="#50545c",
        marked="#d6e4f2",
        primary="#25588f",
        on_primary="#ffffff",
        secondary="#5f4790",
        success="#1d5e35",
        warning="#6f4a00",
        error="#9c242e",
    ).theme(LIGHT, dark=False),
    _Palette(
        background="#000000",
        surface="#101010",
        raised="#242424",
        line="#8c8c8c",
        foreground="#ffffff",
        muted="#e6e6e6",
        marked="#002f5f",
        primary="#8accff",
        on_primary="#000000",
        secondary="#dcc0ff",
        success="#5df08a",
        warning="#ffd84a",
        error="#ffabab",
    ).theme(CONTRAST, dark=True),
)


def theme_for(choice: ThemeChoice, environ: Mapping[str, str]) -> str:
    """Return the name of the theme for a choice; "auto" is light where the terminal tells that it is, else dark."""
    if choice != "auto":
        return _THEMES[choice]
    return LIGHT if environ.get(_VARIABLE, "").rpartition(";")[2] in _LIGHT else DARK


def colours_of(theme: Theme) -> str:
    """Return what tells a terminal the colours of a theme, for what is beside its cells."""
    return f"\x1b]11;{theme.background}\x07\x1b]10;{theme.foreground}\x07"


def theme_label(theme: str) -> str:
    """Return how a theme of viva's own is called, as it is noted for translation."""
    return next((NAMES[choice] for choice, name in _THEMES.items() if name == theme), theme)
