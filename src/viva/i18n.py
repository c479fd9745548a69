"""The language of viva's own words: English as it stands in the code, or another by its gettext catalogue.

The talk of an interview is not of this: it is in the language of the question (`interview.dialogue`). What is shown
around it, every error and every report of a command goes through `tr`. One language is in force in the whole process,
as with any gettext program, and may change while viva runs: texts are translated when they are shown, never when a
module is loaded. What programs read is the same in every language: a translated message still knows its English.
"""

from __future__ import annotations

import gettext
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viva.types import Language

DOMAIN = "viva"
CATALOGUES = Path(__file__).with_name("locales")
"""A folder for each language other than English; `make messages` brings them up to date."""

_LOCALES: dict[Language, list[str]] = {"zh": ["zh_CN"], "en": []}
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where a system names the language of its messages, in the order in which gettext looks."""


class _Translated(str):
    """A translated message that still knows its English; formatted or joined it is a plain text."""

    __slots__ = ("english",)
    english: str

    def __str__(self) -> str:
        """Return itself, so that the text of an error made with it knows its English too."""
        return self


class _Spoken:
    """The one language in force."""

    def __init__(self) -> None:
        self.language: Language = "en"
        self.catalogue = gettext.NullTranslations()

    def become(self, language: Language) -> None:
        locales = _LOCALES[language]
        self.catalogue = gettext.translation(DOMAIN, CATALOGUES, locales) if locales else gettext.NullTranslations()
        self.language = language


_spoken = _Spoken()


def tr(message: str, /, **values: object) -> str:
    """Return a message in the language in force, its `{names}` filled with the values."""
    return _translated(_spoken.catalogue.gettext(message) if message else "", message, values)


def ntr(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the form of a message that fits a number, in the language in force; the number fills `{number}`."""
    form = one if number == 1 else many
    return _translated(_spoken.catalogue.ngettext(one, many, number), form, {"number": number, **values})


def _translated(text: str, message: str, values: Mapping[str, object]) -> str:
    shown = text.format(**values) if values else text
    if _spoken.language == "en":
        return shown
    translated = _Translated(shown)
    translated.english = message.format(**{name: english(each) for name, each in values.items()}) if values else message
    return translated


def english(value: object) -> object:
    """Return a message of `tr` or an error made with one in English, anything else as it is."""
    text = str(value) if isinstance(value, Exception) else value
    return text.english if isinstance(text, _Translated) else value


def N_(message: str, /) -> str:  # noqa: N802  # its name in gettext
    """Return a message as it is, noted for the catalogues: `tr` translates it where it is shown."""
    return message


def speak(language: Language) -> None:
    """Put a language in force from now on."""
    if language != _spoken.language:
        _spoken.become(language)


def spoken() -> Language:
    """Return the language in force."""
    return _spoken.language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Put a language in force for a while."""
    before = spoken()
    speak(language)
    try:
        yield
    finally:
        speak(before)


def system_locale() -> str:
    """Return the name of the locale that the user set in the system itself; empty where it does not tell."""
    asked = {"darwin": _locale_of_macos, "win32": _locale_of_windows}.get(sys.platform)
    if asked is not None and (name := asked()):
        return name
    import locale

    return locale.getlocale()[0] or ""


def _locale_of_macos() -> str:
    """Return the first of the languages of the system settings, from the file in which macOS keeps them."""
    import plistlib

    try:
        with (Path.home() / "Library" / "Preferences" / ".GlobalPreferences.plist").open("rb") as file:
            return str(plistlib.load(file)["AppleLanguages"][0])
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, plistlib.InvalidFileException):
        return ""


def _locale_of_windows() -> str:
    """Return the language in which Windows shows itself: its formats may be those of another country."""
    import ctypes
    from locale import windows_locale

    try:
        return windows_locale.get(getattr(ctypes, "windll").kernel32.GetUserDefaultUILanguage(), "")  # noqa: B009
    except (AttributeError, OSError):
        return ""


def language_of_system(environ: Mapping[str, str], ask_system: Callable[[], str] = system_locale) -> Language:
    """Return the language that the environment asks for: the first that viva speaks, English when there is none.

    Where no variable is set (the windows of some systems set none), the locale of the system itself decides; it is
    asked only then.
    """
    for name in _VARIABLES:
        for wanted in environ.get(name, "").split(":"):
            if language := _known(wanted):
                return language
        if environ.get(name) and name != "LANGUAGE":
            return "en"  # a locale that is set decides, even where viva does not speak it
    return _known(ask_system()) or "en"


def _known(locale: str) -> Language | None:
    name = locale.replace("-", "_").partition(".")[0].partition("_")[0].casefold()
    if name == "zh" or name.startswith("chinese"):  # Windows: "Chinese (Simplified)_China.936"
        return "zh"
    return "en" if name in {"en", "c", "posix"} else None
