"""The settings file: a few keys in TOML, all optional, checked when they are read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, cast, get_args

from viva.errors import SettingsError
from viva.i18n import tr
from viva.reasons import why
from viva.text.moments import DEFAULT, read_limit

ThemeChoice = Literal["auto", "dark", "light", "contrast"]
LanguageChoice = Literal["auto", "zh", "en"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set once instead of passing flags; a flag always wins."""

    kb: tuple[Path, ...] = ()
    """Notes to use where the current folder has no `kb/`."""
    index: Path | None = None
    """Index folder for those notes; by default a cache folder of this system."""
    model: str | None = None
    """A sentence-transformers model by name or folder; by default the embedded one."""
    reader: str | None = None
    """A cross-encoder for entailment by name or folder, or "none"; by default the embedded reader."""
    count: int = 10
    """Questions in an interview, at least 1."""
    retention: float = 0.9
    """Chance of remembering that the schedule aims at, 0.7 to 0.99."""
    follow_ups: bool = True
    """Whether an interview asks one question more where an answer left something out."""
    theme: ThemeChoice = "auto"
    """Colours of the terminal interface; "auto" follows the terminal where it tells whether it is light."""
    language: LanguageChoice = "auto"
    """Language of viva's own words; "auto" follows the system."""
    limit: int = DEFAULT
    """Seconds for an answer in a mock interview, 30 to 900; the file writes it as "3m"."""


DEFAULTS = Settings()


def read_settings(path: Path) -> Settings:
    """Read the settings file; a missing one means the defaults.

    Raises:
        SettingsError: the file cannot be read, is no TOML, or holds an unknown key or a value out of range.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return DEFAULTS
    except OSError as error:
        raise SettingsError(
            tr(
                "cannot read the settings file {path} ({reason}): check its permissions",
                path=path,
                reason=why(error),
            )
        ) from error
    return settings_of(content, path)


def settings_of(content: bytes, path: Path) -> Settings:
    """Return the settings that a file of this content holds; `path` is where it lies. Raises SettingsError."""
    try:
        values = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError(
            tr(
                "the settings file {path} is not valid TOML ({error}): correct or delete it",
                path=path,
                error=why(error),
            )
        ) from error
    return _checked(values, path)


def language_in(path: Path) -> LanguageChoice | None:
    """Return the language that the settings file names, None where it names none that can be used.

    Nothing is raised: this is asked before anything can be said. `read_settings` tells what is wrong with the file.
    """
    try:
        return _language(tomllib.loads(path.read_bytes().decode("utf-8-sig"))["language"], path)
    except (OSError, ValueError, KeyError, RecursionError, SettingsError):
        return None


def _checked(values: Mapping[str, object], path: Path) -> Settings:
    known = [field.name for field in fields(Settings)]
    for key in values:
        if key not in known:
            raise SettingsError(
                tr("{path}: unknown setting {key!r}; known are {known}", path=path, key=key, known=", ".join(known))
            )
    return Settings(
        kb=_paths(values.get("kb", []), path),
        index=_optional_path(values.get("index"), path),
        model=_optional_text("model", values.get("model"), path),
        reader=_optional_text("reader", values.get("reader"), path),
        count=_count(values.get("count", DEFAULTS.count), path),
        retention=_retention(values.get("retention", DEFAULTS.retention), path),
        follow_ups=_follow_ups(values.get("follow_ups", DEFAULTS.follow_ups), path),
        theme=cast("ThemeChoice", _word("theme", values.get("theme", DEFAULTS.theme), get_args(ThemeChoice), path)),
        language=_language(values.get("language", DEFAULTS.language), path),
        limit=_limit(values["limit"], path) if "limit" in values else DEFAULTS.limit,
    )


def _paths(value: object, path: Path) -> tuple[Path, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise SettingsError(tr('{path}: "kb" must be a path or a list of paths', path=path))
    return tuple(_resolved(item, path) for item in items)


def _optional_path(value: object, path: Path) -> Path | None:
    text = _optional_text("index", value, path)
    return None if text is None else _resolved(text, path)


def _resolved(text: str, path: Path) -> Path:
    """Take a relative path from the settings file's own folder: the current folder changes, the file does not."""
    return path.parent / Path(text).expanduser()


def _optional_text(key: str, value: object, path: Path) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise SettingsError(tr('{path}: "{key}" must be text', path=path, key=key))


def _count(value: object, path: Path) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    raise SettingsError(tr('{path}: "count" must be a whole number, at least 1', path=path))


def _retention(value: object, path: Path) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0.7 <= value <= 0.99:
        return float(value)
    raise SettingsError(tr('{path}: "retention" must be a number from 0.7 to 0.99', path=path))


def _language(value: object, path: Path) -> LanguageChoice:
    return cast("LanguageChoice", _word("language", value, get_args(LanguageChoice), path))


def _follow_ups(value: object, path: Path) -> bool:
    if isinstance(value, bool):
        return value
    raise SettingsError(tr('{path}: "follow_ups" must be true or false', path=path))


def _word(key: str, value: object, known: tuple[str, ...], path: Path) -> str:
    if isinstance(value, str) and value in known:
        return value
    raise SettingsError(tr('{file}: "{key}" must be one of {known}', file=path, key=key, known=", ".join(known)))


def _limit(value: object, path: Path) -> int:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole and not isinstance(value, str):
        raise SettingsError(tr('{path}: "limit" must be a time such as "3m"', path=path))
    try:
        return read_limit(str(value))
    except ValueError as error:
        raise SettingsError(tr('{path}: "limit": {problem}', path=path, problem=error)) from error
