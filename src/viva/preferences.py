"""What a user can set: the values in force and why, and how one is changed in the settings file."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from viva.errors import SettingsError
from viva.files import atomic_write
from viva.i18n import tr
from viva.locations import Locations
from viva.reasons import disk_is_full, why
from viva.settings import Settings, settings_of
from viva.text.moments import written_limit

KEYS = tuple(field.name for field in fields(Settings))
"""What can be set, in the order of the settings file."""

_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class InForce:
    """A value in force, and why."""

    value: object
    origin: str
    """"flag", "current folder", "settings", "sample notes", "cache", "system" or "default"."""


def in_force(locations: Locations, settings: Settings, file: Path) -> dict[str, InForce]:
    """Return each setting's value in force and its origin, in the order of the settings file, and the history."""
    written = _written_keys(file)
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


def as_written(key: str, settings: Settings) -> object:
    """Return a setting's value as the file writes it: a time as "3m"; None where there is no such setting."""
    return written_limit(settings.limit) if key == "limit" else getattr(settings, key, None)


def _written_keys(file: Path) -> set[str]:
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
    before = _read(file)
    after = _changed(before, changes, file)
    settings = settings_of(after, file)
    if after != before:
        _write(file, after)
    return settings


def _read(file: Path) -> bytes:
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


def _changed(content: bytes, changes: Mapping[str, object | None], file: Path) -> bytes:
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
