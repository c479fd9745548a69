"""Which language viva speaks: a flag wins over a variable, it over the settings, they over the system."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from viva.i18n import language_of_system
from viva.locations import settings_file
from viva.settings import language_in

if TYPE_CHECKING:
    from viva.types import Language

VARIABLE = "VIVA_LANGUAGE"
OPTION = "--language"
_VALUED = (OPTION, "--kb", "--index", "--model", "--reader")
"""The options of `viva` itself that take a value."""


class LanguageChoice(StrEnum):
    """What a user can say of the language."""

    ZH = "zh"
    EN = "en"
    AUTO = "auto"


class Decision(NamedTuple):
    """The language to speak, and why."""

    language: Language
    origin: str
    """"flag", "environment", "settings" or "system"."""


def decide(arguments: Sequence[str], environ: Mapping[str, str], settings_file: Callable[[], Path]) -> Decision:
    """Decide before anything is said; what cannot be used is passed over here, and told by those who read it for good.

    "auto", wherever it stands, leaves it to the system. Where the settings file lies is asked only when it counts.
    """
    for origin, choice in (("flag", _flag(arguments)), ("environment", environ.get(VARIABLE, ""))):
        if choice in set(LanguageChoice):
            return _decided(choice, origin, environ)
    written = language_in(settings_file())
    return _decided(written or LanguageChoice.AUTO, "settings", environ)


def _decided(choice: str, origin: str, environ: Mapping[str, str]) -> Decision:
    if choice == LanguageChoice.AUTO:
        return Decision(language_of_system(environ), "system")
    return Decision("zh" if choice == LanguageChoice.ZH else "en", origin)


def _flag(arguments: Sequence[str]) -> str:
    """Return the value of `--language` before the name of a command, empty without one."""
    remaining = iter(arguments)
    for word in remaining:
        if not word.startswith("-"):
            return ""
        if word.startswith(f"{OPTION}="):
            return word.partition("=")[2]
        value = next(remaining, "") if word in _VALUED else ""
        if word == OPTION:
            return value
    return ""


class _Decided:
    """The decision in force, for those that tell of it."""

    decision: Decision | None = None


def decide_now(arguments: Sequence[str]) -> Decision:
    """Decide for this process."""
    _Decided.decision = decide(arguments, os.environ, settings_file)
    return _Decided.decision


def decided() -> Decision:
    """Return what was decided."""
    return _Decided.decision or decide_now(())
