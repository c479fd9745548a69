"""The language of viva's own words: English as it stands in the code, or another by its gettext catalogue.

The talk of an interview is not of this: it is in the language of the question (`practice.wording`). What is shown
around it, every error and every report of a command goes through `tr`. One language is in force in the whole process,
as with any gettext program, and may change while viva runs: texts are translated when they are shown, never when a
module is loaded.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from viva.types import Language

DOMAIN = "viva"
CATALOGUES = Path(__file__).with_name("locales")
"""A folder for each language other than English; `make messages` brings them up to date."""

_LOCALES: dict[Language, list[str]] = {"zh": ["zh_CN"], "en": []}
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where a system names the language of its messages, in the order in which gettext looks."""


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
    text = _spoken.catalogue.gettext(message)
    return text.format(**values) if values else text


def ntr(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the form of a message that fits a number, in the language in force; the number fills `{number}`."""
    return _spoken.catalogue.ngettext(one, many, number).format(number=number, **values)


def noted(message: str, /) -> str:
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


def language_of_system(environ: Mapping[str, str]) -> Language:
    """Return the language that the environment asks for: the first that viva speaks, English when there is none."""
    for name in _VARIABLES:
        for wanted in environ.get(name, "").split(":"):
            if language := _known(wanted):
                return language
        if environ.get(name) and name != "LANGUAGE":
            return "en"  # a locale that is set decides, even where viva does not speak it
    return "en"


def _known(locale: str) -> Language | None:
    name = locale.replace("-", "_").partition(".")[0].partition("_")[0].casefold()
    return "zh" if name == "zh" else "en" if name in {"en", "c", "posix"} else None
