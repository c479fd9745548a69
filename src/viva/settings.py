"""The settings file: a few keys in TOML, all optional; checked when they are read, and changed in one place."""

from __future__ import annotations

import contextlib
import errno
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, cast, get_args

from viva.errors import SettingsError
from viva.i18n import tr
from viva.reasons import disk_is_full, why
from viva.text.moments import DEFAULT, read_limit, written_limit

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
KEYS = tuple(field.name for field in fields(Settings))
"""What can be set, in the order of the settings file."""
_TRUTH = {"true": True, "false": False}


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
    for key in values:
        if key not in KEYS:
            raise SettingsError(
                tr("{path}: unknown setting {key!r}; known are {known}", path=path, key=key, known=", ".join(KEYS))
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


# changing the file


def as_written(key: str, settings: Settings) -> object:
    """Return a setting's value as the file writes it: a time as "3m"; None where there is no such setting."""
    return written_limit(settings.limit) if key == "limit" else getattr(settings, key, None)


def written_keys(file: Path) -> set[str]:
    """Return the keys of a settings file; a file that cannot be read has none that count."""
    try:
        return set(tomllib.loads(file.read_bytes().decode("utf-8-sig")))
    except (OSError, ValueError):
        return set()


def value_of(key: str, words: Sequence[str]) -> object:
    """Return what was typed for a setting as its value; a number that is none stays text, which is refused later.

    Paths that were typed relative to the current folder become absolute: the settings file lies elsewhere.

    Raises:
        SettingsError: There is no such setting, or it takes one value alone.
    """
    _require_known(key)
    if key == "kb":
        return [_absolute(word) for word in words]
    if len(words) != 1:
        raise SettingsError(tr('"{key}" takes one value; put quotes around it if it holds blanks', key=key))
    word = words[0]
    if key == "index" or (key in {"model", "reader"} and Path(word).expanduser().exists()):
        return _absolute(word)
    if key == "follow_ups" and word in _TRUTH:
        return _TRUTH[word]
    kinds = {"count": int, "retention": float}
    if key in kinds:
        with contextlib.suppress(ValueError):
            return kinds[key](word)
    return word


def _absolute(word: str) -> str:
    return word if word.startswith("~") else str(Path(word).absolute())


def _require_known(key: str) -> None:
    if key not in KEYS:
        raise SettingsError(tr("unknown setting {key}; known are {known}", key=repr(key), known=", ".join(KEYS)))


def change(file: Path, changes: Mapping[str, object | None]) -> Settings:
    """Change keys of a settings file and return what it holds then; None takes a key out: the default again.

    Comments, order and all other keys stay as they are. The file appears only when it is complete, and not at all
    where a value is refused; one that is broken is left to the user.

    Raises:
        SettingsError: A key is unknown, a value out of range, the file is no TOML, or cannot be read or written.
    """
    before = _content_of(file)
    after = _with_changes(before, changes, file)
    settings = settings_of(after, file)
    if after != before:
        _write(file, after)
    return settings


def _content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise SettingsError(
            tr(
                "cannot read the settings file {file} ({reason}): check its permissions",
                file=file,
                reason=why(error),
            )
        ) from error


def _with_changes(content: bytes, changes: Mapping[str, object | None], file: Path) -> bytes:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(content.decode("utf-8-sig"))
    except (TOMLKitError, ValueError) as error:
        raise SettingsError(
            tr(
                "the settings file {file} is not valid TOML ({reason}), and was left as it is: correct or delete it",
                file=file,
                reason=why(error),
            )
        ) from error
    for key, value in changes.items():
        if value is None and key in document:  # known or not: this is also how a mistyped key is got rid of
            document.remove(key)
            continue
        _require_known(key)
        if value is not None:
            document[key] = value
    return _encoded(tomlkit.dumps(document), crlf=b"\r\n" in content)


def _encoded(text: str, *, crlf: bool) -> bytes:
    """Return the bytes of a settings file, with the line ends it had."""
    lines = text.replace("\r\n", "\n")
    try:
        return (lines.replace("\n", "\r\n") if crlf else lines).encode("utf-8")
    except UnicodeEncodeError as error:
        raise SettingsError(tr("a value holds bytes that are no text: rename the file or folder")) from error


def _write(file: Path, content: bytes) -> None:
    """Write the file that a link leads to: the settings may be kept with other such files elsewhere."""
    import shutil

    from viva.files import atomic_write

    try:
        target = file.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with atomic_write(target) as draft:
            draft.write_bytes(content)
            if target.exists():
                shutil.copymode(target, draft)
    except OSError as error:
        if disk_is_full(error):
            problem = tr("the disk is full, and the settings file {file} was left as it is: free some space", file=file)
        else:
            problem = tr(
                "cannot write the settings file {file} ({reason}): check the permissions of its folder",
                file=file,
                reason=why(error),
            )
        raise SettingsError(problem) from error
